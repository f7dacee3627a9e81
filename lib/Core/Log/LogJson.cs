using System.Text.Json.Serialization;

namespace MaritimeWatch.Log;

/// <summary>How the log's own small files are written: snake_case, without reflection.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(StoreFormat))]
[JsonSerializable(typeof(Checkpoint))]
[JsonSerializable(typeof(Manifest))]
[JsonSerializable(typeof(FormatOnly))]
[JsonSerializable(typeof(RelayPlan))]
internal sealed partial class LogJson : JsonSerializerContext
{
    /// <summary>The one answer to a file from the future.</summary>
    public static StoreException Newer(string name, int format, int known) => new(
        StoreTrouble.Stop,
        $"{name} was made by a newer version (format {format}; this build knows up to {known}): use that version");
}

/// <summary>Reads just the format of a file.</summary>
internal sealed record FormatOnly
{
    /// <summary>The format, or 0 where it has none.</summary>
    public int Format { get; init; }
}

/// <summary>Older output segments, oldest first, and the manifest of those before them. Immutable.</summary>
internal sealed record Manifest
{
    /// <summary>The format that this build writes; it is that of the checkpoints that name it. Format 1 did not say so.</summary>
    public const int FormatNow = Checkpoint.FormatNow;

    /// <summary>Format of this manifest; 0 or 1 for format 1.</summary>
    public int Format { get; init; }

    /// <summary>Segments that one manifest holds before a new one begins (about 100 bytes each).</summary>
    public const int SegmentsMax = 1024;

    /// <summary>The manifest before this one, or null.</summary>
    public string? Previous { get; init; }

    /// <summary>The segments, oldest first.</summary>
    public required IReadOnlyList<SegmentName> Segments { get; init; }
}
