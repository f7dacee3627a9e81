using MaritimeWatch.Terms;
using static MaritimeWatch.Tests.Alerts.NewsLines;

namespace MaritimeWatch.Tests.Alerts;

/// <summary>What looks like the story and is lawful: none of it is an alert.</summary>
internal sealed class LookAlikeTests
{
    private static NewsLines Coming(string? lastPort = "NOLAR") => new NewsLines().Rounds(5)
        .Declared("last", Feeder, "SEGOT", 138, 118, "V5", lastPort, name: "SIM FEEDER", imo: 9_347_346)
        .PortCall("p5", Feeder, "NOLAR", 117, 121);

    private static void HasNone(NewsLines lines, bool mayHaveFindings = false)
    {
        var run = new AlertRun().Hear(lines);
        Assert.Multiple(() =>
        {
            Assert.That(run.Alerts, Is.Empty);
            Assert.That(run.Assessments, Is.Not.Empty, "a test of nothing proves nothing");
            if (!mayHaveFindings)
            {
                Assert.That(run.Findings, Is.Empty);
            }
        });
    }

    [Test]
    public void A_transhipped_box_names_its_own_origin_and_that_is_lawful() => HasNone(Coming()
        .Consignment("c", Feeder, "NOLAR", "SEGOT", 138, 119, ["MWCU6059784"], original: "CNSHA")
        .PortCall("p6", Feeder, "SEGOT", 137.5, 142));

    [Test]
    public void A_lane_left_for_a_lawful_call_at_another_port_is_one_weak_reason() => HasNone(Coming("SEMAL")
        .Consignment("c", Feeder, "SEMAL", "SEGOT", 138, 119, ["MWCU6059784"])
        .Finding("route-deviation", "dev", $"mmsi:{Feeder}", 123, 127, 123.5)
        .PortCall("px", Feeder, "SEMAL", 127, 130, 127.5)
        .PortCall("p6", Feeder, "SEGOT", 137.5, 142));

    [Test]
    public void A_box_that_stayed_on_board_for_a_round_was_loaded_where_she_was_weeks_ago() => HasNone(new NewsLines()
        .PortCall("old", Feeder, "DEHAM", -300, -290)
        .PortCall("o2", Feeder, "NOLAR", -260, -250)
        .Rounds(5)
        .Declared("last", Feeder, "SEGOT", 138, 118, "V5", "NOLAR")
        .PortCall("p5", Feeder, "NOLAR", 117, 121)
        .Consignment("c", Feeder, "DEHAM", "SEGOT", 138, 119, ["MWCU6059784"]));

    [Test]
    public void A_ship_that_was_out_of_reception_may_have_called_anywhere()
    {
        var lines = Coming("DEHAM").Consignment("c", Feeder, "DEHAM", "SEGOT", 138, 119, ["MWCU6059784"]);
        Assert.That(new AlertRun().Hear(lines).Tick(135.9).Findings, Is.Empty, "she may still call there");
        Assert.That(new AlertRun().Hear(lines).Tick(136).Findings, Has.Count.EqualTo(1), "without the silence it is a mismatch");
        Assert.That(new AlertRun().Hear(lines.Unheard(Feeder, 122, 129)).Tick(136).Findings, Is.Empty);
    }

    [Test]
    public void Two_observed_calls_are_too_few_to_say_where_she_was() => HasNone(new NewsLines()
        .PortCall("a", Feeder, "SEGOT", 90, 95).PortCall("b", Feeder, "NOLAR", 117, 121)
        .Declared("last", Feeder, "SEGOT", 138, 118, "V5", "NOLAR")
        .Consignment("c", Feeder, "DEHAM", "SEGOT", 138, 119, ["MWCU6059784"])
        .PortCall("p6", Feeder, "SEGOT", 137.5, 142));

    [Test]
    public void A_port_without_a_code_may_be_the_declared_one() => HasNone(Coming()
        .PortCall("bay", Feeder, null, 124, 126, place: Position.FromDegrees(58, 11))
        .Consignment("c", Feeder, "SEUDD", "SEGOT", 138, 127, ["MWCU6059784"])
        .PortCall("p6", Feeder, "SEGOT", 137.5, 142));

    [Test]
    public void A_berth_with_a_neighbours_code_is_the_same_place() => HasNone(Coming()
        .Declared("other", Coaster, "NOSAN", 60, 50)
        .PortCall("n", Coaster, "NOSAN", 60, 65, place: Position.FromDegrees(59.10, 10.10))
        .Consignment("c", Feeder, "NOSAN", "SEGOT", 138, 119, ["MWCU6059784"])
        .PortCall("p6", Feeder, "SEGOT", 137.5, 142));

    [Test]
    public void Two_fishing_boats_side_by_side_have_no_declared_call() => HasNone(Coming()
        .Finding("encounter", "enc", "mmsi:265000001+mmsi:265000002", 120, 124, 124));

    [Test]
    public void A_small_boat_dark_in_the_scene_is_nobody_who_is_silent() => HasNone(Coming()
        .Detection("detection:S1:1", 129, 130, Position.FromDegrees(58.2, 11), duty: 0.05)
        .Finding("dark-ship", "dark", "detection:S1:1", 129, 129, 130, "info", first: Position.FromDegrees(58.2, 11), stage: "scenes"));

    [Test]
    public void A_revised_eta_is_lawful() => HasNone(Coming()
        .Declared("last", Feeder, "SEGOT", 152, 130, "V5", "NOLAR", subject: Call("SEGOT", Feeder, 138))
        .PortCall("p6", Feeder, "SEGOT", 152.2, 156));

    [Test]
    public void Waiting_for_a_berth_in_a_queue_is_no_late_arrival() => HasNone(Coming()
        .PortCall("p6", Feeder, "SEGOT", 138, 160, place: Position.FromDegrees(57.6, 11.6))
        .PortCall("p7", Feeder, "SEGOT", 161, 170));

    [Test]
    public void A_late_truck_of_another_ship_is_not_of_this_call() => HasNone(Coming()
        .Consignment("c", Feeder, "NOLAR", "SEGOT", 138, 119, ["MWCU6059784"])
        .PortCall("p6", Feeder, "SEGOT", 137.5, 142)
        .Pickup("k", "TCLU5546482", "cafe", 145)
        .Finding("vehicle-deviation", "v", "plate:cafe", 146, 147, 147, "high", stage: "gate")
        .Finding("cloned-plate", "v2", "plate:beef", 146, 147, 147, "high", stage: "gate"));

    [Test]
    public void An_arrival_against_the_last_notice_is_a_finding_but_no_alert() => HasNone(Coming()
        .PortCall("p6", Feeder, "SEGOT", 151, 156), mayHaveFindings: true);

    [Test]
    public void Another_profile_judging_the_same_gap_counts_nothing() => HasNone(Coming()
        .Finding("gap", "g1", $"mmsi:{Feeder}", 123, 130, 130, "high")
        .Finding("gap", "g2", $"mmsi:{Feeder}", 123, 130, 130, "high", profile: "gfw"));
}
