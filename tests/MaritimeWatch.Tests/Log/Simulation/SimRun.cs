using System.Text;
using MaritimeWatch.Log;

namespace MaritimeWatch.Tests.Log.Simulation;

/// <summary>
/// One schedule: a door lands batches, two decoders append them to two groups (each delivery possibly doubled), three
/// workers fold, a collector collects and a reader follows, until everything is quiet. All of it follows from the seed.
/// </summary>
internal sealed class SimRun
{
    private const int Groups = 2;
    private const int StepsMax = 200_000;

    private static readonly GroupName[] Names = [new("toy", 0), new("toy", 1)];

    private readonly Random random;
    private readonly SimScheduler scheduler;
    private readonly SimTime time;
    private readonly WatchedStore truth;
    private readonly Mutant mutant;
    private readonly List<LandedBlob> landed = [];
    private readonly List<(LandedBlob Blob, int Records)> deliveries = [];
    private readonly HashSet<string> delivered = [];
    private readonly SimFollower[] followers;
    private readonly int batches;
    private SimWorld world;
    private int undelivered;

    private SimRun(int seed, Mutant mutant)
    {
        random = new Random(seed);
        scheduler = new SimScheduler(new Random(seed ^ 0x5EED));
        time = new SimTime(scheduler);
        this.mutant = mutant;
        truth = new WatchedStore(mutant);
        batches = random.Next(3, 10);
        world = new SimWorld(Rate(0.15), Rate(0.1), Rate(0.02), Rate(0.02));
        followers = [.. Names.Select(n => new SimFollower(n, truth, listsSegments: mutant == Mutant.ReaderListsSegments))];
    }

    public int Steps => scheduler.Steps;

    public int Commits => truth.Commits;

    public int Deletions => truth.Deletions;

    public int Deaths { get; private set; }

    /// <summary>Runs the schedule of a seed; tells what went wrong, or null.</summary>
    public static (SimRun Run, string? Violation) Play(int seed, Mutant mutant = Mutant.None)
    {
        var run = new SimRun(seed, mutant);
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

    private SimStore Connect(SimLife life) => new SimStore(truth, () => world, random, time, life);

    private async Task MainAsync()
    {
        undelivered = batches;
        Start(DoorAsync, 1);
        Start(DecodeAsync, 2);
        Start(WorkAsync, 3);
        Start(CollectAsync, 1);
        foreach (var follower in followers)
        {
            Start((store, life) => FollowAsync(follower, store, life), 1);
        }

        // Bad weather lasts until everything is delivered, and some time on; then it clears up and all must come to rest.
        while (undelivered > 0 && scheduler.Now < Until(600))
        {
            await Task.Delay(TimeSpan.FromSeconds(1), time);
        }

        await Task.Delay(TimeSpan.FromSeconds(random.Next(10)), time);
        world = SimWorld.Kind;
        for (var waited = 0; waited < 1000 && !await IsQuietAsync(); waited++)
        {
            await Task.Delay(TimeSpan.FromSeconds(1), time);
        }

        await new SimJudge(truth, Names, landed, followers).JudgeAsync();
    }

    private static DateTimeOffset Until(int seconds) =>
        new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero) + TimeSpan.FromSeconds(seconds);

