using System.Diagnostics;
using MaritimeWatch.Geodesy;
using MaritimeWatch.Reference.Lanes;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Benchmarks;

/// <summary>
/// How a report stands with the lanes from its port, on one core: an atlas of 60 ports with lanes to a dozen others each,
/// reports spread over all of it. The baseline looks at every part of every lane of the port.
/// </summary>
public static class LanesBenchmark
{
    private const int Seed = 1;
    private const int Ports = 60;
    private const int LanesEach = 12;
    private const int Reports = 2_000_000;
    private const int NaiveReports = 40_000;
    private const int AskedPerSecond = 200_000;

    public static void Run(TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(output);
        var random = new Random(Seed);
        var atlas = Atlas(random);
        var stations = atlas.All.Sum(lane => lane.Stations.Count);
        output.WriteLine($"lanes: {atlas.All.Count} lanes from {Ports} ports, {stations:N0} stations, {LanesEach} lanes from each port, seed {Seed}");
        output.WriteLine($"{"reports",-26}{"reports/s",14}{"ns",8}{"B/report",10}{"naive/s",12}{"ratio",8}{"asked/s",12}");
        Row(output, "within a mile of a lane", atlas, random, 1_852);
        Row(output, "up to 20 miles off", atlas, random, 37_040);
        Row(output, "anywhere", atlas, random, 600_000);
    }

    private static void Row(TextWriter output, string name, LaneAtlas atlas, Random random, double metresOff)
    {
        var reports = Enumerable.Range(0, 1 << 16).Select(_ => Report(atlas, random, metresOff)).ToArray();
        _ = Sweep(atlas, reports, 200_000);
        var bytes = GC.GetAllocatedBytesForCurrentThread();
        var watch = Stopwatch.StartNew();
        var off = Sweep(atlas, reports, Reports);
        var seconds = watch.Elapsed.TotalSeconds;
        bytes = GC.GetAllocatedBytesForCurrentThread() - bytes;
        watch.Restart();
        var naive = Naive(atlas, reports, NaiveReports);
        var naivePerSecond = NaiveReports / watch.Elapsed.TotalSeconds;
        output.WriteLine(
            $"{name,-26}{Reports / seconds,14:N0}{seconds / Reports * 1e9,8:F0}{bytes / (double)Reports,10:F2}{naivePerSecond,12:N0}"
            + $"{Reports / seconds / naivePerSecond,8:N1}{AskedPerSecond,12:N0}   ({100.0 * off / Reports:F1} % and {100.0 * naive / NaiveReports:F1} % off)");
    }

    private static long Sweep(LaneAtlas atlas, (string Port, Position At)[] reports, int count)
    {
        var limits = new LaneLimits(55_560, 148_160);
        long off = 0;
        for (var i = 0; i < count; i++)
        {
            ref readonly var report = ref reports[i & (reports.Length - 1)];
            off += LaneStanding.Of(atlas.From(report.Port, "cargo"), report.At, limits).Stand == LaneStand.Off ? 1 : 0;
        }

        return off;
    }

    private static long Naive(LaneAtlas atlas, (string Port, Position At)[] reports, int count)
    {
        long off = 0;
        for (var i = 0; i < count; i++)
        {
            var (port, at) = reports[i & (reports.Length - 1)];
            off += atlas.From(port, "cargo").ToArray().All(lane => IsOff(lane, at)) ? 1 : 0;
        }

        return off;
    }

    private static bool IsOff(TrafficLane lane, Position at)
    {
        var nearest = Enumerable.Range(1, lane.Stations.Count - 1)
            .Min(i => Metres(lane.Stations[i - 1].Place, lane.Stations[i].Place, at));
        return nearest > 5_556
            && GreatCircle.DistanceMetres(lane.Stations[0].Place, at) > 14_816 && GreatCircle.DistanceMetres(lane.Stations[^1].Place, at) > 14_816;
    }

    private static double Metres(Position from, Position to, Position at)
    {
        var cosine = FlatDistance.CosineOfLatitude(at.LatitudeE7);
        var (x, y) = (Longitudes.Delta(at.LongitudeE7, from.LongitudeE7) * cosine, (double)from.LatitudeE7 - at.LatitudeE7);
        var (wayX, wayY) = ((Longitudes.Delta(at.LongitudeE7, to.LongitudeE7) * cosine) - x, to.LatitudeE7 - at.LatitudeE7 - y);
        var length = (wayX * wayX) + (wayY * wayY);
        var part = length == 0 ? 0 : Math.Clamp(-((x * wayX) + (y * wayY)) / length, 0, 1);
        return Math.Sqrt(Math.Pow(x + (part * wayX), 2) + Math.Pow(y + (part * wayY), 2)) * FlatDistance.MetresPerUnit;
    }

    private static (string Port, Position At) Report(LaneAtlas atlas, Random random, double metresOff)
    {
        var lane = atlas.All[random.Next(atlas.All.Count)];
        var on = lane.Stations[random.Next(lane.Stations.Count)].Place;
        return (lane.From, GreatCircle.Destination(on, random.NextDouble() * 360, random.NextDouble() * metresOff));
    }

    private static LaneAtlas Atlas(Random random)
    {
        var ports = Enumerable.Range(0, Ports)
            .Select(_ => Position.FromDegrees(35 + (random.NextDouble() * 30), -15 + (random.NextDouble() * 40))).ToArray();
        var lanes = new List<TrafficLane>();
        for (var from = 0; from < Ports; from++)
        {
            foreach (var to in Enumerable.Range(0, Ports).Where(to => to != from).OrderBy(_ => random.Next()).Take(LanesEach))
            {
                lanes.Add(Lane(random, (from, to), ports[from], ports[to]));
            }
        }

        return new LaneAtlas(lanes, [], 0);
    }

    private static TrafficLane Lane(Random random, (int From, int To) names, Position from, Position to)
    {
        var metres = GreatCircle.DistanceMetres(from, to);
        var count = Math.Clamp((int)(metres / 1852), 3, TrafficLane.StationsMax);
        var (bearing, bow) = (GreatCircle.InitialBearingDegrees(from, to), (random.NextDouble() - 0.5) * metres * 0.3);
        var stations = Enumerable.Range(0, count).Select(i =>
        {
            var part = i / (count - 1.0);
            var on = GreatCircle.Destination(from, bearing, metres * part);
            return new LaneStation
            {
                Place = GreatCircle.Destination(on, bearing + 90, bow * Math.Sin(part * Math.PI)),
                AlongDecimetres = (int)Math.Min(int.MaxValue, metres * part * 10),
                Voyages = 100,
                Off50 = 5_000,
                Off90 = 12_000,
                Off99 = 20_000,
                Off999 = 30_000,
                Speed10 = 110,
                Speed50 = 140,
                Speed90 = 170,
                Elapsed50 = 0,
                Elapsed999 = 0,
                Remaining = [],
            };
        }).ToList();
        return new TrafficLane(stations)
        {
            From = $"P{names.From}",
            FromName = $"P{names.From}",
            To = $"P{names.To}",
            ToName = $"P{names.To}",
            Type = ShipClass.All,
            Number = 1,
            Voyages = 100,
            Vessels = 50,
            LastEndAtMs = 0,
            IsSimulated = true,
        };
    }
}
