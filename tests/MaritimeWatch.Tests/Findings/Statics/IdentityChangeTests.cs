using MaritimeWatch.Findings.IdentityChange;
using MaritimeWatch.Intake.Ais;
using MaritimeWatch.Terms;
using static MaritimeWatch.Tests.Findings.Traffic;

namespace MaritimeWatch.Tests.Findings.Statics;

internal sealed class IdentityChangeTests
{
    private static readonly Position Sea = Position.FromDegrees(57.2, 11.3);

    [Test]
    public void Another_name_and_call_sign_at_sea_is_one_finding_with_both_and_an_alarm()
    {
        using var run = Renamed(anna => anna with { Name = "BERTA", CallSign = "XYZ9" });
        var finding = run.Of("identity-change").Single();
        Assert.Multiple(() =>
        {
            Assert.That(finding.Text("severity"), Is.EqualTo("medium"));
            Assert.That(finding.Text("state"), Is.EqualTo("closed"));
            Assert.That(finding.Number("measure", "changed_fields"), Is.EqualTo(2m));
            Assert.That(finding.Text("start_at"), Is.EqualTo("2026-03-01T22:00:00Z"), "the first statement of the new");
            Assert.That(finding.Text("reason"), Does.Contain("name ANNA MAERSK became BERTA; call sign OWKX2 became XYZ9"));
            Assert.That(run.Revisions[0].Text("state"), Is.EqualTo("open"), "prompt");
            Assert.That(run.Revisions[0].Text("known_at"), Does.StartWith("2026-03-01T22:0"));
            Assert.That(finding.GetProperty("evidence").GetProperty("reports").GetInt32(), Is.EqualTo(3));
        });
    }

    [Test]
    public void Another_IMO_number_is_another_hull()
    {
        using var run = Renamed(anna => anna with { ImoNumber = 9_321_483 });
        Assert.That(run.Of("identity-change").Single().Text("severity"), Is.EqualTo("medium"));
    }

    [Test]
    public void Another_name_alone_stays_low()
    {
        using var run = Renamed(anna => anna with { Name = "BERTA" });
        Assert.That(run.Of("identity-change").Single().Text("severity"), Is.EqualTo("low"));
    }

    [TestCase("ANNA MAERSC", 150, TestName = "A_letter_mistyped_is_no_other_name")]
    [TestCase("Anna  Maersk.", 150, TestName = "Spelling_is_no_other_name")]
    [TestCase("ANNA MAERSK", 151, TestName = "A_metre_is_no_other_size")]
    public void Near_misses_are_none(string name, short toBow)
    {
        using var run = Renamed(anna => anna with { Name = name, ToBowM = toBow });
        Assert.That(run.Of("identity-change"), Is.Empty);
    }

    [Test]
    public void What_is_said_once_is_a_damaged_message()
    {
        var traffic = Voyage();
        traffic.Says(Saying.Anna(), Start, Start + Hours(2));
        traffic.Says(Saying.Anna() with { Name = "BERTA", CallSign = "XYZ9" }, Start + Hours(2), Start + Hours(2) + 1);
        traffic.Says(Saying.Anna(), Start + Hours(2.1), Start + Hours(4));
        using var run = FoldRun.Replay(traffic);
        Assert.That(run.Revisions, Is.Empty);
    }

    [Test]
    public void One_message_heard_by_two_receivers_is_said_once()
    {
        var traffic = Voyage();
        traffic.Says(Saying.Anna(), Start, Start + Hours(2));
        traffic.Says(Saying.Anna() with { Name = "BERTA" }, Start + Hours(2), Start + Hours(2) + 3000, everyMs: 1000);
        traffic.Says(Saying.Anna(), Start + Hours(2.1), Start + Hours(4));
        using var run = FoldRun.Replay(traffic);
        Assert.That(run.Revisions, Is.Empty);
    }

    [Test]
    public void A_change_that_is_taken_back_within_half_an_hour_is_retracted_with_the_reason()
    {
        var traffic = Voyage();
        traffic.Says(Saying.Anna(), Start, Start + Hours(2));
        traffic.Says(Saying.Anna() with { Name = "BERTA" }, Start + Hours(2), Start + Hours(2.2));
        traffic.Says(Saying.Anna(), Start + Hours(2.2), Start + Hours(4));
        using var run = FoldRun.Replay(traffic);
        Assert.Multiple(() =>
        {
            Assert.That(run.Of("identity-change"), Is.Empty);
            Assert.That(run.Revisions[^1].Text("state"), Is.EqualTo("retracted"));
            Assert.That(run.Revisions[^1].Text("retracted_because"), Does.Contain("said again"));
        });
    }