    /// <summary>Starts processes; each that dies is replaced by one that knows nothing.</summary>
    private void Start(Func<IBlobStore, SimLife, Task> actor, int copies)
    {
        for (var i = 0; i < copies; i++)
        {
            var life = new SimLife();
            life.OnDeath = () =>
            {
                Deaths++;
                Start(actor, 1);
            };
            _ = GuardAsync(actor(Connect(life), life));
        }
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

    private async Task DoorAsync(IBlobStore store, SimLife life)
    {
        var landing = new Landing(store);
        while (landed.Count < batches)
        {
            await PauseAsync();
            try
            {
                var content = Encoding.ASCII.GetBytes($"batch {landed.Count}");
                var blob = await landing.LandAsync("toy", scheduler.Now, content);
                landed.Add(blob);
                var records = random.Next(1, 6);
                for (var copies = random.Next(1, 4); copies > 0; copies--)
                {
                    deliveries.Add((blob, records));
                }
            }
            catch (StoreException e) when (e.Trouble == StoreTrouble.Retry)
            {
                // Not acknowledged: the sender sends it again.
            }
        }
    }

    private async Task DecodeAsync(IBlobStore store, SimLife life)
    {
        var inboxes = Names.Select(n => new Inbox(store, n, time)).ToArray();
        while (undelivered > 0 || deliveries.Count > 0)
        {
            await PauseAsync();
            if (life.IsOver || deliveries.Count == 0)
            {
                continue;
            }

            // A delivery stays in the queue until it has been worked off; several may hold it at once.
            var delivery = deliveries[random.Next(deliveries.Count)];
            try
            {
                foreach (var inbox in inboxes)
                {
                    await inbox.AppendAsync(EntryKind.Batch, ToyFold.Body(delivery.Blob.Hash, delivery.Records));
                }

                deliveries.Remove(delivery);
                undelivered -= delivered.Add(delivery.Blob.Hash) ? 1 : 0;
            }
            catch (StoreException e) when (e.Trouble == StoreTrouble.Retry)
            {
                // Delivered again.
            }
        }
    }

    private async Task WorkAsync(IBlobStore store, SimLife life)
    {
        var options = new GroupWorkerOptions
        {
            RecordsPerCommit = random.Next(1, 8),
            RecordsPerStep = random.Next(1, 4),
            EntriesPerCommit = random.Next(1, 5),
            DeltasMax = random.Next(0, 4),
            TailMax = random.Next(1, 6),
            CommitInterval = TimeSpan.FromMilliseconds(random.Next(2) * 100),
        };
        var workers = Names
            .Select(n => new GroupWorker(store, n, new ToyFold(mutant != Mutant.FoldForgetsSeenBatches), options, time))
            .ToArray();
        while (!life.IsOver)
        {
            await PauseAsync();
            try
            {
                var worker = workers[random.Next(Groups)];
                if (random.Next(3) == 0)
                {
                    await worker.CatchUpAsync();
                }

                await worker.RunOnceAsync();
            }
            catch (StoreException e) when (e.Trouble == StoreTrouble.Retry)
            {
                // The next run starts from the last checkpoint.
            }
        }
    }

    private async Task CollectAsync(IBlobStore store, SimLife life)
    {
        while (!life.IsOver)
        {
            await PauseAsync();
            var name = Names[random.Next(Groups)];
            try
            {
                await (mutant == Mutant.CollectorTakesPresentGeneration
                    ? CarelessCollector.CollectAsync(store, name)
                    : new Collector(store).CollectAsync(name));
            }
            catch (StoreException e) when (e.Trouble == StoreTrouble.Retry)
            {
                // Next time.
            }
        }
    }

    private async Task FollowAsync(SimFollower follower, IBlobStore store, SimLife life)
    {
        while (!life.IsOver)
        {
            await PauseAsync();
            try
            {
                await follower.FollowAsync(store);
            }
            catch (StoreException e) when (e.Trouble == StoreTrouble.Retry)
            {
                // Next time, from where it stood.
            }
        }
    }

    private async Task<bool> IsQuietAsync()
    {
        if (undelivered > 0 || deliveries.Count > 0 || truth.Violation is not null)
        {
            return truth.Violation is not null;
        }

        foreach (var (name, follower) in Names.Zip(followers))
        {
            var checkpoint = await new CheckpointReader(truth, name).ReadAsync();
            var last = await new Inbox(truth, name, time).LastNumberAsync();
            if (checkpoint?.NextEntry != last + 1 || follower.Generation != checkpoint.Generation)
            {
                return false;
            }
        }

        return true;
    }
}
