namespace MaritimeWatch.Scenario;

/// <summary>A consignment: one bill of lading with its box.</summary>
internal sealed record SimConsignment(
    string Bill, string Loaded, string? FirstLoaded, string Goods, string HsCode, int WeightKg, string Box, string Seal,
    string Consignor, string Consignee, string Notify)
{
    /// <summary>BM for a master bill, BH for a house bill.</summary>
    public string BillKind { get; init; } = "BM";
}

/// <summary>A cargo manifest of one call.</summary>
internal sealed record SimManifest(
    string Id, SimCall Call, long SentAtMs, long ArrivesAtMs, IReadOnlyList<SimConsignment> Consignments, bool IsEdifact);

/// <summary>What ships bring to Gothenburg: manifests for most calls of cargo ships, sent 18 to 30 h before they arrive.</summary>
internal static class ManifestBook
{
    private const long HourMs = 3_600_000;
    private const double Share = 0.9;
    private const double EdifactShare = 0.3;
    private const double TranshippedShare = 0.3;

    private static readonly (string Goods, string HsCode)[] Goods =
    [
        ("PARTS OF MOTOR VEHICLES", "870899"), ("WOODEN FURNITURE", "940360"), ("COFFEE NOT ROASTED", "090111"), ("PAPERBOARD", "481092"),
        ("BALL BEARINGS", "848210"), ("TYRES FOR CARS", "401110"), ("FROZEN SALMON", "030313"), ("T-SHIRTS OF COTTON", "610910"),
        ("ELECTRIC MOTORS", "850152"), ("STEEL SCREWS", "731815"), ("ORANGES FRESH", "080510"), ("WINE IN BOTTLES", "220421"),
        ("PLASTIC TUBES", "391723"), ("TOYS", "950300"), ("LAMPS", "940542"), ("GARDEN TOOLS", "820190"),
    ];

    private static readonly string[] FarPorts = ["CNSHA", "SGSIN", "USNYC", "BRSSZ", "INNSA", "KRPUS"];

    private static readonly string[] Firms =
        ["FJORD TRADING", "NORDHAMN IMPORT", "SKARGARD FOODS", "KATTEGAT PARTS", "ALVSBORG STEEL", "VINGA TEXTILES", "BOHUS PAPER", "HISINGEN TOOLS"];

    /// <summary>The box of the story.</summary>
    public const string StoryPort = "DEHAM";

    /// <summary>Manifests of all calls.</summary>
    public static List<SimManifest> Of(IReadOnlyList<ShipNotices.Announced> announced, World world, StoryTimes times, ulong seed)
    {
        var manifests = new List<SimManifest>();
        var serial = 200_000 + (int)(seed % 100_000 * 7);
        foreach (var (call, eta, _) in announced)
        {
            var random = new SimRandom(seed, 0x570B_0000UL + (ulong)call.Number);
            if (call.Port != "SEGOT" || call.Identity.Class != ShipClass.Cargo || call.LoadedIn is null
                || (call.Part == ' ' && !random.Chance(Share)))
            {
                continue;
            }

            var sent = call.Part == 'f' ? times.BerthedAtMs - random.Hours(18.2, 19.5) : call.ArrivedAtMs - random.Hours(18, 30);
            if (sent < world.StartAtMs)
            {
                sent = world.StartAtMs + random.Minutes(1, 60);
            }

            if (sent > call.ArrivedAtMs - HourMs || sent >= world.EndAtMs)
            {
                continue;
            }

            var id = FormattableString.Invariant($"SIM-{call.Port}-{call.Number:D4}");
            var consignments = new List<SimConsignment>();
            for (var count = 2 + random.Below(5); count > 0; count--)
            {
                consignments.Add(Consignment(call, FormattableString.Invariant($"{id}-{consignments.Count + 1}"), serial++ % 1_000_000, random));
            }

            if (call.Part == 'f')
            {
                consignments[0] = consignments[0] with { Loaded = StoryPort, FirstLoaded = null, BillKind = "BM" };
            }

            var isEdifact = call.Part == ' ' && random.Chance(EdifactShare);
            manifests.Add(new SimManifest(id, call, sent / 60_000 * 60_000, eta, consignments, isEdifact));
        }

        return manifests;
    }

    private static SimConsignment Consignment(SimCall call, string bill, int serial, SimRandom random)
    {
        var (goods, hsCode) = Goods[random.Below(Goods.Length)];
        var first = random.Chance(TranshippedShare) ? FarPorts[random.Below(FarPorts.Length)] : null;
        var consignee = Firms[random.Below(Firms.Length)];
        return new SimConsignment(
            bill, call.LoadedIn!, first, goods, hsCode, 3000 + random.Below(21_000), BoxNumber.Of(serial),
            FormattableString.Invariant($"SIMSEAL{serial:D6}"), $"SIM {Firms[random.Below(Firms.Length)]} EXPORT", $"SIM {consignee} AB",
            $"SIM {Firms[random.Below(Firms.Length)]} FORWARDING")
        {
            BillKind = random.Chance(0.2) ? "BH" : "BM",
        };
    }
}
