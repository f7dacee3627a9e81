using System.Text.Json;

namespace MaritimeWatch.Log;

/// <summary>
/// Brings what producers have committed into the inbox of a later stage, as <see cref="EntryKind.News"/> entries. One
/// round names, in one conditional write, from which to which generation of every producer it goes (the plan); all that
/// lies between is sorted by when it became known, cut into parts and appended. A round that died half-way is appended
/// again from its plan, so that the parts are the same; the fold skips those that it has heard. Where the stage has
/// several groups, one relay fills all their inboxes, and a route says which of them hear a line.
/// </summary>
/// <remarks>
/// Sorting by <c>known_at</c> within a round is what makes a replay, where one group is folded to its end before another
/// begins, tell the same story as the days themselves did.
/// </remarks>
public sealed class Relay
{
    private const int RacesMax = 16;

    private readonly IBlobStore store;
    private readonly IReadOnlyList<RelayProducer> producers;
    private readonly RelayOptions options;
    private readonly KillPoint kill;
    private readonly string stage;
    private readonly IReadOnlyList<Inbox> inboxes;
    private readonly RelayLines lines;
    private readonly Dictionary<string, long> looked = new(StringComparer.Ordinal);
    private readonly Dictionary<GroupName, Checkpoint> found = [];
    private RelayPlan? plan;
    private string? eTag;
    private bool isAppended;
    private bool isEndSaid;

    /// <summary>A relay into a stage of one group. Any number may run; one per process is enough.</summary>
    /// <param name="store">The store.</param>
    /// <param name="target">The stage's group.</param>
    /// <param name="producers">Whom it hears, and which of their collections.</param>
    /// <param name="time">Only for waiting between tries.</param>
    /// <param name="options">Bounds; null for the defaults.</param>
    /// <param name="kill">Called at the named moments; null in production.</param>
    public Relay(
        IBlobStore store, GroupName target, IReadOnlyList<RelayProducer> producers, TimeProvider time,
        RelayOptions? options = null, KillPoint? kill = null)
        : this(store, [target], null, producers, time, options, kill)
    {
    }

    /// <summary>A relay into a stage of several groups. Any number may run; one per process is enough.</summary>
    /// <param name="store">The store.</param>
    /// <param name="targets">The stage's groups, from 0; all of one stage.</param>
    /// <param name="route">Which of them hear a line; null sends all to the first.</param>
    /// <param name="producers">Whom it hears, and which of their collections.</param>
    /// <param name="time">Only for waiting between tries.</param>
    /// <param name="options">Bounds; null for the defaults.</param>
    /// <param name="kill">Called at the named moments; null in production.</param>
    public Relay(
        IBlobStore store, IReadOnlyList<GroupName> targets, RelayRoute? route, IReadOnlyList<RelayProducer> producers,
        TimeProvider time, RelayOptions? options = null, KillPoint? kill = null)
    {
        ArgumentOutOfRangeException.ThrowIfZero(targets.Count, nameof(targets));
        (this.store, this.producers, this.options) = (store, producers, options ?? new RelayOptions());
        this.kill = kill ?? (static _ => { });
        stage = targets[0].Stage;
        inboxes = [.. targets.Select(target => new Inbox(store, target, time))];
        lines = new RelayLines(store, route);
    }

    /// <summary>Whose inboxes it fills.</summary>
    public string Stage => stage;

    /// <summary>Told the group and the number of every entry that is appended.</summary>
    public Action<GroupName, long>? Appended { get; init; }

    // One plan for all groups of a stage.
    private string PlanName => $"relay/{stage}/{inboxes[0].Group.Group:D3}";

    /// <summary>
    /// Looks at every producer, completes the last round, makes the next where there is news, and says in the plan that it
    /// is whole.
    /// </summary>
    /// <param name="cancel">Stops; the round is completed by the next run.</param>
    /// <returns>The last entry appended, or null where nothing was.</returns>
    /// <exception cref="StoreException">Trouble in the store; run again.</exception>
    public ValueTask<long?> RunOnceAsync(CancellationToken cancel = default) => RunOnceAsync(null, cancel);

