using System.Text.Json;
using MaritimeWatch.Functions.Evaluate.Deviation;
using MaritimeWatch.Functions.Evaluate.Matching;
using MaritimeWatch.Functions.Evaluate.Trajectory;
using MaritimeWatch.Models;
using MaritimeWatch.Tests.Models;
using MaritimeWatch.Tests.Trajectories;
using MaritimeWatch.Trajectories;

namespace MaritimeWatch.Tests.Evaluate;

/// <summary><c>evaluate deviation</c>: what is put in, and the sums behind what is said of it.</summary>
[NonParallelizable]
internal sealed class EvaluateDeviationTests
{
    private static readonly string[] Agreed =
        ["tracks", "injected", "roc_auc", "recall_at_1pct", "false_bound", "median_delay_minutes", "roc_auc_core", "recall_at_1pct_core", "median_delay_minutes_5nm", "by_kind"];

    private static readonly FileGrain Fine = new(default, default, default, default);

    private string folder = "";

    [SetUp]
    public void Make_a_folder() => folder = Directory.CreateTempSubdirectory("deviation-").FullName;

    [TearDown]
    public void Remove_it() => Directory.Delete(folder, recursive: true);

    [Test]
    public async Task What_is_put_into_a_made_fleet_is_found_and_the_keys_are_those_agreed()
    {
        if (OnnxHost.Obstacle() is { } obstacle)
        {
            Assert.Ignore(obstacle);
        }

        var file = Path.Combine(folder, "fleet.csv");
        await File.WriteAllTextAsync(file, TrackText.Fleet(120, 60, seed: 8));
        var model = TinyMotionNet.Write(folder, TinyMotionNet.Bytes(byReport: true));
        var (code, said, _) = await TrackText.RunAsync("deviation", "--csv", file, "--seed", "5", "--model", model);
        var (_, again, _) = await TrackText.RunAsync("deviation", "--csv", file, "--seed", "5", "--model", model);
        Assert.That(code, Is.Zero);
        Assert.That(again, Is.EqualTo(said), "the seed says all");
        var answer = JsonSerializer.Deserialize<JsonElement>(said);
        Assert.That(Agreed.Where(key => !answer.TryGetProperty(key, out _)), Is.Empty);
        var kinds = answer.GetProperty("by_kind").EnumerateArray().ToList();
        Assert.Multiple(() =>
        {
            Assert.That(answer.GetProperty("injected").GetInt32(), Is.EqualTo(36), "30 % of 120, ten hours each: room for all");
            Assert.That(answer.GetProperty("untouched").GetInt32(), Is.EqualTo(84));
            Assert.That(kinds.Select(kind => kind.GetProperty("n").GetInt32()), Has.All.EqualTo(4), "nine kinds in equal shares");
            Assert.That(kinds[0].EnumerateObject().Select(member => member.Name), Is.SupersetOf((string[])["kind", "size", "n", "recall_at_1pct", "median_delay_minutes"]));

            // The ships of this fleet hardly turn, so that a wide detour and a long stop stand out.
            Assert.That(answer.GetProperty("roc_auc_core").GetDouble(), Is.GreaterThan(0.95));
            Assert.That(answer.GetProperty("recall_at_1pct_core").GetDouble(), Is.GreaterThan(0.9));
            Assert.That(answer.GetProperty("median_delay_minutes_5nm").GetDouble(), Is.InRange(0, 60));
            Assert.That(answer.GetProperty("false_bound").GetDouble(), Is.EqualTo(1 - Math.Pow(0.05, 1 / 84.0)).Within(1e-6), "none of 84 may be over it");
        });
    }

    [Test]
    public async Task Without_its_model_the_verb_says_why_and_judges_nothing()
    {
        var file = Path.Combine(folder, "fleet.csv");
        await File.WriteAllTextAsync(file, TrackText.Fleet(2, 60, seed: 8));
        var (code, said, error) = await TrackText.RunAsync("deviation", "--csv", file, "--model", Path.Combine(folder, "none.onnx"));
        Assert.Multiple(() =>
        {
            Assert.That(code, Is.EqualTo(3));
            Assert.That(said, Is.Empty);
            Assert.That(error, Does.Contain("the motion model is refused: there is no"));
        });
    }

