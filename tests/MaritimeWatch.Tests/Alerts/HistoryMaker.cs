using MaritimeWatch.Geodesy;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Tests.Alerts;

/// <summary>Makes histories by chance: ships, calls, manifests, findings that come, change and are withdrawn, boxes and trucks.</summary>
internal static class HistoryMaker
{
    private static readonly string[] Kinds = ["gap", "encounter", "route-deviation", "loitering", "impossible-movement", "shared-identity"];
    private static readonly string[] Severities = ["info", "low", "medium", "high"];
    private static readonly string[] Ports = ["NOLAR", "SEGOT", "SEMAL"];
    private static readonly string[] Loading = ["NOLAR", "DEHAM", "SEGOT", "SEMAL"];

    public static NewsLines Make(int seed, int ships = 6, int days = 6)
    {
        var random = new Random(seed);
        var lines = new NewsLines();
        for (var ship = 0; ship < ships; ship++)
        {
            var mmsi = (uint)(230_000_001 + ship);
            var at = random.NextDouble() * 10;
            for (var leg = 0; at < days * 24; leg++)
            {
                at += Leg(lines, random, mmsi, leg, at);
            }
        }

        return lines;
    }

    private static double Leg(NewsLines lines, Random random, uint mmsi, int leg, double at)
    {
        var port = Ports[leg % 2 == 0 ? 1 : random.Next(3)];
        var eta = at + 4 + (random.NextDouble() * 16);
        var id = $"{mmsi}-{leg}";
        if (random.Next(5) > 0)
        {
            lines.Declared($"d{id}", mmsi, port, eta, at - random.Next(12), $"V{leg}", random.Next(2) == 0 ? "NOLAR" : null, imo: 9_000_000 + (int)(mmsi % 1000), name: $"SIM {mmsi}");
            if (random.Next(4) == 0)
            {
                lines.Declared($"d{id}", mmsi, port, eta + random.Next(-3, 9), at + 2, $"V{leg}", status: random.Next(8) == 0 ? "cancelled" : "expected", subject: NewsLines.Call(port, mmsi, eta));
            }

            for (var bill = random.Next(3); bill > 0; bill--)
            {
                lines.Consignment($"c{id}-{bill}", random.Next(2) == 0 ? mmsi : null, Loading[random.Next(4)], port, eta, at + random.NextDouble(), [$"BOXU{leg}{mmsi % 10}{bill}"], $"V{leg}", 9_000_000 + (int)(mmsi % 1000));
                lines.Pickup($"k{id}-{bill}", $"BOXU{leg}{mmsi % 10}{bill}", $"t{random.Next(5)}", eta + 6);
            }
        }

        for (var finding = random.Next(4); finding > 0; finding--)
        {
            Finding(lines, random, mmsi, $"{id}-{finding}", at, eta);
        }

        var arrival = eta + (random.NextDouble() * 14) - 4;
        var place = port == "SEMAL" ? Position.FromDegrees(55.6, 13) : port == "NOLAR" ? NewsLines.Larvik : NewsLines.Gothenburg;
        if (random.Next(6) > 0)
        {
            lines.PortCall($"p{id}", mmsi, random.Next(12) == 0 ? null : port, arrival, null, arrival + 1, "open", place);
            lines.PortCall($"p{id}", mmsi, port, arrival, arrival + 3, arrival + 4, random.Next(15) == 0 ? "retracted" : "closed", place);
        }

        if (random.Next(3) == 0)
        {
            lines.Finding("vehicle-deviation", $"v{id}", $"plate:t{random.Next(5)}", eta + 6.5, eta + 8, eta + 8, Severities[random.Next(4)], stage: "gate");
            lines.Journey($"j{id}", $"t{random.Next(5)}", eta + 5, eta + 9);
        }

        return eta + 3 - at;
    }

    private static void Finding(NewsLines lines, Random random, uint mmsi, string id, double at, double eta)
    {
        var kind = Kinds[random.Next(Kinds.Length)];
        var subject = kind == "encounter" ? $"mmsi:{mmsi}+mmsi:{mmsi + 1}" : $"mmsi:{mmsi}";
        var start = at + (random.NextDouble() * (eta - at));
        var lost = GreatCircle.Destination(NewsLines.Gothenburg, random.Next(360), 40_000);
        lines.Finding(kind, $"f{id}", subject, start, null, start + 1, Severities[random.Next(4)], "open", first: lost);
        if (kind == "gap")
        {
            var echo = GreatCircle.Destination(lost, random.Next(360), random.Next(1000, 40_000));
            lines.Detection($"detection:S:{id}", start + 1, start + 1.5, echo);
            lines.Finding("dark-ship", $"e{id}", $"detection:S:{id}", start + 1, start + 1, start + 1.5, Severities[random.Next(4)], first: echo, stage: "scenes");
            if (random.Next(3) == 0)
            {
                lines.Unheard(mmsi, start, start + 6);
            }
        }

        if (random.Next(3) > 0)
        {
            var isWrong = random.Next(3) == 0;
            lines.Finding(kind, $"f{id}", subject, start, start + 3, start + 3 + random.Next(6), Severities[random.Next(4)], isWrong ? "retracted" : "closed", because: isWrong ? "late data explain it" : null, first: lost, last: GreatCircle.Destination(lost, 90, 20_000));
        }
    }
}