    [Test]
    public void A_statement_that_came_late_moves_the_start_of_a_change()
    {
        using var run = Live(late => late with { Name = "BERTA", EventAtMs = Start + Minutes(51) });
        var finding = run.Of("identity-change").Single();
        Assert.Multiple(() =>
        {
            Assert.That(finding.Text("start_at"), Is.EqualTo("2026-03-01T20:51:00Z"));
            Assert.That(finding.Text("amended_because"), Does.Contain("came late"));
        });
    }

    [Test]
    public void A_statement_that_came_late_shows_that_names_alternate_and_takes_the_change_back()
    {
        using var run = Live(late => late with { EventAtMs = Start + Minutes(63) });
        Assert.Multiple(() =>
        {
            Assert.That(run.Of("identity-change"), Is.Empty);
            Assert.That(run.Revisions[^1].Text("retracted_because"), Does.Contain("alternate"));
        });
    }

    [Test]
    public void Identities_are_numbered_and_keep_their_numbers_when_they_come_back()
    {
        var traffic = Voyage();
        var berta = Saying.Anna() with { Name = "BERTA", CallSign = "XYZ9" };
        traffic.Says(Saying.Anna(), Start, Start + Hours(1));
        traffic.Says(berta, Start + Hours(1), Start + Hours(2));
        traffic.Says(Saying.Anna(), Start + Hours(2), Start + Hours(4));
        using var run = FoldRun.Replay(traffic);
        var lines = run.Lines.Where(l => l.Collection == "identities")
            .Select(l => System.Text.Json.JsonDocument.Parse(l.Line).RootElement.GetProperty("properties"))
            .Select(p => $"{p.Text("id")} {p.Text("name")} {p.Text("first_at")![11..16]}-{p.Text("last_at")![11..16]}");
        Assert.That(string.Join('\n', lines), Is.EqualTo(
            """
            mmsi:211000001-1 ANNA MAERSK 20:00-20:06
            mmsi:211000001-1 ANNA MAERSK 20:00-20:30
            mmsi:211000001-2 BERTA 21:00-21:06
            mmsi:211000001-2 BERTA 21:00-21:30
            mmsi:211000001-1 ANNA MAERSK 20:00-22:06
            """.ReplaceLineEndings("\n")));
    }

    [Test]
    public void An_aid_to_navigation_may_be_called_as_it_likes()
    {
        var traffic = Voyage();
        var aid = Saying.Anna(992_111_001) with { Traits = ReportTraits.Fixed, MessageType = 21 };
        traffic.Says(aid, Start, Start + Hours(1));
        traffic.Says(aid with { Name = "WRECK" }, Start + Hours(1), Start + Hours(2));
        using var run = FoldRun.Replay(traffic);
        Assert.That(run.Revisions, Is.Empty);
    }

    [TestCase("KITTEN", "SITTING", 3)]
    [TestCase("", "ABC", 3)]
    [TestCase("ABC", "ABC", 0)]
    public void Letters_between_two_words_are_counted(string a, string b, int edits) =>
        Assert.That(NameText.Edits(a, b), Is.EqualTo(edits));

    [Test]
    public void A_name_that_was_cut_at_twenty_letters_is_the_same() =>
        Assert.That(NameText.Differs("QUEEN OF THE NORTHERN", "QUEEN OF THE NORTHERN SEAS II", 1), Is.False);

    private static Traffic Voyage()
    {
        var traffic = new Traffic();
        traffic.Sail(Ship, Sea, 90, 12, Start, Hours(7));
        return traffic;
    }

    private static FoldRun Renamed(Func<StaticReport, StaticReport> rename)
    {
        var traffic = Voyage();
        traffic.Says(Saying.Anna(), Start, Start + Hours(2));
        traffic.Says(rename(Saying.Anna()), Start + Hours(2), Start + Hours(6));
        return FoldRun.Replay(traffic);
    }

    // Renamed after an hour, live; then one statement that was long under way.
    private static FoldRun Live(Func<StaticReport, StaticReport> late)
    {
        var traffic = new Traffic();
        traffic.Sail(Ship, Sea, 90, 12, Start, Hours(1.25));
        traffic.Says(Saying.Anna(), Start, Start + Hours(0.75));
        traffic.Says(Saying.Anna() with { Name = "BERTA" }, Start + Hours(1), Start + Hours(1.2));
        var run = new FoldRun();
        for (var at = Start; at < Start + Hours(1.3); at += 60_000)
        {
            run.Batch(
                traffic.Reports.Where(r => r.EventAtMs >= at && r.EventAtMs < at + 60_000),
                at + 60_000,
                $"b{at}",
                traffic.Statics.Where(s => s.EventAtMs >= at && s.EventAtMs < at + 60_000));
        }

        run.Batch([], Start + Hours(1.3), "late", [late(Saying.Anna())]);
        return run;
    }
}
