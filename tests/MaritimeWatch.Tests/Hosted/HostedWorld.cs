using System.Globalization;
using System.Text;
using MaritimeWatch.Functions.Hosted;
using MaritimeWatch.Functions.Intake;
using MaritimeWatch.Functions.Watch;
using MaritimeWatch.Functions.Watch.Stages;
using MaritimeWatch.Intake.Ais;
using MaritimeWatch.Log;
using MaritimeWatch.Tests.Intake.Doors;
using Microsoft.Extensions.Logging.Abstractions;

namespace MaritimeWatch.Tests.Hosted;

/// <summary>
/// One store and one queue of wakes, and any number of hosted pipelines over them, each as a process of its own. The watch
/// tells of every batch; ports and contacts hear it; the alerts hear them.
/// </summary>
internal sealed class HostedWorld
{
    public const int Groups = 4;

    /// <summary>Without pauses: a test moves the clock where it wants to.</summary>
    public static readonly HostedPace Pace = HostedPace.Prompt with { CommitPause = TimeSpan.Zero, LookPause = TimeSpan.Zero };

    private static readonly GroupName[] WatchGroups = [.. StageNames.GroupsOf(StageNames.Watch, Groups)];

    private HostedWorld(MemoryStore store, StoreFormat format, FakeTime time)
    {
        (Store, Format, Time, Wakes) = (store, format, time, new FakeQueue(time));
        Landing = new Landing(store);
    }

    public MemoryStore Store { get; }

    public StoreFormat Format { get; }

    public FakeTime Time { get; }

    public FakeQueue Wakes { get; }

    public Landing Landing { get; }

    /// <summary>What each worker has committed, as <c>stage/group</c>, once for every commit.</summary>
    public Dictionary<string, List<string>> Commits { get; } = new(StringComparer.Ordinal);

    /// <summary>The stages after the watch.</summary>
    public static IReadOnlyList<StagePlan> Plans { get; } =
    [
        new(StageNames.Contacts, _ => new ToldFold(StageNames.Contacts), Hearing(WatchGroups))
        {
            Groups = StageNames.GroupsOf(StageNames.Contacts, Groups),
            Route = static (_, line, groups) => groups.Add(line[^3] % Groups),
        },
        new(StageNames.Gate, () => new ToldFold(StageNames.Gate), []),
        new(StageNames.Ports, () => new ToldFold(StageNames.Ports), Hearing(WatchGroups)),
        new(StageNames.Alerts, () => new ToldFold(StageNames.Alerts), Hearing(
            [.. StageNames.GroupsOf(StageNames.Contacts, Groups), new(StageNames.Gate, 0), new(StageNames.Ports, 0)])),
    ];

    public static async Task<HostedWorld> OpenAsync(FakeTime? time = null)
    {
        var (store, clock) = (new MemoryStore(), time ?? new FakeTime());
        return new(store, await StoreFormat.OpenOrCreateAsync(store, clock.GetUtcNow(), Groups), clock);
    }

    /// <summary>A process. Workers are in the order of their names.</summary>
    public HostedPipeline Worker(string id, KillPoint? kill = null, HostedPace? pace = null, bool folds = true, IBlobStore? store = null, IWorkSender? wakes = null) => new(new HostedParts
    {
        Store = store ?? Store,
        Format = Format,
        Wake = wakes ?? Wakes,
        Plans = Plans,
        NewDecoder = door => door == "plates" ? new GateDoor(Store, Time) : null,
        NewFold = _ => new ToldFold(StageNames.Watch),
        Commits = GroupWorkerOptions.Prompt,
        Pace = pace ?? Pace,
        Time = Time,
        Log = NullLogger.Instance,
        WorkerId = id,
        Folds = folds,
        Kill = kill,
        Committed = (group, _) =>
        {
            lock (Commits)
            {
                (Commits.TryGetValue(id, out var list) ? list : Commits[id] = []).Add(group.ToString());
            }
        },
    });

