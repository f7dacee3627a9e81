using System.Text.Json;
using MaritimeWatch.Functions.Evaluate;
using MaritimeWatch.Recognition;
using MaritimeWatch.Reference;
using MaritimeWatch.Tests.Recognition;

namespace MaritimeWatch.Tests.Evaluate;

/// <summary>What <c>evaluate detector</c> says of a detector whose answers are known.</summary>
[TestFixture]
public sealed class DetectorMeasureTests
{
    [Test]
    public void Counts_thresholds_and_intervals_are_in_the_json_and_the_same_for_the_same_seed()
    {
        // Ten pictures: in eight the ship is found, in two nothing, and in one of the eight something else besides.
        var images = Enumerable.Range(0, 10).Select(i => Picture($"p{i}")).ToArray();
        var model = DetectorMeasure.Of(images, image => new Told(500, image.Name is "p8" or "p9" ? [] : image.Name == "p0"
            ? [Ship(10, 10, 900), Ship(60, 60, 800), Ship(30, 60, 100)] : [Ship(10, 10, 700)]), 1);
        var cfar = DetectorMeasure.Of(images, image => new Told(500, image.Name == "p0" ? [Ship(10, 10, 600)] : []), 1);
        var text = new DetectorReport(1).Write(model, new ModelNames("ship-sar", 2, "abc"), cfar);
        Assert.That(new DetectorReport(1).Write(model, new ModelNames("ship-sar", 2, "abc"), cfar), Is.EqualTo(text));
        using var json = JsonDocument.Parse(text);
        var said = json.RootElement.GetProperty("model");
        Assert.Multiple(() =>
        {
            Assert.That(Number(said, "images"), Is.EqualTo(10));
            Assert.That(Number(said, "ships"), Is.EqualTo(10));
            Assert.That(Number(said, "precision"), Is.EqualTo(8 / 9.0).Within(1e-4));
            Assert.That(Number(said, "recall"), Is.EqualTo(0.8));
            Assert.That(Number(said, "f1"), Is.EqualTo(16 / 19.0).Within(1e-4));
            Assert.That(Number(said, "f1_iou30"), Is.EqualTo(16 / 19.0).Within(1e-4));
            Assert.That(Number(said, "threshold"), Is.EqualTo(0.5));
            Assert.That(Number(said, "f1_low95"), Is.LessThan(16 / 19.0).And.GreaterThan(0.4));
            Assert.That(Number(said, "f1_high95"), Is.GreaterThan(16 / 19.0).And.LessThanOrEqualTo(1));
            Assert.That(said.GetProperty("sha256").GetString(), Is.EqualTo("abc"));
            Assert.That(Number(json.RootElement.GetProperty("model_less_cfar"), "f1"), Is.EqualTo((16 / 19.0) - (2 / 11.0)).Within(1e-4));
            Assert.That(json.RootElement.GetProperty("by_image").GetArrayLength(), Is.EqualTo(10));
        });
    }

    [Test]
    public void Chips_show_what_is_sure_and_unlabelled_and_nothing_else()
    {
        var folder = Path.Combine(TestContext.CurrentContext.WorkDirectory, "false-chips");
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        // Right; beside the label; nowhere near one and sure; nowhere near one and not sure.
        var measure = DetectorMeasure.Of([Picture("port")], _ => new Told(500, [Ship(10, 10, 900), Ship(18, 10, 880), Ship(60, 60, 800), Ship(60, 20, 300)]), 1);
        Assert.That(FalseChips.Write(measure, folder), Is.EqualTo((2, 1)));
        var lines = File.ReadAllLines(Path.Combine(folder, "false.csv"));
        var file = Directory.GetFiles(folder, "*.png").Single();
        Assert.That(lines, Has.Length.EqualTo(2));
        Assert.That(lines[1], Does.StartWith(Path.GetFileName(file) + ",port,65.0,62.5,").And.EndWith(",0.800,0.00,"));
        Assert.That(File.ReadAllBytes(file)[1..4], Is.EqualTo("PNG"u8.ToArray()));
    }

    [Test]
    public void A_folder_of_weights_measures_each_picture_with_its_own()
    {
        if (MaritimeWatch.Models.OnnxHost.Obstacle() is { } obstacle)
        {
            Assert.Ignore(obstacle);
        }

        var folder = Path.Combine(TestContext.CurrentContext.WorkDirectory, "folds");
        Models.TinyShipNet.Write(folder, "a");
        Models.TinyShipNet.Write(folder, "b");
        using var weights = MeasuredWeights.Open(folder, [Picture("a"), Picture("b")]);
        Assert.That((weights.For(Picture("a")).Name, weights.For(Picture("b")).Name), Is.EqualTo(("a", "b")));
        Assert.That(() => MeasuredWeights.Open(folder, [Picture("c")]), Throws.TypeOf<MaritimeWatch.Models.ModelException>().With.Message.Contains("c.onnx"));
    }

    private static double Number(JsonElement json, string name) => json.GetProperty(name).GetDouble();

    private static LabelledImage Picture(string name) => new()
    {
        Name = name, Hash = new byte[32], Image = new MadeImage(100, 90, 1), Ships = [new(10, 10, 20, 15)],
    };

    private static ShipDetection Ship(int x, int y, int confidence) =>
        new(x + 5, y + 2.5, new SceneWindow(x, y, 10, 5), 50) { LengthMetres = 10, WidthMetres = 5, ConfidenceMilli = confidence };

    private sealed class Told(int threshold, IReadOnlyList<ShipDetection> ships) : IShipDetector
    {
        public string Name => "told";

        public int Version => 1;

        public int ConfidenceMilliMin => threshold;

        public IReadOnlyList<ShipDetection> Detect(ISceneImage image, Coastline? land, int threads, CancellationToken cancel) => ships;
    }
}
