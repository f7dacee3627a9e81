using System.Globalization;
using MaritimeWatch.Functions.Hosted;
using MaritimeWatch.Functions.Intake;
using MaritimeWatch.Functions.Watch;
using MaritimeWatch.Log;

namespace MaritimeWatch.Tests.Hosted;

/// <summary>Two processes over one store, of which one dies at a moment of a commit, a relay or a handler; a host delivers on.</summary>
[TestFixture]
public sealed class HostedDeathTests
{
    private const int Messages = 6;

    private static readonly HashSet<string> Died = new(StringComparer.Ordinal);

    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    public async Task A_worker_that_dies_anywhere_leaves_the_others_able_to_finish(int seed)
    {
        var random = new Random(seed);
        for (var run = 0; run < 25; run++)
        {
            var diesAt = random.Next(1, 140);
            await RunAsync(diesAt, random, string.Create(CultureInfo.InvariantCulture, $"seed {seed}, run {run}, dies at moment {diesAt}"));
        }

        await TestContext.Out.WriteLineAsync($"died at {string.Join(", ", Died.Order(StringComparer.Ordinal))}");
    }

    [Test]
    public async Task A_death_between_a_commit_and_the_stages_that_hear_of_it_is_mended_by_who_misses_the_dead()
    {
        var world = await HostedWorld.OpenAsync();
        var message = await DieAfterCommitAsync(world);
        Assert.That((await world.ToldAsync(StageNames.Watch), await world.ToldAsync(StageNames.Alerts)), Is.EqualTo((4, 0)));

        world.Time.Advance(TimeSpan.FromSeconds(20)); // The message comes again; the watch skips what it has seen.
        await world.Worker("b").DecodeAsync(message, default);
        Assert.That((await world.ToldAsync(StageNames.Watch), await world.ToldAsync(StageNames.Alerts)), Is.EqualTo((4, 8)));
        await world.AssertWholeAsync();
    }

    [Test]
    public async Task Who_lived_and_died_while_another_had_nothing_to_do_is_missed_too()
    {
        var world = await HostedWorld.OpenAsync();
        var idle = world.Worker("b");
        await idle.TickAsync(default); // It knows that it lives alone.
        await DieAfterCommitAsync(world);

        world.Time.Advance(TimeSpan.FromMinutes(1)); // The dead one counts as gone before the other ever heard of it.
        await idle.TickAsync(default);
        await world.SettleAsync(idle);
        Assert.That((await world.ToldAsync(StageNames.Watch), await world.ToldAsync(StageNames.Alerts)), Is.EqualTo((4, 8)));
        await world.AssertWholeAsync();
    }

    // The watch has committed and nobody else has heard of it.
    private static async Task<WorkMessage> DieAfterCommitAsync(HostedWorld world)
    {
        var mortal = new MortalParts(world.Store, world.Wakes, int.MaxValue);
        var dying = world.Worker("a", moment => Fail(moment == HostedMoments.AfterCommit && world.Commits.ContainsKey("a")), store: mortal, wakes: mortal);
        var message = await world.LandAsync(1);
        Assert.That(async () => await dying.DecodeAsync(message, default), Throws.TypeOf<PipelineKilledException>());
        return message;

        static void Fail(bool isTime)
        {
            if (isTime)
            {
                throw new PipelineKilledException();
            }
        }
    }

    private static async Task RunAsync(int diesAt, Random random, string about)
    {
        var world = await HostedWorld.OpenAsync();
        List<WorkMessage> waiting = [];
        for (var number = 0; number < Messages; number++)
        {
            waiting.Add(await world.LandAsync(number));
        }

        var mortal = new MortalParts(world.Store, world.Wakes, diesAt);
        HostedPipeline[] workers = [world.Worker("a", mortal.Kill, store: mortal, wakes: mortal), world.Worker("b")];
        for (var round = 0; waiting.Count > 0; round++)
        {
            Assert.That(round, Is.LessThan(100), about);
            var batch = waiting.Take(3).ToList();
            var done = await Task.WhenAll(batch.Select(message => TryAsync(workers[random.Next(2)], worker => worker.DecodeAsync(message, default))));
            waiting = [.. batch.Where((_, at) => !done[at]), .. waiting.Skip(3)];
            await WakesAsync(world, workers, random);
            if (mortal.IsDead)
            {
                Died.Add(mortal.DiedAt!);
                workers[0] = world.Worker("c");
            }

            world.Time.Advance(TimeSpan.FromSeconds(random.Next(1, 4)));
        }

        for (var round = 0; world.Wakes.Waiting > 0; round++)
        {
            Assert.That(round, Is.LessThan(100), about);
            world.Time.Advance(TimeSpan.FromSeconds(1));
            await WakesAsync(world, workers, random);
        }

        world.Time.Advance(TimeSpan.FromMinutes(1)); // What a death left half-way is found by the tick.
        Assert.That(await TryAsync(workers[1], worker => worker.TickAsync(default)), Is.True, about);
        await world.SettleAsync(workers[1]);
        Assert.That(
            (await world.ToldAsync(StageNames.Watch), await world.ToldAsync(StageNames.Alerts)), Is.EqualTo((4 * Messages, 8 * Messages)), about);
        await world.AssertWholeAsync();
    }

    private static async Task WakesAsync(HostedWorld world, HostedPipeline[] workers, Random random)
    {
        for (var count = 0; world.Wakes.Take() is { } body; count++)
        {
            Assert.That(count, Is.LessThan(1000), "wakes must come to an end");
            if (!await TryAsync(workers[random.Next(workers.Length)], worker => worker.WakeAsync(WakeMessage.Parse(body), default)))
            {
                await world.Wakes.SendAsync(body, TimeSpan.FromSeconds(1)); // The host delivers it again.
            }
        }
    }

    private static async Task<bool> TryAsync(HostedPipeline worker, Func<HostedPipeline, Task> work)
    {
        try
        {
            await work(worker);
            return true;
        }
        catch (Exception trouble) when (trouble is PipelineKilledException or StoreException)
        {
            return false;
        }
    }
}
