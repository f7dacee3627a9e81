using System.Globalization;
using System.Text.Json;
using MaritimeWatch.Geodesy;
using MaritimeWatch.Intake.Ais;
using MaritimeWatch.Reference;
using MaritimeWatch.Reference.Lanes;
using MaritimeWatch.Reference.SeaLanes;
using MaritimeWatch.Terms;
using MaritimeWatch.Tests.Reference.SeaLanes;
using static MaritimeWatch.Tests.Findings.Traffic;

namespace MaritimeWatch.Tests.Findings.Arrival;

/// <summary>
/// How far off the times of arrival are, and how often the interval of 80 % holds, on SIMULATED voyages: three weeks of two dozen
/// ships between six ports of the North Sea and the Baltic, by ways round capes and through the Kiel Canal, at speeds that wander, some waiting at
/// anchor; what they announce errs as the announced calls of Finnish ports do, is typed anew at half the way by some, and
/// never by others.
/// </summary>
[TestFixture]
internal sealed class SimulatedEtaTests
{
    private const int Seed = 20261122;
    private const int Ships = 24;
    private const int FirstMmsi = 219_100_000;
    private static readonly int[] HoursToGo = [1, 3, 6, 12, 24];

    private static readonly (string Locode, string Name, Position At)[] Ports =
    [
        ("SEGOT", "Goteborg", Position.FromDegrees(57.68, 11.75)), ("NLRTM", "Rotterdam", Position.FromDegrees(51.98, 4.0)),
        ("NOLAR", "Larvik", Position.FromDegrees(58.98, 10.05)), ("DEBRV", "Bremerhaven", Position.FromDegrees(53.6, 8.4)),
        ("DKCPH", "Kobenhavn", Position.FromDegrees(55.72, 12.64)), ("PLGDY", "Gdynia", Position.FromDegrees(54.53, 18.6)),
    ];

    // From the Channel to Gdansk Bay, all of it at sea; the number says how far along the chain it is.
    private static readonly (Position At, int Depth)[] Chain =
    [
        (Position.FromDegrees(52.9, 4.3), 0), (Position.FromDegrees(53.65, 5.1), 0), (Position.FromDegrees(55.6, 7.4), 1), (Position.FromDegrees(57.3, 8.2), 1),
        (Position.FromDegrees(57.9, 10.7), 2), (Position.FromDegrees(57.2, 11.45), 3), (Position.FromDegrees(56.3, 12.2), 3),
        (Position.FromDegrees(56.05, 12.64), 3), (Position.FromDegrees(55.85, 12.72), 3), (Position.FromDegrees(55.54, 12.71), 4),
        (Position.FromDegrees(55.25, 13.0), 4), (Position.FromDegrees(54.85, 15.1), 4), (Position.FromDegrees(54.95, 18.2), 4), (Position.FromDegrees(54.6, 19.0), 4),
    ];

    private static readonly Position[] Weser = [Position.FromDegrees(53.85, 8.1)];
    private static readonly Position[] KielCanal =
    [
        Position.FromDegrees(54.0, 8.2), Position.FromDegrees(53.9, 8.8), Position.FromDegrees(53.89, 9.14), Position.FromDegrees(54.3, 9.67),
        Position.FromDegrees(54.37, 10.15), Position.FromDegrees(54.55, 10.5), Position.FromDegrees(54.55, 11.3), Position.FromDegrees(54.45, 12.2), Position.FromDegrees(54.85, 13.6),
    ];

