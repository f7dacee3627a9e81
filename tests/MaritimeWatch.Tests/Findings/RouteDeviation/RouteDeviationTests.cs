using MaritimeWatch.Findings;
using MaritimeWatch.Geodesy;
using MaritimeWatch.Terms;
using static MaritimeWatch.Tests.Findings.RouteDeviation.Voyages;
using static MaritimeWatch.Tests.Findings.Traffic;

namespace MaritimeWatch.Tests.Findings.RouteDeviation;

internal sealed class RouteDeviationTests
{
    [Test]
    public void A_ship_that_leaves_the_lane_of_its_earlier_voyages_is_said_to_while_it_happens()
    {
        using var run = new Voyages().Usually(4).Sail(Larvik, Gothenburg, Detour(8), untilPart: 0.5).Replay();
        var found = run.Of("route-deviation").Single();
        Assert.Multiple(() =>
        {
            Assert.That(found.Text("state"), Is.EqualTo("open"));
            Assert.That(found.Text("object"), Is.EqualTo("lane:NOLAR-SEGOT"));
            Assert.That(found.Text("severity"), Is.EqualTo("medium"));
            Assert.That(found.Text("reason"), Does.Contain("NM off the lane Larvik-Gothenburg, where its 4 earlier voyages stay within 1.5 NM, since 2026-"));
            Assert.That(found.Text("reason"), Does.Contain("no earlier voyage strayed so far, so chance alone would do this in at most 20 % of voyages"));
            Assert.That(found.Number("measure", "cross_track_nm"), Is.InRange(3m, 9m));
            Assert.That(found.GetProperty("clears_if").GetProperty("cross_track_nm").GetDecimal(), Is.EqualTo(3.0m));
        });
    }

    [Test]
    public void It_is_revised_as_the_way_off_doubles_and_closes_when_the_ship_is_back()
    {
        using var run = new Voyages().Usually(3).Sail(Larvik, Gothenburg, Detour(8)).LieIn(Gothenburg).Replay();
        var revisions = run.Revisions.Where(r => r.Text("kind") == "route-deviation").ToList();
        var off = revisions.Select(r => r.Number("measure", "cross_track_nm")).ToList();
        Assert.Multiple(() =>
        {
            Assert.That(revisions[0].Text("state"), Is.EqualTo("open"));
            Assert.That(off, Is.Ordered);
            Assert.That(off[0], Is.InRange(3m, 6m), "it opens long before the farthest point");
            Assert.That(off[^1], Is.InRange(7m, 9m));
            Assert.That(revisions[^1].Text("state"), Is.EqualTo("closed"));
            Assert.That(revisions[^1].Text("reason"), Does.Contain("until it came back"));
            Assert.That(revisions[^1].GetProperty("settled").GetBoolean());
            Assert.That(revisions.Select(r => r.Text("id")).Distinct().Count(), Is.EqualTo(1));
        });
    }

    [Test]
    public void Two_earlier_voyages_are_no_lane()
    {
        using var run = new Voyages().Usually(2).Sail(Larvik, Gothenburg, Detour(15)).LieIn(Gothenburg).Replay();
        Assert.That(run.Revisions.Where(r => r.Text("kind") == "route-deviation"), Is.Empty);
    }

    [Test]
    public void A_ship_that_keeps_its_lane_is_never_said_to_leave_it()
    {
        using var run = new Voyages().Usually(9).Replay();
        Assert.That(run.Revisions.Where(r => r.Text("kind") == "route-deviation"), Is.Empty);
        Assert.That(run.Lines.Count(l => l.Collection == "lanes"), Is.EqualTo(14), "seven times each way, from the third voyage on");
    }

    [Test]
    public void Giving_way_by_a_few_miles_for_minutes_is_lawful()
    {
        using var run = new Voyages().Usually(4).Sail(Larvik, Gothenburg, Detour(4.5, 0.5, 0.56)).LieIn(Gothenburg).Replay();
        Assert.That(run.Revisions.Where(r => r.Text("kind") == "route-deviation"), Is.Empty);
    }

