using MaritimeWatch.Intake.Imagery;

namespace MaritimeWatch.Functions.Intake;

/// <summary>
/// What the verb was given as a scene: a GeoTIFF (with the STAC item beside it), several of one scene, or a STAC item whose
/// assets name them.
/// </summary>
/// <param name="Files">The GeoTIFFs.</param>
/// <param name="Description">What options and the item say.</param>
internal sealed record SceneInput(IReadOnlyList<string> Files, SceneDescription Description)
{
    /// <summary>Finds the files and what is said of them.</summary>
    /// <param name="given">The arguments.</param>
    /// <param name="said">What the options say, which comes first.</param>
    /// <param name="cancel">Stops the reading.</param>
    /// <exception cref="FormatException">An item is none, or names no files.</exception>
    public static async Task<SceneInput> OfAsync(IReadOnlyList<string> given, SceneDescription said, CancellationToken cancel)
    {
        if (given.Count != 1 || !given[0].EndsWith(".json", StringComparison.OrdinalIgnoreCase))
        {
            return new SceneInput(given, said.Or(await SceneSidecar.ReadAsync(given[0], cancel)));
        }

        var bytes = new FileInfo(given[0]) is { Exists: true, Length: <= StacItem.BytesMax }
            ? await File.ReadAllBytesAsync(given[0], cancel)
            : throw new FormatException("there is no such STAC item, or it is larger than one may be");
        var files = StacItem.Files(bytes);
        var folder = Path.GetDirectoryName(Path.GetFullPath(given[0]))!;
        var wanted = said.Bands?.Split(',') is { } names ? [.. files.Where(file => names.Contains(file.Band))] : Wanted(files);
        return wanted.Count > 0
            ? new SceneInput(
                [.. wanted.Select(file => Path.Combine(folder, file.FileName))],
                (said with { Bands = string.Join(',', wanted.Select(file => file.Band)) }).Or(StacItem.Read(bytes)))
            : throw new FormatException("the STAC item names no GeoTIFF beside it for a band that is known");
    }

    // Those that a detector looks at, if there are any; a product of Sentinel-2 has others too.
    private static List<(string Band, string FileName)> Wanted(IReadOnlyList<(string Band, string FileName)> files)
    {
        var usual = BandNames.SentinelOrder.Split(',');
        var wanted = files.Where(file => usual.Contains(file.Band)).ToList();
        return wanted.Count > 0 ? wanted : [.. files.Take(1)];
    }
}
