using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace MaritimeWatch.Models;

/// <summary>
/// A model with one input and one output of 32-bit floats, run by ONNX Runtime in batches of one fixed shape on a fixed
/// number of threads, so that the same input gives the same numbers on the same processor, whatever else is asked with
/// it. Rows that are missing in a batch are padded with zeros. Safe to call from several threads.
/// </summary>
public sealed class OnnxModel : IDisposable
{
    /// <summary>The largest batch, rows.</summary>
    public const int BatchRowsMax = 1024;

    /// <summary>The most numbers in one batch of input.</summary>
    public const int BatchNumbersMax = 64 << 20;

    private readonly InferenceSession session;
    private readonly string input;
    private readonly string output;
    private readonly int[] shape;
    private readonly int rowIn;

    private OnnxModel(InferenceSession session, int batchRows, int[] rowShape, string name, string hash)
    {
        this.session = session;
        (Name, Hash, BatchRows) = (name, hash, batchRows);
        input = session.InputMetadata.Keys.Single();
        output = session.OutputMetadata.Keys.Single();
        shape = [batchRows, .. rowShape];
        rowIn = rowShape.Aggregate(1, static (all, one) => checked(all * one));
    }

    /// <summary>Its name, for cards and lines.</summary>
    public string Name { get; }

    /// <summary>SHA-256 of its file, 64 lower-case hexadecimal digits.</summary>
    public string Hash { get; }

    /// <summary>Rows of a batch.</summary>
    public int BatchRows { get; }

    /// <summary>Numbers in a row of input.</summary>
    public int RowNumbers => rowIn;

    /// <summary>Why models cannot run on this machine, or null where they can.</summary>
    public static string? Obstacle() => Obstacle(AppContext.BaseDirectory);

    /// <summary>The same for a program in a folder.</summary>
    internal static string? Obstacle(string folder) =>
        !OperatingSystem.IsLinux() || RuntimeInformation.ProcessArchitecture != Architecture.X64
            ? "ONNX Runtime is packed with this program for Linux on x64 only"
            : File.Exists(Path.Combine(folder, "libonnxruntime.so"))
                ? null
                : $"libonnxruntime.so is not beside the program in {folder}: build it again with ./mw build";

    /// <summary>Loads a model.</summary>
    /// <param name="path">The <c>.onnx</c> file.</param>
    /// <param name="batchRows">Rows of every batch, 1 to <see cref="BatchRowsMax"/>.</param>
    /// <param name="threads">Threads of one run, 1 to 64; part of what makes results the same.</param>
    /// <exception cref="ModelException">There is no runtime here, or the file is no such model.</exception>
    public static OnnxModel Load(string path, int batchRows, int threads = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batchRows, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(batchRows, BatchRowsMax);
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(threads, 64);
        if (Obstacle() is { } obstacle)
        {
            throw new ModelException(obstacle);
        }

        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(path);
        }
        catch (IOException e)
        {
            throw new ModelException($"{path} cannot be read: {e.Message}", e);
        }

        return Load(bytes, Path.GetFileNameWithoutExtension(path), batchRows, threads);
    }

    /// <summary>Runs rows through the model, batch by batch.</summary>
    /// <param name="rows">Whole rows, one after the other.</param>
    /// <returns>The output's numbers, row after row.</returns>
    /// <exception cref="ArgumentException">The numbers are not whole rows.</exception>
    /// <exception cref="ModelException">The runtime refuses.</exception>
    public float[] Run(ReadOnlySpan<float> rows)
    {
        if (rows.Length % rowIn != 0)
        {
            throw new ArgumentException($"a row has {rowIn} numbers; {rows.Length} are no whole rows", nameof(rows));
        }

        var count = rows.Length / rowIn;
        var batch = new float[BatchRows * rowIn];
        float[] all = [];
        for (var row = 0; row < count; row += BatchRows)
        {
            var used = Math.Min(BatchRows, count - row);
            Array.Clear(batch);
            rows.Slice(row * rowIn, used * rowIn).CopyTo(batch);
            var made = RunBatch(batch);
            var rowOut = made.Length / BatchRows;
            all = all.Length == 0 ? new float[count * rowOut] : all;
            made.AsSpan(0, used * rowOut).CopyTo(all.AsSpan(row * rowOut));
        }

        return all;
    }

    /// <inheritdoc/>
    public void Dispose() => session.Dispose();

    private static OnnxModel Load(byte[] bytes, string name, int batchRows, int threads)
    {
#pragma warning disable CA2000 // The model that is returned owns the session; on every other way it is disposed below.
        InferenceSession? session = null;
        try
        {
            using var options = new SessionOptions
            {
                IntraOpNumThreads = threads,
                InterOpNumThreads = 1,
                ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
                GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_BASIC,
                LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
            };
            session = new InferenceSession(bytes, options);
            var loaded = new OnnxModel(session, batchRows, RowShape(session, name), name, Convert.ToHexStringLower(SHA256.HashData(bytes)));
            return (long)loaded.rowIn * batchRows <= BatchNumbersMax
                ? loaded
                : throw new ModelException($"{name}: a batch of {batchRows} rows of {loaded.rowIn} numbers is too large");
        }
        catch (Exception e) when (e is OnnxRuntimeException or DllNotFoundException or TypeInitializationException or OverflowException)
        {
            session?.Dispose();
            throw new ModelException($"{name} is no model that ONNX Runtime takes: {e.GetBaseException().Message}", e);
        }
        catch
        {
            session?.Dispose();
            throw;
        }
#pragma warning restore CA2000
    }

    // All but the first dimension must be fixed; the first is the batch.
    private static int[] RowShape(InferenceSession session, string name)
    {
        if (session.InputMetadata.Count != 1 || session.OutputMetadata.Count != 1)
        {
            throw new ModelException($"{name} has {session.InputMetadata.Count} inputs and {session.OutputMetadata.Count} outputs; one each is taken");
        }

        var (input, output) = (session.InputMetadata.Values.Single(), session.OutputMetadata.Values.Single());
        return input.ElementType == typeof(float) && output.ElementType == typeof(float)
            && input.Dimensions.Length >= 2 && input.Dimensions.Skip(1).All(size => size > 0)
            ? [.. input.Dimensions.Skip(1)]
            : throw new ModelException($"{name} must take and give 32-bit floats, every dimension but the first fixed");
    }

    private float[] RunBatch(float[] batch)
    {
        try
        {
            var tensor = new DenseTensor<float>(batch, shape);
            using var made = session.Run([NamedOnnxValue.CreateFromTensor(input, tensor)], [output]);
            return [.. made[0].AsTensor<float>()];
        }
        catch (OnnxRuntimeException e)
        {
            throw new ModelException($"{Name} did not run: {e.Message}", e);
        }
    }
}
