using System.Security.Cryptography;
using System.Text.Json;

namespace MaritimeWatch.Tests.Models;

/// <summary>
/// A finding names a model and its version. Whoever makes the finding again needs to get the same file by that name, so
/// whoever changes weights or what describes them raises the version and enters it here.
/// </summary>
internal sealed class WeightsVersionTests
{
    private static string Folder => Path.Combine(AppContext.BaseDirectory, "weights");

    [TestCase("motion", 3, "aaeeb1a302d89e6c9b1a68964a56a0bb575f261c61a16c912e86e2e62737f33d")]
    [TestCase("ship-optical", 1, "b6c51ad100d0becea2b8cca73dec3a04634c1ddc56ae56db9b44808a62d66253")]
    [TestCase("ship-sar", 1, "157aef9a4e50678e416a42f20c940316279f1df94ed07431131ed9e4e1b75ebb")]
    public void A_version_of_a_model_is_one_file_for_ever(string name, int version, string sha256)
    {
        var sidecar = File.ReadAllBytes(Path.Combine(Folder, name + ".json"));
        using var document = JsonDocument.Parse(sidecar);
        Assert.Multiple(() =>
        {
            Assert.That(document.RootElement.GetProperty("version").GetInt32(), Is.EqualTo(version));
            Assert.That(Convert.ToHexStringLower(SHA256.HashData(sidecar)), Is.EqualTo(sha256), $"what describes {name} changed: raise its version");
            Assert.That(
                document.RootElement.GetProperty("sha256").GetString(),
                Is.EqualTo(Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(Folder, name + ".onnx"))))));
        });
    }

    [Test]
    public void Every_model_that_is_shipped_is_entered() =>
        Assert.That(
            Directory.GetFiles(Folder, "*.onnx").Select(Path.GetFileNameWithoutExtension),
            Is.EquivalentTo((string[])["motion", "ship-optical", "ship-sar"]));
}
