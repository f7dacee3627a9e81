using System.Text;
using System.Text.Json;
using MaritimeWatch.Forecasts;
using MaritimeWatch.Reference;
using MaritimeWatch.Terms;
using MaritimeWatch.Tests.Forecasts;

namespace MaritimeWatch.Tests.Findings.DarkShip;

/// <summary>What a scene says of a port: ships at its anchorage and berths, and vessels that should show and do not.</summary>
[TestFixture]
public sealed class PortViewTests
{
    private static readonly TestReference View = new()
    {
        Port = new AnchoragePoint("NOSIM-A", SceneWorld.Off(0, 0), "NOSIM", "Simport", StoppingPlace.Anchorage),
        MorePorts = [new AnchoragePoint("NOSIM-B", SceneWorld.Off(12_000, 0), "NOSIM", "Simport", StoppingPlace.Berth)],
    };

    [Test]
    public void Ships_are_counted_at_the_nearest_place_with_and_without_AIS_and_who_passes_apart()
    {
        using var run = new SceneRun(View);
        run.TakePorts();
        var passing = SceneWorld.Vessel(219000003, 2_000, 2_000) with
        {
            Ways = new(new(1000, SceneWorld.Off(2_000, 2_000).LatitudeE7, SceneWorld.Off(2_000, 2_000).LongitudeE7, 0, 120, 60, 60), null, null, null),
        };
        run.Take(SceneWorld.Scene(
            [
                SceneWorld.Ship(1, 500, 0), SceneWorld.Ship(2, 1_500, -900), SceneWorld.Ship(3, 2_000, 2_300), SceneWorld.Ship(4, 12_100, 0),
                SceneWorld.Ship(5, -15_000, 0),
            ],
            [SceneWorld.Vessel(219000001, 500, 20), passing, SceneWorld.Vessel(219000004, 12_100, 20)]));
        var counts = run.Of("scene-counts");
        var anchorage = counts.Single(line => line.GetProperty("place").GetString() == "NOSIM-A");
        var berth = counts.Single(line => line.GetProperty("place").GetString() == "NOSIM-B");
        Assert.Multiple(() =>
        {
            Assert.That(Numbers(anchorage), Is.EqualTo((2, 1, 1, 0, 1)));
            Assert.That(Numbers(berth), Is.EqualTo((1, 1, 0, 0, 0)));
            Assert.That(anchorage.GetProperty("place_kind").GetString(), Is.EqualTo("anchorage"));
            Assert.That(anchorage.GetProperty("port").GetString(), Is.EqualTo("NOSIM"));
            Assert.That(anchorage.GetProperty("settled").GetBoolean(), Is.False);
        });
    }

    [Test]
    public void Vessels_without_an_echo_are_named_with_the_reason()
    {
        using var run = new SceneRun();
        run.Take(SceneWorld.Scene(
            [SceneWorld.Ship(1, 0, 0)],
            [
                SceneWorld.Vessel(219000001, 0, 20), SceneWorld.Vessel(219000002, 9_000, 0), SceneWorld.Vessel(219000003, -9_000, 0, lengthM: 12),
                SceneWorld.Vessel(219000004, 0, 9_000, sigmaM: 900), SceneWorld.Vessel(219000005, 40_000, 0),
                SceneWorld.Vessel(219000006, 0, -9_000, beforeS: 20_000, afterS: null),
            ]));
        var scene = run.Of("scenes").Single();
        var named = scene.GetProperty("ais_without_echo").EnumerateArray()
            .ToDictionary(one => one.GetProperty("subject").GetString()![5..], one => one.GetProperty("reason").GetString());
        Assert.Multiple(() =>
        {
            Assert.That(scene.GetProperty("expected_unseen").GetInt32(), Is.EqualTo(1));
            Assert.That(scene.GetProperty("unseen_outside").GetInt32(), Is.EqualTo(1));
            Assert.That(named, Is.EqualTo(new Dictionary<string, string?>
            {
                ["219000002"] = "absent", ["219000003"] = "too-small", ["219000004"] = "place-unsure", ["219000006"] = "silent",
            }));
        });
    }

