using MaritimeWatch.Functions.Watch;
using MaritimeWatch.Functions.Watch.Stages;
using MaritimeWatch.Log;
using MaritimeWatch.Log.Sealing;
using MaritimeWatch.Reference;

namespace MaritimeWatch.Functions.Operations;

/// <summary>
/// Watches recordings, or again what the live store has in its inboxes, into a shadow beside it. The alerts that would
/// have been are lines of the shadow: whatever tells people of alerts is not built over one.
/// </summary>
/// <param name="live">The live store.</param>
/// <param name="vault">What wraps its keys.</param>
/// <param name="name">The shadow's name.</param>
/// <param name="time">The clock.</param>
/// <param name="progress">Told in words what is being done.</param>
internal sealed class BackfillRun(IBlobStore live, IVault vault, string name, TimeProvider time, Action<string> progress)
{
    // The stages that doors fill; the others are filled by relays, which the shadow has of its own.
    private static readonly string[] Filled = [StageNames.Watch, StageNames.Scenes, StageNames.Gate, StageNames.Declared];

    /// <summary>Groups folded at once; default 1.</summary>
    public int Cores { get; init; } = 1;

    /// <summary>Records folded between two commits, and so between two looks at the live queue; default 100,000.</summary>
    public int RecordsPerCommit { get; init; } = 100_000;

    /// <summary>Waited for before every write; null never waits.</summary>
    public Func<CancellationToken, ValueTask>? Pace { get; init; }

    /// <summary>Watches recordings.</summary>
    /// <param name="inputs">What to watch.</param>
    /// <param name="profiles">Profiles; null for the live store's.</param>
    /// <param name="startAtMs">The time that untimed lines take, or null.</param>
    /// <param name="temporaryFolder">For the sort.</param>
    /// <param name="cancel">Stops; it can be taken up again where it has no personal documents.</param>
    /// <exception cref="StoreException">FixInput: the shadow is of something else, or cannot be taken up.</exception>
    public async Task<ReplaySummary> RunAsync(
        RecordingInputs inputs, IReadOnlyList<string>? profiles, long? startAtMs, string temporaryFolder, CancellationToken cancel)
    {
        var begun = await BeginAsync(
            new BackfillState
            {
                BegunAt = time.GetUtcNow(), IsFromInbox = false, Profiles = profiles,
                HasDocuments = inputs.Documents.Any(document => document.Door != Intake.SceneDecoder.DoorName),
            },
            cancel);
        var shadow = new ShadowStore(live, name, begun.Reach, Pace);
        var watch = await OpenAsync(shadow, profiles, inputs.Simulated, cancel);
        await AddReferencesAsync(shadow, watch.Format, cancel);
        var replay = new ReplayRun(watch, time, progress) { Cores = Cores, RecordsPerCommit = RecordsPerCommit };
        var summary = await replay.RunAsync(inputs, startAtMs, temporaryFolder, cancel);
        await (begun with { EndedAt = time.GetUtcNow() }).WriteAsync(shadow, cancel);
        return summary;
    }

    /// <summary>Folds again what the live inboxes hold now: with this build, and with other profiles where they are given.</summary>
    /// <param name="profiles">Profiles; null for the live store's.</param>
    /// <param name="temporaryFolder">For the sort of sets.</param>
    /// <param name="cancel">Stops; it can be taken up again.</param>
    /// <returns>How many entries were folded.</returns>
    /// <exception cref="StoreException">FixInput: the shadow is of something else.</exception>
    public async Task<long> RunFromInboxAsync(IReadOnlyList<string>? profiles, string temporaryFolder, CancellationToken cancel)
    {
        var format = await StoreFormat.OpenAsync(live, cancel);
        var lasts = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var group in Filled.SelectMany(stage => StageNames.GroupsOf(stage, format.Groups)))
        {
            lasts[group.ToString()] = await new Inbox(live, group, time).LastNumberAsync(cancel);
        }

