using System.Text.RegularExpressions;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Intake.Manifests;

/// <summary>Reads a JSON manifest by <see cref="ManifestSchema"/>; takes the good part of one that breaks it.</summary>
internal static partial class JsonManifestReader
{
    private const int Short = 70;
    private const int Line = 256;
    private const string LocodeRule = "a UN/LOCODE of five characters such as SEGOT";

    private static readonly (string, ManifestFunction)[] Functions =
    [
        ("original", ManifestFunction.Original), ("replace", ManifestFunction.Replace), ("change", ManifestFunction.Change),
        ("cancel", ManifestFunction.Cancel),
    ];

    private static readonly (string, BillKind)[] BillKinds = [("bill", BillKind.Bill), ("master", BillKind.Master), ("house", BillKind.House)];

    private static readonly string[] Roles =
    [
        "consignor", "consignee", "notify", "carrier", "supplier", "exporter", "importer", "forwarder", "ultimate-consignee",
        "original-shipper", "agent", "sender", "delivery", "seller", "buyer", "other",
    ];

    public static ManifestReading Read(ReadOnlyMemory<byte> content)
    {
        if (!StrictJson.TryParse(content, out var json, out var fault))
        {
            return ManifestReader.Refused(ManifestFault.BadJson, fault!);
        }

        var format = json!.Root.Members.GetValueOrDefault("format")?.Text;
        if (format != ManifestSchema.Format)
        {
            return ManifestReader.Refused(
                ManifestFault.NotAManifest,
                format is null
                    ? $"it has no member \"format\": \"{ManifestSchema.Format}\""
                    : $"its format is {DefectList.Quote(format)}, not \"{ManifestSchema.Format}\"");
        }

        var defects = new DefectList(ManifestReader.DefectsMax);
        var manifest = Read(new JsonMembers(json, json.Root, string.Empty, defects), defects);
        return new ManifestReading
        {
            Manifests = manifest is null ? [] : [manifest],
            Defects = defects.Kept,
            DefectCounts = defects.Counts,
            Fault = manifest is null ? ManifestFault.NotAManifest : ManifestFault.None,
            FaultText = manifest is null ? defects.Kept[0].ToString() : null,
        };
    }

    private static Manifest? Read(JsonMembers root, DefectList defects)
    {
        _ = root.Text("format", Short);
        var sender = root.Text("sender", Short, isRequired: true);
        var number = root.Text("document_number", Short, isRequired: true);
        var manifest = new Manifest
        {
            Id = $"{sender}/{number}",
            Format = "json",
            Release = "1",
            Sender = sender,
            DocumentNumber = number,
            Function = root.OneOf("function", false, Functions) ?? ManifestFunction.Original,
            DocumentAtMs = Time(root, "document_at", defects),
            Voyage = root.Text("voyage", Short),
            Vessel = root.Object("vessel", isRequired: true) is { } vessel ? Vessel(vessel, defects) : new ManifestVessel(),
            ArrivalPort = root.Pattern("arrival_port", Locode(), LocodeRule),
            LastPort = root.Pattern("last_port", Locode(), LocodeRule),
            NextPort = root.Pattern("next_port", Locode(), LocodeRule),
            ArrivalAtMs = Time(root, "arrival_at", defects),
            DepartureAtMs = Time(root, "departure_at", defects),
            ArrivedAtMs = Time(root, "arrived_at", defects),
            IsSimulated = root.Flag("simulated"),
            Consignments = Consignments(root, defects),
        };
        root.Done();
        return sender is null || number is null ? null : manifest;
    }

    private static ManifestVessel Vessel(JsonMembers vessel, DefectList defects)
    {
        var given = vessel.Pattern("imo", SevenDigits(), "seven digits", mayBeNull: true);
        var mmsi = vessel.Pattern("mmsi", NineDigits(), "nine digits", mayBeNull: true);
        var read = new ManifestVessel
        {
            Imo = given is not null && ImoNumber.TryParse(given, out var imo) ? imo : null,
            Mmsi = mmsi is not null ? int.Parse(mmsi, System.Globalization.CultureInfo.InvariantCulture) : null,
            CallSign = vessel.Pattern("call_sign", CallSign(), "3 to 7 letters and digits", mayBeNull: true),
            Name = vessel.Text("name", Line),
            Carrier = vessel.Text("carrier", Line),
            IdAsGiven = given ?? mmsi,
        };
        if (given is not null && read.Imo is null)
        {
            defects.Add(
                DefectKind.ImoCheckDigit, vessel.PlaceOf("imo"), $"the check digit of IMO number {DefectList.Quote(given)} is wrong",
                "not taken as an IMO number", vessel.Pointer + "/imo");
        }

        if (read is { Imo: null, Mmsi: null, CallSign: null, Name: null, Carrier: null, IdAsGiven: null })
        {
            defects.Add(DefectKind.Missing, vessel.Place, "the vessel has no member that can be used", "read without a ship", vessel.Pointer);
        }

        vessel.Done();
        return read;
    }

    private static List<ManifestConsignment> Consignments(JsonMembers root, DefectList defects)
    {
        var read = new List<ManifestConsignment>();
        var bills = new HashSet<string>(StringComparer.Ordinal);
        foreach (var item in root.Objects("consignments", 1, 50_000, isRequired: true))
        {
            var before = defects.Total;
            if (Consignment(item, defects) is not { } consignment)
            {
                continue;
            }

            if (!bills.Add($"{consignment.BillKind}/{consignment.Bill}"))
            {
                defects.Add(
                    DefectKind.DuplicateBill, item.Place, $"bill {DefectList.Quote(consignment.Bill)} stands twice", "both were kept", item.Pointer);
            }

            read.Add(consignment with { Defects = defects.Total - before });
        }

        return read;
    }

