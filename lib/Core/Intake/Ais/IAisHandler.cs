namespace MaritimeWatch.Intake.Ais;

/// <summary>
/// Takes whole messages and rows, before anything is made of them. Every call answers with null when the lines are
/// used, or with the fault for which they are refused.
/// </summary>
public interface IAisHandler
{
    /// <summary>A message whose framing, checksum, type and length are right.</summary>
    IntakeFault? OnMessage(in AisEnvelope envelope, AisBits bits);

    /// <summary>A row of a CSV or NDJSON file whose time, identity and position are right or absent.</summary>
    IntakeFault? OnRow(in AisEnvelope envelope, in AisRow row);

    /// <summary>Something was refused.</summary>
    void OnRefused(in Refusal refusal, ReadOnlySpan<byte> bytes);
}

/// <summary>What surrounds a message: where it lies, when it was received and from whom.</summary>
public readonly record struct AisEnvelope
{
    /// <summary>Number of the first physical line, from 1.</summary>
    public required long LineNumber { get; init; }

    /// <summary>Byte offset of its first line.</summary>
    public required long Offset { get; init; }

    /// <summary>From there to the end of its last line, at most 65,535.</summary>
    public required ushort Length { get; init; }

    /// <summary>How many lines carry it (its parts).</summary>
    public required int LineCount { get; init; }

    /// <summary>The time that the data give, milliseconds since 1970 UTC, or <see cref="Terms.Instants.None"/>.</summary>
    public required long EventAtMs { get; init; }

    /// <summary>Index into the source table.</summary>
    public required ushort SourceIndex { get; init; }

    /// <summary>The source says that it simulates.</summary>
    public required bool Simulated { get; init; }

    /// <summary>Radio channel as in the sentence (<c>A</c>, <c>B</c>, <c>1</c>, <c>2</c>), or 0.</summary>
    public required byte Channel { get; init; }
}
