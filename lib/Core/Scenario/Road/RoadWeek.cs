using System.Globalization;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Scenario;

/// <summary>A box that leaves the port on a lorry.</summary>
internal sealed record Pickup(string Box, string Plate, long AtMs, long SentAtMs);

/// <summary>
/// The lorries of a week: they come to the port and go from it on the ways they always take, with rush hours, a jam in
/// which everybody is late, misread plates; one cloned plate, and the story's lorry.
/// </summary>
internal sealed class RoadWeek
{
    private const long MinuteMs = 60_000;
    private const long HourMs = 3_600_000;
    private const long DayMs = 24 * HourMs;
    private const int Lorries = 110;
    private const int StoryPlate = 4231;
    private const double ReadShare = 0.97;
    private const double MisreadShare = 0.02;

    private readonly World world;
    private readonly SimRandom random;
    private readonly List<SentLine> reads = [];
    private readonly List<Pickup> pickups = [];
    private readonly List<TruthEntry> truth = [];
    private readonly Stretch jam;
    private readonly Queue<(string Box, long FreeAtMs)> boxes;

    private RoadWeek(PlayedWeek week, IReadOnlyList<SimManifest> manifests)
    {
        world = week.World;
        random = new SimRandom(week.Options.Seed, 0x570C_0001);
        var from = world.StartAtMs + (2 * DayMs) + (15 * HourMs) + random.Minutes(0, 60);
        jam = new Stretch(from, from + random.Minutes(85, 120));
        boxes = new Queue<(string, long)>(manifests.Where(one => one.Call.Part != 'f')
            .SelectMany(one => one.Consignments.Select(consignment => (consignment.Box, one.Call.BerthedAtMs + (4 * HourMs))))
            .OrderBy(one => one.Item2));
    }

    /// <summary>Reads in order of time.</summary>
    public IReadOnlyList<SentLine> Reads => reads;

    /// <summary>Boxes and the lorries that took them.</summary>
    public IReadOnlyList<Pickup> Pickups => pickups;

    /// <summary>What happened on the roads.</summary>
    public IReadOnlyList<TruthEntry> Truth => truth;

    /// <summary>When the story's box left the gate.</summary>
    public long BoxOutAtMs { get; private set; }

    /// <summary>When the story's lorry was read last.</summary>
    public long LastReadAtMs { get; private set; }

    /// <summary>The story's box.</summary>
    public string StoryBox { get; private set; } = "";

    /// <summary>The story's plate.</summary>
    public static string StoryLorry => Plates.Of(StoryPlate);

    /// <summary>Makes the week.</summary>
    public static RoadWeek Of(PlayedWeek week, StoryTimes times, IReadOnlyList<SimManifest> manifests)
    {
        var roads = new RoadWeek(week, manifests);
        for (var lorry = 0; lorry < Lorries; lorry++)
        {
            roads.Habit(lorry);
        }

        roads.Residents();
        roads.Story(times, manifests.First(one => one.Call.Part == 'f').Consignments[0].Box);
        roads.Clone();
        roads.Deleted();
        roads.reads.Sort((a, b) => a.SentAtMs != b.SentAtMs ? a.SentAtMs.CompareTo(b.SentAtMs) : string.CompareOrdinal(a.Line, b.Line));
        return roads;
    }

    // A lorry comes one to six times in the week, nearly always by day, and keeps to one way.
    private void Habit(int lorry)
    {
        var way = RoadMap.Ways[random.Below(RoadMap.Ways.Length)];
        var gate = random.Chance(0.7) ? "GATE1" : "GATE2";
        var plate = Plates.Of((lorry % 3 * 1000) + 11 + (lorry * 7));
        var days = (int)((world.EndAtMs - world.StartAtMs) / DayMs);
        for (var day = 0; day < days; day++)
        {
            if (random.Chance(0.52))
            {
                RoundTrip(plate, gate, way, world.StartAtMs + (day * DayMs) + (long)(HourOfDay() * HourMs));
            }
        }
    }