    [Test]
    public void A_lane_left_for_a_call_at_another_port_is_taken_back_with_the_reason()
    {
        var voyages = new Voyages().Usually(4).Sail(Larvik, Gothenburg, _ => 0, untilPart: 0.5);
        var half = GreatCircle.Destination(
            Larvik, GreatCircle.InitialBearingDegrees(Larvik, Gothenburg), GreatCircle.DistanceMetres(Larvik, Gothenburg) / 2);
        using var run = voyages.Sail(half, Skagen, _ => 0).LieIn(Skagen).Replay();
        var revisions = run.Revisions.Where(r => r.Text("kind") == "route-deviation").ToList();
        Assert.Multiple(() =>
        {
            Assert.That(revisions[0].Text("state"), Is.EqualTo("open"));
            Assert.That(revisions[^1].Text("state"), Is.EqualTo("retracted"));
            Assert.That(revisions[^1].Text("severity"), Is.EqualTo("info"));
            Assert.That(revisions[^1].Text("retracted_because"), Does.StartWith("called at Skagen"));
            Assert.That(run.Of("route-deviation"), Is.Empty);
        });
    }

    [Test]
    public void A_ship_that_turns_back_to_where_it_came_from_has_left_its_lane_all_the_same()
    {
        var voyages = new Voyages().Usually(4).Sail(Larvik, Gothenburg, along => along * 40, untilPart: 0.4);
        var last = voyages.Traffic.Reports[^1].Position;
        using var run = voyages.Sail(last, Larvik, _ => 0).LieIn(Larvik).Replay();
        Assert.That(run.Of("route-deviation").Single().Text("state"), Is.EqualTo("closed"));
    }

    [Test]
    public void A_slow_loop_before_the_port_is_waiting()
    {
        var voyages = new Voyages().Usually(4).Sail(Larvik, Gothenburg, _ => 0, untilPart: 0.93);
        var at = voyages.Traffic.Reports[^1].Position;
        foreach (var course in (int[])[60, 150, 240, 330])
        {
            var to = GreatCircle.Destination(at, course, 4 * 1852);
            voyages.Sail(at, to, _ => 0, knots: 4);
            at = to;
        }

        using var run = voyages.Sail(at, Gothenburg, _ => 0).LieIn(Gothenburg).Replay();
        Assert.That(run.Revisions.Where(r => r.Text("kind") == "route-deviation"), Is.Empty);
    }

    [Test]
    public void Drifting_off_the_lane_is_not_sailing_off_it()
    {
        var voyages = new Voyages().Usually(4).Sail(Larvik, Gothenburg, _ => 0, untilPart: 0.5);
        var at = voyages.Traffic.Reports[^1].Position;
        using var run = voyages.Sail(at, GreatCircle.Destination(at, 70, 9 * 1852), _ => 0, knots: 1.8).Replay();
        Assert.That(run.Revisions.Where(r => r.Text("kind") == "route-deviation"), Is.Empty);
    }

    [Test]
    public void Another_way_that_it_took_before_is_no_deviation()
    {
        var voyages = new Voyages().Usually(3);
        voyages.Sail(Larvik, Gothenburg, Detour(9)).LieIn(Gothenburg).Sail(Gothenburg, Larvik, _ => 0).LieIn(Larvik);
        var before = voyages.NowMs;
        using var run = voyages.Sail(Larvik, Gothenburg, Detour(9)).LieIn(Gothenburg).Replay();
        var found = run.Of("route-deviation").Single();
        Assert.That(found.GetProperty("start_at").GetDateTimeOffset().ToUnixTimeMilliseconds(), Is.LessThan(before), "the first time only");
    }

    [TestCase(57.9, 58.9, false)]
    [TestCase(58.2, 58.5, true)]
    public void Voyages_that_were_hardly_heard_make_no_lane(double fromLatitude, double toLatitude, bool expected)
    {
        using var run = Heard(new Voyages().Usually(4), r => r.LatitudeDegrees < fromLatitude || r.LatitudeDegrees > toLatitude);
        Assert.That(run.Lines.Any(l => l.Collection == "lanes"), Is.EqualTo(expected));
        Assert.That(run.Of("port-visit"), Is.Not.Empty);
    }

