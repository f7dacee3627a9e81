using MaritimeWatch.Models;

namespace MaritimeWatch.Functions.Evaluate.Trajectory;

/// <summary>What the verbs around the motion model have in common: its weights, the tracks, and what is said when one lacks.</summary>
internal static class MotionWeights
{
    /// <summary>Opens weights.</summary>
    /// <param name="path">The <c>.onnx</c> file; null takes what came with the program.</param>
    /// <returns>The model, or why it is refused.</returns>
    public static (MotionNet? Model, string? Refused) Open(string? path)
    {
        try
        {
            return (MotionNet.Load(path ?? MotionNet.ShippedPath), null);
        }
        catch (ModelException trouble)
        {
            return (null, $"the motion model is refused: {trouble.Message}");
        }
    }

    /// <summary>Reads tracks and says on standard error what could not be read.</summary>
    public static async Task<TracksRead> TracksAsync(string path, CancellationToken cancel)
    {
        var read = await TrackFile.ReadAsync(path, cancel);
        foreach (var row in read.Rows.Named)
        {
            await Console.Error.WriteLineAsync($"maritimewatch: {row}");
        }

        if (read.Rows.Refused > 0)
        {
            await Console.Error.WriteLineAsync($"maritimewatch: {read.Rows.Refused} rows could not be read; the first are named above");
        }

        return read;
    }

    /// <summary>Says what is wrong with the request.</summary>
    public static async Task<int> WrongAsync(string what)
    {
        await Console.Error.WriteLineAsync($"maritimewatch: {what}");
        return ExitCodes.WrongUsage;
    }
}
