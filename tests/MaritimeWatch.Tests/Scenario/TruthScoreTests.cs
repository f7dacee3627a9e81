using System.Globalization;
using MaritimeWatch.Log.Sealing;
using MaritimeWatch.Scenario;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Tests.Scenario;

public class TruthScoreTests
{
    private static readonly DateTimeOffset Noon = new(2025, 11, 3, 12, 0, 0, TimeSpan.Zero);

    [Test]
    public void A_finding_that_ends_a_quarter_of_an_hour_before_the_truth_begins_still_matches()
    {
        var truth = new[] { Truth("gap", 1, 0, 8, 8) };

        Assert.Multiple(() =>
        {
            Assert.That(TruthScore.Compute(truth, [Found("gap", 1, -3, -0.25)]).Recall, Is.EqualTo(1));
            Assert.That(TruthScore.Compute(truth, [Found("gap", 1, -3, -0.26)]).Recall, Is.Zero);
            Assert.That(TruthScore.Compute(truth, [Found("gap", 1, 8.25, 9)]).Recall, Is.EqualTo(1));
            Assert.That(TruthScore.Compute(truth, [Found("gap", 1, 8.26, 9)]).Recall, Is.Zero);
        });
    }

    [Test]
    public void Kind_and_subject_must_agree()
    {
        var truth = new[] { Truth("gap", 1, 0, 8, 8) };

        var score = TruthScore.Compute(truth, [Found("zone-entry", 1, 0, 8), Found("gap", 2, 0, 8)]);

        Assert.Multiple(() =>
        {
            Assert.That(score.Recall, Is.Zero);
            Assert.That(score.Precision, Is.Zero);
            Assert.That(score.Misses, Has.Count.EqualTo(3));
        });
    }

    [Test]
    public void Retracted_findings_are_dropped_and_of_an_id_only_the_last_revision_counts()
    {
        var truth = new[] { Truth("gap", 1, 0, 8, 8) };

        var score = TruthScore.Compute(
            truth, [Found("gap", 1, 0, 8, id: "a"), Found("gap", 1, 0, 8, state: "retracted", id: "a", revision: 2)]);

        Assert.Multiple(() =>
        {
            Assert.That(score.Recall, Is.Zero);
            Assert.That(score.Kinds["gap"].False, Is.Zero);
        });
    }

    [Test]
    public void A_lawful_look_alike_alarms_only_at_medium_or_high_and_is_never_missed_or_false()
    {
        var truth = new[] { Truth("gap", 1, 0, 8, 8, lawful: true) };

        var quiet = TruthScore.Compute(truth, [Found("gap", 1, 0, 8, severity: "low")]);
        var loud = TruthScore.Compute(truth, [Found("gap", 1, 0, 8, severity: "medium")]);

        Assert.Multiple(() =>
        {
            Assert.That((quiet.Recall, quiet.Precision, quiet.LawfulAlarms), Is.EqualTo((1.0, 1.0, 0)));
            Assert.That(loud.LawfulAlarms, Is.EqualTo(1));
            Assert.That(loud.Kinds["gap"].False, Is.Zero);
        });
    }

    [Test]
    public void Recall_and_precision_are_counted_by_kind_and_over_size()
    {
        var truth = new[]
        {
            Truth("gap", 1, 0, 6.5, 6.5), Truth("gap", 2, 0, 10, 10), Truth("gap", 3, 0, 30, 30), Truth("gap", 4, 0, 25, 25),
            Truth("zone-entry", 5, 0, 1, 300),
        };

        var score = TruthScore.Compute(
            truth, [Found("gap", 2, 0, 10), Found("gap", 3, 0, null), Found("gap", 9, 0, 8), Found("loitering", 1, 0, 1)]);

        Assert.Multiple(() =>
        {
            Assert.That(score.Kinds["gap"].Recall, Is.EqualTo(0.5));
            Assert.That(score.Kinds["gap"].Precision, Is.EqualTo(2.0 / 3).Within(1e-12));
            Assert.That(score.Kinds["zone-entry"].Recall, Is.Zero);
            Assert.That(score.Recall, Is.EqualTo(0.4).Within(1e-12));
            Assert.That(
                score.Kinds["gap"].Curve,
                Is.EqualTo(new[] { (0.0, 1, 0), (7.0, 0, 0), (9.0, 1, 1), (12.0, 0, 0), (18.0, 0, 0), (24.0, 2, 1) }));
        });
    }

