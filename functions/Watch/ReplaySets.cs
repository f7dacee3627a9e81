using System.Security.Cryptography;
using System.Text;
using MaritimeWatch.Log;
using MaritimeWatch.Tracks;

namespace MaritimeWatch.Functions.Watch;

/// <summary>
/// Which sets of landed files the inboxes name. A set goes to every group; a crash between two groups leaves some
/// without it, so each run first completes what an earlier one began.
/// </summary>
internal static class ReplaySets
{
    /// <summary>Makes every inbox name the same sets in the same order, then adds one for the files that are new.</summary>
    /// <param name="inboxes">One inbox per group.</param>
    /// <param name="files">What this run landed.</param>
    /// <param name="startAtMs">The time that untimed lines take, or null.</param>
    /// <param name="simulated">The files are simulated.</param>
    /// <param name="beforeAdding">Done before a new set is appended, and only then: reference data that come with it.</param>
    /// <param name="cancel">Stops the work.</param>
    /// <returns>All sets that hold any of the files, in order.</returns>
    public static async Task<IReadOnlyList<ReplaySet>> CompleteAsync(
        IReadOnlyList<Inbox> inboxes,
        IReadOnlyList<LandedFile> files,
        long? startAtMs,
        bool simulated,
        Func<Task> beforeAdding,
        CancellationToken cancel)
    {
        var named = new List<List<ReplaySet>>();
        foreach (var inbox in inboxes)
        {
            named.Add(await NamedInAsync(inbox, cancel));
        }

        var all = named.SelectMany(sets => sets).DistinctBy(set => set.Id).ToList();
        var held = all.Where(set => set.StartAtMs == startAtMs).SelectMany(set => set.Files).Select(file => file.Hash).ToHashSet();
        var added = files.Where(file => !held.Contains(file.Hash)).DistinctBy(file => file.Hash).ToList();
        if (added.Count > 0)
        {
            await beforeAdding();
            all.Add(new ReplaySet { Id = IdOf(added, startAtMs, simulated), Files = added, StartAtMs = startAtMs, Simulated = simulated });
        }

        for (var group = 0; group < inboxes.Count; group++)
        {
            foreach (var set in all.Where(set => named[group].TrueForAll(has => has.Id != set.Id)))
            {
                await inboxes[group].AppendAsync(EntryKind.Set, set.ToBytes(), cancel);
            }
        }

        var wanted = files.Select(file => file.Hash).ToHashSet();
        return [.. all.Where(set => set.Files.Any(file => wanted.Contains(file.Hash)))];
    }

    private static async Task<List<ReplaySet>> NamedInAsync(Inbox inbox, CancellationToken cancel)
    {
        var sets = new List<ReplaySet>();
        await foreach (var entry in inbox.EntriesAsync(1, cancel))
        {
            if (entry.Kind == EntryKind.Set)
            {
                sets.Add(ReplaySet.FromBytes(entry.Body.Span));
            }
        }

        return sets;
    }

    private static string IdOf(IEnumerable<LandedFile> files, long? startAtMs, bool simulated)
    {
        var text = string.Join('\n', files.Select(file => $"{file.Hash} {file.Source}").Order(StringComparer.Ordinal));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{text}\n{startAtMs}\n{simulated}")))[..32];
    }
}
