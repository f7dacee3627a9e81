using System.Collections.Concurrent;
using MaritimeWatch.Functions.Intake;
using MaritimeWatch.Functions.Operations;
using MaritimeWatch.Functions.Watch;
using MaritimeWatch.Log;

namespace MaritimeWatch.Functions.Hosted;

/// <summary>
/// What the triggers of a Functions host call: decode, append, fold, and bring on the stages that hear of it. It has no
/// loop, no timer and no queue reader of its own; any number of processes may run it over one store, and each may be
/// killed anywhere. When a handler returns, what it took on is committed, or stands in an inbox with a wake on its way; the
/// stages after that may still be in the hands of another handler of this process.
/// See lib/decisions/0018-hosted.md.
/// </summary>
public sealed class HostedPipeline
{
    private const int DecodersKeptMax = 4;

    private readonly HostedParts parts;
    private readonly TimeProvider time;
    private readonly KillPoint kill;
    private readonly Dictionary<GroupName, Inbox> inboxes;
    private readonly Inbox[] watchInboxes;
    private readonly Members members;
    private readonly Wakes wakes;
    private readonly Cascade cascade;
    private readonly LiveMark live;
    private readonly ConcurrentBag<BlobDecoder> decoders = [];
    private readonly ConcurrentDictionary<string, ILandedDecoder?> doors = new(StringComparer.Ordinal);
    private long reports;
    private volatile bool areEndsFound;

    /// <summary>A pipeline over one store; nothing is read or written yet.</summary>
    /// <param name="parts">What it is made of.</param>
    public HostedPipeline(HostedParts parts)
    {
        (this.parts, time, kill) = (parts, parts.Time, parts.Kill ?? (static _ => { }));
        var watch = StageNames.GroupsOf(StageNames.Watch, parts.Format.Groups);
        inboxes = watch.Concat(parts.Plans.SelectMany(plan => plan.Groups))
            .ToDictionary(group => group, group => new Inbox(parts.Store, group, time));
        watchInboxes = [.. watch.Select(group => inboxes[group])];
        members = new Members(parts.Store, parts.WorkerId, parts.Pace, time, parts.Log);
        wakes = new Wakes(parts.Wake, parts.Pace, time, kill);
        cascade = new Cascade(parts, members, wakes);
        live = new LiveMark(parts.Store);
    }

    /// <summary>Reports handed to the groups by this process since its start.</summary>
    public long Reports => Interlocked.Read(ref reports);

    /// <summary>What groups and relays could not get over when they were last tried; empty when all is well.</summary>
    public IReadOnlyList<string> Troubles => cascade.Troubles;

    /// <summary>Decodes a landed AIS blob, appends it to the inbox of every group, and sees that it is folded.</summary>
    /// <param name="message">Which blob.</param>
    /// <param name="cancel">The host has hung up; the message comes again.</param>
    /// <exception cref="StoreException">Trouble in the store: the message must come again.</exception>
    /// <exception cref="InvalidDataException">The message or the landed bytes are damaged.</exception>
    public Task DecodeAsync(WorkMessage message, CancellationToken cancel) => HandleAsync(async () =>
    {
        var touch = TouchAsync(cancel);
        await FindEndsAsync(cancel);
        var done = await DecodeBlobAsync(message, cancel);
        if (message.Kind != DeliveryKind.Document)
        {
            await live.SetAsync(cancel);
        }

        kill(HostedMoments.AfterAppend);
        await touch;
        if (done.Counts is null)
        {
            parts.Log.LogWarning(LogEvents.LandedGone, "{Landed} is gone: nothing to decode", message.Landed);
            return;
        }

        await BringAsync(watchInboxes.Select((inbox, group) => new Errand(inbox.Group, done.Numbers[group], message.Marks[0].ReceivedAtMs)), cancel);
    });

    /// <summary>Decodes what another door has landed, appends it to its stage's inbox, and sees that it is folded.</summary>
    /// <param name="note">What was landed.</param>
    /// <param name="cancel">The host has hung up; the note comes again.</param>
    /// <exception cref="StoreException">Trouble in the store: the note must come again.</exception>
    public Task DecodeAsync(LandedNote note, CancellationToken cancel) => HandleAsync(async () =>
    {
        var touch = TouchAsync(cancel);
        var decoder = doors.GetOrAdd(note.Door, parts.NewDecoder)
            ?? throw new InvalidDataException($"there is no door {note.Door}");
        var done = await decoder.DecodeAsync(note, cancel);
        IntakeMeters.OnDecoded(note.Door, done);
        kill(HostedMoments.AfterAppend);
        await touch;
        if (done.EntryNumber is { } number)
        {
            await BringAsync([new Errand(new GroupName(decoder.Stage, 0), number)], cancel);
        }
    });