        var begun = await BeginAsync(
            new BackfillState { BegunAt = time.GetUtcNow(), IsFromInbox = true, Profiles = profiles, InboxUntil = lasts }, cancel);
        var shadow = new ShadowStore(live, name, begun.Reach, Pace);
        var watch = await OpenAsync(shadow, profiles, format.Simulated, cancel);
        using var records = new LandedRecords(shadow, format.Map(), temporaryFolder);
        await Parallel.ForEachAsync(
            watch.Groups, new ParallelOptions { MaxDegreeOfParallelism = Cores, CancellationToken = cancel },
            async (group, stop) => await FoldAsync(shadow, watch, records, group, stop));
        var (endAtMs, isLive) = await EndAsync(shadow, watch, cancel);
        var stages = new StagesRun(shadow, StagePlans.Of(watch), [], time, progress)
        {
            Settles = isLive ? TimeSpan.Zero : StagesRun.SettlesWithin,
        };
        await stages.RunAsync([], endAtMs, cancel);
        var until = endAtMs is { } atMs ? DateTimeOffset.FromUnixTimeMilliseconds(atMs) + stages.Settles : (DateTimeOffset?)null;
        await (begun with { EndedAt = time.GetUtcNow(), WatchedUntil = until }).WriteAsync(shadow, cancel);
        return begun.InboxUntil.Values.Sum();
    }

    private async Task<BackfillState> BeginAsync(BackfillState wanted, CancellationToken cancel)
    {
        if (await BackfillState.ReadAsync(live, name, cancel) is not { } there)
        {
            await wanted.WriteAsync(new ShadowStore(live, name), cancel);
            return wanted;
        }

        if (there.IsFromInbox != wanted.IsFromInbox || !(there.Profiles ?? []).SequenceEqual(wanted.Profiles ?? []))
        {
            throw new StoreException(StoreTrouble.FixInput, $"the shadow {name} is of something else: choose another name, or 'backfill remove' it first");
        }

        return there.HasDocuments || wanted.HasDocuments
            ? throw new StoreException(
                StoreTrouble.FixInput,
                $"the shadow {name} has personal documents, whose keys went with the process: 'backfill remove' it and begin again")
            : there;
    }

    private async Task<WatchStore> OpenAsync(ShadowStore shadow, IReadOnlyList<string>? profiles, bool simulated, CancellationToken cancel)
    {
        var format = await StoreFormat.OpenAsync(live, cancel);
        await StoreFormat.OpenOrCreateAsync(shadow, time.GetUtcNow(), format.Groups, format.Simulated || simulated, cancel);
        return await WatchStore.OpenOrCreateAsync(shadow, vault, profiles, format.Simulated || simulated, time, cancel);
    }

    // The recordings are watched with the reference data that is in force now.
    private async Task AddReferencesAsync(ShadowStore shadow, StoreFormat format, CancellationToken cancel)
    {
        var reference = new ReferenceStore(shadow);
        foreach (var (kind, version) in await reference.LatestVersionsAsync(cancel))
        {
            if (await reference.GetAsync(kind, version, cancel) is { } file)
            {
                await ReferenceEntries.AddAsync(shadow, format, kind, file, time, cancel);
            }
        }
    }

    private async ValueTask FoldAsync(
        ShadowStore shadow, WatchStore watch, LandedRecords records, GroupName group, CancellationToken cancel)
    {
        var options = GroupWorkerOptions.Replay with { RecordsPerCommit = RecordsPerCommit, DeltasMax = 0 };
        using var fold = watch.Fold(group.Group, records);
        var worker = new GroupWorker(shadow, group, fold, options, time);
        while (await worker.RunOnceAsync(cancel) != WorkerStep.Idle)
        {
            progress($"{group}: entry {worker.Checkpoint?.NextEntry}");
        }
    }

    // What the officers' clock has said to the live groups last; in a store of recordings the last report, which settles.
    private async Task<(long? AtMs, bool IsLive)> EndAsync(ShadowStore shadow, WatchStore watch, CancellationToken cancel)
    {
        var inbox = new Inbox(shadow, watch.Groups[0], time);
        const int LookBackMax = 1_000;
        var last = await inbox.LastNumberAsync(cancel);
        for (var number = last; number > Math.Max(0, last - LookBackMax); number--)
        {
            if (await inbox.ReadAsync(number, cancel) is { Kind: EntryKind.Tick } tick)
            {
                return (TickEntry.AtMs(tick.Body.Span), true);
            }
        }

        return ((await StoreWatermark.ReadAsync(watch, last: null, cancel))?.ToUnixTimeMilliseconds(), false);
    }
}
