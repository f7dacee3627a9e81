using MaritimeWatch.Models;
using MaritimeWatch.Recognition;

namespace MaritimeWatch.Functions.Evaluate;

/// <summary>
/// The learned detector that is measured: one for all pictures, or a folder with one for each, <c>NAME.onnx</c>, which was
/// trained without that picture (a port left out).
/// </summary>
internal sealed class MeasuredWeights : IDisposable
{
    private readonly Dictionary<string, ShipNet> byImage = new(StringComparer.Ordinal);
    private readonly ShipNet? one;

    private MeasuredWeights(ShipNet? one) => this.one = one;

    /// <summary>What they are called.</summary>
    public ModelNames Names
    {
        get
        {
            var first = one ?? byImage.First().Value;
            var hashes = one is not null ? [one] : byImage.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => pair.Value);
            return new ModelNames(first.Name, first.Version, string.Join(',', hashes.Select(net => net.Settings.Hash)));
        }
    }

    /// <summary>Opens weights.</summary>
    /// <param name="path">A file, or a folder with one for each picture.</param>
    /// <param name="images">The pictures.</param>
    /// <exception cref="ModelException">They cannot be used.</exception>
    public static MeasuredWeights Open(string path, IEnumerable<LabelledImage> images)
    {
        if (!Directory.Exists(path))
        {
            return new MeasuredWeights(ShipNet.Load(path));
        }

        var many = new MeasuredWeights(null);
        try
        {
            foreach (var name in images.Select(image => image.Name))
            {
                many.byImage[name] = ShipNet.Load(Path.Combine(path, name + ".onnx"));
            }

            return many;
        }
        catch
        {
            many.Dispose();
            throw;
        }
    }

    /// <summary>The detector for a picture.</summary>
    public IShipDetector For(LabelledImage image) => one ?? byImage[image.Name];

    /// <inheritdoc/>
    public void Dispose()
    {
        one?.Dispose();
        foreach (var net in byImage.Values)
        {
            net.Dispose();
        }
    }
}
