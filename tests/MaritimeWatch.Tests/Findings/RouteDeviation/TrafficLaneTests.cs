using System.Text;
using MaritimeWatch.Reference.Lanes;
using MaritimeWatch.Terms;
using static MaritimeWatch.Tests.Findings.RouteDeviation.Voyages;
using static MaritimeWatch.Tests.Findings.Traffic;

namespace MaritimeWatch.Tests.Findings.RouteDeviation;

/// <summary>A ship without a history of its own is held to the lanes of the others, learned from what a fold said of them.</summary>
internal sealed class TrafficLaneTests
{
    private const int Ships = 60;
    private static readonly LaneAtlas Atlas = Learned();

    [Test]
    public void Lanes_are_learned_from_the_lines_of_a_fold()
    {
        var lane = Atlas.Find("lane:NOLAR-SEGOT:all:1")!;
        Assert.Multiple(() =>
        {
            Assert.That(Atlas.All.Select(one => one.Id), Is.EquivalentTo(new[] { "lane:NOLAR-SEGOT:all:1", "lane:SEGOT-NOLAR:all:1" }));
            Assert.That(lane.Voyages, Is.EqualTo(Ships));
            Assert.That(lane.Name, Is.EqualTo("Larvik-Gothenburg"));
            Assert.That(lane.Off999(lane.LengthDecimetres / 2) / 18_520.0, Is.InRange(0.4, 2));
            Assert.That(lane.Duration[3] / 3600.0, Is.EqualTo(84 / Knots).Within(0.6));
        });
    }

    [Test]
    public void A_ship_that_was_never_here_before_and_leaves_the_lane_is_said_to_while_it_happens()
    {
        using var run = Run(New().Sail(Larvik, Gothenburg, Detour(12), untilPart: 0.52));
        var found = run.Of("route-deviation").Single();
        TestContext.Out.WriteLine(found.Text("reason"));
        Assert.Multiple(() =>
        {
            Assert.That(found.Text("state"), Is.EqualTo("open"));
            Assert.That(found.Text("rule"), Is.EqualTo("route-deviation-traffic-lane"));
            Assert.That(found.Text("object"), Is.EqualTo("lane:NOLAR-SEGOT:all:1"));
            Assert.That(found.Text("severity"), Is.EqualTo("medium"));
            Assert.That(found.Text("reason"), Does.Match(
                @"^\S+ is \d+\.\d NM off the lane Larvik-Gothenburg, where 99\.9 % of 60 voyages stay within \d\.\d NM, for (\d h )?\d+ min \(since 2026-.*Z\); an ordinary voyage from there keeps to no lane in at most 1\.6 % of cases\.$"));
            Assert.That(found.Number("measure", "cross_track_nm"), Is.InRange(6m, 13m));
            Assert.That(found.Number("thresholds", "off_minutes"), Is.EqualTo(20m));
            Assert.That(found.GetProperty("reference").GetProperty("lanes").GetInt32(), Is.EqualTo(1), "the version of the lanes is pinned");
        });
    }

    [Test]
    public void It_closes_when_the_ship_is_back_and_is_one_finding()
    {
        using var run = Run(New().Sail(Larvik, Gothenburg, Detour(12)).LieIn(Gothenburg));
        var revisions = run.Revisions.Where(r => r.Text("kind") == "route-deviation").ToList();
        Assert.Multiple(() =>
        {
            Assert.That(revisions.Select(r => r.Text("id")).Distinct().Count(), Is.EqualTo(1));
            Assert.That(revisions[^1].Text("state"), Is.EqualTo("closed"));
            Assert.That(revisions[^1].Text("reason"), Does.Contain("NM off the lane Larvik-Gothenburg").And.Contain("until it came back at"));
            Assert.That(revisions[^1].Number("measure", "cross_track_nm"), Is.InRange(11m, 13m));
        });
    }

    [Test]
    public void Ordinary_voyages_are_silent()
    {
        var random = new Random(77);
        var traffic = new Traffic();
        for (var ship = 0; ship < 100; ship++)
        {
            var voyages = New(4000 + ship, traffic);
            var stray = (random.NextDouble() - 0.5) * 1.2;
            voyages.Sail(Larvik, Gothenburg, part => stray * Math.Sin(part * Math.PI), knots: 13.5 + (random.NextDouble() * 3)).LieIn(Gothenburg);
        }

        using var run = new FoldRun(WithLanes());
        NameLanes(run);
        run.Set(traffic);
        Assert.That(run.Revisions.Count(r => r.Text("kind") == "route-deviation"), Is.Zero, "of 100 voyages");
        Assert.That(run.Of("port-visit").Count, Is.GreaterThanOrEqualTo(200));
    }

