using MaritimeWatch.Terms;

namespace MaritimeWatch.Intake.Manifests;

/// <summary>One CUSCAR message on its way to a manifest: what stands above the consignments, and the turn to each.</summary>
internal sealed class CuscarMessage(
    DefectList defects, SegmentTree tree, SegmentPlace openedAt, string? release, string reference, string? interchangeSender)
{
    private const int ConsignmentsMax = 50_000;
    private const int EquipmentMax = 50_000;

    private readonly CuscarPlaces places = new(defects);
    private readonly List<ManifestConsignment> consignments = [];
    private readonly List<ManifestEquipment> equipment = [];
    private readonly Dictionary<string, ManifestEquipment> equipmentByNumber = new(StringComparer.Ordinal);
    private readonly HashSet<string> bills = new(StringComparer.Ordinal);
    private readonly List<string> seals = [];

    private CuscarConsignment? consignment;
    private (string Number, string Document) cni;
    private ManifestVessel vessel = new();
    private string? transport;
    private string? voyage;
    private string? sender;
    private string? documentCode;
    private string? documentNumber;
    private ManifestFunction function;
    private long? documentAtMs;
    private long? arrivalAtMs;
    private long? scheduledAtMs;
    private long? departureAtMs;
    private long? arrivedAtMs;
    private string? arrivalPort;
    private string? lastPort;
    private string? nextPort;
    private bool isEquipment;
    private bool isFull;

    /// <summary>Where its UNH stands.</summary>
    public SegmentPlace OpenedAt { get; } = openedAt;

    /// <summary>Takes the next segment after UNH.</summary>
    public void Take(EdifactSegment segment, SegmentPlace place)
    {
        if (!tree.Knows(segment.Tag))
        {
            defects.Add(DefectKind.UnknownSegment, place, "CUSCAR has no such segment", "left out");
            return;
        }

        if (!tree.MoveTo(segment.Tag))
        {
            defects.Add(DefectKind.MisplacedSegment, place, "the directory does not allow it here", "read by its tag all the same");
        }

        if (segment.Tag == "CNI")
        {
            FinishConsignment();
            cni = (segment.Text(0), segment.Text(1));
            Begin(place);
        }
        else if (consignment is null)
        {
            TakeHead(segment, place);
        }
        else if (segment.Tag == "RFF" && consignment.EndsWith(segment))
        {
            FinishConsignment();
            Begin(place);
            consignment?.Take(segment, place);
        }
        else
        {
            consignment.Take(segment, place);
        }
    }

    /// <summary>The manifest, once all was taken.</summary>
    public Manifest Finish()
    {
        FinishConsignment();
        FinishEquipment();
        if (transport is null)
        {
            defects.Add(DefectKind.Missing, OpenedAt, "no TDT+20: neither ship nor voyage is declared", "read without them");
        }

        if (documentNumber is null)
        {
            defects.Add(DefectKind.Missing, OpenedAt, "BGM has no document number", "the message reference took its place");
        }

        var from = sender ?? (interchangeSender is { Length: > 0 } given ? given : null);
        return new Manifest
        {
            Id = $"{from ?? "unknown"}/{documentNumber ?? reference}",
            Format = "cuscar",
            Release = release,
            MessageReference = reference.Length > 0 ? reference : null,
            Sender = from,
            DocumentCode = documentCode,
            DocumentNumber = documentNumber,
            Function = function,
            DocumentAtMs = documentAtMs,
            Voyage = voyage,
            Vessel = vessel,
            ArrivalPort = arrivalPort,
            LastPort = lastPort,
            NextPort = nextPort,
            ArrivalAtMs = arrivalAtMs ?? scheduledAtMs,
            DepartureAtMs = departureAtMs,
            ArrivedAtMs = arrivedAtMs,
            Consignments = consignments,
            Equipment = equipment,
        };
    }

    private void TakeHead(EdifactSegment segment, SegmentPlace place)
    {
        switch (segment.Tag)
        {
            case "BGM":
                TakeDocument(segment, place);
                break;
            case "DTM":
                TakeTime(segment, place);
                break;
            case "NAD" when segment.Text(0) == "MS" && !isEquipment:
                sender = NullIfEmpty(segment.Text(1)) ?? NullIfEmpty(segment.Text(2)) ?? NullIfEmpty(segment.Text(3));
                break;
            case "TDT":
                TakeTransport(segment, place);
                break;
            case "LOC" when !isEquipment:
                TakePlace(segment, place);
                break;
            case "EQD":
                FinishEquipment();
                TakeEquipment(segment, place);
                break;
            case "SEL" when isEquipment && segment.Text(0) is { Length: > 0 } seal:
                seals.Add(seal);
                break;
            default:
                break; // Known, and nothing that is used here.
        }
    }

    private void TakeDocument(EdifactSegment segment, SegmentPlace place)
    {
        documentCode = NullIfEmpty(segment.Text(0));
        documentNumber = NullIfEmpty(segment.Text(1));
        if (documentCode is not ("85" or "785" or "833" or "933"))
        {
            defects.Add(
                DefectKind.DocumentCode, place, $"document code {DefectList.Quote(documentCode ?? "")} is not 85, 785, 833 or 933",
                "read as a manifest all the same");
        }

        var code = segment.Text(2);
        ManifestFunction? read = code switch
        {
            "" or "9" or "22" => ManifestFunction.Original,
            "5" or "20" or "21" => ManifestFunction.Replace,
            "2" or "4" or "36" => ManifestFunction.Change,
            "1" or "3" or "40" or "50" => ManifestFunction.Cancel,
            _ => null,
        };
        function = read ?? ManifestFunction.Original;
        if (read is null)
        {
            defects.Add(DefectKind.DocumentCode, place, $"function {DefectList.Quote(code)} is unknown", "taken as original");
        }
    }

    private void TakeTime(EdifactSegment segment, SegmentPlace place)
    {
        var (meaning, text, code) = (segment.Text(0), segment.Text(0, 1), segment.Text(0, 2));
        if (meaning is not ("137" or "132" or "232" or "133" or "178"))
        {
            return;
        }

        if (!EdifactTime.TryRead(text, code, out var atMs, out var doubt))
        {
            defects.Add(DefectKind.BadTime, place, $"{DefectList.Quote(text)} is no time of format {DefectList.Quote(code)}", "left out");
            return;
        }

        if (doubt is not null)
        {
            defects.Add(DefectKind.BadTime, place, doubt, "read so");
        }

        ref var slot = ref documentAtMs;
        switch (meaning)
        {
            case "132": slot = ref arrivalAtMs; break;
            case "232": slot = ref scheduledAtMs; break;
            case "133": slot = ref departureAtMs; break;
            case "178": slot = ref arrivedAtMs; break;
        }

        if (slot is { } earlier && earlier != atMs)
        {
            defects.Add(
                DefectKind.Contradiction, place,
                $"DTM+{meaning} says {Instants.ToText(atMs)} and said {Instants.ToText(earlier)} before", "the first was kept");
            return;
        }

        slot = atMs;
    }

    private void TakeTransport(EdifactSegment segment, SegmentPlace place)
    {
        var stage = segment.Text(0);
        if (transport is "20" || (transport is not null && stage != "20"))
        {
            return; // The main carriage is known, or this is one more of the others.
        }

        if (stage != "20")
        {
            defects.Add(DefectKind.MisplacedValue, place, $"stage {DefectList.Quote(stage)} is not the main carriage (20)", "taken unless TDT+20 follows");
        }

        transport = stage;
        voyage = NullIfEmpty(segment.Text(1));
        if (voyage is null)
        {
            defects.Add(DefectKind.Missing, place, "no voyage", "read without it");
        }

        vessel = CuscarVessel.Read(segment, place, defects);
    }

    private void TakePlace(EdifactSegment segment, SegmentPlace place)
    {
        var (meaning, port) = (segment.Text(0), places.Read(segment, place));
        switch (meaning)
        {
            case "60":
                arrivalPort ??= port;
                break;
            case "61":
                nextPort ??= port;
                break;
            case "125":
                lastPort ??= port;
                break;
        }
    }

    private void TakeEquipment(EdifactSegment segment, SegmentPlace place)
    {
        isEquipment = true;
        if (equipment.Count == EquipmentMax)
        {
            return;
        }

        var (kind, given) = (segment.Text(0), segment.Text(1));
        var number = kind == "CN" ? places.Container(given, place, null) : given;
        equipment.Add(new ManifestEquipment(kind, number, []));
    }

    private void FinishEquipment()
    {
        if (isEquipment && equipment.Count > 0 && equipment.Count <= EquipmentMax)
        {
            equipment[^1] = equipment[^1] with { Seals = [.. seals] };
            equipmentByNumber[equipment[^1].Number] = equipment[^1];
        }

        seals.Clear();
        isEquipment = false;
    }

    private void Begin(SegmentPlace place)
    {
        FinishEquipment();
        if (consignments.Count >= ConsignmentsMax)
        {
            if (!isFull)
            {
                defects.Add(DefectKind.TooMany, place, $"more than {ConsignmentsMax} consignments", "the rest was left out");
            }

            isFull = true;
        }

        consignment = new CuscarConsignment(defects, places, equipmentByNumber, cni.Number, cni.Document, place);
    }

    private void FinishConsignment()
    {
        if (consignment is null || isFull)
        {
            return;
        }

        var made = consignment.Finish(consignments.Count + 1);
        if (!bills.Add($"{made.BillKind}/{made.Bill}"))
        {
            defects.Add(DefectKind.DuplicateBill, made.Place, $"bill {DefectList.Quote(made.Bill)} stands twice", "both were kept");
            made = made with { Defects = made.Defects + 1 };
        }

        consignments.Add(made);
        consignment = null;
    }

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;
}
