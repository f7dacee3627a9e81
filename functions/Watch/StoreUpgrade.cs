using System.Globalization;
using MaritimeWatch.Functions.Watch.Stages;
using MaritimeWatch.Log;

namespace MaritimeWatch.Functions.Watch;

/// <summary>
/// Says of which format the groups of a store are, and brings what this build can no longer read up to date: a state of an
/// older format is folded anew from the inbox, a checkpoint of an older format is written in the present one.
/// </summary>
/// <param name="store">The store.</param>
/// <param name="time">Only for waiting on the store.</param>
/// <param name="progress">Told in words what is being done.</param>
internal sealed class StoreUpgrade(WatchStore store, TimeProvider time, Action<string> progress)
{
    /// <summary>Looks at every group that has a checkpoint, and does what is due.</summary>
    /// <param name="isCheck">Only look.</param>
    /// <param name="temporaryFolder">For the sort of replayed sets.</param>
    /// <param name="cancel">Stops; what is done is done, the rest is left for the next run.</param>
    /// <returns>What was found and done, group by group.</returns>
    /// <exception cref="StoreException">Something is damaged or from a newer version; the message names it.</exception>
    public async Task<IReadOnlyList<GroupUpgrade>> RunAsync(bool isCheck, string temporaryFolder, CancellationToken cancel)
    {
        var plans = StagePlans.Of(store);
        using var records = new LandedRecords(store.Blobs, store.Format.Map(), temporaryFolder, null, verifies: true);
        List<GroupUpgrade> groups = [];
        foreach (var group in StageNames.AllGroups(store.Format.Groups))
        {
            if (await new CheckpointReader(store.Blobs, group).ReadAsync(cancel) is not { } checkpoint)
            {
                continue;
            }

            progress($"{group}: generation {checkpoint.Generation.ToString("N0", CultureInfo.InvariantCulture)}");
#pragma warning disable CA2000 // Disposed of below, where it is disposable.
            var fold = group.Stage == StageNames.Watch
                ? store.Fold(group.Group, records)
                : plans.Single(plan => plan.Stage == group.Stage).NewFold(group.Group);
#pragma warning restore CA2000
            using var owned = fold as IDisposable;
            var found = new GroupUpgrade(group.ToString(), checkpoint.Format, await OlderStateAsync(group, fold, cancel), false, false);
            groups.Add(isCheck ? found : await DoAsync(found, group, fold, cancel));
        }

        return groups;
    }

    private async Task<GroupUpgrade> DoAsync(GroupUpgrade found, GroupName group, IFold fold, CancellationToken cancel)
    {
        if (found.OlderStateFormat is not null)
        {
            progress($"{group}: its state is made anew from the inbox");
            await new StateRefold(store.Blobs, group, fold, time).RunAsync(cancel);
            return found with { IsStateRemade = true, IsCheckpointRewritten = found.CheckpointFormat < Checkpoint.FormatNow };
        }

        return found with { IsCheckpointRewritten = await CheckpointUpgrade.RunAsync(store.Blobs, group, cancel) };
    }

    // The format of a stored state, where this build no longer reads it; null where it does.
    private async Task<long?> OlderStateAsync(GroupName group, IFold fold, CancellationToken cancel)
    {
        try
        {
            await new GroupWorker(store.Blobs, group, fold, GroupWorkerOptions.Replay, time).CatchUpAsync(cancel);
            return null;
        }
        catch (StoreException refused) when (refused.InnerException is OlderFormatException older)
        {
            return older.Found;
        }
    }
}

/// <summary>A group before and after an upgrade.</summary>
/// <param name="Group">The group.</param>
/// <param name="CheckpointFormat">Format of the checkpoint that was found; the present one is <see cref="Checkpoint.FormatNow"/>.</param>
/// <param name="OlderStateFormat">Format of its state where this build no longer reads it; null where it does.</param>
/// <param name="IsStateRemade">Its state was folded anew from the inbox.</param>
/// <param name="IsCheckpointRewritten">Its checkpoint was written in the present format.</param>
internal sealed record GroupUpgrade(
    string Group, int CheckpointFormat, long? OlderStateFormat, bool IsStateRemade, bool IsCheckpointRewritten)
{
    /// <summary>There is something to do, or was.</summary>
    public bool IsDue => OlderStateFormat is not null || CheckpointFormat < Checkpoint.FormatNow;
}