    /// <summary>Somebody thinks that a group should be folded, or that a relay should look.</summary>
    /// <param name="wake">Which.</param>
    /// <param name="cancel">The host has hung up; the message comes again.</param>
    /// <exception cref="StoreException">Trouble in the store: the message must come again.</exception>
    /// <exception cref="InvalidDataException">There is no such group.</exception>
    public Task WakeAsync(WakeMessage wake, CancellationToken cancel) => HandleAsync(async () =>
    {
        var group = new GroupName(wake.Stage, wake.Group);
        if (!inboxes.TryGetValue(group, out var inbox) || (wake.Number == 0 && !cascade.HasRelay(wake.Stage)))
        {
            throw new InvalidDataException("the message wakes what does not exist");
        }

        await TouchAsync(cancel);
        if (wake.Number == 0)
        {
            await cascade.LookAsync(wake.Stage, cancel);
            return;
        }

        var standing = await cascade.StandingAsync(group, cancel);
        var last = await LastAsync(inbox, standing, cancel);
        if (last < standing.NextEntry)
        {
            // Whoever folded it sees to the stages after it, unless his time ran out before the commit was done.
            await cascade.SettleAsync(cancel);
            return;
        }

        if (members.Owns(group) || standing.Generation == wake.Generation)
        {
            // Ours; or its owner has not moved it since: he sleeps or is dead.
            await cascade.FoldAsync([new Errand(group, last)], cancel);
        }
        else
        {
            await wakes.LaterAsync(group, last, standing.Generation);
        }
    });

    /// <summary>
    /// A minute is over: tells the groups the time, where live receivers are heard, and brings everything up to date.
    /// What was lost on the way is found here.
    /// </summary>
    /// <param name="cancel">The host has hung up; the next tick does the same.</param>
    /// <exception cref="StoreException">Trouble in the store.</exception>
    public Task TickAsync(CancellationToken cancel) => HandleAsync(async () =>
    {
        var isChanged = await members.TouchAsync(cancel);
        cascade.LetGoIfIdle();
        var ticked = new ConcurrentBag<Errand>();
        if (await live.IsSetAsync(cancel))
        {
            var now = time.GetUtcNow();
            var body = TickEntry.ToBytes(new DateTimeOffset(now.Ticks - (now.Ticks % TimeSpan.TicksPerMinute), TimeSpan.Zero).ToUnixTimeMilliseconds());
            await Task.WhenAll(inboxes.Values
                .Where(inbox => inbox.Group.Stage == StageNames.Watch || Watch.Stages.StagePlan.TakesTicks(inbox.Group.Stage))
                .Select(async inbox => ticked.Add(new Errand(inbox.Group, await inbox.AppendAsync(EntryKind.Tick, body, cancel)))));
            kill(HostedMoments.AfterAppend);
        }

        await (parts.MinuteOver?.Invoke(cancel) ?? Task.CompletedTask);
        await SweepAsync(ticked, isChanged, cancel);
    });

    /// <summary>Something was appended to the inbox of the alerts by a door of this process: an officer's action, a judgement.</summary>
    /// <param name="number">The entry.</param>
    public async Task ActedAsync(long number)
    {
        try
        {
            await wakes.NowAsync(new GroupName(StageNames.Alerts, 0), number, GroupPump.UnknownGeneration);
        }
        catch (StoreException trouble)
        {
            // It stands in the inbox: the next entry or tick brings it on.
            parts.Log.LogWarning("Nobody could be told of an action at once: {Why}", trouble.Message);
        }
    }

    /// <summary>True once a live receiver was heard anywhere: before that, our clock means nothing to the store.</summary>
    /// <param name="cancel">Stops.</param>
    /// <exception cref="StoreException">Trouble in the store.</exception>
    public Task<bool> IsLiveAsync(CancellationToken cancel) => live.IsSetAsync(cancel);

