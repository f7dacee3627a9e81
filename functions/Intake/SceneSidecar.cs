using MaritimeWatch.Intake.Imagery;

namespace MaritimeWatch.Functions.Intake;

/// <summary>What the STAC item beside a scene's file says of it: the same name with <c>.json</c>.</summary>
internal static class SceneSidecar
{
    /// <summary>Reads it; says nothing where there is none, or where it is larger than an item may be.</summary>
    /// <param name="scenePath">The scene's file.</param>
    /// <param name="cancel">Stops the reading.</param>
    /// <exception cref="FormatException">It lies there and is no STAC item; the message says why.</exception>
    public static async Task<SceneDescription> ReadAsync(string scenePath, CancellationToken cancel)
    {
        var item = Path.ChangeExtension(scenePath, ".json");
        return File.Exists(item) && new FileInfo(item).Length <= StacItem.BytesMax
            ? StacItem.Read(await File.ReadAllBytesAsync(item, cancel))
            : new SceneDescription();
    }
}