    [Test]
    public void A_detour_is_half_a_sine_across_the_way_with_the_speed_that_it_takes()
    {
        var track = Track(Ways.Straight(0, 0, 12, 90, 60));
        var made = new Injector(Fine, new Chance(3)).Into(track, new Injection("detour", 5))!;
        var start = Array.FindIndex(made.Points, point => point.AtMs == made.StartMs);
        Assert.Multiple(() =>
        {
            for (var at = 0; at < made.Points.Length; at++)
            {
                var phase = Math.Clamp((at - start) / 9.0, 0, 1);
                Assert.That(made.OffNm[at], Is.EqualTo(5 * Math.Sin(Math.PI * phase)).Within(1e-4), $"report {at}");
                Assert.That(made.Points[at].Place.LongitudeE7, Is.EqualTo(track.Points[at].Place.LongitudeE7).Within(2), "across the way alone");
            }

            Assert.That(start, Is.GreaterThanOrEqualTo(6));

            // Just after its start it goes aside with 5 NM * pi / 1.5 h * cos(20 degrees) = 9.84 knots, beside 12 along.
            Assert.That(made.Points[start + 1].SpeedKnots!.Value, Is.EqualTo(Math.Sqrt(144 + (9.84 * 9.84))).Within(0.01));
            Assert.That(Math.Abs(made.Points[start + 1].CourseDegrees!.Value - 90), Is.EqualTo(Math.Atan2(9.84, 12) * 180 / Math.PI).Within(0.1));
        });
    }

    [Test]
    public void A_stop_delays_the_rest_and_a_change_of_speed_lasts_to_the_end()
    {
        var track = Track(Ways.Straight(0, 0, 12, 90, 60));
        var stop = new Injector(Fine, new Chance(3)).Into(track, new Injection("stop", 60))!;
        var start = Array.FindIndex(stop.Points, point => point.AtMs == stop.StartMs);
        Assert.Multiple(() =>
        {
            Assert.That(stop.Points[start + 5].Place, Is.EqualTo(track.Points[start].Place));
            Assert.That(stop.Points[start + 5].SpeedKnots, Is.Zero);
            Assert.That(stop.Points[^1].Place, Is.EqualTo(track.Points[^7].Place));
            Assert.That(stop.Points[^1].SpeedKnots, Is.EqualTo(12));
            Assert.That(stop.OffNm[^1], Is.EqualTo(12).Within(1e-4));
        });

        for (var seed = 0; seed < 8; seed++)
        {
            var speed = new Injector(Fine, new Chance(seed)).Into(track, new Injection("speed", 50))!;
            var from = Array.FindIndex(speed.Points, point => point.AtMs == speed.StartMs);
            Assert.That((track.Points[^1].AtMs - speed.StartMs) / (double)track.LengthMs, Is.LessThanOrEqualTo(1 / 3.0));
            Assert.That(speed.OffNm[^1], Is.EqualTo((speed.Points.Length - 1 - from) * 1.0).Within(1e-4), $"seed {seed}: a mile more or less in each ten minutes");
            Assert.That(speed.Points[^1].SpeedKnots, Is.EqualTo(18).Or.EqualTo(6));
        }
    }

    [Test]
    public void What_does_not_fit_is_left_out()
    {
        var injector = new Injector(Fine, new Chance(1));
        Assert.Multiple(() =>
        {
            Assert.That(injector.Into(Track(Ways.Straight(0, 0, 12, 90, 27)), new Injection("detour", 5)), Is.Null, "90 minutes are more than a third of 260");
            Assert.That(injector.Into(Track(Ways.Straight(0, 0, 12, 90, 28)), new Injection("detour", 5)), Is.Not.Null);
            Assert.That(injector.Into(Track(Ways.Straight(0, 0, 2.9, 90, 60)), new Injection("detour", 5)), Is.Null, "not under way");
            Assert.That(injector.Into(Track(Ways.Straight(0, 0, 12, 90, 1)), new Injection("speed", 20)), Is.Null);
        });
    }