    private async Task HandleAsync(Func<Task> work)
    {
        kill(HostedMoments.AfterTake);
        await work();
        kill(HostedMoments.BeforeAnswer);
    }

    private async Task BringAsync(IEnumerable<Errand> errands, CancellationToken cancel)
    {
        var wanted = errands.Where(errand => errand.Number > 0).ToList();
        wanted.ForEach(errand => IntakeMeters.OnAppended(errand.Group, errand.Number));
        if (parts.Folds)
        {
            await cascade.BringAsync(wanted, cancel);
        }
        else
        {
            await Task.WhenAll(wanted.Select(errand => wakes.SoonAsync(errand.Group, errand.Number, GroupPump.UnknownGeneration)));
        }
    }

    private async Task TouchAsync(CancellationToken cancel)
    {
        if (parts.Folds && await members.TouchAsync(cancel))
        {
            // What belonged to others, or was left by this process when it died, may lie there half-way.
            await SweepAsync([], isChanged: true, cancel);
        }
    }

    /// <summary>Looks at every other group and every relay, and brings on what is behind.</summary>
    private async Task SweepAsync(ConcurrentBag<Errand> known, bool isChanged, CancellationToken cancel)
    {
        var behind = new ConcurrentBag<Errand>(known);
        var read = cascade.IsAllToBeLookedAt(isChanged) ? new ConcurrentDictionary<GroupName, Checkpoint>() : null;
        await Task.WhenAll(inboxes.Values.Select(async inbox =>
        {
            var isKnown = known.Any(errand => errand.Group == inbox.Group);
            if (isKnown && read is null)
            {
                return;
            }

            var standing = await (read is null ? cascade.StandingAsync(inbox.Group, cancel) : cascade.ReadAsync(inbox.Group, cancel));
            if (standing.Checkpoint is { } checkpoint)
            {
                read?.TryAdd(inbox.Group, checkpoint);
            }

            if (!isKnown && await LastAsync(inbox, standing, cancel) is var last && last >= standing.NextEntry)
            {
                behind.Add(new Errand(inbox.Group, last));
            }
        }));
        await cascade.BringAllAsync([.. behind], read, cancel);
    }

    private static async Task<long> LastAsync(Inbox inbox, Standing standing, CancellationToken cancel)
    {
        inbox.StartFrom(standing.NextEntry - 1);
        return await inbox.LastNumberAsync(cancel);
    }

    // Before the first append: the end of a long inbox is found from its checkpoint in a few requests, all at once.
    private async Task FindEndsAsync(CancellationToken cancel)
    {
        if (!areEndsFound)
        {
            await Task.WhenAll(watchInboxes.Select(async inbox =>
                inbox.StartFrom((await cascade.StandingAsync(inbox.Group, cancel)).NextEntry - 1)));
            areEndsFound = true;
        }
    }

    private async Task<DecodedBlob> DecodeBlobAsync(WorkMessage message, CancellationToken cancel)
    {
        // One decoder is for one call at a time; a few are kept.
        if (!decoders.TryTake(out var decoder))
        {
            decoder = new BlobDecoder(parts.Store, parts.Format, watchInboxes);
        }

        try
        {
            var done = await decoder.DecodeAsync(message, cancel);
            if (done.Counts is { } counts)
            {
                parts.Board?.OnRefused(message.Source, counts.Refused);
                Interlocked.Add(ref reports, counts.Positions);
            }

            return done;
        }
        finally
        {
            if (decoders.Count < DecodersKeptMax)
            {
                decoders.Add(decoder);
            }
        }
    }
}

/// <summary>A group that should get beyond an entry.</summary>
/// <param name="Group">The group.</param>
/// <param name="Number">The entry; 0 asks for nothing.</param>
/// <param name="ReceivedAtMs">When what it holds was received, to time its way; null times nothing.</param>
internal readonly record struct Errand(GroupName Group, long Number, long? ReceivedAtMs = null);

/// <summary>Where a group stands.</summary>
/// <param name="NextEntry">The entry to be folded next, from 1.</param>
/// <param name="Generation">Commits so far.</param>
/// <param name="Checkpoint">The checkpoint, where it was read and there is one.</param>
internal readonly record struct Standing(long NextEntry, long Generation, Checkpoint? Checkpoint);
