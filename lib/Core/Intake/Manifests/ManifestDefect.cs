using System.Text.Json;

namespace MaritimeWatch.Intake.Manifests;

/// <summary>Something wrong in a manifest: where, what, and what was done about it.</summary>
/// <param name="Kind">Which of the closed list.</param>
/// <param name="Place">The segment (EDIFACT); its line and offset also for JSON.</param>
/// <param name="MemberPath">The member (JSON pointer, RFC 6901), or null for EDIFACT.</param>
/// <param name="What">What is wrong, in words; never the name of a party.</param>
/// <param name="Done">What was done: how it was read, or that it was left out.</param>
public sealed record ManifestDefect(DefectKind Kind, SegmentPlace Place, string? MemberPath, string What, string Done)
{
    /// <summary>The kind's name in snake case.</summary>
    public string KindName => JsonNamingPolicy.SnakeCaseLower.ConvertName(Kind.ToString());

    /// <summary>One sentence: where, what and what was done.</summary>
    public override string ToString() => MemberPath is null
        ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"segment {Place.Number} {Place.Tag} (line {Place.Line}): {What}; {Done}")
        : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"line {Place.Line} {MemberPath}: {What}; {Done}");
}

/// <summary>Why a file or a message gives no manifest at all. Closed.</summary>
public enum ManifestFault
{
    /// <summary>Nothing was wrong.</summary>
    None,

    /// <summary>It is empty.</summary>
    Empty,

    /// <summary>It is larger than the bound.</summary>
    TooLarge,

    /// <summary>It is binary.</summary>
    Binary,

    /// <summary>It is XML, which this door does not take.</summary>
    Xml,

    /// <summary>It is XML with a document type definition: never read.</summary>
    XmlWithDtd,

    /// <summary>It is neither an EDIFACT interchange nor a JSON manifest.</summary>
    FormatUnknown,

    /// <summary>An interchange without a CUSCAR message.</summary>
    OtherMessage,

    /// <summary>It breaks off before anything could be read.</summary>
    Truncated,

    /// <summary>It is no sound JSON, or too deep, or has a name twice.</summary>
    BadJson,

    /// <summary>It is JSON but not a manifest of the schema.</summary>
    NotAManifest,
}

/// <summary>What became of a file: the manifests in it, what was wrong, and why it was refused if it was.</summary>
public sealed record ManifestReading
{
    /// <summary>The manifests that could be read.</summary>
    public IReadOnlyList<Manifest> Manifests { get; init; } = [];

    /// <summary>What was wrong, in the order of the file; at most <see cref="ManifestReader.DefectsMax"/>.</summary>
    public IReadOnlyList<ManifestDefect> Defects { get; init; } = [];

    /// <summary>How many defects there were of each kind, kept or not.</summary>
    public IReadOnlyDictionary<DefectKind, long> DefectCounts { get; init; } = new SortedDictionary<DefectKind, long>();

    /// <summary>Why there is no manifest; None where there is one.</summary>
    public ManifestFault Fault { get; init; }

    /// <summary>The fault as a sentence with where and what; null where there is none.</summary>
    public string? FaultText { get; init; }

    /// <summary>Messages of the file that were refused: other types, or not readable at all.</summary>
    public int MessagesRefused { get; init; }
}
