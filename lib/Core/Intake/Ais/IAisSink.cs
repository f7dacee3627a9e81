namespace MaritimeWatch.Intake.Ais;

/// <summary>
/// Takes what a reader finds, in file order. Implement it as a struct and pass it by reference, so that the calls
/// are direct. Every physical line ends in exactly one of used, refused and ignored (the reader counts).
/// </summary>
public interface IAisSink
{
    /// <summary>A position message with a valid position.</summary>
    void OnPosition(in PositionReport report);

    /// <summary>Static data that differ from the vessel's last within this file.</summary>
    void OnStatic(StaticReport report);

    /// <summary>Something was refused: keep the bytes.</summary>
    void OnRefused(in Refusal refusal, ReadOnlySpan<byte> bytes);
}

/// <summary>One refusal.</summary>
/// <param name="Fault">Why.</param>
/// <param name="LineNumber">Physical line, from 1.</param>
/// <param name="Offset">Byte offset in the (decompressed) data.</param>
/// <param name="Length">How many bytes.</param>
public readonly record struct Refusal(IntakeFault Fault, long LineNumber, long Offset, int Length);
