using System.Text.Json;
using MaritimeWatch.Functions.Evaluate.Trajectory;
using MaritimeWatch.Models;
using MaritimeWatch.Terms;
using MaritimeWatch.Tests.Models;
using MaritimeWatch.Tests.Trajectories;
using MaritimeWatch.Trajectories;

namespace MaritimeWatch.Tests.Evaluate;

/// <summary><c>evaluate trajectory</c>, and the sums behind it on numbers made by hand.</summary>
[NonParallelizable]
internal sealed class EvaluateTrajectoryTests
{
    private static readonly string[] Keys =
    [
        "horizon", "n", "tracks", "vessels", "model_mean_nmi", "model_median_nmi", "cv_mean_nmi", "cv_median_nmi", "in50", "in90", "in90_low", "in90_high",
        "area90_nmi2", "cv_area90_nmi2",
    ];

    private string folder = "";

    [SetUp]
    public void Make_a_folder() => folder = Directory.CreateTempSubdirectory("trajectory-").FullName;

    [TearDown]
    public void Remove_it() => Directory.Delete(folder, recursive: true);

    [Test]
    public async Task The_keys_are_those_agreed_and_a_model_of_dead_reckoning_is_as_good_as_dead_reckoning()
    {
        RequireRuntime();
        var (code, answer, _) = await RunAsync(TrackText.Fleet(12, 37, seed: 3), "--model", TinyMotionNet.Write(folder));
        var horizons = answer.GetProperty("horizons");
        Assert.That(code, Is.Zero);
        Assert.That(horizons.EnumerateArray().Select(one => one.GetProperty("horizon").GetString()), Is.EqualTo(["1h", "2h", "3h"]));
        Assert.That(horizons[0].EnumerateObject().Select(member => member.Name), Is.EqualTo(Keys));
        foreach (var horizon in horizons.EnumerateArray())
        {
            Assert.Multiple(() =>
            {
                Assert.That(Of(horizon, "n"), Is.EqualTo(12));
                Assert.That(Of(horizon, "vessels"), Is.EqualTo(6));
                Assert.That(Of(horizon, "model_mean_nmi"), Is.EqualTo(Of(horizon, "cv_mean_nmi")).Within(1e-3));
                Assert.That(Of(horizon, "cv_mean_nmi"), Is.GreaterThan(0.1), "the ships turn a little");
                Assert.That(Of(horizon, "in90_low"), Is.LessThanOrEqualTo(Of(horizon, "in90")));
                Assert.That(Of(horizon, "in90_high"), Is.GreaterThanOrEqualTo(Of(horizon, "in90")));
            });
        }

        // Half axes of 6 * 0.2 NM at an hour: pi chi2 sigma^2.
        var area = Math.PI * 2 * Math.Log(10) * 1.2 * 1.2;
        Assert.That(Of(horizons[0], "area90_nmi2"), Is.EqualTo(area).Within(0.03 * area));
    }

    [Test]
    public async Task A_damaged_model_is_refused_with_the_reason_and_dead_reckoning_goes_on_only_where_none_was_asked_for()
    {
        RequireRuntime();
        var path = TinyMotionNet.Write(folder);
        await File.AppendAllTextAsync(path, "x");
        var (code, answer, error) = await RunAsync(TrackText.Fleet(2, 37, seed: 3), "--model", path);
        Assert.Multiple(() =>
        {
            Assert.That(code, Is.EqualTo(3));
            Assert.That(error, Does.Contain("the motion model is refused: motion.onnx is not the model that motion.json describes"));
            Assert.That(answer.ValueKind, Is.EqualTo(JsonValueKind.Undefined));
        });
    }