    [Test]
    public void A_stop_at_sea_where_no_voyage_stops_is_found_and_says_how_many_did()
    {
        var voyages = New().Sail(Larvik, Gothenburg, _ => 0, untilPart: 0.5);
        var at = voyages.Traffic.Reports[^1].Position;
        using var run = Run(voyages.LieIn(at, 2).Sail(at, Gothenburg, _ => 0).LieIn(Gothenburg));
        var found = run.Of("route-deviation").Single();
        TestContext.Out.WriteLine(found.Text("reason"));
        Assert.Multiple(() =>
        {
            Assert.That(found.Text("rule"), Is.EqualTo("route-deviation-unusual-stop"));
            Assert.That(found.Text("reason"), Does.Contain("lay still under way on the voyage Larvik-Gothenburg, for 1 h 5").And.Contain("where no other of 60 voyages stopped"));
            Assert.That(found.Text("state"), Is.EqualTo("closed"));
            Assert.That(run.Revisions.First(r => r.Text("kind") == "route-deviation").Number("measure", "stop_minutes"), Is.InRange(45m, 55m), "it opens while it lies there");
        });
    }

    [Test]
    public void A_ship_far_too_late_on_the_lane_was_elsewhere_meanwhile()
    {
        var voyages = New().Sail(Larvik, Gothenburg, _ => 0, untilPart: 0.5, knots: 5);
        var at = voyages.Traffic.Reports[^1].Position;
        using var run = Run(voyages.Sail(at, Gothenburg, _ => 0).LieIn(Gothenburg));
        var found = run.Of("route-deviation").Single();
        TestContext.Out.WriteLine(found.Text("reason"));
        Assert.That(found.Text("rule"), Is.EqualTo("route-deviation-long-under-way"));
        Assert.That(found.Text("severity"), Is.EqualTo("low"));
    }

    [Test]
    public void A_port_where_no_lane_leads_is_said_unless_it_was_named()
    {
        Voyages To(string? destination)
        {
            var voyages = New(destination: destination).Sail(Larvik, Gothenburg, _ => 0, untilPart: 0.9);
            return voyages.Sail(voyages.Traffic.Reports[^1].Position, Skagen, _ => 0).LieIn(Skagen);
        }

        using var silent = Run(To("SKAGEN"));
        using var found = Run(To("SEGOT"));
        Assert.That(silent.Of("route-deviation"), Is.Empty);
        Assert.That(silent.Revisions.Last(r => r.Text("kind") == "route-deviation").Text("retracted_because"), Does.StartWith("called at Skagen (DKSKA), as it had said"));
        var rules = found.Of("route-deviation").Select(one => one.Text("rule")).ToList();
        Assert.That(rules, Is.EquivalentTo(new[] { "route-deviation-traffic-lane", "route-deviation-other-port" }));
        Assert.That(found.Of("route-deviation").Single(one => one.Text("rule") == "route-deviation-other-port").Text("object"), Is.EqualTo("DKSKA"));
    }

    [Test]
    public void A_voyage_out_of_hearing_for_long_is_not_judged_by_the_lanes_of_others()
    {
        var voyages = New().Sail(Larvik, Gothenburg, _ => 0, untilPart: 0.3).Wait(4);
        using var run = Run(voyages.Sail(Position.FromDegrees(57.9, 8.9), Position.FromDegrees(57.9, 10.2), _ => 0));
        Assert.That(run.Revisions.Where(r => r.Text("kind") == "route-deviation"), Is.Empty);
    }

    [Test]
    public void Lanes_judge_nothing_that_happened_before_their_last_voyage_had_ended()
    {
        var voyages = new Voyages().LieIn(Larvik).Sail(Larvik, Gothenburg, Detour(12)).LieIn(Gothenburg);
        using var run = Run(voyages);
        Assert.That(run.Revisions.Where(r => r.Text("kind") == "route-deviation"), Is.Empty);
    }

