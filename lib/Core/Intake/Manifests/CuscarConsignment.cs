using System.Text;

namespace MaritimeWatch.Intake.Manifests;

/// <summary>One consignment of a CUSCAR message on its way: from its CNI or bill reference to the next.</summary>
internal sealed class CuscarConsignment
{
    private const int GoodsMax = 9_999;
    private const int FullLine = 68;

    private readonly DefectList defects;
    private readonly CuscarPlaces places;
    private readonly IReadOnlyDictionary<string, ManifestEquipment> equipment;
    private readonly string number;
    private readonly string document;
    private readonly SegmentPlace place;
    private readonly int defectsBefore;
    private readonly List<(string Qualifier, string Value, SegmentPlace Place)> references = [];
    private readonly List<ManifestParty> parties = [];
    private readonly List<string> containers = [];
    private readonly List<string> seals = [];
    private readonly List<ManifestGoods> goods = [];
    private readonly SortedSet<string> units = new(StringComparer.Ordinal);

    private CuscarGoods? item;
    private bool hasContent;
    private string? loading;
    private string? discharge;
    private string? originalLoading;
    private (decimal Kg, SegmentPlace Place)? controlWeight;
    private bool isMixed;

    public CuscarConsignment(
        DefectList defects, CuscarPlaces places, IReadOnlyDictionary<string, ManifestEquipment> equipment,
        string number, string document, SegmentPlace place)
    {
        (this.defects, this.places, this.equipment) = (defects, places, equipment);
        (this.number, this.document, this.place) = (number, document, place);
        defectsBefore = defects.Total;
    }

    /// <summary>True where a reference begins the next consignment under the same CNI.</summary>
    public bool EndsWith(EdifactSegment rff) => hasContent && (item is not null || IsBill(rff.Text(0)));

    public void Take(EdifactSegment segment, SegmentPlace at)
    {
        switch (segment.Tag)
        {
            case "RFF" when !hasContent:
                references.Add((segment.Text(0), segment.Text(0, 1), at));
                return;
            case "CNT":
                TakeControl(segment, at);
                return;
            case "LOC":
                hasContent = true;
                TakePlace(segment, at);
                return;
            case "NAD":
                hasContent = true;
                parties.Add(CuscarParty.Read(segment, at, defects));
                return;
            case "GID":
                hasContent = true;
                FinishItem();
                item = new CuscarGoods(segment);
                return;
            case "FTX" when item is not null && segment.Text(0) == "AAA":
                item.Describe(Joined(segment.Texts(3)));
                return;
            case "MEA" when item is not null:
                TakeWeight(segment, at);
                return;
            case "SGP" when item is not null:
                TakeBox(segment, at);
                return;
            case "CST" when item is not null:
                TakeCommodity(segment, at);
                return;
            case "SEL" when segment.Text(0) is { Length: > 0 } seal:
                seals.Add(seal);
                return;
            default:
                hasContent |= segment.Tag is "TDT" or "GIS" or "GEI" or "MOA";
                return;
        }
    }

    public ManifestConsignment Finish(int ordinal)
    {
        FinishItem();
        var (bill, kind, master) = Bill(ordinal);
        decimal? sum = goods.Any(g => g.WeightKg is not null) ? goods.Sum(g => g.WeightKg ?? 0) : null;
        if (controlWeight is { } control && sum is { } kg && Math.Abs(control.Kg - kg) > Math.Max(1, kg / 200))
        {
            defects.Add(
                DefectKind.ControlTotal, control.Place,
                FormattableString.Invariant($"CNT+7 says {control.Kg:0.###} kg and the items add up to {kg:0.###} kg"), "the items' sum was kept");
        }

        foreach (var box in containers)
        {
            if (equipment.TryGetValue(box, out var declared))
            {
                seals.AddRange(declared.Seals.Where(seal => !seals.Contains(seal)));
            }
        }

        return new ManifestConsignment
        {
            Number = number.Length > 0 ? number : null,
            Bill = bill,
            BillKind = kind,
            MasterBill = master,
            PortOfLoading = loading,
            PortOfDischarge = discharge,
            PortOfOriginalLoading = originalLoading,
            Containers = containers,
            Seals = seals,
            Goods = goods,
            WeightKg = sum ?? controlWeight?.Kg,
            Parties = parties,
            Defects = defects.Total - defectsBefore,
            Place = place,
        };
    }

    private static bool IsBill(string qualifier) => qualifier is "BM" or "MB" or "BH";

    private (string Bill, BillKind Kind, string? Master) Bill(int ordinal)
    {
        string? Of(string qualifier) => references.Where(r => r.Qualifier == qualifier && r.Value.Length > 0).Select(r => r.Value).FirstOrDefault();
        var (bill, master, house) = (Of("BM"), Of("MB"), Of("BH"));
        if (house is not null)
        {
            return (house, BillKind.House, master ?? bill);
        }

        if (bill is not null)
        {
            return (bill, master is null ? BillKind.Bill : BillKind.House, master);
        }

        if (master is not null)
        {
            return (master, BillKind.Master, null);
        }

        if (references.Find(r => r.Value.Length > 0) is { Value: { } other } first)
        {
            defects.Add(
                DefectKind.BillQualifier, first.Place,
                $"qualifier {DefectList.Quote(first.Qualifier)} is not that of a bill of lading (BM, MB, BH)", "taken as the bill, since it stands first");
            return (other, BillKind.Bill, null);
        }

        defects.Add(
            DefectKind.Missing, place, "the consignment has no reference of a bill of lading",
            document.Length > 0 ? "the document number of CNI took its place" : "its number in the file took its place");
        return (document.Length > 0 ? document : FormattableString.Invariant($"#{ordinal}"), BillKind.Bill, null);
    }

