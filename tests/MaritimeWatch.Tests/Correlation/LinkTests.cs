using MaritimeWatch.Geodesy;
using MaritimeWatch.Terms;
using MaritimeWatch.Tests.Alerts;
using static MaritimeWatch.Tests.Alerts.NewsLines;

namespace MaritimeWatch.Tests.Correlation;

/// <summary>How consignments, echoes, vehicles and pairs are tied to a call.</summary>
internal sealed class LinkTests
{
    private static readonly Position Lost = Position.FromDegrees(58.3, 10.6);

    private static string Coming5 => Call("SEGOT", Feeder, 138);

    [TestCase(true, true, true, true, "MMSI")]
    [TestCase(false, true, true, true, "IMO number")]
    [TestCase(false, false, true, true, "call sign")]
    [TestCase(false, false, false, true, "name and voyage")]
    public void A_consignment_is_tied_by_the_strongest_that_it_names_and_says_so(bool mmsi, bool imo, bool callSign, bool name, string tie)
    {
        var run = new AlertRun().Hear(Coming().Consignment(
            "c", mmsi ? Feeder : null, "DEHAM", "SEGOT", 138, 122, ["MWCU6059784"], "V5",
            imo ? 9_347_346 : null, callSign ? "laab 7" : null, name ? "Sim Feeder" : null));
        Assert.That(run.Findings.Single().GetProperty("reason").GetString(), Does.Contain($"tied by {tie}").And.Contain("1 box was loaded at DEHAM"));
    }

    [Test]
    public void A_consignment_of_nobody_known_waits_and_is_tied_when_its_call_is_declared()
    {
        var run = new AlertRun().Hear(new NewsLines().Rounds(5).PortCall("p5", Feeder, "NOLAR", 117, 121)
            .Consignment("c", null, "DEHAM", "SEGOT", 138, 119, ["MWCU6059784"], "V77", name: "SIM FEEDER"));
        Assert.That(run.Findings, Is.Empty);
        run.Hear(new NewsLines().Declared("last", Feeder, "SEGOT", 138, 125, "V77", "NOLAR", name: "SIM FEEDER"));
        Assert.That(run.Findings.Single().GetProperty("subject").GetString(), Is.EqualTo(Coming5));
    }

    [Test]
    public void A_manifest_that_comes_before_the_notice_of_its_call_moves_to_that_call()
    {
        var run = new AlertRun().Hear(new NewsLines().Rounds(5).Declared("early", Feeder, "SEGOT", 100, 90, "V4", "NOLAR")
            .PortCall("p5", Feeder, "NOLAR", 117, 121)
            .Consignment("c", Feeder, "DEHAM", "SEGOT", 138, 122, ["MWCU6059784"], "V5"));
        run.Hear(new NewsLines().Declared("last", Feeder, "SEGOT", 138, 125, "V5", "NOLAR"));
        var standing = run.Findings.GroupBy(line => line.GetProperty("id").GetString()).Select(revisions => revisions.Last())
            .Where(line => line.GetProperty("state").GetString() != "retracted");
        Assert.That(standing.Select(line => line.GetProperty("subject").GetString()), Is.EqualTo((string[])[Coming5]));
    }

    [Test]
    public void Two_ships_with_one_call_sign_tie_nothing()
    {
        var run = new AlertRun().Hear(Coming()
            .Declared("twin", Coaster, "SEGOT", 138, 118, "V5", "NOLAR", name: "SIM FEEDER", callSign: "LAAB7")
            .Consignment("c", null, "DEHAM", "SEGOT", 138, 122, ["MWCU6059784"], "V5", callSign: "LAAB7", name: "SIM FEEDER"));
        Assert.That(run.Findings, Is.Empty);
    }

    [Test]
    public void A_manifest_that_is_corrected_withdraws_the_mismatch_with_the_reason()
    {
        var run = new AlertRun().Hear(Coming().Consignment("c", Feeder, "DEHAM", "SEGOT", 138, 122, ["MWCU6059784"]));
        run.Hear(new NewsLines().Consignment("c", Feeder, "NOLAR", "SEGOT", 138, 125, ["MWCU6059784"]));
        Assert.Multiple(() =>
        {
            Assert.That(run.Findings.Select(line => line.GetProperty("revision").GetInt32()), Is.EqualTo((int[])[1, 2]));
            Assert.That(run.Findings[1].GetProperty("retracted_because").GetString(), Is.EqualTo("the manifest no longer declares it"));
        });
    }

    [Test]
    public void A_port_call_that_comes_late_withdraws_the_mismatch_with_the_reason()
    {
        var run = new AlertRun().Hear(Coming().Consignment("c", Feeder, "DKFDH", "SEGOT", 138, 122, ["MWCU6059784"]));
        run.Hear(new NewsLines().PortCall("late", Feeder, "DKFDH", 124, 128, 130));
        Assert.That(run.Findings[^1].GetProperty("retracted_because").GetString(), Is.EqualTo($"she has since been seen to call at DKFDH on {Text(124)}"));
    }

    [Test]
    public void An_encounter_belongs_to_both_ships()
    {
        var run = new AlertRun().Hear(Coming()
            .Declared("other", Coaster, "SEMAL", 140, 118)
            .Finding("encounter", "enc", $"mmsi:{Feeder}+mmsi:{Coaster}", 124, 127, 127));
        Assert.That(
            run.Assessments.Where(call => call.Value.GetProperty("groups").GetArrayLength() > 0).Select(call => call.Key),
            Is.EquivalentTo((string[])[Coming5, Call("SEMAL", Coaster, 140)]));
    }