    [Test]
    public void A_ship_with_lanes_of_its_own_is_judged_by_these()
    {
        var voyages = New().Usually(4).Sail(Larvik, Gothenburg, Detour(8)).LieIn(Gothenburg);
        using var run = Run(voyages);
        Assert.That(run.Of("route-deviation").Single().Text("rule"), Is.EqualTo("route-deviation-own-lane"));
    }

    [Test]
    public void Too_few_voyages_from_a_port_say_nothing_of_others()
    {
        using var run = Run(New().Sail(Larvik, Gothenburg, Detour(12)).LieIn(Gothenburg), Learned(12));
        Assert.That(run.Revisions.Where(r => r.Text("kind") == "route-deviation"), Is.Empty);
    }

    [TestCase(30, 0)]
    [TestCase(70, 1)]
    public void A_fishing_vessel_where_none_was_seen_goes_where_it_likes_and_a_merchant_ship_does_not(int shipType, int found)
    {
        using var run = Run(New(shipType: shipType).Sail(Larvik, Gothenburg, Detour(12)).LieIn(Gothenburg));
        Assert.That(run.Of("route-deviation"), Has.Count.EqualTo(found));
    }

    [Test]
    public void Kills_restores_and_budgets_give_the_same_bytes([Range(1, 3)] int seed)
    {
        TestContext.Out.WriteLine($"seed {seed}");
        using var straight = new FoldRun(WithLanes());
        using var chaos = new FoldRun(WithLanes()) { Chaos = new Random(seed) };
        Assert.That(Fold(chaos), Is.EqualTo(Fold(straight)));
        Assert.That(straight.Of("route-deviation"), Is.Not.Empty, "a test of nothing proves nothing");
    }

    private static string Fold(FoldRun run)
    {
        NameLanes(run);
        var traffic = new Traffic();
        New(5001, traffic).Sail(Larvik, Gothenburg, Detour(10)).LieIn(Gothenburg);
        var voyages = New(5002, traffic).Sail(Larvik, Gothenburg, _ => 0, untilPart: 0.5);
        var at = traffic.Reports[^1].Position;
        voyages.LieIn(at, 2).Sail(at, Gothenburg, _ => 0).LieIn(Gothenburg);
        run.Set(traffic);
        return run.BytesBut("vessels", "coverage", "counts", "tracks");
    }

    private static Voyages New(int mmsi = 0, Traffic? traffic = null, string? destination = null, int shipType = 0)
    {
        var voyages = new Voyages(mmsi == 0 ? Ship : 219_000_000 + mmsi) { Traffic = traffic ?? new Traffic() };
        if (destination is not null || shipType > 0)
        {
            voyages.Says(destination, shipType == 0 ? 70 : shipType);
        }

        return voyages.Wait(24 * 12).LieIn(Larvik);
    }

    private static TestReference WithLanes(LaneAtlas? atlas = null) => new()
    {
        ZoneCentre = Ports.ZoneCentre,
        Port = Ports.Port,
        MorePorts = Ports.MorePorts,
        Lanes = atlas ?? Atlas,
    };

    private static FoldRun Run(Voyages voyages, LaneAtlas? atlas = null)
    {
        var run = new FoldRun(WithLanes(atlas));
        NameLanes(run);
        run.Set(voyages.Traffic);
        return run;
    }

    private static void NameLanes(FoldRun run) => run.NameReference("lanes", 1);

    // Sixty ships there and back, each once, folded; the lanes are learned from the lines and read back from their file.
    private static LaneAtlas Learned(int ships = Ships)
    {
        var traffic = new Traffic();
        for (var ship = 0; ship < ships; ship++)
        {
            new Voyages(219_001_000 + ship) { Traffic = traffic }.Usually(1, ship);
        }

        using var run = new FoldRun(Ports);
        run.Set(traffic);
        run.Publish();
        var reader = new VoyageReader();
        Take("vessels", reader.AddVessel);
        Take("port-calls", reader.AddCall);
        Take("tracks", reader.AddTrack);
        Assert.That(reader.Unread, Is.Zero);
        return LaneFile.Read(LaneFile.Write(LaneLearning.Learn(reader.Voyages())));

        void Take(string collection, Action<ReadOnlyMemory<byte>> take)
        {
            foreach (var (_, line) in run.Lines.Where(line => line.Collection == collection))
            {
                take(Encoding.UTF8.GetBytes(line));
            }
        }
    }
}
