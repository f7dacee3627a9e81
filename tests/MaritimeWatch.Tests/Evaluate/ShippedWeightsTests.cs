using System.Text.Json;
using MaritimeWatch.Functions.Evaluate;
using MaritimeWatch.Models;
using MaritimeWatch.Recognition;

namespace MaritimeWatch.Tests.Evaluate;

/// <summary>The weights that ship with the program hold what their card promises, on chips that they were not trained on.</summary>
[TestFixture]
public sealed class ShippedWeightsTests
{
    /// <summary>Every third of the chips left out, by name: enough to see a fall, and seconds to run.</summary>
    private const int Every = 3;

    [Test]
    public void The_radar_weights_find_what_cfar_does_not_on_chips_left_out_of_their_training()
    {
        Tests.Rasters.SceneFiles.RequireGdal();
        if (OnnxHost.Obstacle() is { } obstacle)
        {
            Assert.Ignore(obstacle);
        }

        var images = LeftOut(SharedData.Require("imagery/ssdd"));
        using var weights = MeasuredWeights.Open(ShipNet.PathOf("ship-sar"), images);
        using var json = JsonDocument.Parse(EvaluateDetectorVerb.Measure(
            images, CfarSettings.SarChips, weights, new DetectorRequest(null, null, null, null, "all", 0, 1)));
        var (model, cfar) = (json.RootElement.GetProperty("model"), json.RootElement.GetProperty("cfar"));
        TestContext.Out.WriteLine($"{images.Count} chips: {json.RootElement.GetProperty("model")} {cfar}");
        Assert.Multiple(() =>
        {
            Assert.That(model.GetProperty("ap50").GetDouble(), Is.GreaterThanOrEqualTo(0.85));
            Assert.That(model.GetProperty("f1").GetDouble(), Is.GreaterThanOrEqualTo(cfar.GetProperty("f1").GetDouble() + 0.15));
        });
    }

    private static IReadOnlyList<LabelledImage> LeftOut(string folder)
    {
        var part = Path.Combine(TestContext.CurrentContext.WorkDirectory, "chips-left-out");
        var files = Directory.GetFiles(Path.Combine(folder, "JPEGImages"), "*.jpg").Order(StringComparer.Ordinal).Where((_, at) => at % Every == 0);
        Directory.CreateDirectory(Path.Combine(part, "JPEGImages"));
        Directory.CreateDirectory(Path.Combine(part, "Annotations"));
        foreach (var file in files)
        {
            // Which chips are left out hangs on the hash of their bytes; the others need not be read as pictures.
            if (System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(file))[0] >= 0xb3)
            {
                var name = Path.GetFileNameWithoutExtension(file);
                File.Copy(file, Path.Combine(part, "JPEGImages", name + ".jpg"), overwrite: true);
                File.Copy(Path.Combine(folder, "Annotations", name + ".xml"), Path.Combine(part, "Annotations", name + ".xml"), overwrite: true);
            }
        }

        var images = VocChips.Read(part);
        Assert.That(images, Has.All.Matches<LabelledImage>(image => !image.IsTraining));
        return images;
    }
}
