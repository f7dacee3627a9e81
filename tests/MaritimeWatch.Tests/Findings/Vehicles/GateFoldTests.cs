using MaritimeWatch.Intake.Anpr;
using MaritimeWatch.Reference.Cameras;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Tests.Findings.Vehicles;

[TestFixture]
public sealed class GateFoldTests
{
    private const long Minute = 60_000;
    private const long Day = 1_750_032_000_000; // A midnight UTC.

    // gate - ring - motor is the usual way (8 km, 9 km); ring - yard leads into a watched area; far is 80 km off by road.
    private static readonly CameraNetwork Network = new(
        3,
        [
            Camera("gate", 0), Camera("ring", 8), Camera("motor", 17), Camera("yard", 12, isWatched: true), Camera("side", 11), Camera("far", 88),
        ],
        [
            new CameraLink("gate", "ring", 8_000, null), new CameraLink("ring", "motor", 9_000, null), new CameraLink("ring", "yard", 4_000, null),
            new CameraLink("yard", "motor", 6_000, null), new CameraLink("ring", "side", 3_000, null), new CameraLink("motor", "far", 72_000, null),
        ],
        [new CameraRoute("out", ["gate", "ring", "motor"])]);

    [Test]
    public void Reads_become_a_journey_when_the_vehicle_is_gone()
    {
        var run = new GateRun(Network);
        run.Add(Drive(Day, "SIM001", ("gate", 0), ("ring", 10), ("motor", 20)));
        Assert.That(run.Journeys, Is.Empty, "it may go on");
        run.Tick(Day + (20 + 90 + 2) * Minute);
        var journey = run.Journeys.Single();
        Assert.Multiple(() =>
        {
            Assert.That((string)journey["properties"]!["subject"]!, Is.EqualTo("plate:" + GateRun.TokenOf("SIM001")));
            Assert.That(journey["properties"]!["cameras"]!.AsArray().Select(node => (string)node!), Is.EqualTo((string[])["gate", "ring", "motor"]));
            Assert.That((string)journey["properties"]!["route"]!, Is.EqualTo("out"));
            Assert.That((string)journey["properties"]!["known_at"]!, Is.EqualTo(Instants.ToText(Day + (110 * Minute))));
            Assert.That((bool)journey["properties"]!["simulated"]!, Is.True);
            Assert.That((string)journey["geometry"]!["type"]!, Is.EqualTo("LineString"));
        });
    }

    [Test]
    public void Reads_that_come_out_of_order_within_the_delay_are_put_in_order()
    {
        var run = new GateRun(Network);
        var reads = Drive(Day, "SIM001", ("gate", 0), ("ring", 10));
        run.Add(GateRun.Read(Day + (10 * Minute) + 20_000, "motor", "SIM777"));
        run.Add(reads[1]);
        run.AddAs("late by 50 s", GateRun.Read(Day + (10 * Minute) - 30_000, "gate", "SIM002"));
        run.Tick(Day + (200 * Minute));
        Assert.That(run.Journeys, Has.Count.EqualTo(3));
        Assert.That(run.Journeys.Select(line => (string)line["properties"]!["start_at"]!), Is.Ordered);
    }

    [Test]
    public void The_same_webhook_twice_and_a_plate_read_again_while_it_stands_are_one_passage()
    {
        var run = new GateRun(Network);
        run.AddAs("same", GateRun.Read(Day, "gate", "SIM001"));
        run.AddAs("same", GateRun.Read(Day, "gate", "SIM001"));
        run.Add(GateRun.Read(Day + 20_000, "gate", "SIM001"), GateRun.Read(Day + 45_000, "gate", "SIM001"));
        run.Tick(Day + (200 * Minute));
        Assert.Multiple(() =>
        {
            Assert.That((int)run.Journeys.Single()["properties"]!["reads"]!, Is.EqualTo(1));
            Assert.That((int)run.Counts()["batches_repeated"]!, Is.EqualTo(1));
            Assert.That((int)run.Counts()["reads_repeated"]!, Is.EqualTo(2));
        });
    }

    [Test]
    public void A_plate_at_two_places_at_once_is_a_clone_and_said_once()
    {
        var run = new GateRun(Network);
        run.Add(Drive(Day, "SIM001", ("gate", 0), ("far", 5), ("ring", 10), ("motor", 20)));
        run.Tick(Day + (200 * Minute));
        var clone = run.Standing("cloned-plate").Single();
        Assert.Multiple(() =>
        {
            Assert.That((string)clone["severity"]!, Is.EqualTo("high"));
            Assert.That((string)clone["object"]!, Is.EqualTo("gate>far"));
            Assert.That(clone["evidence"]!["ranges"]!.AsArray(), Has.Count.EqualTo(2));
            Assert.That(run.Journeys, Has.Count.EqualTo(2), "each vehicle goes on by itself");
        });
    }

