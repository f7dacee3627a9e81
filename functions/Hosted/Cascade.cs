using MaritimeWatch.Functions.Intake;
using MaritimeWatch.Functions.Operations;
using MaritimeWatch.Functions.Watch.Stages;
using MaritimeWatch.Log;

namespace MaritimeWatch.Functions.Hosted;

/// <summary>
/// Folds groups, then lets the stages that hear them look and fold, stage after stage: in this process where they are
/// ours, by wakes where they are not.
/// </summary>
internal sealed class Cascade
{
    private static readonly TimeSpan LookAllEvery = TimeSpan.FromHours(1);
    private static readonly GroupName AlertsGroup = new(StageNames.Alerts, 0);

    private readonly HostedParts parts;
    private readonly HostedPace pace;
    private readonly TimeProvider time;
    private readonly Members members;
    private readonly Wakes wakes;
    private readonly KillPoint kill;
    private readonly Dictionary<GroupName, GroupPump> groups;
    private readonly IReadOnlyList<RelayPump> relays;
    private long stagesDueMs;
    private long lookAllDueMs;
    private int alertsAhead;
    private bool isSettling;
    private bool isSettlingWanted;

    public Cascade(HostedParts parts, Members members, Wakes wakes)
    {
        (this.parts, pace, time, this.members, this.wakes) = (parts, parts.Pace, parts.Time, members, wakes);
        kill = parts.Kill ?? (static _ => { });
        groups = StageNames.GroupsOf(StageNames.Watch, parts.Format.Groups)
            .Select(group => NewPump(group, () => parts.NewFold(group.Group)))
            .Concat(parts.Plans.SelectMany(plan => plan.Groups.Select(group => NewPump(group, () => plan.NewFold(group.Group)))))
            .ToDictionary(pump => pump.Group);
        relays = [.. parts.Plans.Where(plan => plan.Hears.Count > 0).Select(NewRelay)];
    }

    /// <summary>What groups and relays could not get over when they were last tried.</summary>
    public IReadOnlyList<string> Troubles =>
    [
        .. groups.Values.Where(pump => pump.Trouble is not null).Select(pump => $"{pump.Group}: {pump.Trouble}"),
        .. relays.Where(relay => relay.Trouble is not null).Select(relay => $"{relay.Plan.Stage}: {relay.Trouble}"),
    ];

    public bool HasRelay(string stage) => relays.Any(relay => relay.Plan.Stage == stage);

    /// <summary>Where a group stands: as its pump knows it where it is ours and warm, else as its checkpoint says.</summary>
    public async Task<Standing> StandingAsync(GroupName group, CancellationToken cancel)
    {
        var pump = groups[group];
        return pump.NextEntry > 0 && members.Owns(group)
            ? new Standing(pump.NextEntry, pump.Generation, null)
            : await ReadAsync(group, cancel);
    }

    /// <summary>Where a group stands, as its checkpoint says.</summary>
    public async Task<Standing> ReadAsync(GroupName group, CancellationToken cancel)
    {
        var checkpoint = await new CheckpointReader(parts.Store, group).ReadAsync(cancel);
        return new Standing(checkpoint?.NextEntry ?? 1, checkpoint?.Generation ?? 0, checkpoint);
    }

    /// <summary>
    /// True where every relay should look at all that it hears, because somebody else may have committed: other workers live
    /// than before, or beside this one, or this one has long been alone.
    /// </summary>
    /// <param name="isChanged">Other workers live than before.</param>
    public bool IsAllToBeLookedAt(bool isChanged) =>
        isChanged || members.Live.Count > 1 || time.GetUtcNow().ToUnixTimeMilliseconds() >= Interlocked.Read(ref lookAllDueMs);

    /// <summary>Folds the groups that are ours, wakes the others, and brings on the stages that hear them.</summary>
    public Task BringAsync(IReadOnlyList<Errand> errands, CancellationToken cancel) =>
        WithinAsync(errands, errand => members.Owns(errand.Group), cancel);

    /// <summary>Folds groups whoever they belong to, and brings on the stages that hear them.</summary>
    public Task FoldAsync(IReadOnlyList<Errand> errands, CancellationToken cancel) => WithinAsync(errands, _ => true, cancel);