    /// <summary>Lands reports of 40 ships, so that every group gets some, and gives the door's message of it.</summary>
    public async Task<WorkMessage> LandAsync(int number, DeliveryKind kind = DeliveryKind.Document)
    {
        var text = new StringBuilder();
        for (var ship = 0; ship < 40; ship++)
        {
            text.Append(Nmea.Position(219000000 + (ship * 7919), 55 + (number * 0.001), 10, 1_777_000_000 + number));
        }

        var atMs = Time.GetUtcNow().ToUnixTimeMilliseconds();
        var landed = await Landing.LandAsync("test", Time.GetUtcNow(), Encoding.ASCII.GetBytes(text.ToString()));
        return new WorkMessage
        {
            Landed = landed.Name, Hash = landed.Hash, Length = landed.Length, Source = "test", Kind = kind, Marks = [new ReceivedMark(0, atMs)],
        };
    }

    /// <summary>Delivers the wakes that may be delivered now, each to a worker in turn; one that fails comes again.</summary>
    public async Task DeliverAsync(params HostedPipeline[] workers)
    {
        for (var turn = 0; Wakes.Take() is { } body; turn++)
        {
            Assert.That(turn, Is.LessThan(1000), "wakes must come to an end");
            await workers[turn % workers.Length].WakeAsync(WakeMessage.Parse(body), default);
        }
    }

    /// <summary>Lets time pass and delivers, until no wake is left.</summary>
    public async Task SettleAsync(params HostedPipeline[] workers)
    {
        for (var round = 0; Wakes.Waiting > 0; round++)
        {
            Assert.That(round, Is.LessThan(100), "wakes must come to an end");
            await DeliverAsync(workers);
            Time.Advance(TimeSpan.FromSeconds(1));
        }
    }

    /// <summary>How many findings a stage has told, over all its groups.</summary>
    public async Task<int> ToldAsync(string stage)
    {
        var count = 0;
        foreach (var group in StageNames.GroupsOf(stage, Groups))
        {
            count += (await LinesAsync(Store, group)).Count;
        }

        return count;
    }

    /// <summary>Everything that stands in an inbox has been folded, and says what a fold says that nobody disturbed.</summary>
    public async Task AssertWholeAsync()
    {
        foreach (var group in WatchGroups.Concat(Plans.SelectMany(plan => plan.Groups)))
        {
            var alone = new MemoryStore();
            await foreach (var entry in Store.ListAsync(group.InboxPrefix, default))
            {
                await alone.PutAsync(entry.Name, (await Store.GetAsync(entry.Name, default))!.Value.Bytes, PutCondition.IfAbsent, default);
            }

            var worker = new GroupWorker(alone, group, new ToldFold(group.Stage), GroupWorkerOptions.Replay, Time);
            while (await worker.RunOnceAsync() != WorkerStep.Idle)
            {
            }

            Assert.That(await LinesAsync(Store, group), Is.EqualTo(await LinesAsync(alone, group)), group.ToString());
        }
    }

    private static async Task<List<string>> LinesAsync(IBlobStore store, GroupName group)
    {
        List<string> lines = [];
        await foreach (var line in new StoreOutput(store, [group]).LinesAsync("findings", default))
        {
            lines.Add(Encoding.UTF8.GetString(line.Span));
        }

        return lines;
    }

    private static IReadOnlyList<RelayProducer> Hearing(IEnumerable<GroupName> groups) =>
        [.. groups.Select(group => new RelayProducer(group, ["findings"]))];

    /// <summary>A door whose notes become one entry of the gate.</summary>
    private sealed class GateDoor(IBlobStore store, TimeProvider time) : ILandedDecoder
    {
        private readonly Inbox inbox = new(store, new GroupName(StageNames.Gate, 0), time);

        public string Door => "plates";

        public string Stage => StageNames.Gate;

        public async Task<LandedOutcome> DecodeAsync(LandedNote note, CancellationToken cancel) => new(
            1, 1, new Dictionary<string, long>(), 0,
            await inbox.AppendAsync(EntryKind.Action, Encoding.UTF8.GetBytes(note.Hash), cancel), []);
    }

    public LandedNote Note(int number) => new()
    {
        Door = "plates", Landed = "landing/x", Hash = number.ToString(CultureInfo.InvariantCulture), Length = 1, Source = "test",
        ReceivedAtMs = Time.GetUtcNow().ToUnixTimeMilliseconds(),
    };
}