    [TestCase("SIM001", 700, TestName = "A read that is not sure makes no clone")]
    [TestCase("SIM00I", 950, TestName = "A look alike makes no clone")]
    [TestCase("SIM002", 950, TestName = "A near plate makes no clone")]
    public void Doubtful(string elsewhere, int confidence)
    {
        var run = new GateRun(Network);
        run.Add(GateRun.Read(Day, "gate", "SIM001"), GateRun.Read(Day + (5 * Minute), "far", elsewhere, confidence));
        run.Tick(Day + (200 * Minute));
        Assert.That(run.Standing("cloned-plate"), Is.Empty);
    }

    [Test]
    public void A_misread_of_a_vehicle_that_could_be_there_makes_no_clone()
    {
        // SIM0017 passes the far camera, which reads SIM001, a plate that is at the gate at that time.
        var run = new GateRun(Network);
        run.Add(
            GateRun.Read(Day - (40 * Minute), "motor", "SIM0017"),
            GateRun.Read(Day, "gate", "SIM001"),
            GateRun.Read(Day + (1 * Minute), "far", "SIM001"));
        run.Tick(Day + (200 * Minute));
        Assert.That(run.Standing("cloned-plate"), Has.Count.EqualTo(1), "40 minutes before is too long ago to explain it");

        run = new GateRun(Network);
        foreach (var i in Enumerable.Range(0, 30))
        {
            run.Add(Drive(Day - (40 * Day / 1000) + (i * 10 * Minute), $"X{i}99Y{i}", ("motor", 0), ("far", 45)));
        }

        run.Add(
            GateRun.Read(Day - (44 * Minute), "motor", "SIM0017"),
            GateRun.Read(Day, "gate", "SIM001"),
            GateRun.Read(Day + (1 * Minute), "far", "SIM001"));
        run.Tick(Day + (200 * Minute));
        Assert.That(run.Standing("cloned-plate"), Is.Empty, "45 minutes are what that road takes");
    }

    [Test]
    public void A_vehicle_that_goes_where_others_do_not_is_odd_and_in_a_watched_area_an_alarm()
    {
        var run = new GateRun(Network);
        LearnUsual(run, 40);
        run.Add(Drive(Day, "SIM001", ("gate", 0), ("ring", 10), ("yard", 16), ("motor", 30)));
        run.Add(Drive(Day + (3 * Minute), "SIM002", ("gate", 0), ("ring", 10), ("side", 14)));
        run.Tick(Day + (300 * Minute));
        var odd = run.Standing("vehicle-deviation");
        Assert.Multiple(() =>
        {
            Assert.That(odd.Select(finding => (string)finding["object"]!), Is.EquivalentTo((string[])["ring>yard", "ring>side"]));
            Assert.That(odd.Select(finding => (string)finding["severity"]!), Is.EquivalentTo((string[])["medium", "low"]));
            Assert.That(odd.Select(finding => (string)finding["state"]!), Is.All.EqualTo("closed"));
            Assert.That(odd.Select(finding => (bool)finding["settled"]!), Is.All.True);
        });
    }

    [Test]
    public void A_camera_that_missed_a_vehicle_makes_nothing_odd()
    {
        var run = new GateRun(Network);
        LearnUsual(run, 40);
        run.Add(Drive(Day, "SIM001", ("gate", 0), ("motor", 20)));
        run.Tick(Day + (300 * Minute));
        Assert.That(run.Standing("vehicle-deviation"), Is.Empty);
    }

    [Test]
    public void A_vehicle_whose_habit_it_is_is_not_odd_any_more()
    {
        var run = new GateRun(Network);
        LearnUsual(run, 200);
        for (var i = 0; i < 4; i++)
        {
            run.Add(Drive(Day + (i * 400 * Minute), "SIM001", ("gate", 0), ("ring", 10), ("yard", 16)));
        }

        run.Tick(Day + (2000 * Minute));
        Assert.That(run.Standing("vehicle-deviation"), Has.Count.EqualTo(2), "twice it is news, then a habit");
    }

    [Test]
    public void A_vehicle_that_alone_is_late_is_said_and_settled_by_those_who_were_not()
    {
        var run = new GateRun(Network);
        LearnUsual(run, 60);
        run.Add([
            .. Drive(Day, "SIM001", ("gate", 0), ("ring", 70)),
            .. Drive(Day + (65 * Minute), "SIM002", ("gate", 0), ("ring", 10)),
            .. Drive(Day + (66 * Minute), "SIM003", ("gate", 0), ("ring", 11)),
        ]);
        run.Tick(Day + (72 * Minute));
        Assert.That((string)run.Standing("vehicle-deviation").Single()["severity"]!, Is.EqualTo("low"), "others may still show a jam");
        run.Tick(Day + (80 * Minute));
        var late = run.Standing("vehicle-deviation").Single();
        Assert.Multiple(() =>
        {
            Assert.That((string)late["severity"]!, Is.EqualTo("medium"));
            Assert.That((bool)late["settled"]!, Is.True);
            Assert.That((int)late["measure"]!["others_in_time"]!, Is.EqualTo(2));
        });
    }

