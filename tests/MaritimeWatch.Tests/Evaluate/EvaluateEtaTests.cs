using System.Text.Json;
using MaritimeWatch.Functions.Evaluate.Eta;
using MaritimeWatch.Functions.Evaluate.Trajectory;
using MaritimeWatch.Models;
using MaritimeWatch.Terms;
using MaritimeWatch.Tests.Models;
using MaritimeWatch.Tests.Trajectories;
using MaritimeWatch.Trajectories;

namespace MaritimeWatch.Tests.Evaluate;

/// <summary><c>evaluate eta</c>, and the questions behind it on tracks made by hand.</summary>
[NonParallelizable]
internal sealed class EvaluateEtaTests
{
    private static readonly string[] Keys =
    [
        "ahead", "n", "vessels", "still", "not_seen_to_come", "model_mean_minutes", "model_median_minutes", "distance_mean_minutes",
        "distance_median_minutes", "ratio", "ratio_low", "ratio_high", "in80", "in80_low", "in80_high", "width80_minutes", "chance_within_3h",
    ];

    private static readonly TimeSpan[] Hour = [TimeSpan.FromHours(1)];
    private string folder = "";

    [SetUp]
    public void Make_a_folder() => folder = Directory.CreateTempSubdirectory("eta-").FullName;

    [TearDown]
    public void Remove_it() => Directory.Delete(folder, recursive: true);

    [Test]
    public async Task Ships_that_go_nearly_straight_come_when_both_say()
    {
        RequireRuntime();
        var (code, answer, _) = await RunAsync(TrackText.Fleet(12, 37, seed: 3), "--any-end", "--ahead", "30m,1h", "--model", TinyMotionNet.Write(folder));
        var ahead = answer.GetProperty("ahead");
        Assert.That(code, Is.Zero);
        Assert.That(ahead[0].EnumerateObject().Select(member => member.Name), Is.EqualTo(Keys));
        Assert.That(answer.GetProperty("entries").GetInt32(), Is.EqualTo(12));
        foreach (var one in ahead.EnumerateArray())
        {
            Assert.Multiple(() =>
            {
                Assert.That(Of(one, "n"), Is.EqualTo(12));
                Assert.That(Of(one, "vessels"), Is.EqualTo(6));
                Assert.That(Of(one, "distance_mean_minutes"), Is.LessThan(3));
                Assert.That(Of(one, "model_mean_minutes"), Is.LessThan(4));
                Assert.That(Of(one, "ratio"), Is.EqualTo(Of(one, "model_mean_minutes") / Of(one, "distance_mean_minutes")).Within(1e-3));
                Assert.That(Of(one, "ratio_low"), Is.LessThanOrEqualTo(Of(one, "ratio")));
                Assert.That(Of(one, "in80"), Is.GreaterThan(0.8), "the model is less sure than it could be");
                Assert.That(Of(one, "width80_minutes"), Is.GreaterThan(1));
                Assert.That(Of(one, "chance_within_3h"), Is.InRange(0.7, 1), "some of its ways pass by");
            });
        }
    }

    [Test]
    public async Task Ends_of_ships_that_go_on_are_no_places_unless_asked_for_and_given_places_take_their_stead()
    {
        RequireRuntime();
        var (fleet, model) = (TrackText.Fleet(3, 37, seed: 3), TinyMotionNet.Write(folder));
        Assert.That((await RunAsync(fleet, "--model", model)).Code, Is.EqualTo(3), "none ends slowly");
        var last = fleet.Split('\n')[37].Split(',');
        var (code, answer, _) = await RunAsync(fleet, "--place", $"{last[3]},{last[4]},2", "--model", model);
        Assert.That(code, Is.Zero);
        Assert.That(answer.GetProperty("entries").GetInt32(), Is.EqualTo(1));

        var places = Path.Combine(folder, "places.geojson");
        await File.WriteAllTextAsync(places, $$$"""{"type":"Feature","geometry":{"type":"Point","coordinates":[{{{last[4]}}},{{{last[3]}}}]},"properties":{"radius_nm":2}}""");
        var (_, same, _) = await RunAsync(fleet, "--places", places, "--model", model);
        Assert.That(same.GetRawText(), Is.EqualTo(answer.GetRawText()));
    }

