namespace MaritimeWatch.Functions.Watch;

/// <summary>Writes the latest revision of each finding, retracted ones included, as one FeatureCollection.</summary>
internal static class FindingsFile
{
    /// <summary>Writes the file; an older one is replaced only when the new one is whole.</summary>
    /// <param name="output">The store's output.</param>
    /// <param name="path">Where.</param>
    /// <param name="cancel">Stops the writing.</param>
    public static async Task WriteAsync(StoreOutput output, string path, CancellationToken cancel)
    {
        var partial = path + ".part";
        await using (var file = File.Create(partial))
        {
            await file.WriteAsync("{\"type\":\"FeatureCollection\",\"features\":["u8.ToArray(), cancel);
            var isFirst = true;
            foreach (var line in (await output.LatestAsync("findings", cancel)).Values)
            {
                await file.WriteAsync(isFirst ? "\n"u8.ToArray() : ",\n"u8.ToArray(), cancel);
                await file.WriteAsync(line, cancel);
                isFirst = false;
            }

            await file.WriteAsync("\n]}\n"u8.ToArray(), cancel);
        }

        File.Move(partial, path, overwrite: true);
    }
}
