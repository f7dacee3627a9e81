using MaritimeWatch.Trajectories;
using Microsoft.ML.OnnxRuntime;

namespace MaritimeWatch.Models;

/// <summary>A motion model in ONNX Runtime: the inputs and outputs by name, run at one fixed shape on the caller's thread.</summary>
internal sealed class MotionSession : IDisposable
{
    private const int Rows = MotionNet.BatchRows;
    private static readonly string[] Inputs = ["history", "now"];
    private static readonly string[] Outputs = ["point", "weight", "mean", "covariance"];

    private readonly InferenceSession session;
    private readonly RunOptions run = new();
    private readonly string name;
    private readonly long[][] shapes;
    private long runs;

    private MotionSession(InferenceSession session, string name, long[][] shapes) =>
        (this.session, this.name, this.shapes) = (session, name, shapes);

    /// <summary>Runs so far.</summary>
    public long Runs => Interlocked.Read(ref runs);

    /// <summary>Loads a model and runs it once on zeros: what it gives must have the shape it is described with.</summary>
    /// <exception cref="ModelException">There is no runtime here, or the bytes are no such model.</exception>
    public static MotionSession Load(byte[] bytes, string name, int ways)
    {
        long[][] shapes =
        [
            [Rows, MotionSteps.Count, 3], [Rows, MotionBatch.NowNumbers], [Rows, MotionSteps.Count, 2], [Rows, ways],
            [Rows, ways, MotionSteps.Count, 2], [Rows, ways, MotionSteps.Count, 3],
        ];
        return OnnxHost.Load(bytes, name, session =>
        {
            CheckShapes(session, name, shapes);
            var loaded = new MotionSession(session, name, shapes);
            loaded.RunOnce(new Numbers(shapes));
            return loaded;
        });
    }

    /// <summary>Runs a batch, <see cref="MotionNet.BatchRows"/> rows at a time.</summary>
    /// <param name="batch">The rows.</param>
    /// <param name="made">Room for each output, row by row.</param>
    public void Run(MotionBatch batch, float[][] made)
    {
        var numbers = new Numbers(shapes);
        for (var row = 0; row < batch.Count; row += Rows)
        {
            var used = Math.Min(Rows, batch.Count - row);
            Fill(batch.History, MotionBatch.HistoryNumbers, row, used, numbers.Of[0]);
            Fill(batch.Now, MotionBatch.NowNumbers, row, used, numbers.Of[1]);
            RunOnce(numbers);
            Check(numbers, used);
            for (var output = 0; output < made.Length; output++)
            {
                var wide = numbers.Of[Inputs.Length + output].Length / Rows;
                numbers.Of[Inputs.Length + output].AsSpan(0, used * wide).CopyTo(made[output].AsSpan(row * wide));
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        run.Dispose();
        session.Dispose();
    }

    private static void Fill(ReadOnlySpan<float> rows, int wide, int row, int used, float[] to)
    {
        rows.Slice(row * wide, used * wide).CopyTo(to);
        to.AsSpan(used * wide).Clear();
    }

    private static void CheckShapes(InferenceSession session, string name, long[][] shapes)
    {
        var known = session.InputMetadata.Concat(session.OutputMetadata).ToDictionary(StringComparer.Ordinal);
        string[] wanted = [.. Inputs, .. Outputs];
        if (known.Count != wanted.Length || session.InputMetadata.Count != Inputs.Length)
        {
            throw new ModelException($"{name} takes {string.Join(", ", session.InputMetadata.Keys)} and gives {string.Join(", ", session.OutputMetadata.Keys)}; "
                + $"a motion model takes {string.Join(", ", Inputs)} and gives {string.Join(", ", Outputs)}");
        }

        foreach (var (part, shape) in wanted.Zip(shapes))
        {
            // A dimension that the model leaves open is under 1; the run on zeros shows what it is.
            if (!known.TryGetValue(part, out var its) || its.ElementType != typeof(float) || its.Dimensions.Length != shape.Length
                || its.Dimensions.Zip(shape).Any(static pair => pair.First > 0 && pair.First != pair.Second))
            {
                var found = its is null ? "none" : $"{its.ElementType?.Name} [{string.Join(", ", its.Dimensions)}]";
                throw new ModelException($"{name} must have {part} as 32-bit floats [{string.Join(", ", shape)}]; it has {found}");
            }
        }
    }

    // Numbers that are none, or a covariance that is none, must not reach a judgement.
    private void Check(Numbers numbers, int used)
    {
        for (var output = Inputs.Length; output < numbers.Of.Length; output++)
        {
            var all = numbers.Of[output];
            foreach (var number in all.AsSpan(0, all.Length / Rows * used))
            {
                if (!float.IsFinite(number))
                {
                    throw new ModelException($"{name} gave a number that is none among {Outputs[output - Inputs.Length]}");
                }
            }
        }

        var covariance = numbers.Of[^1].AsSpan(0, numbers.Of[^1].Length / Rows * used);
        for (var at = 0; at < covariance.Length; at += 3)
        {
            var (east, north, both) = ((double)covariance[at], (double)covariance[at + 1], (double)covariance[at + 2]);
            if (!(east > 0) || !((east * north) - (both * both) > 0))
            {
                throw new ModelException($"{name} gave a covariance that is none: {east}, {north}, {both}");
            }
        }
    }

    private void RunOnce(Numbers numbers)
    {
        var values = new OrtValue[shapes.Length];
        try
        {
            for (var part = 0; part < values.Length; part++)
            {
                values[part] = OrtValue.CreateTensorValueFromMemory(numbers.Of[part], shapes[part]);
            }

            session.Run(run, Inputs, values[..Inputs.Length], Outputs, values[Inputs.Length..]);
            Interlocked.Increment(ref runs);
        }
        catch (OnnxRuntimeException e)
        {
            throw new ModelException($"{name} did not run: {e.Message}", e);
        }
        finally
        {
            foreach (var value in values)
            {
                value?.Dispose();
            }
        }
    }

    // Room for one run.
    private sealed class Numbers(long[][] shapes)
    {
        public float[][] Of { get; } = [.. shapes.Select(static shape => new float[shape.Aggregate(1L, static (all, one) => all * one)])];
    }
}
