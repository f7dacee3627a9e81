using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using MaritimeWatch.Functions.Watch;
using MaritimeWatch.Intake.Ais;
using MaritimeWatch.Intake.Anpr;
using MaritimeWatch.Intake.Imagery;
using MaritimeWatch.Intake.Manifests;
using MaritimeWatch.Log.Sealing;
using MaritimeWatch.Rasters;
using MaritimeWatch.Recognition;
using MaritimeWatch.Reference.Cameras;
using MaritimeWatch.Scenario;
using MaritimeWatch.Terms;
using MaritimeWatch.Tests.Rasters;

namespace MaritimeWatch.Tests.Scenario;

/// <summary>The sources of one week as files: that they agree with one another and with what the ships truly did.</summary>
public class StorySourcesTests
{
    private const long Hour = 3_600_000;

    private static readonly ScenarioOptions Options = new() { Seed = 20, Vessels = 24, ReportThinningSeconds = 120 };

    private string folder = "";
    private PlayedWeek week = null!;
    private StoryFiles story = null!;
    private JsonElement told;
    private Dictionary<int, List<(long AtMs, Position At)>> heard = [];
    private Dictionary<string, string> names = [];

    [OneTimeSetUp]
    public void Simulate()
    {
        folder = Directory.CreateTempSubdirectory("story-").FullName;
        (week, var made) = ScenarioFolder.WriteWeek(folder, Options);
        story = made!;
        told = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "scenario.json"))).RootElement.GetProperty("story");
        var sink = new Heard();
        using var nmea = File.OpenRead(Path.Combine(folder, "ais.nmea"));
        AisReader.Read(nmea, new AisReadOptions { Sources = new SourceTable() }, ref sink);
        (heard, names) = (sink.Positions, sink.Names);
    }

    [OneTimeTearDown]
    public void Remove() => Directory.Delete(folder, recursive: true);

    [Test]
    public void The_same_seed_writes_the_same_files()
    {
        var other = Directory.CreateTempSubdirectory("story-").FullName;
        try
        {
            ScenarioFolder.Write(other, Options);
            Assert.That(HashesOf(other), Is.EqualTo(HashesOf(folder)));
        }
        finally
        {
            Directory.Delete(other, recursive: true);
        }
    }

    [Test]
    public void The_traffic_sends_the_same_bytes_with_and_without_the_story()
    {
        var with = LinesOf(new ScenarioOptions { Seed = 4, Days = 6.5, Vessels = 6, ReportThinningSeconds = 300 });
        var without = LinesOf(new ScenarioOptions { Seed = 4, Days = 6.5, Vessels = 6, ReportThinningSeconds = 300, Story = false });
        var next = 0;
        foreach (var line in with)
        {
            next += next < without.Length && line == without[next] ? 1 : 0;
        }

        Assert.That(without, Has.Length.GreaterThan(1000));
        Assert.That(next, Is.EqualTo(without.Length), "every line of the traffic, in its order, stands among those of the story");
    }

    [Test]
    public void A_recording_too_short_for_the_story_has_ais_only_and_says_so_and_leaves_nothing_of_an_earlier_one()
    {
        var other = Directory.CreateTempSubdirectory("story-").FullName;
        try
        {
            Directory.CreateDirectory(Path.Combine(other, "manifests"));
            File.WriteAllText(Path.Combine(other, "manifests", "old.json"), "{}");
            File.WriteAllText(Path.Combine(other, "plates.ndjson"), "");
            ScenarioFolder.Write(other, new ScenarioOptions { Seed = 4, Days = 0.1, Vessels = 3 });
            using var about = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(other, "scenario.json")));
            Assert.Multiple(() =>
            {
                Assert.That(about.RootElement.GetProperty("story").ValueKind, Is.EqualTo(JsonValueKind.Null));
                Assert.That(about.RootElement.GetProperty("no_story_because").GetString(), Does.Contain("6.5 days"));
                Assert.That(
                    Directory.EnumerateFileSystemEntries(other).Select(Path.GetFileName),
                    Is.EquivalentTo((string[])["ais.nmea", "reference", "scenario.json", "truth.json"]));
            });
        }
        finally
        {
            Directory.Delete(other, recursive: true);
        }
    }

    [Test]
    public void Every_notice_is_of_a_ship_in_ais_and_says_when_it_was_sent()
    {
        var events = Lines("notices.ndjson").Where(one => one.TryGetProperty("eventType", out _)).ToList();
        var ships = week.Fleet.Select(vessel => vessel.Identity.Mmsi).ToHashSet();
        Assert.That(events, Has.Count.GreaterThan(300));
        Assert.Multiple(() =>
        {
            foreach (var one in events)
            {
                var ship = one.GetProperty("ship");
                var mmsi = int.Parse(ship.GetProperty("mmsi").GetString()!, CultureInfo.InvariantCulture);
                Assert.That(ships, Does.Contain(mmsi));
                Assert.That(ImoNumber.TryCreate(int.Parse(ship.GetProperty("imo").GetString()!, CultureInfo.InvariantCulture), out _), $"{ship}");
                Assert.That(one.GetProperty("simulated").GetBoolean());
                Assert.That(one.GetProperty("sent_at").GetDateTimeOffset(), Is.InRange(Options.StartAt, Options.StartAt.AddDays(Options.Days)));
                var happened = one.GetProperty("eventType").GetString()!.Split('.')[1] is "ata" or "atd";
                var said = one.GetProperty("eventTime").GetDateTimeOffset() <= one.GetProperty("sent_at").GetDateTimeOffset();
                Assert.That(!happened || said, "nobody tells what has not happened yet");
            }
        });

        var berthed = events.Where(one => one.GetProperty("eventType").GetString() == "berth.ata.terminal").ToList();
        var near = berthed.Count(one => Near(one, 3000));
        Assert.That(near, Is.GreaterThan(berthed.Count * 0.9), "who is made fast is heard at a quay");
    }

    [Test]
    public void Ships_that_come_after_the_recording_are_announced_in_it()
    {
        var end = Options.StartAt.AddDays(Options.Days);
        var ahead = Lines("notices.ndjson").Count(one =>
            one.TryGetProperty("eventType", out var type) && type.GetString() == "port.eta.agent" && one.GetProperty("port").GetString() == "SEGOT"
            && one.GetProperty("eventTime").GetDateTimeOffset() > end);

        Assert.That(ahead, Is.AtLeast(5));
    }

    [Test]
    public void Every_manifest_is_read_without_a_defect_and_every_box_that_is_picked_up_is_on_one_and_leaves_after_it_came()
    {
        var boxes = new Dictionary<string, SimManifest>();
        var edifact = 0;
        foreach (var manifest in story.Manifests)
        {
            var path = Path.Combine(folder, "manifests", manifest.Id + (manifest.IsEdifact ? ".edi" : ".json"));
            var reading = ManifestReader.Read(File.ReadAllBytes(path));
            Assert.That(reading.Defects, Is.Empty, path);
            var read = reading.Manifests.Single();
            Assert.Multiple(() =>
            {
                Assert.That(read.Consignments.SelectMany(one => one.Containers), Is.EqualTo(manifest.Consignments.Select(one => one.Box)), path);
                Assert.That(read.Consignments.Select(one => one.PortOfLoading), Is.EqualTo(manifest.Consignments.Select(one => one.Loaded)));
                Assert.That(read.ArrivalPort, Is.EqualTo("SEGOT"));
                Assert.That(manifest.SentAtMs, Is.LessThan(manifest.Call.ArrivedAtMs), "before it comes");
            });
            edifact += manifest.IsEdifact ? 1 : 0;
            foreach (var consignment in manifest.Consignments)
            {
                boxes.Add(consignment.Box, manifest);
            }
        }

        Assert.That(edifact, Is.InRange(5, story.Manifests.Count - 5), "both forms");
        var pickups = Lines("notices.ndjson").Where(one => one.TryGetProperty("container", out _)).ToList();
        Assert.That(pickups, Has.Count.GreaterThan(50));
        foreach (var pickup in pickups)
        {
            var manifest = boxes[pickup.GetProperty("container").GetString()!];
            Assert.That(pickup.GetProperty("at").GetDateTimeOffset().ToUnixTimeMilliseconds(), Is.GreaterThan(manifest.Call.BerthedAtMs));
        }
    }

    [TestCase("MWCU605978", 4)]
    [TestCase("FCIU595629", 9)]
    [TestCase("TCLU554648", 2)]
    public void Check_digits_of_boxes_are_those_of_real_ones(string front, int digit) =>
        Assert.That(BoxNumber.CheckDigit(front), Is.EqualTo(digit));

    [Test]
    public void Honest_manifests_name_a_port_where_the_ship_was_and_only_the_feeders_last_does_not()
    {
        var feeder = story.Manifests.Where(one => ReferenceEquals(one.Call.Identity, week.Cast!.FeederIdentity)).ToList();

        Assert.Multiple(() =>
        {
            Assert.That(feeder, Has.Count.GreaterThanOrEqualTo(4));
            Assert.That(feeder.SkipLast(1).SelectMany(one => one.Consignments).Select(one => one.Loaded), Is.All.EqualTo("NOLAR"));
            Assert.That(feeder[^1].Consignments[0].Loaded, Is.EqualTo("DEHAM"));
            Assert.That(feeder[^1].Consignments[0].Box, Is.EqualTo(told.GetProperty("box").GetString()));
            foreach (var manifest in story.Manifests.Where(one => one != feeder[^1]))
            {
                Assert.That(manifest.Consignments.Select(one => one.Loaded), Is.All.EqualTo(manifest.Call.LoadedIn));
            }
        });
    }

    [Test]
    public void Plates_are_read_by_cameras_of_the_network_on_roads_that_it_knows()
    {
        var network = CameraFile.Parse(File.ReadAllBytes(Path.Combine(folder, "reference", "cameras.json")));
        var end = Options.StartAt.AddDays(Options.Days).ToUnixTimeMilliseconds();
        var document = PlateReader.Read(File.ReadAllBytes(Path.Combine(folder, "plates.ndjson")), new PlateReadOptions { ReceivedAtMs = end });
        var lorry = document.Reads.Where(one => one.Plate.Text == told.GetProperty("plate").GetString()).OrderBy(one => one.AtMs).TakeLast(6).ToList();

        Assert.Multiple(() =>
        {
            Assert.That(document.Rejects.Count, Is.Zero);
            Assert.That(document.Reads, Has.Count.InRange(2500, 8000));
            Assert.That(document.Reads.Select(one => one.Camera).Distinct().Where(one => network.Find(one) is null), Is.Empty);
            Assert.That(document.Reads.All(one => one.IsSimulated));
            Assert.That(lorry[0].Camera, Is.EqualTo("SIM-GATE1-OUT"));
            Assert.That(lorry[0].AtMs, Is.EqualTo(At("box_out_at")).Within(2000));
            Assert.That(lorry.Count(one => network.Find(one.Camera)!.IsWatchedArea), Is.EqualTo(2));
            for (var index = 1; index < lorry.Count; index++)
            {
                var link = network.Link(lorry[index - 1].Camera, lorry[index].Camera);
                Assert.That(link, Is.Not.Null, $"{lorry[index - 1].Camera} to {lorry[index].Camera}");
                Assert.That(lorry[index].AtMs - lorry[index - 1].AtMs, Is.AtLeast(link!.FreeFlowMs!.Value * 0.9));
            }

            Assert.That(lorry[2].AtMs - lorry[1].AtMs, Is.GreaterThan(Hour * 0.9), "the long stop");
        });
    }

    [Test]
    public void The_story_is_told_in_order_and_ends_within_the_week()
    {
        long[] order =
        [
            At("departed_at"), At("left_lane_at"), At("met_at"), At("parted_at"), At("silent_at"), At("scene_at"), At("scene_received_at"),
            At("heard_again_at"), At("rejoined_at"), At("anchored_at"), At("berthed_at"), At("box_out_at"), At("lorry_last_read_at"), week.World.EndAtMs,
        ];

        Assert.Multiple(() =>
        {
            Assert.That(order, Is.Ordered);
            Assert.That(At("berthed_at") - Math.Max(At("scene_received_at"), At("heard_again_at")), Is.AtLeast(8 * Hour));
            Assert.That(At("box_out_at") - At("berthed_at"), Is.InRange(2 * Hour, 4 * Hour));
            Assert.That(names[told.GetProperty("mmsi").GetString()!], Is.EqualTo(told.GetProperty("name").GetString()));
        });
    }

    [Test]
    public void The_feeder_is_heard_before_and_after_its_silence_and_never_in_it()
    {
        var reports = heard[int.Parse(told.GetProperty("mmsi").GetString()!, CultureInfo.InvariantCulture)];

        Assert.Multiple(() =>
        {
            Assert.That(reports.Count(one => one.AtMs > At("silent_at") + 2000 && one.AtMs < At("heard_again_at") - 2000), Is.Zero);
            Assert.That(reports.Count(one => one.AtMs > At("silent_at") - Hour && one.AtMs < At("silent_at")), Is.AtLeast(20), "well heard before");
            Assert.That(reports.Count(one => one.AtMs > At("heard_again_at") && one.AtMs < At("heard_again_at") + Hour), Is.AtLeast(20), "and after");
        });
    }

    [Test]
    public void The_two_ships_lie_within_three_hundred_metres_as_long_as_the_truth_says()
    {
        var feeder = heard[week.Cast!.FeederIdentity.Mmsi];
        var coaster = heard[week.Cast.CoasterIdentity.Mmsi];
        var farthest = 0.0;
        var pairs = 0;
        foreach (var (atMs, at) in feeder.Where(one => one.AtMs > At("met_at") && one.AtMs < At("parted_at")))
        {
            foreach (var (_, other) in coaster.Where(one => Math.Abs(one.AtMs - atMs) < 40_000))
            {
                farthest = Math.Max(farthest, SimMaths.Metres(Point(at), Point(other)));
                pairs++;
            }
        }

        Assert.That(pairs, Is.GreaterThan(40));
        Assert.That(farthest, Is.InRange(60, 300));
        Assert.That(At("parted_at") - At("met_at"), Is.InRange(2.5 * Hour, 3 * Hour));
    }

    [Test]
    public void Ships_queue_because_the_berths_are_full_and_never_more_lie_there_than_fit()
    {
        var cast = week.Cast!;
        List<CallerPlan> callers = [.. cast.Containers.Select(one => one.Plan), cast.Feeder];
        var most = 0;
        for (var at = week.World.StartAtMs; at < week.World.EndAtMs; at += Hour / 4)
        {
            most = Math.Max(most, callers.Count(one => one.BerthedAtMs <= at && at < one.LeftAtMs));
            var waiting = callers.Any(one => one.AnchoredAtMs > 0 && one.AnchoredAtMs + Hour <= at && at < one.BerthedAtMs - (2 * Hour));
            var free = callers.Count(one => one.BerthedAtMs <= at + (2 * Hour) && at - Hour < one.LeftAtMs) < BerthQueue.Berths;
            Assert.That(waiting && free, Is.False, $"a ship waits beside a free berth at {Instants.ToText(at)}");
        }

        Assert.Multiple(() =>
        {
            Assert.That(most, Is.EqualTo(BerthQueue.Berths));
            Assert.That(cast.AheadOfFeeder, Is.AtLeast(2), "at anchor when the feeder comes");
        });
    }

    [Test]
    public void No_ship_of_the_story_sails_over_land() => Assert.That(LandTests.OnLand(week.World, CastOf(Options)), Is.Empty);

    [Test]
    public void A_scene_shows_an_echo_where_each_ship_is_and_the_fixed_structure_in_both()
    {
        foreach (var scene in story.Scenes)
        {
            var bytes = File.ReadAllBytes(Path.Combine(folder, "scenes", scene.Id + ".tif"));
            var offset = bytes.Length - (SceneFrame.Columns * SceneFrame.Rows * 2);
            Assert.Multiple(() =>
            {
                foreach (var echo in scene.Echoes)
                {
                    Assert.That(BrightestNear(bytes, offset, echo.At), Is.GreaterThan(180), $"{scene.Id} {echo}");
                }

                Assert.That(BrightestNear(bytes, offset, SceneBook.Mast), Is.GreaterThan(200));
                Assert.That(Mean(bytes, offset), Is.InRange(40, 70));
            });
        }

        var dark = story.Truth.Single(entry => entry is { Kind: "dark-ship", Lawful: false } && entry.Place == told.GetProperty("scene").GetString());
        var feeder = week.Log!.At(week.Cast!.Times.SceneAtMs).Single(one => one.Vessel.Identity == week.Cast.FeederIdentity);
        Assert.That(SimMaths.Metres(feeder.Now.At, new GeoPoint(dark.Latitude!.Value, dark.Longitude!.Value)), Is.LessThan(40));
        Assert.That(StoryTruth.OffLaneNm(week.World, feeder.Now.At), Is.GreaterThan(3));
        Assert.That(story.Scenes[1].Echoes.Count(echo => echo.LengthM > 60), Is.AtLeast(2), "the coaster is in it too, with AIS");
    }

    [Test]
    public void A_moving_ship_is_shown_where_the_radars_geometry_puts_it_and_the_item_tells_that_geometry()
    {
        var now = new Motion { At = FeederPlan.Meeting, SpeedKnots = 12, CourseDegrees = 60, Present = true };
        var shown = SceneBook.ShownAt(now.At, now);
        var metres = SceneBook.Radar.AzimuthShiftMetres(12 * 1852 / 3600.0, 60);
        Assert.Multiple(() =>
        {
            Assert.That(metres, Is.GreaterThan(300), "it comes towards the radar, which looks west from the east");
            Assert.That(SimMaths.Metres(now.At, shown), Is.EqualTo(metres).Within(1));
            Assert.That(shown.Lat, Is.LessThan(now.At.Lat), "ahead along a flight to the south");
            foreach (var scene in story.Scenes)
            {
                var item = StacItem.Read(File.ReadAllBytes(Path.Combine(folder, "scenes", scene.Id + ".json")));
                Assert.That((item.Radar, item.IsSimulated, item.Sensor), Is.EqualTo((SceneBook.Radar, true, SceneSensor.Sar)));
            }
        });
    }

    [Test]
    public void Land_in_a_scene_is_bright_and_rough_and_hardly_ever_taken_for_ships()
    {
        SceneFiles.RequireGdal();
        var settings = CfarSettings.Of(SceneSensor.Sar);
        foreach (var scene in story.Scenes)
        {
            using var file = SceneFile.Open(Path.Combine(folder, "scenes", scene.Id + ".tif"), new SceneDescription { Sensor = SceneSensor.Sar }, RasterLimits.Default);
            var found = new CfarDetector(settings).Detect(file, ReferenceDefaults.Coast, 2, default)
                .Where(ship => ship.ConfidenceMilli >= settings.ConfidenceMilliMin)
                .Select(ship => Point(ship.Where!.Value)).ToList();
            var onLand = found.Count(Shore.Here.IsLand);
            var seen = scene.Echoes.Where(echo => found.Exists(at => SimMaths.Metres(at, echo.At) < 100)).ToList();
            var land = new float[100 * 100];
            var sea = new float[100 * 100];
            file.Read(new SceneWindow(SceneFrame.Columns - 100, 0, 100, 100), land);
            file.Read(new SceneWindow(SceneFrame.Columns - 1200, 0, 100, 100), sea);
            TestContext.Out.WriteLine(
                $"{scene.Id}: {scene.Echoes.Count} echoes, {seen.Count} of them found; {found.Count} detections, {onLand} on land; mean on land {land.Average():F0}, at sea {sea.Average():F0}");
            Assert.Multiple(() =>
            {
                Assert.That(land.Average(), Is.GreaterThan(1.6 * sea.Average()));
                Assert.That(onLand, Is.LessThanOrEqualTo(3));
                Assert.That(scene.Echoes.Where(echo => echo.LengthM >= 60).Except(seen), Is.Empty);
            });
        }
    }

    [Test]
    public void Truth_has_an_entry_for_each_part_of_the_story_and_for_its_look_alikes()
    {
        var truth = TruthLine.ReadFile(Path.Combine(folder, "truth.json"));
        string[] kinds = ["route-deviation", "encounter", "dark-ship", "declared-mismatch", "vehicle-deviation", "cloned-plate"];
        Assert.Multiple(() =>
        {
            foreach (var kind in kinds)
            {
                Assert.That(truth.Count(entry => entry.Kind == kind && !entry.Lawful), Is.EqualTo(1), kind);
                Assert.That(truth.Count(entry => entry.Kind == kind && entry.Lawful), Is.AtLeast(1), kind + ", lawful");
            }
        });
    }

    [Test]
    public void The_epochs_key_has_32_bytes_and_another_seed_another_key()
    {
        var key = SimulatedEpochKey.Parse(File.ReadAllText(Path.Combine(folder, "epoch.key")));

        Assert.That(key, Has.Length.EqualTo(32).And.EqualTo(StoryFiles.EpochKey(Options.Seed)));
        Assert.That(StoryFiles.EpochKey(Options.Seed + 1), Is.Not.EqualTo(key));
    }

    private static List<SimVessel> CastOf(ScenarioOptions options)
    {
        var world = new World(options);
        var fleet = new List<SimVessel>();
        Cast.Of(world, options)!.Join(fleet, options.Seed);
        return fleet;
    }

    private static string[] LinesOf(ScenarioOptions options)
    {
        using var nmea = new MemoryStream();
        Simulation.Generate(options, nmea);
        return Encoding.ASCII.GetString(nmea.ToArray()).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
    }

    private static List<string> HashesOf(string root) =>
        [.. Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Select(path => $"{Path.GetRelativePath(root, path)} {Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(path)))}")];

    private static GeoPoint Point(Position at) => new(at.LatitudeDegrees, at.LongitudeDegrees);

    private static int BrightestNear(byte[] bytes, int offset, GeoPoint at)
    {
        var (x, y) = SceneFrame.Skagerrak.PixelOf(at);
        var brightest = 0;
        for (var row = (int)y - 4; row <= (int)y + 4; row++)
        {
            for (var column = (int)x - 4; column <= (int)x + 4; column++)
            {
                brightest = Math.Max(brightest, BitConverter.ToUInt16(bytes, offset + (((row * SceneFrame.Columns) + column) * 2)));
            }
        }

        return brightest;
    }

    private static double Mean(byte[] bytes, int offset)
    {
        var sum = 0.0;
        var count = 0;
        for (var at = offset; at < bytes.Length; at += 2)
        {
            sum += BitConverter.ToUInt16(bytes, at);
            count++;
        }

        return sum / count;
    }

    private long At(string name) => told.GetProperty(name).GetDateTimeOffset().ToUnixTimeMilliseconds();

    private List<JsonElement> Lines(string file) =>
        [.. File.ReadLines(Path.Combine(folder, file)).Select(line => JsonDocument.Parse(line).RootElement)];

    // Heard within metres of a stopping point of the notice's port in the half hour round the event.
    private bool Near(JsonElement notice, double metres)
    {
        var atMs = notice.GetProperty("eventTime").GetDateTimeOffset().ToUnixTimeMilliseconds();
        var mmsi = int.Parse(notice.GetProperty("ship").GetProperty("mmsi").GetString()!, CultureInfo.InvariantCulture);
        var port = notice.GetProperty("port").GetString();
        return heard.GetValueOrDefault(mmsi, []).Exists(one => Math.Abs(one.AtMs - atMs) < Hour / 2
            && Geography.Stops.Any(stop => stop.Locode == port && SimMaths.Metres(stop.Where, Point(one.At)) < metres));
    }

    private readonly struct Heard : IAisSink
    {
        public Heard()
        {
        }

        public Dictionary<int, List<(long AtMs, Position At)>> Positions { get; } = [];

        public Dictionary<string, string> Names { get; } = [];

        public void OnPosition(in PositionReport report)
        {
            if (!Positions.TryGetValue(report.Vessel.Mmsi, out var list))
            {
                Positions[report.Vessel.Mmsi] = list = [];
            }

            list.Add((report.EventAtMs, report.Position));
        }

        public void OnStatic(StaticReport report)
        {
            if (report.Name is { } name)
            {
                Names[report.Vessel.Mmsi.ToString(CultureInfo.InvariantCulture)] = name;
            }
        }

        public void OnRefused(in Refusal refusal, ReadOnlySpan<byte> bytes)
        {
        }
    }
}