    /// <summary>
    /// As <see cref="BringAsync"/>, and the stages after the watch are brought on now. Where the checkpoints of all groups have
    /// been read, every relay looks at what it hears in them: no request is made for one twice.
    /// </summary>
    /// <param name="errands">What is behind.</param>
    /// <param name="read">Every group that has committed anything, with its checkpoint; null where nobody but this worker has.</param>
    /// <param name="cancel">Stops.</param>
    public Task BringAllAsync(IReadOnlyList<Errand> errands, IReadOnlyDictionary<GroupName, Checkpoint>? read, CancellationToken cancel)
    {
        if (read is not null)
        {
            Interlocked.Exchange(ref lookAllDueMs, time.GetUtcNow().ToUnixTimeMilliseconds() + (long)LookAllEvery.TotalMilliseconds);
            foreach (var relay in relays)
            {
                relay.MarkRead(read);
            }

            Interlocked.Exchange(ref alertsAhead, 1);
        }

        Interlocked.Exchange(ref stagesDueMs, 0);
        return BringAsync(errands, cancel);
    }

    /// <summary>Lets a stage's relay look here, whoever it belongs to, and brings on what follows.</summary>
    public async Task LookAsync(string stage, CancellationToken cancel)
    {
        var relay = relays.Single(relay => relay.Plan.Stage == stage);
        relay.MarkDirty();
        await LimitedAsync(
            async limit =>
            {
                await relay.LookAsync(limit);
                await SettleAsync(relay, limit);
                await SettleAllAsync(limit);
            },
            () => HandOnAsync([]),
            cancel);
    }

    /// <summary>Brings on the stages that hear of what this process has committed and nobody has brought on yet.</summary>
    public Task SettleAsync(CancellationToken cancel) => LimitedAsync(SettleAllAsync, () => HandOnAsync([]), cancel);

    public void LetGoIfIdle()
    {
        foreach (var pump in groups.Values)
        {
            pump.LetGoIfIdle();
        }
    }

    private async Task WithinAsync(IReadOnlyList<Errand> errands, Func<Errand, bool> isOurs, CancellationToken cancel)
    {
        await LimitedAsync(
            async limit =>
            {
                await Task.WhenAll(errands.Select(errand => RunAsync(errand, isOurs(errand), limit)));
                kill(HostedMoments.AfterCommit);
                await SettleAllAsync(limit);
            },
            () => HandOnAsync(errands),
            cancel);
    }

