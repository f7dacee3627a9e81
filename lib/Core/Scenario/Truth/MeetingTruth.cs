using System.Globalization;

namespace MaritimeWatch.Scenario;

/// <summary>
/// Two ships together at sea as Global Fishing Watch defines it (Miller et al. 2018): at whole ten minutes, on lines between
/// heard reports of at most an hour, both slower than 2 knots, 10 km or more from any stopping point, no farther apart than
/// 500 m; for two hours or more, with no more than an hour between two such instants. Lawful for two fishing boats, and for
/// pilots and tugs among themselves. Size in hours.
/// </summary>
internal sealed class MeetingTruth(int vessels) : TruthWatch
{
    private const long GridMs = 600_000;
    private const long BetweenMsMax = 3_600_000;
    private const long MissingMsMax = 3_600_000;
    private const long LeastMs = 2 * 3_600_000;
    private const double SlowKnots = 2;
    private const double TogetherM = 500;
    private const double StopM = 10_000;

    /// <summary>Instants whose places are kept: a place is known at most an hour after its instant.</summary>
    private const int InstantsKept = 8;

    // A cell is about 550 m north and, at 58 degrees, 590 m east: whoever is within 500 m is in a cell or beside it.
    private const double CellLat = 0.005;
    private const double CellLon = 0.010;

    private readonly (long AtMs, GeoPoint At, double Knots)[] last = new (long, GeoPoint, double)[vessels];
    private readonly Dictionary<long, Dictionary<(int, int), List<(SimVessel Vessel, GeoPoint At)>>> instants = [];
    private readonly SortedDictionary<(int, int), Pair> pairs = [];

    public override void OnHeard(SimVessel vessel, in Transmission sent, List<TruthEntry> truth)
    {
        var (fromAtMs, from, fromKnots) = last[vessel.Index];
        last[vessel.Index] = (sent.AtMs, sent.Believed, sent.Said.SpeedKnots);
        if (fromAtMs == 0 || sent.AtMs - fromAtMs > BetweenMsMax || vessel.Identity.IsAircraft
            || sent.AtMs / GridMs == fromAtMs / GridMs || Math.Min(fromKnots, sent.Said.SpeedKnots) >= SlowKnots)
        {
            return;
        }

        for (var at = ((fromAtMs / GridMs) + 1) * GridMs; at <= sent.AtMs; at += GridMs)
        {
            var part = (at - fromAtMs) / (double)(sent.AtMs - fromAtMs);
            var place = from.Toward(sent.Believed, part);
            if (fromKnots + ((sent.Said.SpeedKnots - fromKnots) * part) < SlowKnots && World.NearestStop(place, StopM).Nearest is null)
            {
                Place(vessel, place, at, truth);
            }
        }
    }

    public override void OnEnd(long atMs, List<TruthEntry> truth)
    {
        foreach (var pair in pairs.Values)
        {
            Close(pair, truth);
        }
    }

    private void Place(SimVessel vessel, GeoPoint place, long atMs, List<TruthEntry> truth)
    {
        if (!instants.TryGetValue(atMs, out var cells))
        {
            instants[atMs] = cells = [];
            instants.Remove(atMs - (InstantsKept * GridMs));
        }

        var (row, column) = ((int)(place.Lat / CellLat), (int)(place.Lon / CellLon));
        for (var r = row - 1; r <= row + 1; r++)
        {
            for (var c = column - 1; c <= column + 1; c++)
            {
                foreach (var (other, there) in cells.GetValueOrDefault((r, c)) ?? [])
                {
                    if (other.Identity.Mmsi != vessel.Identity.Mmsi && SimMaths.Metres(place, there) <= TogetherM)
                    {
                        Together(vessel, other, atMs, truth);
                    }
                }
            }
        }

        if (!cells.TryGetValue((row, column), out var cell))
        {
            cells[(row, column)] = cell = [];
        }

        cell.Add((vessel, place));
    }

    private void Together(SimVessel one, SimVessel other, long atMs, List<TruthEntry> truth)
    {
        var (first, second) = one.Identity.Mmsi < other.Identity.Mmsi ? (one, other) : (other, one);
        var key = (first.Index, second.Index);
        if (!pairs.TryGetValue(key, out var pair))
        {
            pairs[key] = pair = new Pair(first, second, atMs);
        }
        else if (atMs - pair.EndAtMs > MissingMsMax)
        {
            Close(pair, truth);
            pairs[key] = pair = new Pair(first, second, atMs);
        }

        pair.EndAtMs = atMs;
    }

    private static void Close(Pair pair, List<TruthEntry> truth)
    {
        if (pair.EndAtMs - pair.StartAtMs < LeastMs)
        {
            return;
        }

        var (first, second) = (pair.First.Identity, pair.Second.Identity);
        var fishing = first.About.ShipType == 30 && second.About.ShipType == 30;
        var service = IsService(first) && IsService(second);
        truth.Add(new TruthEntry(
            "encounter",
            string.Create(CultureInfo.InvariantCulture, $"mmsi:{first.Mmsi:D9}+mmsi:{second.Mmsi:D9}"),
            pair.StartAtMs, pair.EndAtMs, Math.Round((pair.EndAtMs - pair.StartAtMs) / 3_600_000.0, 2), "hours", fishing || service, null,
            fishing ? "two fishing boats" : service ? "pilots and tugs at work" : null));
    }

    // Towing 31 and 32, pilot vessel 50, tug 52.
    private static bool IsService(Identity identity) => identity.About.ShipType is 31 or 32 or 50 or 52;

    private sealed class Pair(SimVessel first, SimVessel second, long startAtMs)
    {
        public SimVessel First { get; } = first;

        public SimVessel Second { get; } = second;

        public long StartAtMs { get; } = startAtMs;

        public long EndAtMs { get; set; }
    }
}
