using MaritimeWatch.Findings.DarkShip;
using MaritimeWatch.Functions.Intake;
using MaritimeWatch.Functions.Watch;
using MaritimeWatch.Geodesy;
using MaritimeWatch.Log;
using MaritimeWatch.Tests.Log;
using MaritimeWatch.Tests.Rasters;

namespace MaritimeWatch.Tests.Intake.Scenes;

/// <summary>Real Sentinel-2 ports go through the decoder that the door uses.</summary>
[TestFixture]
public sealed class PortSceneTests
{
    // Boxes of the countries, degrees: west, south, east, north. Wide on purpose.
    private static readonly Dictionary<string, (string Day, double West, double South, double East, double North)> Ports = new()
    {
        ["algiers"] = ("2023-08-17", -8.7, 18.9, 12, 37.2),
        ["busan"] = ("2022-05-14", 124.6, 33, 131, 38.7),
        ["cartagena"] = ("2023-07-30", -79.1, -4.3, -66.8, 13.5),
        ["casablanca"] = ("2023-04-26", -13.2, 27.6, -1, 36),
        ["gdynia"] = ("2023-06-11", 14.1, 49, 24.2, 55),
        ["hedland"] = ("2023-07-30", 112.9, -35.2, 129, -13.6),
        ["honolulu"] = ("2023-01-08", -160.6, 18.8, -154.7, 22.3),
        ["klang"] = ("2023-04-08", 99.6, 0.8, 119.3, 7.4),
        ["valencia"] = ("2023-08-23", -9.4, 35.9, 4.4, 43.8),
    };

    [TestCase("casablanca")]
    [TestCase("honolulu")]
    public Task A_port_goes_through_the_decoder_and_lies_in_its_country(string port) => GoesThroughAsync(port);

    [Test]
    [Explicit("by hand: all nine ports with all bands, about a minute")]
    public async Task All_ports_go_through_the_decoder_with_all_their_bands()
    {
        foreach (var port in Ports.Keys)
        {
            foreach (var band in (string[])["B02", "B03", "B04", "B08", "B11"])
            {
                await GoesThroughAsync(port, band);
            }
        }
    }

    private static async Task GoesThroughAsync(string port, string band = "B08")
    {
        SceneFiles.RequireGdal();
        var (day, west, south, east, north) = Ports[port];
        var bytes = await File.ReadAllBytesAsync(SharedData.Require($"imagery/sentinel2_ports/{port}/{day}_{band}.tif"));
        var store = new MemoryStore();
        var time = new ManualTime();
        var landed = await new Landing(store).LandAsync("scenes.test", time.GetUtcNow(), bytes);
        var note = new LandedNote
        {
            Door = SceneDecoder.DoorName,
            Landed = landed.Name,
            Hash = landed.Hash,
            Length = landed.Length,
            Source = "test",
            ReceivedAtMs = time.GetUtcNow().ToUnixTimeMilliseconds(),
            Facts = new(StringComparer.Ordinal) { ["at"] = day + "T11:00:00Z", ["sensor"] = "optical" },
        };
        var format = new StoreFormat { Format = StoreFormat.FormatNow, Groups = 1, Simulated = false, CreatedAt = time.GetUtcNow() };
        var watch = System.Diagnostics.Stopwatch.StartNew();
        var outcome = await new SceneDecoder(store, format, time, ReferenceDefaults.Coast).DecodeAsync(note, default);
        await TestContext.Out.WriteLineAsync($"{port} {band}: {watch.ElapsedMilliseconds} ms");
        Assert.That((outcome.Used, outcome.Refused.Count), Is.EqualTo((1L, 0)), string.Join("; ", outcome.Defects));
        var entry = SceneEntry.Parse((await new Inbox(store, new GroupName(StageNames.Scenes, 0), time).ReadAsync(1))!.Value.Body.Span);
        var country = GeoBox.FromDegrees(west, south, east, north);
        await TestContext.Out.WriteLineAsync($"  {entry.Width} x {entry.Height}, {entry.PixelCentimetres} cm, {entry.Detections.Count} ships");
        Assert.Multiple(() =>
        {
            Assert.That(entry.Corners, Has.All.Matches<MaritimeWatch.Terms.Position>(country.Contains));
            Assert.That(entry.Detections, Has.All.Matches<SceneDetection>(ship => GeoBox.Of([.. entry.Corners]).Contains(ship.Where)));
            var latitude = entry.Corners[0].LatitudeDegrees * Math.PI / 180;
            var nominal = band == "B11" ? entry.PixelCentimetres : 1000 * Math.Cos(latitude);
            Assert.That(entry.PixelCentimetres, Is.EqualTo(nominal).Within(15), "a pixel of 10 m in EPSG:3857 is 10 m times the cosine of the latitude");
        });
    }
}
