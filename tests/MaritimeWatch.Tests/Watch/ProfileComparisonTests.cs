using MaritimeWatch.Functions.Watch;

namespace MaritimeWatch.Tests.Watch;

internal sealed class ProfileComparisonTests
{
    private static readonly string[] Profiles = ["default", "gfw"];

    [Test]
    public void An_event_that_both_profiles_find_is_shared_and_no_dispute()
    {
        var compared = ProfileComparison.Of(Profiles, [Gap("default", 1, 9), Gap("gfw", 1, 9)]);
        Assert.Multiple(() =>
        {
            Assert.That(compared.Kinds.Single().Shared, Is.EqualTo(1));
            Assert.That(compared.Disagreements, Is.Empty);
        });
    }

    [Test]
    public void An_event_that_only_one_of_them_finds_is_told_with_what_the_other_said()
    {
        var told = ProfileComparison.Of(Profiles, [Gap("default", 1, 9), Gap("gfw", 1, 9), Gap("default", 20, 27)]).Disagreements.Single();
        Assert.Multiple(() =>
        {
            Assert.That(told.StartAt, Is.EqualTo(At(20)));
            Assert.That(told.Severities["default"], Is.EqualTo("medium"));
            Assert.That(told.Severities["gfw"], Is.Null);
        });
    }

    [Test]
    public void An_alarm_to_one_and_a_note_to_the_other_is_a_dispute()
    {
        var told = ProfileComparison.Of(Profiles, [Gap("default", 1, 9), Gap("gfw", 1, 9) with { Severity = "info" }]).Disagreements.Single();
        Assert.That(told.Severities.Values, Is.EqualTo(new[] { "medium", "info" }));
    }

    [Test]
    public void A_kind_that_the_other_profile_does_not_look_for_is_no_dispute()
    {
        var compared = ProfileComparison.Of(Profiles, [Gap("default", 1, 9) with { Kind = "zone-entry", Concerns = "zone-1" }]);
        Assert.That(compared.Disagreements, Is.Empty);
    }

    [Test]
    public void Findings_that_overlap_in_a_chain_are_one_event_and_an_open_one_has_no_end()
    {
        var compared = ProfileComparison.Of(Profiles, [Gap("default", 1, 5), Gap("gfw", 4, 9), Gap("default", 8, null), Gap("gfw", 40, 50)]);
        Assert.That(compared.Kinds.Single().Shared, Is.EqualTo(1));
        Assert.That(compared.Disagreements, Is.Empty);
    }

    [Test]
    public void Thresholds_that_differ_are_named_with_their_values()
    {
        var strict = new Dictionary<string, string> { ["alarm_after_h"] = "12.0", ["silence_h"] = "6.0" };
        var usual = new Dictionary<string, string> { ["alarm_after_h"] = "6.0", ["silence_h"] = "6.0" };
        var kind = ProfileComparison.Of(
            Profiles, [Gap("default", 1, 9) with { Thresholds = usual }, Gap("gfw", 1, 9) with { Thresholds = strict }]).Kinds.Single();
        Assert.That(kind.ThresholdsThatDiffer.Keys, Is.EqualTo(new[] { "alarm_after_h" }));
        Assert.That(kind.ToString(), Does.EndWith("default 1, gfw 1; the same 1, disputed 0 (alarm after h 6.0 / 12.0)"));
    }

    private static FindingTally Gap(string profile, double fromHour, double? toHour) =>
        new($"{profile}-{fromHour}", "gap", "medium", toHour is null ? "open" : "closed", "SIM ONE", At(fromHour), "It was silent.")
        {
            Subject = "mmsi:219000001",
            Profile = profile,
            EndAt = toHour is { } to ? At(to) : "",
        };

    private static string At(double hour) => new DateTime(2026, 3, 1, 0, 0, 0, DateTimeKind.Utc).AddHours(hour).ToString("yyyy-MM-ddTHH:mm:ssZ");
}