    /// <summary>As <see cref="RunOnceAsync(CancellationToken)"/>, for who has just read what every producer has committed.</summary>
    /// <param name="read">The producers that have committed anything, each with its checkpoint; null reads them all.</param>
    /// <param name="cancel">Stops; the round is completed by the next run.</param>
    /// <returns>The last entry appended, or null where nothing was.</returns>
    /// <exception cref="StoreException">Trouble in the store; run again.</exception>
    public async ValueTask<long?> RunOnceAsync(IReadOnlyDictionary<GroupName, Checkpoint?>? read, CancellationToken cancel = default)
    {
        var last = await RunAsync(read, cancel);
        await EndAsync(cancel);
        return last;
    }

    /// <summary>
    /// As <see cref="RunOnceAsync(CancellationToken)"/>, for a process that knows who has committed: it looks at nobody else, and makes no
    /// request for a checkpoint that is given. What it is not told of is found by the next <see cref="RunOnceAsync(CancellationToken)"/>.
    /// </summary>
    /// <remarks>
    /// It leaves out the write that says that the round is whole: the plan of the next round says it too, because no relay
    /// writes a plan before all of the last one is in the inboxes. Another relay that comes in between appends the round
    /// again, which the folds skip. <see cref="RunOnceAsync(CancellationToken)"/> makes up for it: call it now and then, and before a process ends.
    /// </remarks>
    /// <param name="committed">
    /// The producers to look at, each with a checkpoint that is known to have been committed, or null to read it. An old one
    /// does no harm. Who is no producer of this stage is passed over.
    /// </param>
    /// <param name="cancel">Stops; the round is completed by the next run.</param>
    /// <returns>The last entry appended, or null where nothing was.</returns>
    /// <exception cref="StoreException">Trouble in the store; run again.</exception>
    public ValueTask<long?> LookAsync(IReadOnlyDictionary<GroupName, Checkpoint?> committed, CancellationToken cancel = default) =>
        RunAsync(committed, cancel);

    private async ValueTask<long?> RunAsync(IReadOnlyDictionary<GroupName, Checkpoint?>? committed, CancellationToken cancel)
    {
        if (plan is null)
        {
            await ReadPlanAsync(cancel);
        }

        long? last = null;
        if (!isAppended)
        {
            last = await AppendAsync(cancel);
        }

        for (var race = 0; race < RacesMax && await NextAsync(committed, cancel) is { } next; race++)
        {
            var bytes = JsonSerializer.SerializeToUtf8Bytes(next, LogJson.Default.RelayPlan);
            var put = await store.PutAsync(PlanName, bytes, eTag is null ? PutCondition.IfAbsent : PutCondition.IfMatch(eTag), cancel);
            if (put.Written)
            {
                (plan, eTag, isAppended, isEndSaid) = (next, put.ETag, false, false);
            }
            else
            {
                await ReadPlanAsync(cancel); // Another relay was quicker: what it planned may be half done.
            }

            kill(RelayMoments.AfterPlan);
            last = isAppended ? last : await AppendAsync(cancel) ?? last;
            if (put.Written)
            {
                break;
            }
        }

        return last;
    }

    private async ValueTask ReadPlanAsync(CancellationToken cancel)
    {
        var blob = await store.GetAsync(PlanName, cancel);
        eTag = blob?.ETag;
        plan = blob is { } there ? Parse(there.Bytes.Span) : RelayPlan.Before;
        isAppended = isEndSaid = plan.IsAppended;
        looked.Clear();
        found.Clear();
    }