    private void RoundTrip(string plate, string gate, string[] way, long startsAtMs)
    {
        var at = Drive(plate, [.. way.AsEnumerable().Reverse().Select(RoadMap.In), RoadMap.In(gate)], startsAtMs, "in");
        at += random.Minutes(28, 75);
        if (boxes.TryPeek(out var box) && box.FreeAtMs < at && at < world.EndAtMs)
        {
            boxes.Dequeue();
            pickups.Add(new Pickup(box.Box, plate, at + random.Minutes(-15, 15), Math.Max(world.StartAtMs, at - random.Hours(3, 14))));
        }

        Drive(plate, [RoadMap.Out(gate), .. way.Select(RoadMap.Out)], at, "out");
    }

    private double HourOfDay() => random.Below(5) switch
    {
        0 or 1 => random.Between(6.2, 9),
        2 or 3 => random.Between(13.5, 17),
        _ => random.Between(5, 21),
    };

    // Passes the cameras of a way and says when it passed the last.
    private long Drive(string plate, string[] cameras, long startsAtMs, string direction, string vehicle = "truck", bool sure = false)
    {
        var at = startsAtMs;
        var pace = random.Between(1.0, 1.14);
        var jammed = false;
        for (var index = 0; index < cameras.Length; index++)
        {
            if (index > 0)
            {
                var link = RoadMap.Between(cameras[index - 1], cameras[index]);
                var inJam = IsJammed(cameras[index], at);
                jammed |= inJam;
                at += (long)(link.FreeFlowSeconds * 1000.0 * pace * Rush(at) * Math.Max(0.9, 1 + (0.06 * random.Noise()))
                    * (inJam ? random.Between(3.6, 4.6) : 1));
            }

            Read(plate, cameras[index], at, direction, vehicle, sure);
        }

        if (jammed)
        {
            truth.Add(new TruthEntry(
                "vehicle-deviation", "plate:" + plate, startsAtMs, at, Math.Round((at - startsAtMs) / 60_000.0), "minutes", true, null,
                "late like everybody: a traffic jam"));
        }

        return at;
    }

    private bool IsJammed(string camera, long atMs) => atMs >= jam.FromAtMs && atMs < jam.ToAtMs
        && (camera.Contains("-TIN-", StringComparison.Ordinal) || camera.Contains("-E6N1-", StringComparison.Ordinal));

    private static double Rush(long atMs)
    {
        var hour = atMs % DayMs / (double)HourMs;
        return hour is > 7 and < 9 or > 15 and < 17.5 ? 1.22 : hour is > 5.5 and < 19 ? 1.06 : 1;
    }

    private void Read(string plate, string camera, long atMs, string direction, string vehicle, bool sure)
    {
        if (atMs < world.StartAtMs || atMs >= world.EndAtMs || (!sure && !random.Chance(ReadShare)))
        {
            return;
        }

        var misread = !sure && random.Chance(MisreadShare);
        var text = misread ? Plates.Misread(plate, random) : plate;
        Put(text, camera, atMs, direction, vehicle, misread ? random.Between(0.52, 0.78) : random.Between(0.86, 0.995));
    }

    private void Put(string text, string camera, long atMs, string direction, string vehicle, double confidence) =>
        reads.Add(new SentLine(atMs, ScenarioJson.Line(json =>
        {
            json.WriteString("at", Instants.ToText(atMs / 100 * 100));
            json.WriteString("camera", camera);
            json.WriteString("plate", text);
            json.WriteNumber("confidence", Math.Round(confidence, 3));
            json.WriteString("region", "sim");
            json.WriteString("vehicle", vehicle);
            json.WriteString("direction", direction);
            json.WriteBoolean("simulated", true);
        })));

    // People who live by the shore; none of them comes from the port.
    private void Residents()
    {
        var hours = (world.EndAtMs - world.StartAtMs) / (double)HourMs;
        for (var count = 0; count < 60; count++)
        {
            var at = world.StartAtMs + random.Hours(0, hours);
            Drive(Plates.Of(9000 + count), [RoadMap.Out("SHORE1"), RoadMap.Out("SHORE2")], at, "out", random.Chance(0.2) ? "van" : "car");
        }
    }

