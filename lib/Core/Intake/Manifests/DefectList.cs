namespace MaritimeWatch.Intake.Manifests;

/// <summary>Defects in the order of the file: every one counted, the first ones kept.</summary>
internal sealed class DefectList(int keptMax)
{
    private readonly List<ManifestDefect> kept = [];
    private readonly SortedDictionary<DefectKind, long> counts = [];

    public IReadOnlyList<ManifestDefect> Kept => kept;

    public IReadOnlyDictionary<DefectKind, long> Counts => counts;

    public int Total { get; private set; }

    public void Add(DefectKind kind, SegmentPlace place, string what, string done, string? pointer = null)
    {
        Total++;
        counts[kind] = counts.GetValueOrDefault(kind) + 1;
        if (kept.Count < keptMax)
        {
            kept.Add(new ManifestDefect(kind, place, pointer, Clip(what), done));
        }
    }

    /// <summary>A value as it may be quoted in a defect: short, and on one line.</summary>
    public static string Quote(string text)
    {
        var clean = string.Concat(text.Take(35).Select(c => char.IsControl(c) ? ' ' : c));
        return text.Length > 35 ? $"\"{clean}...\"" : $"\"{clean}\"";
    }

    private static string Clip(string text) => text.Length <= 300 ? text : text[..300];
}
