using MaritimeWatch.Log;

namespace MaritimeWatch.Functions.Learning;

/// <summary>
/// Makes one pack of many small ones, so that what is learned from is read with few requests however often it was gathered. The
/// new pack holds them, so they are read no more and are deleted; who is killed before that leaves what nobody reads.
/// </summary>
internal static class PackMerge
{
    /// <summary>So many small packs in a row become one.</summary>
    public const int RunMin = 16;

    /// <summary>Packs of fewer bytes are small; and no more than this many bytes become one.</summary>
    public const long SmallBytes = 4L << 20;

    /// <summary>Merges the packs of a group where there are many small ones.</summary>
    /// <param name="store">Where they lie.</param>
    /// <param name="packs">All of the group.</param>
    /// <param name="cancel">Stops.</param>
    /// <returns>The packs that are to be read now, in order.</returns>
    public static async Task<List<LinePack>> MergeAsync(IBlobStore store, IReadOnlyCollection<LinePack> packs, CancellationToken cancel)
    {
        var chain = LinePack.Chain(packs);
        foreach (var held in packs.Except(chain))
        {
            await store.DeleteAsync(held.Blob, cancel);
        }

        for (var from = 0; from < chain.Count; from++)
        {
            var run = chain.Skip(from).TakeWhile(pack => pack.Length < SmallBytes).ToList();
            if (run.Count < RunMin)
            {
                continue;
            }

            var writer = new PackWriter(store, run[0].Group, run.Min(pack => pack.From));
            var (bytes, count) = (0L, 0);
            foreach (var pack in run.TakeWhile(pack => (bytes += pack.Length) <= 2 * SmallBytes))
            {
                writer.AddPack(LinePack.Lines(await pack.HeadAsync(store, cancel)), LinePack.Lines(await pack.TracksAsync(store, cancel)));
                count++;
            }

            var merged = await writer.WriteAsync(run[count - 1].To, cancel);
            foreach (var held in run.Take(count))
            {
                await store.DeleteAsync(held.Blob, cancel);
            }

            chain.RemoveRange(from, count);
            chain.Insert(from, merged);
        }

        return chain;
    }
}
