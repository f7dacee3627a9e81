namespace MaritimeWatch.Models;

/// <summary>Files of weights and what describes them, read whole and within a bound.</summary>
internal static class WeightsFile
{
    /// <summary>Reads one.</summary>
    /// <param name="path">The file.</param>
    /// <param name="bytesMax">The most that it may have, bytes.</param>
    /// <exception cref="ModelException">It is absent, larger, or cannot be read.</exception>
    public static byte[] Read(string path, long bytesMax)
    {
        var file = new FileInfo(path);
        if (!file.Exists)
        {
            throw new ModelException($"there is no {path}");
        }

        if (file.Length > bytesMax)
        {
            throw new ModelException($"{path} has {file.Length} bytes; weights have at most {bytesMax}");
        }

        try
        {
            return File.ReadAllBytes(path);
        }
        catch (IOException e)
        {
            throw new ModelException($"{path} cannot be read: {e.Message}", e);
        }
    }
}
