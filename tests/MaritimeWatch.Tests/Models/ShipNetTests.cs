using MaritimeWatch.Functions.Intake;
using MaritimeWatch.Intake.Imagery;
using MaritimeWatch.Models;
using MaritimeWatch.Recognition;
using MaritimeWatch.Tests.Recognition;

namespace MaritimeWatch.Tests.Models;

/// <summary>Weights are run as they were described, or not at all.</summary>
[TestFixture]
public sealed class ShipNetTests
{
    private string folder = string.Empty;

    [SetUp]
    public void NeedsTheRuntime()
    {
        if (OnnxHost.Obstacle() is { } obstacle)
        {
            Assert.Ignore(obstacle);
        }

        folder = Path.Combine(TestContext.CurrentContext.WorkDirectory, "nets", TestContext.CurrentContext.Test.ID);
    }

    [TearDown]
    public void Clean()
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [TestCase(32, 32)]
    [TestCase(64, 160)]
    public void A_model_gives_the_numbers_of_plain_arithmetic_at_any_size(int height, int width)
    {
        const int Seed = 9;
        var random = new Random(Seed);
        var view = Enumerable.Range(0, height * width).Select(_ => random.NextSingle()).ToArray();
        using var model = OnnxImageModel.Load(TinyShipNet.Bytes(), "tiny");
        var cells = height * width / 16;
        var scores = new float[8 * cells];
        model.Score(view, 1, height, width, scores);
        for (var cell = 0; cell < cells; cell++)
        {
            var (y, x) = Math.DivRem(cell, width / 4);
            var mean = Enumerable.Range(0, 16).Average(i => view[(((y * 4) + (i / 4)) * width) + (x * 4) + (i % 4)]);
            Assert.That(scores[cell], Is.EqualTo(mean).Within(1e-5), $"seed {Seed}, cell {cell}");
        }

        Assert.That(scores[(3 * cells)..(4 * cells)], Has.All.EqualTo(MathF.Log(12)));
        Assert.That(model.RunTime, Is.GreaterThan(TimeSpan.Zero));
    }

    [Test]
    public void Padding_and_other_callers_change_nothing()
    {
        // A thousandth of confidence and a hundredth of a pixel are the tolerance; the runtime may add up in another order.
        using var net = ShipNet.Load(TinyShipNet.Write(folder));
        var small = new MadeImage(301, 203, 4, (100, 100, 12, 6), (200, 40, 12, 6));
        var wide = MadeImage.Sea(320, 224, 4);
        for (var y = 0; y < 224; y++)
        {
            // The same picture with a frame of no data to the next multiple of 32: what padding is after normalisation.
            for (var x = 0; x < 320; x++)
            {
                wide[(y * 320) + x] = x < 301 && y < 203 ? small.Pixels[(y * 301) + x] : float.NaN;
            }
        }

        var alone = net.Detect(small, null, 1, default);
        var framed = net.Detect(new MadeImage(320, 224, [wide]), null, 1, default);
        var together = new IReadOnlyList<ShipDetection>[6];
        Parallel.For(0, together.Length, at => together[at] = net.Detect(small, null, 2, default));
        Assert.That(alone.Count(ship => ship.ConfidenceMilli >= net.ConfidenceMilliMin), Is.GreaterThanOrEqualTo(2));
        Assert.That(framed, Has.Count.EqualTo(alone.Count));
        for (var i = 0; i < alone.Count; i++)
        {
            Assert.That(framed[i].ConfidenceMilli, Is.EqualTo(alone[i].ConfidenceMilli).Within(1));
            Assert.That(framed[i].X, Is.EqualTo(alone[i].X).Within(0.01));
            Assert.That(framed[i].Y, Is.EqualTo(alone[i].Y).Within(0.01));
        }

        Assert.That(together, Has.All.EqualTo(alone));
    }