    private async Task LimitedAsync(Func<CancellationToken, Task> work, Func<Task> handOn, CancellationToken cancel)
    {
        using var limit = new CancellationTokenSource(pace.WorkFor, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancel);
        try
        {
            await work(either.Token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            await handOn();
        }
    }

    private async Task RunAsync(Errand errand, bool isOurs, CancellationToken cancel)
    {
        var pump = groups[errand.Group];
        if (!isOurs || !await pump.ReachAsync(errand.Number, cancel))
        {
            await wakes.LaterAsync(errand.Group, errand.Number, pump.Generation);
        }
        else if (errand.ReceivedAtMs is { } atMs)
        {
            var lag = TimeSpan.FromMilliseconds(time.GetUtcNow().ToUnixTimeMilliseconds() - atMs);
            IntakeMeters.Lag.Record(lag.TotalSeconds);
            parts.Timed?.Invoke(lag);
        }
    }

    // The time of this invocation is over. What is not committed stands in inboxes and checkpoints; another invocation,
    // here or elsewhere, goes on from there. Where all is slow many invocations end at once: one wake of a group serves them all.
    private async Task HandOnAsync(IReadOnlyList<Errand> errands)
    {
        foreach (var errand in errands.Where(errand => groups[errand.Group].NextEntry <= errand.Number))
        {
            await wakes.SoonAsync(errand.Group, errand.Number, groups[errand.Group].Generation);
        }

        foreach (var relay in relays)
        {
            foreach (var (group, number) in relay.Owed())
            {
                await wakes.SoonAsync(group, number, groups[group].Generation);
                relay.OnTakenOn(group, number);
            }

            if (relay.TakeDirty())
            {
                await wakes.SoonAsync(relay.Plan.Groups[0], 0, 0);
            }
        }
    }

    // One invocation settles for all: the way through every level takes about a second in prompt, and if each blob's invocation
    // walked it by itself, a host would soon have none left to decode with. Who finds another at it leaves it his part; if the
    // process dies then, whoever notices that it is gone, or the next tick, looks at everything.
    private async Task SettleAllAsync(CancellationToken cancel)
    {
        Volatile.Write(ref isSettlingWanted, true);
        while (Volatile.Read(ref isSettlingWanted) && !Interlocked.Exchange(ref isSettling, true))
        {
            try
            {
                while (Interlocked.Exchange(ref isSettlingWanted, false))
                {
                    await SettleOnceAsync(cancel);
                }
            }
            catch
            {
                Volatile.Write(ref isSettlingWanted, true); // The next invocation does it.
                throw;
            }
            finally
            {
                Volatile.Write(ref isSettling, false);
            }
        }
    }

    private async Task SettleOnceAsync(CancellationToken cancel)
    {
        // Operations first, in thrift: the producers' checkpoints say what there is, and the next tick looks.
        var nowMs = time.GetUtcNow().ToUnixTimeMilliseconds();
        if (nowMs >= Interlocked.Read(ref stagesDueMs))
        {
            Interlocked.Exchange(ref stagesDueMs, nowMs + (long)pace.StagesEvery.TotalMilliseconds);
            foreach (var level in relays.GroupBy(relay => relay.Level).OrderBy(level => level.Key))
            {
                await Task.WhenAll(level.Select(relay => SettleAsync(relay, cancel)));
            }
        }

        if (parts.AlertsCommitted is { } told && Interlocked.Exchange(ref alertsAhead, 0) == 1)
        {
            await TellOfAlertsAsync(told, cancel);
        }
    }

    private async Task TellOfAlertsAsync(Func<CancellationToken, Task> told, CancellationToken cancel)
    {
        try
        {
            await told(cancel);
        }
        catch
        {
            Interlocked.Exchange(ref alertsAhead, 1);
            throw;
        }
    }

    private async Task SettleAsync(RelayPump relay, CancellationToken cancel)
    {
        try
        {
            if (members.OwnsRelay(relay.Plan.Stage))
            {
                await relay.LookAsync(cancel);
            }
            else if (relay.IsDirty)
            {
                await TellAsync(relay);
            }

            await Task.WhenAll(relay.Owed().Select(owed => PayAsync(relay, owed.Group, owed.Number, cancel)));
        }
        catch (StoreException trouble)
        {
            parts.Log.LogWarning(LogEvents.RelayWaits, "{Stage} is left to a later wake: {Why}", relay.Plan.Stage, trouble.Message);
            await wakes.LaterAsync(relay.Plan.Groups[0], 0, 0);
        }
    }

    private async Task TellAsync(RelayPump relay)
    {
        relay.TakeDirty();
        try
        {
            await wakes.SoonAsync(relay.Plan.Groups[0], 0, 0);
        }
        catch
        {
            relay.MarkDirty();
            throw;
        }
    }

    private async Task PayAsync(RelayPump relay, GroupName group, long number, CancellationToken cancel)
    {
        if (!members.Owns(group))
        {
            await wakes.SoonAsync(group, number, groups[group].Generation);
        }
        else if (!await groups[group].ReachAsync(number, cancel))
        {
            await wakes.LaterAsync(group, number, groups[group].Generation);
        }

        relay.OnTakenOn(group, number);
    }

    private void OnCommitted(GroupName group, Checkpoint checkpoint)
    {
        IntakeMeters.OnCommitted(group, checkpoint);
        foreach (var relay in relays)
        {
            relay.OnCommitted(group, checkpoint);
        }

        if (group == AlertsGroup)
        {
            Interlocked.Exchange(ref alertsAhead, 1);
        }

        parts.Committed?.Invoke(group, checkpoint);
    }

    private GroupPump NewPump(GroupName group, Func<IFold> newFold) => new(
        group, newFold, fold => new GroupWorker(parts.Store, group, fold, parts.Commits, time, parts.Kill), pace, time)
    {
        Committed = OnCommitted,
        IsShared = () => members.Live.Count > 1,
    };

    private RelayPump NewRelay(StagePlan plan) => new(
        plan, LevelOf(plan),
        appended => new Relay(parts.Store, plan.Groups, plan.Route, plan.Hears, time, null, parts.Kill) { Appended = appended },
        pace, time);

    private int LevelOf(StagePlan plan) => 1 + plan.Hears
        .Select(hears => parts.Plans.FirstOrDefault(other => other.Stage == hears.Group.Stage))
        .Select(heard => heard is null ? 0 : LevelOf(heard))
        .DefaultIfEmpty(0)
        .Max();
}
