using System.Numerics;
using System.Runtime.InteropServices;

namespace MaritimeWatch.Recognition;

/// <summary>
/// Radar backscatter in decibel is below zero nearly everywhere; amplitude never is. Told once for a scene, from samples
/// all over it, so that no window of bright land is taken for the other kind.
/// </summary>
internal static class Decibel
{
    private const int SampleEdge = 64;
    private const int SamplesAlong = 5;

    /// <summary>True where most of what was sampled is below zero.</summary>
    public static bool Is(ISceneImage image)
    {
        var (width, height) = (Math.Min(SampleEdge, image.Width), Math.Min(SampleEdge, image.Height));
        var sample = new float[width * height];
        var (below, above) = (0, 0);
        for (var i = 0; i < SamplesAlong * SamplesAlong; i++)
        {
            var (row, column) = Math.DivRem(i, SamplesAlong);
            var x = (int)((image.Width - width) * (column / (double)(SamplesAlong - 1)));
            var y = (int)((image.Height - height) * (row / (double)(SamplesAlong - 1)));
            image.Read(new SceneWindow(x, y, width, height), sample);
            foreach (var value in sample)
            {
                below += value < 0 ? 1 : 0;
                above += value >= 0 ? 1 : 0;
            }
        }

        return below > above;
    }

    /// <summary>Turns decibel into amplitude; NaN stays.</summary>
    public static void ToAmplitude(Span<float> view)
    {
        const float NaturalPerDecibel = 0.115129254649702284f; // ln(10) / 20
        var vectors = MemoryMarshal.Cast<float, Vector<float>>(view);
        for (var i = 0; i < vectors.Length; i++)
        {
            vectors[i] = Vector.Exp(vectors[i] * NaturalPerDecibel);
        }

        for (var i = vectors.Length * Vector<float>.Count; i < view.Length; i++)
        {
            view[i] = MathF.Exp(view[i] * NaturalPerDecibel);
        }
    }
}