    [Test]
    public void An_echo_is_weighed_by_distance_and_by_the_other_silent_ships([Values(1, 20, 40)] int nauticalMiles)
    {
        var echo = GreatCircle.Destination(Lost, 200, nauticalMiles * 1852);
        var lines = Coming()
            .Finding("gap", "gap", $"mmsi:{Feeder}", 127, null, 131, first: Lost, state: "open")
            .Detection("detection:S:1", 129, 130, echo)
            .Finding("dark-ship", "dark", "detection:S:1", 129, 129, 130, first: echo, stage: "scenes");
        var alone = Dark(new AlertRun().Hear(lines));
        var two = Dark(new AlertRun().Hear(lines.Finding("gap", "gap2", $"mmsi:{Coaster}", 126, null, 130, first: Lost, state: "open")));
        Assert.Multiple(() =>
        {
            Assert.That(alone, nauticalMiles == 1 ? Is.InRange(1440, 1460) : nauticalMiles == 20 ? Is.InRange(1000, 1200) : Is.InRange(500, 700));
            Assert.That(two, Is.InRange((alone / 2) - 1, alone - 1), "another silent ship takes its share");
        });
    }

    [Test]
    public void An_echo_out_of_reach_or_after_she_was_heard_again_is_not_hers()
    {
        var far = GreatCircle.Destination(Lost, 200, 53 * 1852);
        var run = new AlertRun().Hear(Coming()
            .Finding("gap", "gap", $"mmsi:{Feeder}", 127, null, 131, first: Lost, state: "open")
            .Detection("detection:S:1", 129, 130, far)
            .Finding("dark-ship", "far", "detection:S:1", 129, 129, 130, first: far, stage: "scenes")
            .Detection("detection:S:2", 134, 134.5, Lost)
            .Finding("dark-ship", "dark", "detection:S:2", 134, 134, 134.5, first: Lost, stage: "scenes"));
        Assert.That(Items(run).Select(item => item.Id), Is.EquivalentTo((string[])["gap", "dark"]));
        run.Hear(new NewsLines().Finding("gap", "gap", $"mmsi:{Feeder}", 127, 133, 135, first: Lost, last: Lost));
        Assert.That(Dark(run), Is.Zero, "late reports: she was heard before the scene");
    }

    [Test]
    public void The_ship_that_the_scenes_own_match_gives_needs_no_gap()
    {
        var lines = Coming().Finding("dark-ship", "dark", "detection:S:1", 129, 129, 130, first: Lost, stage: "scenes", mmsi: Feeder, silentChance: 0.8);
        Assert.That(Dark(new AlertRun().Hear(lines)), Is.EqualTo(1200));
    }

    [Test]
    public void A_truck_is_tied_by_the_box_that_it_took_whatever_comes_first([Values] bool boxLast)
    {
        var lines = Coming()
            .Consignment("c", Feeder, "NOLAR", "SEGOT", 138, boxLast ? 150 : 120, ["MWCU6059784"], "V5")
            .PortCall("p6", Feeder, "SEGOT", 138, 142)
            .Pickup("k", "MWCU6059784", "cafe", 145)
            .Finding("vehicle-deviation", "v", "plate:cafe", 146, 147, 147, stage: "gate")
            .Finding("vehicle-deviation", "older", "plate:cafe", 60, 61, 61, stage: "gate");
        Assert.That(Items(new AlertRun().Hear(lines)).Select(item => item.Id), Is.EqualTo((string[])["v"]));
    }

    [Test]
    public void An_arrival_is_judged_by_the_last_notice_before_it_and_a_late_notice_can_withdraw_it()
    {
        var run = new AlertRun().Hear(Coming().PortCall("p6", Feeder, "SEGOT", 153, 156, 153.5));
        Assert.That(run.Findings.Single().GetProperty("reason").GetString(), Does.Contain($"was declared for {Text(138)} at SEGOT, but arrived 15 h 0 min later, at {Text(153)}"));
        run.Hear(new NewsLines().Declared("last", Feeder, "SEGOT", 152, 140, "V5", subject: Coming5));
        Assert.That(run.Findings[^1].GetProperty("retracted_because").GetString(), Is.EqualTo($"the last notice before her arrival gave {Text(152)}"));
    }

    private static NewsLines Coming() => new NewsLines().Rounds(5)
        .Declared("last", Feeder, "SEGOT", 138, 118, "V5", "NOLAR", name: "SIM FEEDER", imo: 9_347_346, callSign: "LAAB7")
        .PortCall("p5", Feeder, "NOLAR", 117, 121);

    private static int Dark(AlertRun run) => Items(run).Where(item => item.Kind == "dark-ship").Max(item => item.Milli);

    private static (string Kind, string Id, int Milli)[] Items(AlertRun run) =>
        [.. run.Assessments[Coming5].GetProperty("groups").EnumerateArray().SelectMany(group => group.GetProperty("items").EnumerateArray())
            .Select(item => (item.GetProperty("kind").GetString()!, item.GetProperty("finding_id").GetString()!, (int)(item.GetProperty("log_odds").GetDecimal() * 1000)))];
}