    private void TakePlace(EdifactSegment segment, SegmentPlace at)
    {
        var port = places.Read(segment, at);
        switch (segment.Text(0))
        {
            case "9":
                loading ??= port;
                break;
            case "11":
                discharge ??= port;
                break;
            case "76":
                originalLoading ??= port;
                break;
        }
    }

    private void TakeControl(EdifactSegment segment, SegmentPlace at)
    {
        if (segment.Text(0) != "7" || segment.Number(0, 1) is not { } value)
        {
            return; // Only the total gross weight is used.
        }

        var unit = segment.Text(0, 2);
        if (WeightUnits.ToKg(value, unit.Length == 0 ? "KGM" : unit, out var conversion, out var isDoubtful) is { } kg)
        {
            controlWeight = (kg, at);
            if (isDoubtful || unit.Length == 0)
            {
                defects.Add(DefectKind.UnitAmbiguous, at, $"unit {DefectList.Quote(unit)}", conversion ?? "read as KGM");
            }
        }
        else
        {
            defects.Add(DefectKind.UnitUnknown, at, $"unit {DefectList.Quote(unit)} of the total is unknown", "left out");
        }
    }

    private void TakeWeight(EdifactSegment segment, SegmentPlace at)
    {
        if (segment.Text(1) is not ("G" or "AAD"))
        {
            return; // Volumes and net weights.
        }

        var unit = segment.Text(2);
        if (segment.Number(2, 1) is not { } value)
        {
            defects.Add(DefectKind.BadForm, at, $"{DefectList.Quote(segment.Text(2, 1))} is no number", "left out");
        }
        else if (WeightUnits.ToKg(value, unit.Length == 0 ? "KGM" : unit, out var conversion, out var isDoubtful) is not { } kg)
        {
            defects.Add(DefectKind.UnitUnknown, at, $"unit {DefectList.Quote(unit)} is unknown", "the weight was left out");
        }
        else
        {
            if (isDoubtful || unit.Length == 0)
            {
                defects.Add(
                    DefectKind.UnitAmbiguous, at, FormattableString.Invariant($"{value} {unit}: {conversion ?? "no unit, read as KGM"}"),
                    FormattableString.Invariant($"taken as {kg:0.###} kg"));
            }

            if (item!.Weigh(kg, segment.Text(2, 1), unit) is false)
            {
                defects.Add(DefectKind.Contradiction, at, "the item has two gross weights", "the first was kept");
            }

            units.Add(unit);
            if (units.Count > 1 && !isMixed)
            {
                isMixed = true;
                defects.Add(DefectKind.MixedUnits, at, $"the bill mixes {string.Join(" and ", units)}", "each was turned into kg by itself");
            }
        }
    }

    private void TakeBox(EdifactSegment segment, SegmentPlace at)
    {
        var given = segment.Text(0);
        if (given.Length == 0)
        {
            defects.Add(DefectKind.Missing, at, "SGP names no box", "left out");
            return;
        }

        var kind = equipment.TryGetValue(given, out var declared) ? declared.Kind : null;
        var box = places.Container(given, at, kind);
        item!.PutIn(box, segment.Number(1), at);
        if (!containers.Contains(box))
        {
            containers.Add(box);
        }
    }

    private void TakeCommodity(EdifactSegment segment, SegmentPlace at)
    {
        var code = segment.Text(1).Replace(".", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal);
        if (code.Length is >= 4 and <= 10 && code.All(char.IsAsciiDigit))
        {
            item!.Classify(code);
        }
        else
        {
            defects.Add(DefectKind.CommodityForm, at, $"{DefectList.Quote(segment.Text(1))} is no HS code of 4 to 10 digits", "left out");
        }
    }

    private void FinishItem()
    {
        if (item is null)
        {
            return;
        }

        if (item.Split is { } split)
        {
            defects.Add(
                DefectKind.PackageCount, split.Place,
                FormattableString.Invariant($"{split.InBoxes} packages are tied to boxes and the item has {split.Declared}"), "the item's number was kept");
        }

        if (goods.Count < GoodsMax)
        {
            goods.Add(item.Finish());
        }

        item = null;
    }

    // Texts are cut to lines of a fixed width in the middle of words, or by sense: a full line has no space after it.
    private static string Joined(IReadOnlyList<string> lines)
    {
        var text = new StringBuilder();
        for (var i = 0; i < lines.Count; i++)
        {
            text.Append(i > 0 && lines[i - 1].Length < FullLine ? " " : string.Empty).Append(lines[i]);
        }

        return text.ToString();
    }
}
