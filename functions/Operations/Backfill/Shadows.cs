using System.Runtime.CompilerServices;
using MaritimeWatch.Log;

namespace MaritimeWatch.Functions.Operations;

/// <summary>The shadows of a store: which there are, and their end.</summary>
public static class Shadows
{
    /// <summary>The names of the shadows of a store, in order.</summary>
    /// <param name="live">The store.</param>
    /// <param name="cancel">Stops.</param>
    public static async IAsyncEnumerable<string> NamesAsync(IBlobStore live, [EnumeratorCancellation] CancellationToken cancel)
    {
        var last = "";
        await foreach (var entry in live.ListAsync(ShadowStore.Folder, cancel))
        {
            var name = entry.Name.Split('/')[1];
            if (name != last)
            {
                yield return last = name;
            }
        }
    }

    /// <summary>Removes a shadow and everything in it; nothing else. Its state goes last, so that a removal that was cut off can be seen.</summary>
    /// <param name="live">The store.</param>
    /// <param name="name">The shadow.</param>
    /// <param name="cancel">Stops; remove it again.</param>
    /// <returns>How many blobs were deleted.</returns>
    /// <exception cref="StoreException">FixInput: that is no name of a shadow. Else trouble in the store.</exception>
    public static async ValueTask<int> RemoveAsync(IBlobStore live, string name, CancellationToken cancel)
    {
        if (!ShadowStore.IsName(name))
        {
            throw new StoreException(StoreTrouble.FixInput, "that is no name of a shadow");
        }

        var prefix = ShadowStore.PrefixOf(name);
        List<string> names = [];
        await foreach (var entry in live.ListAsync(prefix, cancel))
        {
            names.Add(entry.Name);
        }

        var deleted = 0;
        foreach (var one in names.OrderBy(one => one == prefix + BackfillState.BlobNameOf ? 1 : 0))
        {
            deleted += await live.DeleteAsync(one, cancel) ? 1 : 0;
        }

        return deleted;
    }
}