    private RelayPlan Parse(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, LogJson.Default.RelayPlan) is { Format: RelayPlan.FormatNow, Plan: >= 1 } read
                ? read
                : throw new StoreException(StoreTrouble.Stop, $"{PlanName} is from a newer version");
        }
        catch (JsonException e)
        {
            throw new StoreException(StoreTrouble.Stop, $"{PlanName} is damaged: {e.Message}", e);
        }
    }

    /// <summary>The next plan, or null where no producer has a line for us.</summary>
    private async ValueTask<RelayPlan?> NextAsync(
        IReadOnlyDictionary<GroupName, Checkpoint?>? committed, CancellationToken cancel)
    {
        var to = new SortedDictionary<string, long>(plan!.To, StringComparer.Ordinal);
        var isNews = false;
        found.Clear();
        foreach (var producer in producers)
        {
            Checkpoint? known = null;
            if (committed?.TryGetValue(producer.Group, out known) == false)
            {
                continue;
            }

            var name = producer.Group.ToString();
            var after = Math.Max(to.GetValueOrDefault(name), looked.GetValueOrDefault(name));
            if (await new CheckpointReader(store, producer.Group).NewsAsync(known, after, cancel) is not { } news)
            {
                continue;
            }

            if (news.Segments.Any(segment => producer.Collections.Contains(segment.Collection)))
            {
                isNews = true;
                to[name] = news.Checkpoint.Generation;
                found[producer.Group] = news.Checkpoint;
            }
            else
            {
                looked[name] = news.Checkpoint.Generation;
            }
        }

        return isNews
            ? new RelayPlan
            {
                Plan = plan.Plan + 1, From = plan.To, To = to, RowsPerPart = options.RowsPerPart, BytesPerPart = options.BytesPerPart,
            }
            : null;
    }

    private async ValueTask<long?> AppendAsync(CancellationToken cancel)
    {
        using var span = Traces.Start("relay", inboxes[0].Group, 0);
        long? last = null;
        var (target, part) = (-1, 0);
        var cut = plan!.RowsPerPart > 0 ? new RelayOptions { RowsPerPart = plan.RowsPerPart, BytesPerPart = plan.BytesPerPart } : options;
        await foreach (var (group, rows) in lines.PartsAsync(producers, plan, found, cut, cancel))
        {
            // Groups come one after the other; each counts its own parts.
            (target, part) = (group, group == target ? part + 1 : 0);
            var number = await inboxes[group].AppendAsync(EntryKind.News, new NewsEntry(plan.Plan, part, rows).ToBytes(), cancel);
            Appended?.Invoke(inboxes[group].Group, number);
            last = number;
            kill(RelayMoments.AfterPart);
        }

        isAppended = true;
        return last;
    }

    // Says that the round is whole, so that the next process does not append it again. Who loses here was overtaken, and
    // finds in the plan whether something is still to be done.
    private async ValueTask EndAsync(CancellationToken cancel)
    {
        if (isEndSaid)
        {
            return;
        }

        var ended = plan! with { IsAppended = true };
        var put = await store.PutAsync(
            PlanName, JsonSerializer.SerializeToUtf8Bytes(ended, LogJson.Default.RelayPlan), PutCondition.IfMatch(eTag!), cancel);
        if (put.Written)
        {
            (plan, eTag, isEndSaid) = (ended, put.ETag, true);
        }
        else
        {
            await ReadPlanAsync(cancel);
        }
    }
}

/// <summary>Whom a relay hears.</summary>
/// <param name="Group">The producer.</param>
/// <param name="Collections">The collections whose lines go on.</param>
public sealed record RelayProducer(GroupName Group, IReadOnlyList<string> Collections);

/// <summary>Says which groups of a stage hear a line.</summary>
/// <param name="collection">The line's collection.</param>
/// <param name="line">The line.</param>
/// <param name="groups">Takes the groups, each once; a line that no group is given for goes no further.</param>
public delegate void RelayRoute(string collection, ReadOnlySpan<byte> line, ICollection<int> groups);

/// <summary>Bounds of a relay.</summary>
public sealed record RelayOptions
{
    /// <summary>Most lines of one entry, 1 to 100,000; default 2,000.</summary>
    public int RowsPerPart { get; init; } = 2_000;

    /// <summary>Most bytes of one entry, unless one line is larger; default 4 MiB.</summary>
    public int BytesPerPart { get; init; } = 4 << 20;
}

/// <summary>One round: what lies after <see cref="From"/> and up to <see cref="To"/>, generations by producer.</summary>
internal sealed record RelayPlan
{
    public const int FormatNow = 1;

    public static RelayPlan Before { get; } = new() { Plan = 0, From = [], To = [], IsAppended = true };

    public int Format { get; init; } = FormatNow;

    /// <summary>From 1.</summary>
    public required long Plan { get; init; }

    public required SortedDictionary<string, long> From { get; init; }

    public required SortedDictionary<string, long> To { get; init; }

    /// <summary>Lines and bytes of a part: who appends the round again cuts it as it was cut. 0 in plans of older builds.</summary>
    public int RowsPerPart { get; init; }

    public int BytesPerPart { get; init; }

    /// <summary>All parts are in the inbox.</summary>
    public bool IsAppended { get; init; }
}

/// <summary>The moments at which a relay may die.</summary>
public static class RelayMoments
{
    /// <summary>The plan has been written, nothing appended.</summary>
    public const string AfterPlan = "relay-after-plan";

    /// <summary>A part has been appended.</summary>
    public const string AfterPart = "relay-after-part";
}