    [Test]
    public void A_ship_that_is_heard_where_it_never_was_is_off_its_lane_only_beyond_the_width_of_the_hole()
    {
        // Nobody hears its earlier voyages over the first third: heard there, four miles off, it may be where it always is.
        static FoldRun Run(double miles)
        {
            var voyages = new Voyages().Usually(4);
            var lastMs = voyages.NowMs;
            voyages.Sail(Larvik, Gothenburg, Detour(miles, 0.02, 0.5)).LieIn(Gothenburg);
            var heard = new Traffic();
            heard.Reports.AddRange(voyages.Traffic.Reports.Where(r => r.EventAtMs > lastMs || r.Position.LatitudeDegrees is < 58.6 or > 59.03));
            var run = new FoldRun(Ports);
            run.Set(heard);
            return run;
        }

        using var four = Run(4.5);
        using var nine = Run(9);
        Assert.That(four.Lines.Any(l => l.Collection == "lanes"));
        Assert.That(four.Of("route-deviation"), Is.Empty);
        Assert.That(nine.Of("route-deviation"), Has.Count.EqualTo(1));
    }

    [Test]
    public void A_ship_that_falls_silent_off_its_lane_is_let_go_after_a_day()
    {
        var voyages = new Voyages().Usually(4).Sail(Larvik, Gothenburg, Detour(8), untilPart: 0.5);
        var lastMs = voyages.NowMs;
        voyages.Traffic.Neighbours(Position.FromDegrees(56, 11), lastMs - Hours(1), Hours(30));
        using var run = voyages.Replay();
        var found = run.Of("route-deviation").Single();
        Assert.Multiple(() =>
        {
            Assert.That(found.Text("state"), Is.EqualTo("closed"));
            Assert.That(found.Text("end_at"), Is.EqualTo(Instants.ToText(lastMs)));
            Assert.That(found.Text("reason"), Does.Contain("last heard"));
        });
    }

    [Test]
    public void Global_Fishing_Watch_defines_no_lanes()
    {
        var voyages = new Voyages().Usually(4).Sail(Larvik, Gothenburg, Detour(8));
        using var run = new FoldRun(Ports, "gfw");
        run.Set(voyages.Traffic);
        Assert.That(run.Lines.Where(l => l.Collection == "lanes"), Is.Empty);
        Assert.That(run.Of("route-deviation", "gfw"), Is.Empty);
    }

    [Test]
    public void A_deviation_is_explained_from_its_line()
    {
        using var run = new Voyages().Usually(4).Sail(Larvik, Gothenburg, Detour(8)).Replay();
        var line = run.Lines.Last(l => l.Collection == "findings" && l.Line.Contains("route-deviation", StringComparison.Ordinal)).Line;
        Assert.That(
            Explanation.FromLine(System.Text.Encoding.UTF8.GetBytes(line)).ToWords(),
            Does.Contain("Thresholds: voyages least 3, half width least nm 1.5").And.Contain("or calling at another port next"));
    }

    [Test]
    public void Kills_restores_and_budgets_give_the_same_bytes([Range(1, 4)] int seed)
    {
        TestContext.Out.WriteLine($"seed {seed}");
        using var straight = new FoldRun(Ports);
        using var chaos = new FoldRun(Ports) { Chaos = new Random(seed) };
        Assert.That(Fold(chaos, seed), Is.EqualTo(Fold(straight, seed)));
        Assert.That(straight.Of("route-deviation"), Is.Not.Empty, "a test of nothing proves nothing");
    }

    private static FoldRun Heard(Voyages voyages, Func<Position, bool> isHeard)
    {
        var heard = new Traffic();
        heard.Reports.AddRange(voyages.Traffic.Reports.Where(r => isHeard(r.Position)));
        var run = new FoldRun(Ports);
        run.Set(heard);
        return run;
    }

    private static string Fold(FoldRun run, int seed)
    {
        var traffic = new Traffic();
        var first = new Voyages(Ship) { Traffic = traffic }.Usually(3, seed).Sail(Larvik, Gothenburg, Detour(6 + seed)).LieIn(Gothenburg);
        new Voyages(Other) { Traffic = traffic }.Usually(4, seed + 1).Sail(Larvik, Gothenburg, Detour(8), untilPart: 0.5);
        run.Set(traffic);
        var more = new Traffic();
        more.Sail(Ship, Gothenburg, 300, 12, first.NowMs + Hours(12), Hours(3));
        var number = 0;
        foreach (var part in more.Reports.OrderBy(r => r.EventAtMs).Chunk(17))
        {
            run.Batch(part, part.Max(r => r.EventAtMs), $"b{number++}");
        }

        return run.BytesBut("vessels", "coverage", "counts", "tracks");
    }
}