    private void Story(StoryTimes times, string box)
    {
        var usual = RoadMap.Ways[0];
        var plate = StoryLorry;
        for (var day = 0; world.StartAtMs + (day * DayMs) < times.BerthedAtMs - (30 * HourMs); day++)
        {
            if (day != 2)
            {
                RoundTrip(plate, "GATE1", usual, world.StartAtMs + (day * DayMs) + random.Hours(7, 12));
            }
        }

        StoryBox = box;
        BoxOutAtMs = times.BerthedAtMs + random.Hours(2.2, 3.6);
        pickups.Add(new Pickup(box, plate, BoxOutAtMs + random.Minutes(-10, 10), times.BerthedAtMs + random.Minutes(15, 40)));
        Drive(plate, [.. usual.AsEnumerable().Reverse().Select(RoadMap.In), RoadMap.In("GATE1")], BoxOutAtMs - random.Minutes(80, 95), "in", sure: true);

        string[] odd = [.. RoadMap.OddWay.Select(RoadMap.Out)];
        var at = Drive(plate, [RoadMap.Out("GATE1"), odd[0]], BoxOutAtMs, "out", sure: true);
        var stops = random.Minutes(58, 80);
        at += stops;
        for (var index = 1; index < odd.Length; index++)
        {
            at += (long)(RoadMap.Between(odd[index - 1], odd[index]).FreeFlowSeconds * 1000.0 * random.Between(1.02, 1.12));
            Read(plate, odd[index], at, "out", "truck", sure: true);
        }

        LastReadAtMs = at;
        truth.Add(new TruthEntry(
            "vehicle-deviation", "plate:" + plate, BoxOutAtMs, at, Math.Round(stops / 60_000.0), "minutes", false, box,
            "an odd way with a long stop in a watched area; the subject is plain text here only"));
    }

    // A second lorry under the plate of one that is on its usual way at the same time.
    private void Clone()
    {
        var plate = Plates.Of(3777);
        for (var day = 0; day < 4; day++)
        {
            RoundTrip(plate, "GATE1", RoadMap.Ways[1], world.StartAtMs + (day * DayMs) + random.Hours(7, 12));
        }

        var at = world.StartAtMs + (4 * DayMs) + random.Hours(9, 14);
        string[] here = [RoadMap.Out("GATE1"), .. RoadMap.Ways[1].Select(RoadMap.Out)];
        string[] there = [RoadMap.Out("E6S1"), RoadMap.Out("R40A"), RoadMap.Out("R40B")];
        var ends = Drive(plate, here, at, "out", sure: true);
        var endsThere = Drive(plate, there, at + random.Minutes(2, 4), "out", sure: true);
        truth.Add(new TruthEntry(
            "cloned-plate", "plate:" + plate, at, Math.Max(ends, endsThere), 2, "places", false, null,
            "two lorries under one plate; the subject is plain text here only"));
    }

    // Two lorries whose plates become the same where a camera leaves out a figure: no clone.
    private void Deleted()
    {
        var (first, second) = (Plates.Of(5012), Plates.Of(5120));
        var at = world.StartAtMs + (3 * DayMs) + random.Hours(9, 14);
        var ends = Drive(first, [RoadMap.Out("GATE1"), .. RoadMap.Ways[0].Select(RoadMap.Out)], at, "out", sure: true);
        Read(second, RoadMap.Out("E6S1"), at + (3 * MinuteMs), "out", "truck", sure: true);
        var misread = second.Remove(second.IndexOf('0', StringComparison.Ordinal), 1);
        var link = RoadMap.Between(RoadMap.Out("E6S1"), RoadMap.Out("E6S2"));
        Put(misread, link.To, at + (3 * MinuteMs) + (link.FreeFlowSeconds * 1080), "out", "truck", 0.61);
        foreach (var plate in new[] { first, second, misread })
        {
            truth.Add(new TruthEntry(
                "cloned-plate", "plate:" + plate, at, ends, 1, "places", true, null,
                string.Create(CultureInfo.InvariantCulture, $"a misread look-alike: {second} read as {misread}")));
        }
    }
}
