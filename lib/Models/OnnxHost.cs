using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;

namespace MaritimeWatch.Models;

/// <summary>
/// ONNX Runtime as all models here use it: one thread for each run, the caller's, so that the same input gives the same numbers on
/// the same processor however many callers there are.
/// </summary>
public static class OnnxHost
{
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
    /// <param name="bytes">The <c>.onnx</c> file.</param>
    /// <param name="name">What reasons call it.</param>
    /// <param name="make">Checks the session's shapes and makes what owns it; where it throws, the session is disposed.</param>
    /// <exception cref="ModelException">There is no runtime here, or the bytes are no such model.</exception>
    internal static T Load<T>(byte[] bytes, string name, Func<InferenceSession, T> make)
    {
        if (Obstacle() is { } obstacle)
        {
            throw new ModelException(obstacle);
        }

#pragma warning disable CA2000 // What is made owns the session; on every other way it is disposed below.
        InferenceSession? session = null;
        try
        {
            using var options = new SessionOptions
            {
                IntraOpNumThreads = 1,
                InterOpNumThreads = 1,
                ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
                GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
                LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
            };
            session = new InferenceSession(bytes, options);
            return make(session);
        }
        catch (Exception e) when (e is OnnxRuntimeException or DllNotFoundException or TypeInitializationException)
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
}