    [Test]
    public void Without_a_model_dead_reckoning_alone_is_measured()
    {
        // 6 NM north in 30 minutes, then still: an hour later dead reckoning is 12 NM off, two hours later 24.
        var going = Ways.Straight(50, 0, 12, 0, 19);
        var track = going.Concat(Enumerable.Range(1, 12).Select(at => going[18] with { AtMs = going[18].AtMs + (at * 600_000L) })).ToArray();
        var made = new TrajectoryMeasure(null, TimeSpan.FromHours(3), TimeSpan.FromMinutes(10)).Of(
            [new VesselTrack("a", "1", track), new VesselTrack("short", "1", track[..20])], [TimeSpan.FromHours(1), TimeSpan.FromHours(2), TimeSpan.FromHours(3)]);
        Assert.Multiple(() =>
        {
            Assert.That(made[0].Single().CvNmi, Is.EqualTo(12).Within(0.02), "one track is long enough");
            Assert.That(made[1].Single().CvNmi, Is.EqualTo(24).Within(0.04));
            Assert.That(made[2], Is.Empty, "history is never cut for a longer horizon");
            using var json = JsonDocument.Parse(TrajectoryReport.Write([("1h", made[0])], new TrackRows(), null));
            Assert.That(json.RootElement.GetProperty("horizons")[0].GetProperty("in90").ValueKind, Is.EqualTo(JsonValueKind.Null));
            Assert.That(Of(json.RootElement.GetProperty("horizons")[0], "cv_median_nmi"), Is.EqualTo(12).Within(0.02));
        });
    }

    [Test]
    public void Truth_is_the_report_nearest_to_the_horizon_within_half_a_step()
    {
        var all = Ways.Straight(50, 0, 12, 0, 40);
        TrackPoint Late(int at, double minutes) => all[at] with { AtMs = all[at].AtMs + (long)(minutes * 60_000) };
        var measure = new TrajectoryMeasure(null, TimeSpan.FromHours(3), TimeSpan.FromMinutes(10));
        TrackPoint[] near = [.. all[..24], Late(24, 4)], far = [.. all[..24], Late(24, 6)];
        Assert.That(measure.Of([new VesselTrack("a", "1", near)], [TimeSpan.FromHours(1)])[0].Single().CvNmi, Is.LessThan(0.02), "taken as the place after an hour");
        Assert.That(measure.Of([new VesselTrack("a", "1", [.. far[..23], far[24]])], [TimeSpan.FromHours(1)])[0], Is.Empty);
    }

    [Test]
    public void Quantiles_circles_and_bounds_are_those_of_the_hand()
    {
        var hits = Enumerable.Range(0, 50).SelectMany(vessel => Enumerable.Range(0, 3).Select(_ => ($"v{vessel}", vessel % 5 != 0))).ToList();
        var (low, high) = TrackStatistics.Bootstrap(hits, 1);
        Assert.Multiple(() =>
        {
            Assert.That(TrackStatistics.Quantile([3, 1, 2], 0.5), Is.EqualTo(2));
            Assert.That(TrackStatistics.Quantile([0, 1], 0.25), Is.EqualTo(0.25));
            Assert.That(TrackStatistics.Quantile([1, double.PositiveInfinity, 2], 0.5), Is.EqualTo(2));
            Assert.That(TrackStatistics.CircleArea([0, 1, 2, 3, 4], 0.75), Is.EqualTo(9 * Math.PI));

            // 50 vessels that hold with all their tracks or with none: sd = sqrt(0.8 * 0.2 / 50) = 0.0566, not a third of that.
            Assert.That(low, Is.EqualTo(0.8 - (1.96 * 0.0566)).Within(0.03));
            Assert.That(high, Is.EqualTo(0.8 + (1.96 * 0.0566)).Within(0.03));
            Assert.That(TrackStatistics.Bootstrap(hits, 1), Is.EqualTo((low, high)));
        });
    }

    [TestCase("segment,mmsi,t_utc,lat,lon,sog_kn,cog_deg,ship_type_id\n0,209275000,2025-11-01T00:39:00Z,57.55,11.27,11.47,137.7,0\n", 11.47, 137.7)]
    [TestCase("trips,mmsi,time,lat,lon,sog,cog,vessel_type,flag\n0,316002721,2020-04-06 05:42:48,37.6018,-122.6299,9.2,360.0,30.0,Canada\n", 9.2, null)]
    [TestCase("track_id,mmsi,t_utc_approx,lat,lon,sog_kn,cog_deg\n0,374810000,2017-03-20T23:00:16Z,48.915,-5.735,,237.5\n", null, 237.5)]
    [TestCase("OBJECT_ID,VID,SEQUENCE_DTTM,LAT,LON,SPEED_OVER_GROUND,COURSE_OVER_GROUND\n1,100008,14:00:00,36.9,-76.0,1,1641\n", 1, 164.1)]
    [TestCase("imo,mmsi,message_type,t_utc,lat,lon,sog_kn,cog_deg,heading,nav_status,rot\n9116943,357599000,1,2013-09-19T05:24:50Z,1.22,103.38,102.3,129.0,131,0,0\n", null, 129.0)]
    public async Task Dialects_are_known_by_their_heading(string csv, double? speed, double? course)
    {
        var read = await ReadAsync(csv);
        Assert.That(read.Fault, Is.Null);
        Assert.That(read.Tracks.Single().Points.Single().SpeedKnots, Is.EqualTo(speed));
        var found = read.Tracks.Single().Points.Single().CourseDegrees;
        Assert.That(found.HasValue, Is.EqualTo(course.HasValue));
        Assert.That(found ?? 0, Is.EqualTo(course ?? 0).Within(1e-9));
    }

