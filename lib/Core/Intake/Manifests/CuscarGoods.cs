namespace MaritimeWatch.Intake.Manifests;

/// <summary>One item of goods (GID) on its way.</summary>
internal sealed class CuscarGoods(EdifactSegment gid)
{
    private readonly long? packages = gid.Number(1) is { } count and >= 0 and < 1_000_000_000 ? (long)count : null;
    private readonly string packageKind = gid.Text(1, 1);
    private readonly List<string> boxes = [];
    private string? description;
    private string? hsCode;
    private decimal? weightKg;
    private string? weightAsGiven;
    private decimal inBoxes;
    private SegmentPlace boxesAt;

    /// <summary>Where the packages tied to boxes are not those of the item; null where they agree or are not said.</summary>
    public (decimal InBoxes, long Declared, SegmentPlace Place)? Split =>
        inBoxes > 0 && packages is { } declared && inBoxes != declared ? (inBoxes, declared, boxesAt) : null;

    public void Describe(string text) => description ??= text.Length > 0 ? text : null;

    public void Classify(string code) => hsCode ??= code;

    /// <summary>Takes the gross weight; false where there is another one already.</summary>
    public bool Weigh(decimal kg, string number, string unit)
    {
        if (weightKg is { } known)
        {
            return known == kg;
        }

        (weightKg, weightAsGiven) = (kg, $"{number} {unit}".Trim());
        return true;
    }

    public void PutIn(string box, decimal? count, SegmentPlace at)
    {
        inBoxes += count ?? 0;
        boxesAt = at;
        if (!boxes.Contains(box))
        {
            boxes.Add(box);
        }
    }

    public ManifestGoods Finish() => new()
    {
        Packages = packages,
        PackageKind = packageKind.Length > 0 ? packageKind : null,
        Description = description,
        HsCode = hsCode,
        WeightKg = weightKg,
        WeightAsGiven = weightAsGiven,
        Containers = boxes,
    };
}