    [Test]
    public void A_scene_has_every_field_that_a_stac_item_must_have()
    {
        using var run = new SceneRun();
        run.Take(SceneWorld.Scene([SceneWorld.Ship(1, 0, 0)], []));
        using var read = JsonDocument.Parse(run.Lines.Single(line => line.Collection == "scenes").Line);
        var item = read.RootElement;
        Assert.Multiple(() =>
        {
            Assert.That(item.EnumerateObject().Select(member => member.Name), Is.SupersetOf((string[])["type", "stac_version", "stac_extensions", "id", "geometry", "bbox", "properties", "links", "assets"]));
            Assert.That(item.GetProperty("type").GetString(), Is.EqualTo("Feature"));
            Assert.That(item.GetProperty("properties").GetProperty("datetime").GetDateTimeOffset().Offset, Is.EqualTo(TimeSpan.Zero));
            var ring = item.GetProperty("geometry").GetProperty("coordinates")[0];
            Assert.That(ring[0].ToString(), Is.EqualTo(ring[ring.GetArrayLength() - 1].ToString()), "the ring is closed");
            foreach (var asset in item.GetProperty("assets").EnumerateObject())
            {
                Assert.That(asset.Value.GetProperty("href").GetString(), Is.Not.Empty);
                Assert.That(asset.Value.GetProperty("roles").GetArrayLength(), Is.EqualTo(1));
            }

            // Fields of an extension are there only if it is named.
            Assert.That(item.GetProperty("assets").GetProperty("scene").TryGetProperty("file:size", out _));
            Assert.That(item.GetProperty("stac_extensions")[0].GetString(), Does.Contain("/file/"));
            Assert.That(item.GetProperty("properties").GetProperty("gsd").GetDouble(), Is.GreaterThan(0));
        });
    }

    [Test]
    public void A_forecast_says_what_a_scene_of_the_day_adds_to_the_queue_and_forgets_it_after()
    {
        var history = new PortLines().Traffic(7, 20).History();
        history.Add("scene-counts", Count("NOSIM-A", "anchorage", 470, 471, 4, 2));
        history.Add("scene-counts", Count("NOSIM-A", "anchorage", 470, 474, 5, 1));
        history.Add("scene-counts", Count("NOSIM-B", "berth", 470, 471, 9, 9));
        var series = history.Of(PortLines.Port);
        var (before, first, late, gone) = (
            PortForecaster.Forecast(series, PortLines.At(470.5)), PortForecaster.Forecast(series, PortLines.At(472)),
            PortForecaster.Forecast(series, PortLines.At(475)), PortForecaster.Forecast(series, PortLines.At(496)));
        Assert.Multiple(() =>
        {
            Assert.That(before.SeenAtAnchor, Is.Null, "it was not known yet");
            Assert.That(first.SeenAtAnchor, Is.EqualTo(new SeenAtAnchor("aaaaaaaaaaaa", PortLines.At(470), 6, 4, 2, 0)));
            Assert.That(late.SeenAtAnchor!.Value.WithoutAis, Is.EqualTo(1), "a later check counts");
            Assert.That(late.Basis, Does.Contain("5 with AIS, 1 without"));
            Assert.That(gone.SeenAtAnchor, Is.Null, "a day later it says nothing of the present");
            Assert.That(ForecastText.Read(ForecastText.ToBytes(late)).SeenAtAnchor, Is.EqualTo(late.SeenAtAnchor));
        });
    }

    private static (int, int, int, int, int) Numbers(JsonElement count) => (
        count.GetProperty("ships").GetInt32(), count.GetProperty("with_ais").GetInt32(), count.GetProperty("without_ais").GetInt32(),
        count.GetProperty("unsettled").GetInt32(), count.GetProperty("passing").GetInt32());

    private static ReadOnlyMemory<byte> Count(string place, string kind, double atH, double knownH, int with, int without) =>
        Encoding.UTF8.GetBytes(JsonSerializer.Serialize(new
        {
            type = "Feature",
            properties = new
            {
                scene = "aaaaaaaaaaaa", port = PortLines.Port, place, place_kind = kind,
                at = Instants.ToText(PortLines.At(atH).ToUnixTimeMilliseconds()), known_at = Instants.ToText(PortLines.At(knownH).ToUnixTimeMilliseconds()),
                with_ais = with, without_ais = without, unsettled = 0, simulated = true,
            },
        }));
}
