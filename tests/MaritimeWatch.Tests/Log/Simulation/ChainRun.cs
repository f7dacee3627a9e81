using System.Globalization;
using System.Text;
using MaritimeWatch.Log;

namespace MaritimeWatch.Tests.Log.Simulation;

/// <summary>
/// One schedule of a chain of two stages: two groups of producers, a relay, and a later stage of two groups with a halo.
/// Several processes do all of it at once, as a hosted pipeline does: who has committed tells its own relay, which then
/// looks at nobody else; a sweep looks at all. They die, stall and lose their writes until everything has been delivered.
/// </summary>
internal sealed class ChainRun
{
    private const int Processes = 3;
    private const int StepsMax = 300_000;

    private static readonly GroupName[] Producers = [new("toy", 0), new("toy", 1)];
    private static readonly GroupName[] Laters = [new("later", 0), new("later", 1)];

    private readonly Random random;
    private readonly SimScheduler scheduler;
    private readonly SimTime time;
    private readonly WatchedStore truth;
    private readonly Mutant mutant;
    private readonly int batches;
    private SimWorld world;
    private bool isAllSent;

    private ChainRun(int seed, Mutant mutant)
    {
        random = new Random(seed);
        scheduler = new SimScheduler(new Random(seed ^ 0x5EED));
        time = new SimTime(scheduler);
        truth = new WatchedStore(mutant);
        this.mutant = mutant;
        batches = random.Next(4, 12);
        world = new SimWorld(Rate(0.15), Rate(0.1), Rate(0.02), Rate(0.02));
    }

    public int Steps => scheduler.Steps;

    public int Deaths { get; private set; }

    /// <summary>Entries of the later stage's inboxes that had been there before.</summary>
    public int Repeated { get; private set; }

    /// <summary>Runs the schedule of a seed; tells what went wrong, or null.</summary>
    public static (ChainRun Run, string? Violation) Play(int seed, Mutant mutant = Mutant.None)
    {
        var run = new ChainRun(seed, mutant);
        try
        {
            var ended = run.scheduler.Run(run.MainAsync, StepsMax);
            return (run, run.truth.Violation ?? (ended ? null : $"no rest after {run.scheduler.Steps} steps"));
        }
        catch (Exception e) when (e is StoreException or InvalidDataException or InvalidOperationException)
        {
            return (run, run.truth.Violation ?? $"{e.GetType().Name}: {e.Message}");
        }
    }

    private double Rate(double max) => random.Next(3) switch { 0 => 0, 1 => max / 5, _ => max };

    private async Task MainAsync()
    {
        Start(SendAsync);
        for (var process = 0; process < Processes; process++)
        {
            Start(ProcessAsync);
        }

        var until = scheduler.Now + TimeSpan.FromSeconds(600);
        while (!isAllSent && scheduler.Now < until)
        {
            await Task.Delay(TimeSpan.FromSeconds(1), time);
        }

        await Task.Delay(TimeSpan.FromSeconds(random.Next(20)), time);
        world = SimWorld.Kind;
        for (var waited = 0; waited < 1000 && truth.Violation is null && !await IsQuietAsync(); waited++)
        {
            await Task.Delay(TimeSpan.FromSeconds(1), time);
        }

        await JudgeAsync();
    }

    private void Start(Func<IBlobStore, SimLife, Task> actor)
    {
        var life = new SimLife();
        life.OnDeath = () =>
        {
            Deaths++;
            Start(actor);
        };
        _ = GuardAsync(actor(new SimStore(truth, () => world, random, time, life), life));
    }

    private async Task GuardAsync(Task actor)
    {
        try
        {
            await actor;
        }
        catch (Exception e) when (e is StoreException or InvalidDataException or InvalidOperationException)
        {
            truth.Report($"{e.GetType().Name}: {e.Message}");
        }
    }

    private async Task PauseAsync() => await Task.Delay(TimeSpan.FromMilliseconds(random.Next(1, 1000)), time);

    // Deliveries are at least once: after a failure or a death all of them come again.
    private async Task SendAsync(IBlobStore store, SimLife life)
    {
        var inboxes = Producers.Select(group => new Inbox(store, group, time)).ToArray();
        for (var sent = 0; sent < batches && !life.IsOver;)
        {
            await PauseAsync();
            try
            {
                foreach (var inbox in inboxes)
                {
                    await inbox.AppendAsync(EntryKind.Batch, ToyFold.Body(sent.ToString("D64", CultureInfo.InvariantCulture), 1 + (sent % 5)));
                }

                sent++;
            }
            catch (StoreException e) when (e.Trouble == StoreTrouble.Retry)
            {
                // Sent again.
            }
        }

        isAllSent = true;
    }

