using System.Security.Cryptography;
using MaritimeWatch.Recognition;
using MaritimeWatch.Reference;

namespace MaritimeWatch.Models;

/// <summary>
/// The learned ship detector: weights in <c>NAME.onnx</c>, and beside them <c>NAME.json</c> that says what they are. Weights
/// whose hash is not the one named there are refused: numbers that nobody measured must not judge ships.
/// </summary>
public sealed class ShipNet : IShipDetector, IDisposable
{
    /// <summary>The largest file of weights, bytes: 5 MB are asked for, a little more is taken.</summary>
    public const long WeightsBytesMax = 16 << 20;

    private readonly OnnxImageModel model;
    private readonly WindowDetector detector;

    private ShipNet(ShipNetSettings settings, OnnxImageModel model, WindowSwitches? switches)
    {
        (Settings, this.model) = (settings, model);
        detector = new WindowDetector(settings, model, switches);
    }

    /// <summary>What it takes and gives.</summary>
    public ShipNetSettings Settings { get; }

    /// <inheritdoc/>
    public string Name => Settings.Name;

    /// <inheritdoc/>
    public int Version => Settings.Version;

    /// <inheritdoc/>
    public int ConfidenceMilliMin => Settings.ThresholdMilli;

    /// <summary>What it has looked at so far.</summary>
    public WindowCounts Counts => detector.Counts;

    /// <summary>Time spent in ONNX Runtime so far, all threads together.</summary>
    public TimeSpan RunTime => model.RunTime;

    /// <summary>Where the weights of a name lie that came with the program.</summary>
    /// <param name="name">For example <c>ship-sar</c>.</param>
    public static string PathOf(string name) => Path.Combine(AppContext.BaseDirectory, "weights", name + ".onnx");

    /// <summary>Loads weights and what describes them.</summary>
    /// <param name="path">The <c>.onnx</c> file; the <c>.json</c> of the same name lies beside it.</param>
    /// <param name="switches">Changes for measurements; null changes nothing.</param>
    /// <exception cref="ModelException">There is no runtime, a file is absent or damaged, or the hash is another.</exception>
    public static ShipNet Load(string path, WindowSwitches? switches = null)
    {
        var sidecar = Path.ChangeExtension(path, ".json");
        var (weights, described) = (WeightsFile.Read(path, WeightsBytesMax), WeightsFile.Read(sidecar, WeightsBytesMax));
        var settings = ShipNetSidecar.Parse(described, Path.GetFileName(sidecar));
        var hash = Convert.ToHexStringLower(SHA256.HashData(weights));
        if (!hash.Equals(settings.Hash, StringComparison.OrdinalIgnoreCase))
        {
            throw new ModelException(
                $"{Path.GetFileName(path)} is not the model that {Path.GetFileName(sidecar)} describes: its SHA-256 is {hash}, not {settings.Hash}; take both from the same release");
        }

#pragma warning disable CA2000 // The detector that is returned owns the model; on the other way it is disposed.
        var model = OnnxImageModel.Load(weights, Path.GetFileNameWithoutExtension(path));
        if (model.Bands is { } bands && bands > 0 && bands != settings.Inputs.Count)
        {
            model.Dispose();
            throw new ModelException($"{Path.GetFileName(path)} takes {bands} bands, {Path.GetFileName(sidecar)} names {settings.Inputs.Count}");
        }

        return new ShipNet(settings, model, switches);
#pragma warning restore CA2000
    }

    /// <inheritdoc/>
    public IReadOnlyList<ShipDetection> Detect(ISceneImage image, Coastline? land, int threads, CancellationToken cancel) =>
        detector.Detect(image, land, threads, cancel);

    /// <inheritdoc/>
    public void Dispose() => model.Dispose();
}