    [Test]
    public void What_is_put_in_is_rounded_as_the_file_rounds()
    {
        // Places to the middles of hundredths of a degree, speeds to halves, courses to the middles of five degrees.
        var coarse = new FileGrain(new Quantum(0.01, 0.005), new Quantum(0.01, 0.005), new Quantum(0.5, 0), new Quantum(5, 2.5));
        VesselTrack[] tracks = [.. Enumerable.Range(0, 20).Select(at => Track([.. Ways.Straight(48 + (at * 0.31), -5, 7.3 + (at * 0.7), at * 19, 60).Select(coarse.Round)]))];
        var found = FileGrain.Of(tracks);
        Assert.That(found, Is.EqualTo(coarse));
        var made = new Injector(found, new Chance(1)).Into(tracks[3], new Injection("detour", 10))!;
        Assert.That(made.OffNm.Max(), Is.GreaterThan(9));
        Assert.That(made.Points, Has.All.Matches<TrackPoint>(point => coarse.Round(point) == point));
        Assert.That(Quantum.Of([0.123456789, 0.7654321, 3.14159265]).Round(2.718281828), Is.EqualTo(2.718281828), "a file that rounds to nothing");
    }

    [Test]
    public void Tracks_are_held_to_untouched_ones_of_equal_length()
    {
        // A hundred untouched tracks of four moments; their maxima grow: 1 to 100 after one moment, ten times that after two.
        var lengths = new EqualLengths(Enumerable.Range(1, 100).Select(at => (double[])[at, 10 * at, 0, 0]));
        Assert.Multiple(() =>
        {
            Assert.That(lengths.FalseMax, Is.EqualTo(1));
            Assert.That(lengths.ThresholdAt1Pct(1), Is.EqualTo(99), "one of a hundred is over it");
            Assert.That(lengths.ThresholdAt1Pct(2), Is.EqualTo(990));
            Assert.That(lengths.ThresholdAt1Pct(50), Is.EqualTo(990));
            Assert.That(lengths.ShareUnder(50.5, 1), Is.EqualTo(0.5));
            Assert.That(lengths.ShareUnder(50, 1), Is.EqualTo(0.495), "an equal one counts half");
            Assert.That(lengths.ShareUnder(50.5, 2), Is.EqualTo(0.05));
        });
    }

    [Test]
    public void The_delay_runs_from_leaving_the_usual_to_the_first_alarm()
    {
        var lengths = new EqualLengths(Enumerable.Range(1, 100).Select(at => (double[])[at / 100.0]));
        var points = Ways.Straight(0, 0, 12, 90, 8);
        var track = new InjectedTrack(new Injection("detour", 5), points[2].AtMs, points, [0, 0, 0, 1, 2, 3, 2, 1]);
        Assert.Multiple(() =>
        {
            Assert.That(Found(5, 3).DelayMinutes, Is.EqualTo(20), "off by more than 1.5 from report 4 on, found at 6");
            Assert.That(Found(1, 3).DelayMinutes, Is.Zero, "found before it left");
            Assert.That(Found(5, 0.5).DelayMinutes, Is.EqualTo(double.PositiveInfinity));
            Assert.That(Found(5, 3, usual: 4).DelayMinutes, Is.Null, "it never left");
            Assert.That(DeviationReport.MedianDelay([Found(5, 3), Found(5, 0.5), Found(1, 3), Found(5, 3, usual: 4)]), Is.EqualTo(20));
            Assert.That(DeviationReport.MedianDelay([Found(5, 0.5)]), Is.EqualTo(double.PositiveInfinity));
        });

        FoundInjection Found(int first, double score, double usual = 1.5) => DeviationMeasure.Found(
            track,
            [.. Enumerable.Range(1, 7).Select(at => new WayMoment(points[at].AtMs, at, at > first ? score : at == 1 ? 7 : 0.1, 0))],
            lengths,
            usual);
    }

    [TestCase(0, 100, 0.0295130)]
    [TestCase(6, 600, 0.0196413)]
    [TestCase(1, 20, 0.2161061)]
    [TestCase(5, 5, 1)]
    public void The_bound_on_the_false_rate_is_that_of_Clopper_and_Pearson(int cases, int of, double expected) =>
        Assert.That(ExactBound.Upper95(cases, of), Is.EqualTo(expected).Within(2e-4));

    private static VesselTrack Track(TrackPoint[] points) => new("t", "1", points);
}