    private static ManifestConsignment? Consignment(JsonMembers item, DefectList defects)
    {
        var bill = item.Text("bill", Short, isRequired: true);
        List<string> containers = [];
        List<string> seals = [];
        foreach (var box in item.Objects("containers", 0, 9_999))
        {
            if (box.Text("number", 35, isRequired: true) is { } number)
            {
                containers.Add(Container(number, box.PlaceOf("number"), box.Pointer + "/number", defects));
            }

            seals.AddRange(box.Texts("seals", 9, Short).Select(seal => seal.Text));
            box.Done();
        }

        var goods = item.Objects("goods", 0, 9_999).Select(g => Goods(g, defects)).ToList();
        var declared = item.Number("weight_kg", 1_000_000_000m);
        decimal? sum = goods.Any(g => g.WeightKg is not null) ? goods.Sum(g => g.WeightKg ?? 0) : null;
        if (declared is { } total && sum is { } kg && Math.Abs(total - kg) > Math.Max(1, kg / 200))
        {
            defects.Add(
                DefectKind.ControlTotal, item.PlaceOf("weight_kg"),
                FormattableString.Invariant($"weight_kg says {total:0.###} and the goods add up to {kg:0.###} kg"), "weight_kg was kept", item.Pointer + "/weight_kg");
        }

        var consignment = new ManifestConsignment
        {
            Number = item.Text("number", Short),
            Bill = bill ?? string.Empty,
            BillKind = item.OneOf("bill_kind", false, BillKinds) ?? BillKind.Bill,
            MasterBill = item.Text("master_bill", Short),
            PortOfLoading = item.Pattern("port_of_loading", Locode(), LocodeRule, isRequired: true),
            PortOfDischarge = item.Pattern("port_of_discharge", Locode(), LocodeRule, isRequired: true),
            PortOfOriginalLoading = item.Pattern("port_of_original_loading", Locode(), LocodeRule),
            Containers = [.. containers.Concat(goods.SelectMany(g => g.Containers)).Distinct()],
            Seals = seals,
            Goods = goods,
            WeightKg = declared ?? sum,
            Parties = [.. item.Objects("parties", 0, 99).Select(Party).OfType<ManifestParty>()],
            Place = item.Place,
        };
        item.Done();
        return bill is null ? null : consignment;
    }

    private static ManifestGoods Goods(JsonMembers item, DefectList defects)
    {
        var goods = new ManifestGoods
        {
            Description = item.Text("description", 2_048),
            Packages = (long?)item.Number("packages", 1_000_000_000m, isInteger: true),
            PackageKind = item.Text("package_kind", 17),
            HsCode = item.Pattern("hs_code", HsCode(), "4 to 10 digits"),
            WeightKg = item.Number("weight_kg", 1_000_000_000m),
            Containers = [.. item.Texts("containers", 999, 35).Select(box => Container(box.Text, box.Place, box.Pointer, defects))],
        };
        item.Done();
        return goods;
    }

    private static ManifestParty? Party(JsonMembers item)
    {
        var role = item.OneOf("role", true, [.. Roles.Select((word, index) => (word, index))]);
        var party = new ManifestParty(
            role is { } index ? Roles[index] : "other", null, item.Text("id", Short), item.Text("name", Line), item.Text("address", 512));
        item.Done();
        return role is null ? null : party;
    }

    private static string Container(string given, SegmentPlace place, string pointer, DefectList defects)
    {
        var fault = ContainerNumber.Read(given, out var number);
        if (fault == ContainerFault.None)
        {
            return number.Value;
        }

        var isForm = fault == ContainerFault.Form;
        var bare = ContainerNumber.Bare(given);
        defects.Add(
            isForm ? DefectKind.ContainerForm : DefectKind.ContainerCheckDigit, place,
            isForm ? $"{DefectList.Quote(given)} is no container number (ISO 6346)"
                : FormattableString.Invariant($"the check digit of {DefectList.Quote(given)} should be {ContainerNumber.CheckDigitOf(bare)} (ISO 6346)"),
            "kept as given", pointer);
        return isForm ? given : bare;
    }

    private static long? Time(JsonMembers item, string name, DefectList defects)
    {
        if (item.Pattern(name, TimeForm(), "a time by RFC 3339 with a zone, such as 2026-03-01T12:00:00Z") is not { } text)
        {
            return null;
        }

        if (Rfc3339Text.TryRead(text, out var atMs))
        {
            return atMs;
        }

        defects.Add(DefectKind.BadTime, item.PlaceOf(name), $"{DefectList.Quote(text)} is no time of 1970 to 2100", "left out", $"{item.Pointer}/{name}");
        return null;
    }

    [GeneratedRegex("^[A-Z]{2}[A-Z2-9]{3}\\z")]
    private static partial Regex Locode();

    [GeneratedRegex("^[0-9]{7}\\z")]
    private static partial Regex SevenDigits();

    [GeneratedRegex("^[0-9]{9}\\z")]
    private static partial Regex NineDigits();

    [GeneratedRegex("^[A-Z0-9]{3,7}\\z")]
    private static partial Regex CallSign();

    [GeneratedRegex("^[0-9]{4,10}\\z")]
    private static partial Regex HsCode();

    [GeneratedRegex("^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,6})?(Z|[+-][0-9]{2}:[0-9]{2})\\z")]
    private static partial Regex TimeForm();
}