    [Test]
    public void Errors_and_coverage_by_the_time_that_there_is_to_go()
    {
        TestContext.Out.WriteLine($"SIMULATED, seed {Seed}");
        var traffic = new Traffic();
        var voyages = new List<SimulatedVoyage>();
        for (var ship = 0; ship < Ships; ship++)
        {
            Play(traffic, FirstMmsi + ship, new Random(Seed + ship), voyages, Start - Hours(24 * 21));
        }

        using var run = Run(traffic, LaneAtlas.Empty);
        var places = traffic.Reports.GroupBy(report => ((int)report.Vessel.Mmsi, report.EventAtMs)).ToDictionary(group => group.Key, group => group.First());
        var rows = Judge(run, voyages, places);
        Print(rows);
        using var bySea = Run(traffic, LaneAtlas.Empty, ShippedSeaLanes.Network);
        var seaRows = Judge(bySea, voyages, places);
        TestContext.Out.WriteLine("the same, with the network of sea lanes");
        Print(seaRows);
        using var byLanes = Run(traffic, Learned());
        var laneRows = Judge(byLanes, voyages, places);
        TestContext.Out.WriteLine("the same, with lanes learned from other ships in the three weeks before");
        Print(laneRows);
        var lanes = laneRows.Where(row => row.By == "lane").ToList();
        var all = rows.Where(row => row.ToGoH >= 3).ToList();
        var bySeaLanes = seaRows.Where(row => row.By == "distance").ToList();
        Assert.Multiple(() =>
        {
            Assert.That(all, Has.Count.GreaterThan(300));
            Assert.That(bySeaLanes, Has.Count.GreaterThan(80));
            Assert.That(bySeaLanes.Average(row => row.IsInside ? 1.0 : 0), Is.InRange(0.7, 0.95), "coverage by the way by sea");
            Assert.That(bySeaLanes.Average(row => Math.Abs(row.ErrorH)), Is.LessThan(bySeaLanes.Average(row => Math.Abs(row.NaiveErrorH))), "the way by sea is better than the great circle");
            Assert.That(seaRows.Average(row => Math.Abs(row.ErrorH)), Is.LessThan(rows.Average(row => Math.Abs(row.ErrorH))), "the network makes it better");
            Assert.That(lanes, Has.Count.GreaterThan(100));
            Assert.That(lanes.Average(row => row.IsInside ? 1.0 : 0), Is.InRange(0.55, 0.97), "coverage by lanes");
            Assert.That(laneRows.Average(row => Math.Abs(row.ErrorH)), Is.LessThan(laneRows.Average(row => Math.Abs(row.NaiveErrorH))), "lanes are better than distance over speed");
            Assert.That(all.Average(row => row.IsInside ? 1.0 : 0), Is.InRange(0.7, 0.95), "coverage of the interval of 80 %");
            Assert.That(all.Average(row => Math.Abs(row.ErrorH)), Is.LessThan(all.Average(row => Math.Abs(row.NaiveErrorH))), "better than distance over speed");
            Assert.That(rows.Where(row => row.AnnouncedErrorH is not null).Average(row => Math.Abs(row.ErrorH)),
                Is.LessThan(rows.Where(row => row.AnnouncedErrorH is not null).Average(row => Math.Abs(row.AnnouncedErrorH!.Value))), "better than what is announced");
        });
    }

    private static AnchoragePoint Place((string Locode, string Name, Position At) port) => new(port.Locode, port.At, port.Locode, port.Name, StoppingPlace.Port);

    private static FoldRun Run(Traffic traffic, LaneAtlas atlas, SeaLaneNetwork? seaLanes = null)
    {
        var run = new FoldRun(new TestReference
        {
            ZoneCentre = Position.FromDegrees(10, 10), Port = Place(Ports[0]), MorePorts = [.. Ports[1..].Select(Place)], Lanes = atlas, SeaLanes = seaLanes,
        });
        if (atlas.All.Count > 0)
        {
            run.NameReference("lanes", 1);
        }

        run.Set(traffic);
        return run;
    }

    private static LaneAtlas Learned()
    {
        var traffic = new Traffic();
        for (var ship = 0; ship < Ships; ship++)
        {
            Play(traffic, FirstMmsi + 500 + ship, new Random(Seed + 500 + ship), [], Start - Hours(24 * 44));
        }

        using var run = Run(traffic, LaneAtlas.Empty);
        run.Publish();
        var reader = new VoyageReader();
        Take("vessels", reader.AddVessel);
        Take("port-calls", reader.AddCall);
        Take("tracks", reader.AddTrack);
        return LaneFile.Read(LaneFile.Write(LaneLearning.Learn(reader.Voyages())));

        void Take(string collection, Action<ReadOnlyMemory<byte>> take)
        {
            foreach (var (_, line) in run.Lines.Where(line => line.Collection == collection))
            {
                take(System.Text.Encoding.UTF8.GetBytes(line));
            }
        }
    }

    // A ship keeps to a loop of two ports mostly, so that it makes earlier voyages of its own.
    private static void Play(Traffic traffic, int mmsi, Random random, List<SimulatedVoyage> voyages, long beginMs)
    {
        var (home, other) = (random.Next(Ports.Length), random.Next(Ports.Length - 1));
        other = other >= home ? other + 1 : other;
        var atMs = beginMs + Hours(random.Next(24));
        var service = 11 + (6 * random.NextDouble());
        var (from, to) = (home, other);
        while (atMs < beginMs + Hours((24 * 21) - 30))
        {
            atMs = Lie(traffic, mmsi, Ports[from].At, atMs, Hours(5 + random.Next(20)));
            var departMs = atMs;
            var waits = random.NextDouble() < 0.15 ? Hours(2 + (6 * random.NextDouble())) : 0;
            atMs = Sail(traffic, mmsi, [Ports[from].At, .. Way(from, to, service), Ports[to].At], atMs, service, waits, random);
            Announce(traffic, mmsi, departMs, atMs, Ports[to], random);
            voyages.Add(new SimulatedVoyage(mmsi, departMs, atMs, to));
            var next = random.NextDouble() < 0.85 ? from : random.Next(Ports.Length);
            (from, to) = (to, next == to ? from : next);
        }

        Lie(traffic, mmsi, Ports[from].At, atMs, Hours(3));
    }

