using System.Text.Json;
using MaritimeWatch.Functions.Watch;
using MaritimeWatch.Intake.Imagery;
using MaritimeWatch.Rasters;
using MaritimeWatch.Recognition;

namespace MaritimeWatch.Tests.Rasters;

/// <summary>Land is taken out of a scene with a margin that leaves ships at their berths in it.</summary>
[TestFixture]
public sealed class LandMarginTests
{
    [SetUp]
    public void NeedsGdal() => SceneFiles.RequireGdal();

    // Berths of the simulated ports, which lie where the real ones do, and one far up a river.
    [TestCase(57.686, 11.84, "Gothenburg, outer harbour")]
    [TestCase(57.715, 10.597, "Skagen")]
    [TestCase(57.434, 10.555, "Frederikshavn")]
    [TestCase(58.332, 11.388, "Lysekil")]
    [TestCase(51.955, 4.05, "Rotterdam, Maasvlakte")]
    public void A_ship_at_a_berth_is_found_with_land_taken_out(double latitude, double longitude, string where)
    {
        const int Edge = 400;
        var (pixelLat, pixelLon) = (9e-5, 9e-5 / Math.Cos(latitude * Math.PI / 180));
        var random = new Random(5);
        var path = SceneFiles.Write(
            new TiffMaker(Edge, Edge) { Place = (longitude - (Edge / 2 * pixelLon), latitude + (Edge / 2 * pixelLat), pixelLon, pixelLat) }
                .Make((x, y, _) => x is >= 193 and < 207 && y is >= 198 and < 202 ? 1800 : 60 + random.Next(40)),
            "berth.tif");
        using var scene = SceneFile.Open(path, new SceneDescription { Sensor = SceneSensor.Sar }, RasterLimits.Default);
        var found = new CfarDetector(CfarSettings.Of(SceneSensor.Sar)).Detect(scene, ReferenceDefaults.Coast, 1, default);
        Assert.That(found.Count(ship => Math.Abs(ship.X - 200) < 4 && Math.Abs(ship.Y - 200) < 4), Is.EqualTo(1), where);
    }

    [TestCase("gdynia", "2023-06-11")]
    [TestCase("valencia", "2023-08-23")]
    public void Labelled_ships_of_a_real_port_are_found_as_well_with_land_taken_out_as_without(string port, string day)
    {
        var labels = SharedData.Require($"imagery/sentinel2_ports/{port}/ships_coco.json");
        using var scene = SceneFile.Open(
            SharedData.Require($"imagery/sentinel2_ports/{port}/{day}_B08.tif"), new SceneDescription { Sensor = SceneSensor.Optical }, RasterLimits.Default);
        using var json = JsonDocument.Parse(File.ReadAllBytes(labels));
        var ships = json.RootElement.GetProperty("annotations").EnumerateArray().Select(one => one.GetProperty("bbox"))
            .Select(box => (X: box[0].GetDouble() + (box[2].GetDouble() / 2), Y: box[1].GetDouble() + (box[3].GetDouble() / 2))).ToList();
        var detector = new CfarDetector(CfarSettings.Of(SceneSensor.Optical));
        var (bare, masked) = (detector.Detect(scene, null, 2, default), detector.Detect(scene, ReferenceDefaults.Coast, 2, default));
        var (without, with) = (Hit(ships, bare), Hit(ships, masked));
        TestContext.Out.WriteLine($"{port}: {ships.Count} labelled; found {without.Count} without the mask and {with.Count} with it; detections {bare.Count} and {masked.Count}");
        Assert.That(without, Is.Not.Empty);
        Assert.That(without.Except(with), Is.Empty, "a ship at a berth must not be lost");
    }

    private static List<int> Hit(List<(double X, double Y)> ships, IReadOnlyList<ShipDetection> found) =>
        [.. Enumerable.Range(0, ships.Count).Where(n => found.Any(ship => Math.Abs(ship.X - ships[n].X) < 4 && Math.Abs(ship.Y - ships[n].Y) < 4))];
}
