using System.Diagnostics;
using MaritimeWatch.Recognition;
using Microsoft.ML.OnnxRuntime;

namespace MaritimeWatch.Models;

/// <summary>
/// A fully convolutional model in ONNX Runtime: one picture in, planes of cells out, of any size that is a multiple of what
/// the model asks. Each run is on the caller's thread alone, so that the same picture gives the same numbers on the same
/// processor however many callers there are. Safe to call from several threads.
/// </summary>
public sealed class OnnxImageModel : IShipScorer, IDisposable
{
    /// <summary>The most numbers in one picture: 64 million.</summary>
    public const long NumbersMax = 64 << 20;

    private readonly InferenceSession session;
    private readonly RunOptions run = new();
    private readonly string name;
    private readonly string[] inputs;
    private readonly string[] outputs;
    private long ticks;
    private long runs;

    private OnnxImageModel(InferenceSession session, string name)
    {
        (this.session, this.name) = (session, name);
        (inputs, outputs) = ([session.InputMetadata.Keys.Single()], [session.OutputMetadata.Keys.Single()]);
    }

    /// <summary>Bands that it takes; -1 where the model does not say.</summary>
    public int Bands => session.InputMetadata[inputs[0]].Dimensions[1];

    /// <summary>Time spent in ONNX Runtime so far, all threads together.</summary>
    public TimeSpan RunTime => Stopwatch.GetElapsedTime(0, Interlocked.Read(ref ticks));

    /// <summary>Runs so far.</summary>
    public long Runs => Interlocked.Read(ref runs);

    /// <summary>Loads a model.</summary>
    /// <param name="bytes">The <c>.onnx</c> file.</param>
    /// <param name="name">What reasons call it.</param>
    /// <exception cref="ModelException">There is no runtime here, or the bytes are no such model.</exception>
    public static OnnxImageModel Load(byte[] bytes, string name) => OnnxHost.Load(bytes, name, session =>
    {
        CheckShape(session, name);
        return new OnnxImageModel(session, name);
    });

    /// <inheritdoc/>
    /// <exception cref="ModelException">The runtime refuses, or the output has another size.</exception>
    public void Score(float[] view, int bands, int height, int width, float[] scores)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((long)bands * height * width, NumbersMax, nameof(height));
        var cells = scores.Length / IShipScorer.Planes;
        var stride = (int)Math.Round(Math.Sqrt((double)height * width / Math.Max(1, cells)));
        var started = Stopwatch.GetTimestamp();
        try
        {
            using var input = OrtValue.CreateTensorValueFromMemory(view, [1, bands, height, width]);
            using var output = OrtValue.CreateTensorValueFromMemory(scores, [1, IShipScorer.Planes, height / stride, width / stride]);
            session.Run(run, inputs, [input], outputs, [output]);
        }
        catch (OnnxRuntimeException e)
        {
            throw new ModelException($"{name} did not run on {bands} x {height} x {width}: {e.Message}", e);
        }

        Interlocked.Add(ref ticks, Stopwatch.GetTimestamp() - started);
        Interlocked.Increment(ref runs);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        run.Dispose();
        session.Dispose();
    }

    private static void CheckShape(InferenceSession session, string name)
    {
        var isPlain = session.InputMetadata.Count == 1 && session.OutputMetadata.Count == 1;
        var (input, output) = (session.InputMetadata.Values.First(), session.OutputMetadata.Values.First());
        if (!isPlain || input.ElementType != typeof(float) || output.ElementType != typeof(float)
            || input.Dimensions.Length != 4 || output.Dimensions.Length != 4 || output.Dimensions[1] is not (-1 or IShipScorer.Planes))
        {
            throw new ModelException(
                $"{name} must take one [N, C, H, W] and give one [N, {IShipScorer.Planes}, H/S, W/S] of 32-bit floats");
        }
    }
}
