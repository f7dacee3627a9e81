using System.Numerics;
using System.Runtime.InteropServices;

namespace MaritimeWatch.Recognition;

/// <summary>How the numbers of a scene become those that a network was trained on. What is not known becomes 0.</summary>
public abstract record ViewNorm
{
    /// <summary>Which quantile of each band's valid numbers (finite, above 0) it needs of a view, thousandths, or null.</summary>
    public virtual int? QuantileMilli => null;

    /// <summary>Turns numbers of one band.</summary>
    /// <param name="from">The scene's numbers; NaN where it has none.</param>
    /// <param name="band">Index of the band among the network's inputs.</param>
    /// <param name="levels">What is known of the view's band.</param>
    /// <param name="to">As many numbers for the network.</param>
    public abstract void Apply(ReadOnlySpan<float> from, int band, ViewLevels levels, Span<float> to);
}

/// <summary>What is known of one band of a view before it is turned.</summary>
/// <param name="Quantile">The quantile that the norm asks for; 0 where no number is valid.</param>
/// <param name="FullScale">Which number in the file is a reflectance of 1; 1 for radar.</param>
public readonly record struct ViewLevels(float Quantile, float FullScale = 1);

/// <summary>
/// Radar amplitude by its ratio to the usual sea, in natural logarithms: ln((v + floor m) / ((1 + floor) m)), m the median,
/// so that the sea is about 0 in every scene.
/// </summary>
/// <param name="Floor">Added to every number, as a share of the median; above 0, to 1.</param>
/// <param name="Scale">What the logarithm is multiplied by; above 0, to 100.</param>
public sealed record SarLogMedian(double Floor, double Scale) : ViewNorm
{
    /// <inheritdoc/>
    public override int? QuantileMilli => 500;

    /// <inheritdoc/>
    public override void Apply(ReadOnlySpan<float> from, int band, ViewLevels levels, Span<float> to)
    {
        var median = levels.Quantile;
        if (!(median > 0))
        {
            to[..from.Length].Clear();
            return;
        }

        var (add, by, scale) = ((float)(Floor * median), 1 / (float)((1 + Floor) * median), (float)Scale);
        var vectors = MemoryMarshal.Cast<float, Vector<float>>(from);
        var made = MemoryMarshal.Cast<float, Vector<float>>(to);
        for (var i = 0; i < vectors.Length; i++)
        {
            var value = vectors[i];
            var log = Vector.Log((Vector.Max(value, Vector<float>.Zero) + new Vector<float>(add)) * by) * scale;
            made[i] = Vector.ConditionalSelect(Vector.Equals(value, value), log, Vector<float>.Zero);
        }

        for (var i = vectors.Length * Vector<float>.Count; i < from.Length; i++)
        {
            to[i] = float.IsNaN(from[i]) ? 0 : MathF.Log((Math.Max(from[i], 0) + add) * by) * scale;
        }
    }
}

/// <summary>
/// Reflectance by what it has more than dark water: asinh((v - q) / (unit * full scale)), q a low quantile of the view's
/// band. What a ship adds to the water under it is much the same everywhere; haze and sun glint only lift q.
/// </summary>
/// <param name="WaterMilli">Which quantile is dark water, thousandths, 1 to 999.</param>
/// <param name="Unit">Reflectance of one unit: between the noise of water and the brightness of a ship; above 0, to 1.</param>
public sealed record OpticalExcess(int WaterMilli, double Unit) : ViewNorm
{
    /// <inheritdoc/>
    public override int? QuantileMilli => WaterMilli;

    /// <inheritdoc/>
    public override void Apply(ReadOnlySpan<float> from, int band, ViewLevels levels, Span<float> to)
    {
        var (water, by) = (levels.Quantile, (float)(1 / (Unit * levels.FullScale)));
        var vectors = MemoryMarshal.Cast<float, Vector<float>>(from);
        var made = MemoryMarshal.Cast<float, Vector<float>>(to);
        for (var i = 0; i < vectors.Length; i++)
        {
            // asinh is odd; by the size alone nothing cancels.
            var value = (vectors[i] - new Vector<float>(water)) * by;
            var size = Vector.Abs(value);
            var log = Vector.Log(size + Vector.SquareRoot((size * size) + Vector<float>.One));
            log = Vector.ConditionalSelect(Vector.LessThan(value, Vector<float>.Zero), -log, log);
            made[i] = Vector.ConditionalSelect(Vector.Equals(value, value), log, Vector<float>.Zero);
        }

        for (var i = vectors.Length * Vector<float>.Count; i < from.Length; i++)
        {
            to[i] = float.IsNaN(from[i]) ? 0 : MathF.Asinh((from[i] - water) * by);
        }
    }
}