    [Test]
    public void A_jam_in_which_all_are_late_is_no_deviation()
    {
        var run = new GateRun(Network);
        LearnUsual(run, 60);
        foreach (var i in Enumerable.Range(0, 8))
        {
            run.Add(Drive(Day + (i * 2 * Minute), $"SIM00{i}", ("gate", 0), ("ring", 70)));
        }

        run.Tick(Day + (300 * Minute));
        Assert.Multiple(() =>
        {
            Assert.That(run.Standing("vehicle-deviation"), Is.Empty);
            Assert.That(run.Findings.Where(line => (string)line["properties"]!["state"]! == "retracted"), Is.Not.Empty, "the first could not know");
            Assert.That((int)run.Counts()["late_in_a_jam"]!, Is.GreaterThanOrEqualTo(2));
        });
    }

    [Test]
    public void A_single_read_that_may_be_a_misread_is_a_candidate_and_stays_another_plate()
    {
        var run = new GateRun(Network);
        run.Add(GateRun.Read(Day, "gate", "SIM0017"), GateRun.Read(Day + (10 * Minute), "ring", "SIM001"), GateRun.Read(Day + (20 * Minute), "motor", "SIM0017"));
        run.Tick(Day + (300 * Minute));
        var single = run.Journeys.Single(line => (int)line["properties"]!["reads"]! == 1)["properties"]!;
        Assert.Multiple(() =>
        {
            Assert.That((string)single["candidate_of"]!, Is.EqualTo(GateRun.TokenOf("SIM0017")));
            Assert.That((string)single["token"]!, Is.EqualTo(GateRun.TokenOf("SIM001")));
            Assert.That(run.Standing("cloned-plate"), Is.Empty);
        });
    }

    [Test]
    public void At_the_change_of_epoch_habits_and_the_journey_under_way_carry_over()
    {
        var run = new GateRun(Network);
        var old = GateRun.Read(Day, "gate", "SIM001");
        var next = GateRun.Read(Day + (10 * Minute), "ring", "SIM999") with { Previous = old.Token };
        run.Add(old);
        run.Add(next);
        run.Tick(Day + (300 * Minute));
        var journey = run.Journeys.Single()["properties"]!;
        Assert.Multiple(() =>
        {
            Assert.That((int)journey["reads"]!, Is.EqualTo(2));
            Assert.That((string)journey["token"]!, Is.EqualTo(next.Token));
        });
    }

    [Test]
    public void Whatever_the_commits_and_restores_the_bytes_are_the_same([Values(1, 2, 3)] int seed)
    {
        TestContext.Out.WriteLine($"seed {seed}");
        var (plain, restored) = (new GateRun(Network), new GateRun(Network, restores: true));
        foreach (var run in (GateRun[])[plain, restored])
        {
            var random = new Random(seed);
            string[] cameras = ["gate", "ring", "motor", "yard", "side", "far"];
            for (var i = 0; i < 150; i++)
            {
                var at = Day + (i * 4 * Minute) + random.Next(240_000);
                run.Add([.. Enumerable.Range(0, random.Next(1, 5)).Select(_ =>
                    GateRun.Read(at + random.Next(-90_000, 90_000), cameras[random.Next(cameras.Length)], $"SIM{random.Next(12):D3}", random.Next(600, 1000)))]);
            }

            run.Tick(Day + (3000 * Minute));
        }

        Assert.That(plain.All, Does.Contain("\"journeys\"").Or.Contain("journeys "));
        Assert.That(plain.Findings, Is.Not.Empty);
        Assert.That(restored.All, Is.EqualTo(plain.All));
        Assert.That(restored.Counts().ToJsonString(), Is.EqualTo(plain.Counts().ToJsonString()));
    }

    private static Camera Camera(string id, double east, bool isWatched = false) =>
        new(id, id, Position.FromDegrees(0, east / 111.2), null, isWatched, null);

    private static TokenRead[] Drive(long startMs, string plate, params (string Camera, int Minute)[] stops) =>
        [.. stops.Select(stop => GateRun.Read(startMs + (stop.Minute * Minute), stop.Camera, plate))];

    /// <summary>Honest vehicles on the usual way, in the two days before, at all times of the day.</summary>
    private static void LearnUsual(GateRun run, int vehicles)
    {
        for (var i = 0; i < vehicles; i++)
        {
            var start = Day - (2 * 86_400_000L) + (i * (2 * 86_300_000L / vehicles));
            run.Add(Drive(start, $"H{i:D3}{(char)('J' + (i % 5))}{i % 7}T{i % 9}", ("gate", 0), ("ring", 9 + (i % 3)), ("motor", 20 + (i % 4))));
        }
    }
}