    [Test]
    public void Weights_of_another_hash_are_refused_and_both_hashes_are_named()
    {
        var path = TinyShipNet.Write(folder);
        var bytes = File.ReadAllBytes(path);
        bytes[^30] ^= 1;
        File.WriteAllBytes(path, bytes);
        Assert.That(() => ShipNet.Load(path), Throws.TypeOf<ModelException>().With.Message.Contains("SHA-256").And.Message.Contains("ship-sar.json"));
    }

    [TestCase("\"sar-log-median\"", "\"sar-root\"", "sar-root")]
    [TestCase("\"window\":256", "\"window\":250", "window")]
    [TestCase("\"amplitude\"", "\"ultraviolet\"", "ultraviolet")]
    [TestCase("\"stride\":4", "\"stride\":-4", "stride")]
    [TestCase("\"threshold_milli\"", "\"threshold\"", "does not describe")]
    [TestCase("[\"amplitude\"]", "[\"blue\",\"red\"]", "norm")]
    [TestCase("{\"name\"", "[\"name\"", "does not describe")]
    public void A_description_that_says_what_cannot_be_is_refused(string from, string to, string reason)
    {
        var path = TinyShipNet.Write(folder, change: json => json.Replace(from, to, StringComparison.Ordinal));
        Assert.That(() => ShipNet.Load(path), Throws.TypeOf<ModelException>().With.Message.Contains(reason));
    }

    [Test]
    public void A_model_of_another_shape_is_refused()
    {
        var bytes = TinyModel.Bytes();
        Assert.That(() => OnnxImageModel.Load(bytes, "plain"), Throws.TypeOf<ModelException>().With.Message.Contains("[N, C, H, W]"));
    }

    [Test]
    public void Where_the_library_is_absent_that_is_said_and_what_to_do() =>
        Assert.That(OnnxHost.Obstacle(folder), Does.Contain("libonnxruntime.so").And.Contain("./mw build").Or.Contain("Linux"));

    [Test]
    public void Without_usable_weights_cfar_takes_their_place_and_why_is_said()
    {
        using var none = new ShipDetectors(name => Path.Combine(folder, name + ".onnx"));
        var image = new MadeImage(64, 64, 1);
        var (detector, why) = none.For(SceneSensor.Sar, image, DetectorChoice.Best);
        Assert.That((detector.Name, why), Is.EqualTo(("cfar-sar", $"there is no {folder}/ship-sar.onnx")));
        Assert.That(() => none.For(SceneSensor.Sar, image, DetectorChoice.Model), Throws.TypeOf<ModelException>());
    }

    [Test]
    public void Weights_that_are_not_measured_on_scenes_are_taken_only_when_asked_for()
    {
        TinyShipNet.Write(folder, change: json => json.Replace(",\"scenes\":true", string.Empty, StringComparison.Ordinal));
        using var detectors = new ShipDetectors(name => Path.Combine(folder, name + ".onnx"));
        var image = new MadeImage(64, 64, 1);
        var (detector, why) = detectors.For(SceneSensor.Sar, image, DetectorChoice.Best);
        Assert.That(detector.Name, Is.EqualTo("cfar-sar"));
        Assert.That(why, Does.Contain("not measured on whole scenes"));
        Assert.That(detectors.For(SceneSensor.Sar, image, DetectorChoice.Model).Detector.Name, Is.EqualTo("ship-sar"));
    }

    [Test]
    public void With_weights_the_learned_detector_is_taken_and_cfar_when_asked_for()
    {
        TinyShipNet.Write(folder);
        using var detectors = new ShipDetectors(name => Path.Combine(folder, name + ".onnx"));
        var image = new MadeImage(64, 64, 1);
        Assert.That(detectors.For(SceneSensor.Sar, image, DetectorChoice.Best) is ({ Name: "ship-sar", Version: 3 }, null));
        Assert.That(detectors.For(SceneSensor.Sar, image, DetectorChoice.Cfar).Detector.Name, Is.EqualTo("cfar-sar"));
        Assert.That(detectors.For(SceneSensor.Optical, image, DetectorChoice.Best).Detector.Name, Is.EqualTo("cfar-optical"));
    }
}
