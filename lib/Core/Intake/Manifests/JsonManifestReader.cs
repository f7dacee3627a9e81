using System.Text.Json;
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

    private static readonly string[] Roles = ["CZ", "CN", "NI", "CA", "SU", "EX", "IM", "FW", "UC", "OS", "AG", "MS", "DP", "SE", "BY"];

    public static ManifestReading Read(ReadOnlyMemory<byte> content)
    {
        if (!StrictJson.TryParse(content, out var json, out var fault))
        {
            return ManifestReader.Refused(ManifestFault.BadJson, fault!);
        }

        if (json!.Root.Members.GetValueOrDefault("manifest")?.Text is null || !json.Root.Members.ContainsKey("consignments"))
        {
            return ManifestReader.Refused(
                ManifestFault.NotAManifest, "it is JSON without the members manifest (a text) and consignments; the schema is at /schemas/manifest.json");
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
        var format = root.OneOf("format", false, (ManifestSchema.Format, 1));
        var number = root.Text("manifest", Short, isRequired: true);
        var sender = root.Text("sender", Short);
        var (arrivalPort, arrivalAtMs) = Leg(root, "arrival", defects);
        var (_, departureAtMs) = Leg(root, "departure", defects);
        var manifest = new Manifest
        {
            Id = $"{sender ?? "unknown"}/{number}",
            Format = "json",
            Release = format is null ? null : ManifestSchema.Format,
            Sender = sender,
            DocumentNumber = number,
            Function = root.OneOf("function", false, Functions) ?? ManifestFunction.Original,
            DocumentAtMs = Time(root, "sent_at", defects),
            Voyage = root.Text("voyage", Short),
            Vessel = root.Object("vessel", isRequired: true) is { } vessel ? Vessel(vessel, defects) : new ManifestVessel(),
            ArrivalPort = arrivalPort,
            LastPort = root.Pattern("last_port", Locode(), LocodeRule),
            NextPort = root.Pattern("next_port", Locode(), LocodeRule),
            ArrivalAtMs = arrivalAtMs,
            DepartureAtMs = departureAtMs,
            IsSimulated = root.Flag("simulated"),
            Consignments = Consignments(root, defects),
        };
        root.Done();
        return number is null ? null : manifest;
    }

    private static (string? Port, long? AtMs) Leg(JsonMembers root, string name, DefectList defects)
    {
        if (root.Object(name) is not { } leg)
        {
            return default;
        }

        var read = (leg.Pattern("port", Locode(), LocodeRule), Time(leg, "at", defects));
        leg.Done();
        return read;
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

        List<string> hsCodes = [];
        foreach (var (code, place, at) in item.Texts("hs_codes", 99, 10))
        {
            if (HsCode().IsMatch(code))
            {
                hsCodes.Add(code);
            }
            else
            {
                defects.Add(DefectKind.BadMember, place, "it must be 4 to 10 digits", "left out", at);
            }
        }

        var weightKg = item.Number("weight_kg", 1_000_000_000m);
        var goods = new ManifestGoods
        {
            Description = item.Text("goods", 2_048),
            Packages = (long?)item.Number("packages", 1_000_000_000m, isInteger: true),
            PackageKind = item.Text("package_kind", 17),
            HsCode = hsCodes.FirstOrDefault(),
            WeightKg = weightKg,
            Containers = containers,
        };

        var consignment = new ManifestConsignment
        {
            Number = item.Text("number", Short),
            Bill = bill ?? string.Empty,
            BillKind = item.OneOf("bill_kind", false, BillKinds) ?? BillKind.Bill,
            MasterBill = item.Text("master_bill", Short),
            PortOfLoading = item.Pattern("port_of_loading", Locode(), LocodeRule, isRequired: true),
            PortOfDischarge = item.Pattern("port_of_discharge", Locode(), LocodeRule, isRequired: true),
            PortOfOriginalLoading = item.Pattern("port_of_original_loading", Locode(), LocodeRule),
            Containers = [.. containers.Distinct()],
            Seals = seals,
            Goods = [goods, .. hsCodes.Skip(1).Select(code => new ManifestGoods { HsCode = code })],
            WeightKg = weightKg,
            Parties = [.. item.Objects("parties", 0, 99).Select(Party).OfType<ManifestParty>()],
            Place = item.Place,
        };
        item.Done();
        return bill is null ? null : consignment;
    }

    private static ManifestParty? Party(JsonMembers item)
    {
        var role = item.OneOf("role", true, [.. Roles.Select((word, index) => (word, index))]);
        var party = new ManifestParty(
            role is { } index ? CuscarParty.RoleOf(Roles[index])! : "other", role is { } code ? Roles[code] : null, item.Text("id", Short), item.Text("name", Line), item.Text("address", 512));
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