    [Test]
    public void It_is_asked_before_the_edge_was_crossed_and_distance_over_speed_is_right_for_a_steady_ship()
    {
        // 12 knots north for four hours; the circle's edge is 38 NM from the start, 190 minutes.
        var track = Track(Ways.Straight(50, 0, 12, 0, 25));
        var question = Ask(track, new EtaPlace(new OffsetNm(0, 40).From(track.Points[0].Place), 2)).Single();
        var answer = new EtaMeasure(null).Of([question]).Single()!;
        Assert.Multiple(() =>
        {
            Assert.That(question.Minutes, Is.EqualTo(60).Within(0.1));
            Assert.That(question.At, Is.EqualTo(13));
            Assert.That(answer.DistanceOff, Is.LessThan(0.3));
            Assert.That(answer.Said, Is.Null);
        });
    }

    [Test]
    public void Nothing_is_asked_of_a_track_that_begins_there_is_too_short_or_comes_in_in_a_hole()
    {
        var points = Ways.Straight(50, 0, 12, 0, 25);
        var place = new EtaPlace(new OffsetNm(0, 40).From(points[0].Place), 2);
        Assert.Multiple(() =>
        {
            Assert.That(Ask(Track(points), place with { RadiusNm = 41 }), Is.Empty, "it begins there");
            Assert.That(Ask(Track(points[10..]), place), Is.Empty, "half an hour is known of it");
            Assert.That(Ask(Track([.. points[..17], .. points[21..]]), place), Is.Empty, "nobody heard it come in");
            Assert.That(Ask(Track(points), new EtaPlace(Position.FromDegrees(89, 0), 2)), Is.Empty, "at a pole nothing is flat");
            Assert.That(Ask(Track(points), place), Is.Not.Empty);
        });
    }

    [Test]
    public void A_ship_that_lies_still_is_counted_apart()
    {
        var points = Ways.Straight(50, 0, 12, 0, 25);
        points[13] = points[13] with { SpeedKnots = 0.4 };
        var question = Ask(Track(points), new EtaPlace(new OffsetNm(0, 40).From(points[0].Place), 2)).Single();
        var answers = new EtaMeasure(null).Of([question]);
        Assert.That(answers.Single(), Is.Null);
        using var json = JsonDocument.Parse(EtaReport.Write([("1h", answers)], 1, new TrackRows(), null));
        var one = json.RootElement.GetProperty("ahead")[0];
        Assert.That((Of(one, "n"), Of(one, "still")), Is.EqualTo((0.0, 1.0)));
        Assert.That(one.GetProperty("distance_mean_minutes").ValueKind, Is.EqualTo(JsonValueKind.Null));
    }

    [TestCase("--ahead", "4h")]
    [TestCase("--ahead", "x")]
    [TestCase("--place", "48,1")]
    [TestCase("--place", "48,1,0")]
    [TestCase("--place", "98,1,2")]
    [TestCase("--radius", "-1")]
    [TestCase("--history", "0h")]
    public async Task Wrong_usage_is_said_as_such(string option, string value) =>
        Assert.That((await RunAsync(TrackText.Fleet(1, 3, 1), $"{option}={value}")).Code, Is.EqualTo(2));

    [Test]
    public async Task Places_that_are_none_are_refused_by_name()
    {
        var places = Path.Combine(folder, "places.geojson");
        await File.WriteAllTextAsync(places, """{"type":"Feature","geometry":{"type":"Point","coordinates":[1,50]},"properties":{"radius_nm":"wide"}}""");
        var (code, _, error) = await RunAsync(TrackText.Fleet(1, 3, 1), "--places", places);
        Assert.That(code, Is.EqualTo(3));
        Assert.That(error, Does.Contain("feature 1 of the places is no point with a radius"));
    }

    private static VesselTrack Track(TrackPoint[] points) => new("a", "1", points);

    private static List<EtaQuestion> Ask(VesselTrack track, EtaPlace place) =>
        [.. new EtaQuestions(TimeSpan.FromHours(1), TimeSpan.FromMinutes(10)).Of(track, place, Hour)];

    private static void RequireRuntime()
    {
        if (OnnxHost.Obstacle() is { } obstacle)
        {
            Assert.Ignore(obstacle);
        }
    }

    private static double Of(JsonElement one, string name) => one.GetProperty(name).GetDouble();

    private async Task<(int Code, JsonElement Answer, string Error)> RunAsync(string csv, params string[] args)
    {
        var file = Path.Combine(folder, "tracks.csv");
        await File.WriteAllTextAsync(file, csv);
        var (code, said, error) = await TrackText.RunAsync(["eta", "--csv", file, .. args]);
        return (code, said.StartsWith('{') ? JsonSerializer.Deserialize<JsonElement>(said) : default, error);
    }
}