    [TestCase(58.4010, 1.0)]
    [TestCase(58.4040, 0.0)]
    public void A_dark_ship_is_matched_by_its_place(double latitude, double recall)
    {
        var truth = Truth("dark-ship", 1, 0, 0, 134) with { Subject = "detection:A", Place = new GeoPoint(58.4, 10.6) };
        var found = Found("dark-ship", 2, 0, 0).Replace("mmsi:2", "detection:B:7", StringComparison.Ordinal).Replace(
            "\"geometry\":null",
            string.Create(CultureInfo.InvariantCulture, $$"""
                "geometry":{"type":"Point","coordinates":[10.6,{{latitude}}]}
                """),
            StringComparison.Ordinal);

        Assert.That(TruthScore.Compute([truth], [found]).Recall, Is.EqualTo(recall));
    }

    [Test]
    public void A_call_is_matched_whatever_its_arrival_was_thought_to_be()
    {
        var truth = Truth("declared-mismatch", 1, 0, 8, 1) with { Subject = "call:SEGOT:257995000:2025-11-08T20:50:00Z" };
        string Finding(string subject) => Found("declared-mismatch", 2, 0, 8).Replace("mmsi:2", subject, StringComparison.Ordinal);

        Assert.Multiple(() =>
        {
            Assert.That(TruthScore.Compute([truth], [Finding("call:SEGOT:257995000:2025-11-08T21:00:00Z")]).Recall, Is.EqualTo(1));
            Assert.That(TruthScore.Compute([truth], [Finding("call:NOLAR:257995000:2025-11-08T20:50:00Z")]).Recall, Is.Zero);
        });
    }

    [Test]
    public void Plates_of_the_truth_become_the_tokens_of_the_key_beside_it()
    {
        var folder = Directory.CreateTempSubdirectory("truth-").FullName;
        try
        {
            var key = Enumerable.Range(0, 32).Select(one => (byte)one).ToArray();
            File.WriteAllText(Path.Combine(folder, "epoch.key"), SimulatedEpochKey.ToText(key));
            File.WriteAllText(Path.Combine(folder, "truth.json"), """
                [{"kind":"cloned-plate","subject":"plate:SIM777H","start_at":"2025-11-03T12:00:00Z","end_at":"2025-11-03T13:00:00Z","magnitude":2,"lawful":false}]
                """);

            var subject = TruthLine.ReadFile(Path.Combine(folder, "truth.json")).Single().Subject;

            Assert.That(Plate.TryParse("SIM777H", out var plate));
            Assert.That(subject, Is.EqualTo("plate:" + new PlateTokens(key).Of(plate).Exact));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Test]
    public void Scores_of_several_scenarios_add_up_and_print_a_curve()
    {
        var total = TruthScore.Empty();
        total.Add(TruthScore.Compute([Truth("gap", 1, 0, 8, 8)], [Found("gap", 1, 0, 8)]));
        total.Add(TruthScore.Compute([Truth("gap", 1, 0, 8, 8)], []));
        using var text = new StringWriter();

        total.Print(text);

        Assert.That(text.ToString(), Does.Contain("gap: 1 of 2 found (recall 0.5000)").And.Contain("from      7:     1 of     2"));
    }

    private static TruthLine Truth(string kind, int mmsi, double fromHour, double toHour, double magnitude, bool lawful = false) =>
        new(kind, $"mmsi:{mmsi}", Noon.AddHours(fromHour), Noon.AddHours(toHour), magnitude, lawful);

    private static string Found(
        string kind, int mmsi, double fromHour, double? toHour, string severity = "medium", string state = "closed", string? id = null, int revision = 1)
    {
        var end = toHour is { } hour ? $"\"{Noon.AddHours(hour):O}\"" : "null";
        return $$"""
            {"type":"Feature","geometry":null,"properties":{"id":"{{id ?? $"{kind}{mmsi}{fromHour}"}}","revision":{{revision}},
             "state":"{{state}}","kind":"{{kind}}","severity":"{{severity}}","subject":"mmsi:{{mmsi}}",
             "start_at":"{{Noon.AddHours(fromHour):O}}","end_at":{{end}} } },
            """;
    }
}