    [Test]
    public async Task A_row_that_cannot_be_read_is_named_and_the_rest_goes_on()
    {
        var place = Position.FromDegrees(50, 1);
        var csv = TrackText.Heading + TrackText.Row("a", 1, 10, place, 1, 1) + "a,1,never,50,1,1,1\na,1,2024-01-01T00:30:00Z,91,1,1,1\na,1\n,,2024-01-01T00:30:00Z,50,1,1,1\n"
            + TrackText.Row("a", 1, 0, place, 1, 1) + TrackText.Row("a", 1, 10, place, 2, 2) + TrackText.Row("b", 1, 0, place, 1, 1);
        var read = await ReadAsync(csv);
        Assert.Multiple(() =>
        {
            Assert.That(read.Tracks.Select(track => (track.Id, track.Points.Length)), Is.EqualTo([("a", 2), ("b", 1)]));
            Assert.That(read.Tracks[0].Points[1].SpeedKnots, Is.EqualTo(1), "of two rows of one time the first counts");
            Assert.That((read.Rows.Used, read.Rows.Refused, read.Rows.Repeated), Is.EqualTo((3, 4, 1)));
            Assert.That(read.Rows.Named[0], Is.EqualTo("line 3: no time: \"never\""));
        });
    }

    [Test]
    public async Task Without_tracks_a_vessel_is_cut_where_it_was_silent()
    {
        var place = Position.FromDegrees(50, 1);
        var csv = "mmsi,time,lat,lon\n" + string.Concat(((int[])[0, 60, 120, 241, 250]).Select(minute =>
            string.Join(',', TrackText.Row("a", 7, minute, place, 1, 1).Split(',')[1..5]) + "\n"));
        Assert.That((await ReadAsync(csv)).Tracks.Select(track => track.Points.Length), Is.EqualTo([3, 2]));
    }

    [TestCase("")]
    [TestCase("track_id,mmsi,t_utc,lat,sog_kn\n")]
    [TestCase("t_utc,lat,lon\n")]
    public async Task A_column_that_lacks_is_named(string csv)
    {
        var (code, _, error) = await RunAsync(csv);
        Assert.That(code, Is.EqualTo(2));
        Assert.That(error, Does.Contain("the heading lacks a"));
    }

    [TestCase("--horizons", "4h")]
    [TestCase("--horizons", "1h,x")]
    [TestCase("--history", "0h")]
    [TestCase("--step", "ten")]
    public async Task Wrong_usage_is_said_as_such(string option, string value) =>
        Assert.That((await RunAsync(TrackText.Fleet(1, 3, 1), option, value)).Code, Is.EqualTo(2));

    [Test]
    public async Task A_heading_alone_is_nothing_usable() => Assert.That((await RunAsync(TrackText.Heading)).Code, Is.EqualTo(3));

    private static void RequireRuntime()
    {
        if (OnnxHost.Obstacle() is { } obstacle)
        {
            Assert.Ignore(obstacle);
        }
    }

    private static double Of(JsonElement horizon, string name) => horizon.GetProperty(name).GetDouble();

    private async Task<TracksRead> ReadAsync(string csv)
    {
        var file = Path.Combine(folder, "tracks.csv");
        await File.WriteAllTextAsync(file, csv);
        return await TrackFile.ReadAsync(file, default);
    }

    private async Task<(int Code, JsonElement Answer, string Error)> RunAsync(string csv, params string[] args)
    {
        var file = Path.Combine(folder, "tracks.csv");
        await File.WriteAllTextAsync(file, csv);
        var (code, said, error) = await TrackText.RunAsync(["trajectory", "--csv", file, .. args]);
        return (code, said.StartsWith('{') ? JsonSerializer.Deserialize<JsonElement>(said) : default, error);
    }
}