    // Ships that go at less than 13 knots take the Kiel Canal between the North Sea and Gdynia.
    private static Position[] Way(int from, int to, double knots)
    {
        int[] depth = [2, 0, 2, 0, 3, 4]; // Where on the way from the Channel to Gdansk Bay a port lies.
        var (west, east) = depth[from] <= depth[to] ? (from, to) : (to, from);
        var (a, b) = (depth[west], depth[east]);
        Position[] dutch = west == 1 ? [Chain[0].At, Chain[1].At] : [];
        Position[] between = a == 0 && b == 4 && knots < 13
            ? [.. dutch, .. west == 3 ? Weser : [], .. KielCanal, .. Chain.TakeLast(3).Select(point => point.At)]
            : a == 0 && b == 0 ? (west == 1 ? [.. dutch, .. Weser] : [.. Weser, Chain[1].At, Chain[0].At])
            : [.. dutch, .. west == 3 ? Weser : [], .. Chain.Where(point => point.Depth > 0 && point.Depth >= a && point.Depth <= b && a != b
                && !(point.Depth == 2 && (east == 2 || west == 0)) // Nobody rounds the Skaw from there.
                && !(point.Depth == 4 && b < 4)).Select(point => point.At)];
        return depth[from] <= depth[to] ? between : [.. Enumerable.Reverse(between)];
    }

    private static long Lie(Traffic traffic, int mmsi, Position port, long atMs, long forMs)
    {
        for (var t = 0L; t < forMs; t += Minutes(30))
        {
            traffic.Report(mmsi, port, atMs + t, 0, 0, status: 5);
        }

        return atMs + forMs;
    }

    private static long Sail(Traffic traffic, int mmsi, Position[] way, long atMs, double service, long waitMs, Random random)
    {
        var weather = 0.0;
        var mean = service * (0.95 + (0.1 * random.NextDouble()));
        for (var leg = 1; leg < way.Length; leg++)
        {
            var (from, to) = (way[leg - 1], way[leg]);
            var length = GreatCircle.DistanceMetres(from, to);
            var course = GreatCircle.InitialBearingDegrees(from, to);
            for (var done = 0.0; done < length;)
            {
                var left = leg == way.Length - 1 ? length - done : double.MaxValue;
                if (waitMs > 0 && left < 12 * 1852)
                {
                    atMs = Lie(traffic, mmsi, GreatCircle.Destination(from, course, done), atMs, waitMs);
                    waitMs = 0;
                }

                weather = (0.9 * weather) + (0.03 * (random.NextDouble() + random.NextDouble() - 1));
                var knots = Math.Min(mean * (1 + weather), left < 6 * 1852 ? 7 : 99);
                done = Math.Min(length, done + (knots * 1852 / 6));
                atMs += Minutes(10);
                traffic.Report(mmsi, GreatCircle.Destination(from, course, done), atMs, knots, course);
            }
        }

        return atMs;
    }

    private static void Announce(Traffic traffic, int mmsi, long departMs, long arriveMs, (string Locode, string Name, Position At) port, Random random)
    {
        var lasts = arriveMs - departMs;
        var kind = random.NextDouble();
        var text = kind < 0.6 ? port.Locode : kind < 0.9 ? port.Name.ToUpperInvariant() : "FOR ORDERS";
        var first = arriveMs + (long)(lasts * 0.1 * Gauss(random));
        var second = arriveMs - FinnishErrorMs(random.NextDouble());
        var revises = random.NextDouble() < 0.6;
        var never = random.NextDouble() < 0.15;
        var old = departMs - Hours(20);
        for (var t = departMs - Minutes(70); t < arriveMs; t += Minutes(31))
        {
            var eta = DateTimeOffset.FromUnixTimeMilliseconds(never ? old : revises && t > departMs + (lasts / 2) ? second : first).UtcDateTime;
            ExpectedArrivalTests.Say(traffic, t, text, mmsi, (byte)eta.Month, (byte)eta.Day, (byte)eta.Hour, (byte)eta.Minute);
        }
    }

    // Actual less announced, by the quantiles of 183 calls at Finnish ports in March 2025.
    private static long FinnishErrorMs(double level)
    {
        (double Level, double H)[] table = [(0, -4), (0.05, -2.08), (0.1, -1), (0.25, -0.18), (0.5, 0), (0.75, 0.5), (0.9, 1.75), (0.95, 2.42), (1, 5)];
        var i = 1;
        while (table[i].Level < level)
        {
            i++;
        }

        var part = (level - table[i - 1].Level) / (table[i].Level - table[i - 1].Level);
        return Hours(table[i - 1].H + (part * (table[i].H - table[i - 1].H)));
    }