    private async Task ProcessAsync(IBlobStore store, SimLife life)
    {
        var options = new GroupWorkerOptions
        {
            RecordsPerCommit = random.Next(1, 8), RecordsPerStep = random.Next(1, 4), EntriesPerCommit = random.Next(1, 5),
            DeltasMax = random.Next(0, 4), TailMax = random.Next(1, 6),
        };
        var relay = new Relay(
            store, Laters, Route, [.. Producers.Select(group => new RelayProducer(group, ["chain"]))], time,
            new RelayOptions { RowsPerPart = random.Next(1, 5) });
        var first = Producers.Select((group, index) => new GroupWorker(store, group, new ToyFold(tag: $"@{index}"), options, time)).ToArray();
        var later = Laters.Select(group => new GroupWorker(store, group, new HeardFold(mutant != Mutant.FoldForgetsNews), options, time)).ToArray();
        var collector = new Collector(store);
        while (!life.IsOver)
        {
            await PauseAsync();
            try
            {
                switch (random.Next(8))
                {
                    case 0:
                        await relay.RunOnceAsync(); // The sweep.
                        break;
                    case 1:
                        await collector.CollectAsync(Producers.Concat(Laters).ElementAt(random.Next(4)));
                        break;
                    case 2 or 3:
                        await WorkAsync(later[random.Next(later.Length)]);
                        break;
                    default:
                        var worker = first[random.Next(first.Length)];
                        if (await WorkAsync(worker) == WorkerStep.Committed)
                        {
                            var known = random.Next(4) == 0 ? null : worker.Checkpoint;
                            await relay.LookAsync(new Dictionary<GroupName, Checkpoint?> { [worker.Group] = known });
                        }

                        break;
                }
            }
            catch (StoreException e) when (e.Trouble == StoreTrouble.Retry)
            {
                // The next run starts from what is committed.
            }
        }
    }

    private async Task<WorkerStep> WorkAsync(GroupWorker worker)
    {
        if (random.Next(2) == 0)
        {
            await worker.CatchUpAsync();
        }

        return await worker.RunOnceAsync();
    }

    private static void Route(string collection, ReadOnlySpan<byte> line, ICollection<int> groups)
    {
        groups.Add(line[^1] % 2);
        if (line[^1] % 5 == 0)
        {
            groups.Add(1 - (line[^1] % 2));
        }
    }

    private async Task<bool> IsQuietAsync()
    {
        if (!isAllSent)
        {
            return false;
        }

        foreach (var group in Producers.Concat(Laters))
        {
            var checkpoint = await new CheckpointReader(truth, group).ReadAsync();
            if ((checkpoint?.NextEntry ?? 1) != await new Inbox(truth, group, time).LastNumberAsync() + 1)
            {
                return false;
            }
        }

        // All that was said is told when a relay that knows nothing finds nothing to append.
        var isTold = true;
        await new Relay(truth, Laters, Route, [.. Producers.Select(group => new RelayProducer(group, ["chain"]))], time)
        {
            Appended = (_, _) => isTold = false,
        }.RunOnceAsync();
        return isTold;
    }

    private async Task JudgeAsync()
    {
        List<string> said = [];
        foreach (var group in Producers)
        {
            said.AddRange((await LinesAsync(group)).Where(static line => line.Split(' ').Length == 3));
        }

        foreach (var (group, index) in Laters.Select(static (group, index) => (group, index)))
        {
            HashSet<NewsPlace> places = [];
            await foreach (var entry in new Inbox(truth, group, time).EntriesAsync())
            {
                Repeated += places.Add(NewsEntry.Parse(entry.Body).Place) ? 0 : 1;
            }

            var expected = said.Where(line => IsFor(line, index)).Order(StringComparer.Ordinal);
            var heard = (await LinesAsync(group)).Order(StringComparer.Ordinal);
            if (!heard.SequenceEqual(expected))
            {
                truth.Report($"{group}: heard {heard.Count()} lines of {expected.Count()}, or others");
            }
        }

        static bool IsFor(string line, int index)
        {
            List<int> groups = [];
            Route("chain", Encoding.ASCII.GetBytes(line), groups);
            return groups.Contains(index);
        }
    }

    private async Task<List<string>> LinesAsync(GroupName group)
    {
        List<string> lines = [];
        await foreach (var (_, bytes) in SegmentReader.ReadAllAsync(truth, (await new CheckpointReader(truth, group).NewsAsync())?.Segments ?? []))
        {
            lines.AddRange(SimJudge.LinesOf(bytes!.Value));
        }

        return lines;
    }
}