    private static double Gauss(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    private static List<EtaRow> Judge(FoldRun run, List<SimulatedVoyage> voyages, Dictionary<(int, long), PositionReport> places)
    {
        var said = ExpectedArrivalTests.Lines(run).ToLookup(line => line.GetProperty("mmsi").GetInt32());
        var rows = new List<EtaRow>();
        foreach (var voyage in voyages)
        {
            // The truth is the fold's own port call: the entry within three kilometres.
            var lines = said[voyage.Mmsi].Where(line => At(line, "at") >= voyage.DepartMs && At(line, "at") <= voyage.ArriveMs + Hours(1)).ToList();
            if (lines.Find(line => line.Text("state") == "arrived" && line.Text("destination_locode") == Ports[voyage.To].Locode) is not { ValueKind: JsonValueKind.Object } end)
            {
                continue;
            }

            var arrivedMs = At(end, "arrival_at");
            foreach (var toGo in HoursToGo)
            {
                var when = arrivedMs - Hours(toGo);
                var line = lines.FindLast(each => each.Text("state") == "under-way" && At(each, "at") <= when && At(each, "at") > when - Hours(1.1)
                    && each.Text("destination_locode") == Ports[voyage.To].Locode);
                if (line.ValueKind != JsonValueKind.Object)
                {
                    continue;
                }

                rows.Add(Row(places, voyage, line, toGo, arrivedMs));
            }
        }

        return rows;
    }

    private static EtaRow Row(Dictionary<(int, long), PositionReport> places, SimulatedVoyage voyage, JsonElement line, int toGo, long arrivedMs)
    {
        var announced = line.Text("announced_eta_at") is null ? (double?)null : (At(line, "announced_eta_at") - arrivedMs) / 3_600_000.0;
        return new EtaRow(
            toGo, (At(line, "eta_at") - arrivedMs) / 3_600_000.0, (At(line, "eta_high_at") - At(line, "eta_low_at")) / 3_600_000.0,
            arrivedMs >= At(line, "eta_low_at") && arrivedMs <= At(line, "eta_high_at"), announced,
            Naive(voyage, line, arrivedMs, places), line.Text("eta_by")!);
    }

    // Great circle over the speed of the moment, as the line's place tells: the usual way of plotters.
    private static double Naive(SimulatedVoyage voyage, JsonElement line, long arrivedMs, Dictionary<(int, long), PositionReport> places)
    {
        var knots = Math.Max(1, places[(voyage.Mmsi, At(line, "at"))].SpeedDeciKnots / 10.0);
        var metres = GreatCircle.DistanceMetres(places[(voyage.Mmsi, At(line, "at"))].Position, Ports[voyage.To].At);
        return (At(line, "at") + Hours(metres / 1852 / knots) - arrivedMs) / 3_600_000.0;
    }

    private static void Print(List<EtaRow> rows)
    {
        TestContext.Out.WriteLine("to go h    n  mae h  median h  inside80  width h | announced n  mae h | distance/speed mae h");
        foreach (var group in rows.GroupBy(row => $"{row.ToGoH}").Concat(rows.GroupBy(row => row.By)).Append(rows.GroupBy(_ => "all").Single()))
        {
            var announced = group.Where(row => row.AnnouncedErrorH is not null).Select(row => Math.Abs(row.AnnouncedErrorH!.Value)).ToList();
            TestContext.Out.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{group.Key,-12} {group.Count(),4} {group.Average(row => Math.Abs(row.ErrorH)),6:F2} {Median(group.Select(row => Math.Abs(row.ErrorH))),8:F2} {group.Average(row => row.IsInside ? 1.0 : 0),9:F2} {group.Average(row => row.WidthH),8:F2} | {announced.Count,6} {(announced.Count > 0 ? announced.Average() : 0),8:F2} | {group.Average(row => Math.Abs(row.NaiveErrorH)),8:F2}  bias {group.Average(row => row.ErrorH),6:F2}"));
        }
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted[sorted.Length / 2];
    }

    private static long At(JsonElement line, string name) => DateTimeOffset.Parse(line.Text(name)!, CultureInfo.InvariantCulture).ToUnixTimeMilliseconds();

    private sealed record SimulatedVoyage(int Mmsi, long DepartMs, long ArriveMs, int To);

    private sealed record EtaRow(int ToGoH, double ErrorH, double WidthH, bool IsInside, double? AnnouncedErrorH, double NaiveErrorH, string By);
}
