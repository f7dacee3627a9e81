using MaritimeWatch.Functions.Learning;
using MaritimeWatch.Functions.Watch;
using MaritimeWatch.Log;
using MaritimeWatch.Reference;
using MaritimeWatch.Reference.Lanes;
using MaritimeWatch.Tests.Reference.Lanes;

namespace MaritimeWatch.Tests.Learning;

/// <summary>Killed at every request, and beside another run at every request.</summary>
internal sealed class LearningDeathTests
{
    [Test]
    public async Task Killed_at_any_request_it_leaves_the_version_before_or_one_that_the_next_run_completes()
    {
        var before = await LearningWorld.OpenAsync();
        await before.SailAsync(Sailings.Many(4));
        await before.RunAsync();
        await before.SailAsync(Sailings.Many(2, first: 60, seed: 2));
        var (request, old, half, whole) = (1, 0, 0, 0);
        for (; ; request++)
        {
            var store = new InterruptedStore(await LearningWorld.CopyAsync(before.Store));
            var world = await LearningWorld.OpenAsync(store);
            store.DieAt(request);
            if (await DiesAsync(world) is false)
            {
                break;
            }

            var alive = await LearningWorld.OpenAsync(store.Inner);
            var (version, told) = (await alive.VersionAsync(), await alive.ToldAsync());
            Assert.That(version, Is.EqualTo(1).Or.EqualTo(2));
            Assert.That(told, version == 1 ? Is.All.EqualTo(1) : Is.All.InRange(1, 2), $"died at request {request}");
            _ = told.All(one => one == 1) ? old++ : told.All(one => one == 2) ? whole++ : half++;
            await alive.RunAsync();
            Assert.That((await alive.VersionAsync(), await alive.ToldAsync()), Is.EqualTo((2, new[] { 2, 2, 2, 2 })), $"died at request {request}");
        }

        await TestContext.Out.WriteLineAsync($"{request - 1} deaths: {old} with the old lanes in force everywhere, {half} between two groups, {whole} with the new");
        Assert.That(old, Is.GreaterThan(10));
        Assert.That(Math.Min(half, whole), Is.GreaterThan(0));
    }

    [Test]
    public async Task Two_at_once_end_with_one_version_wherever_the_one_overtakes_the_other()
    {
        var before = await LearningWorld.OpenAsync();
        await before.SailAsync(Sailings.Many(4));
        var alone = await LearningWorld.OpenAsync(await LearningWorld.CopyAsync(before.Store));
        await alone.RunAsync();
        var places = await LearningRunTests.VersionsAsync(alone);
        var request = 1;
        for (; ; request++)
        {
            var store = new InterruptedStore(await LearningWorld.CopyAsync(before.Store));
            var (one, other) = (await LearningWorld.OpenAsync(store), (LearningWorld?)null);
            store.Arm(request, async () =>
            {
                other = await LearningWorld.OpenAsync(store);
                await other.RunAsync();
            });
            await one.RunAsync();
            if (other is null)
            {
                break;
            }

            Assert.That((await one.VersionAsync(), await one.ToldAsync(), await LearningRunTests.VersionsAsync(one)), Is.EqualTo((1, new[] { 1, 1, 1, 1 }, places)), $"at request {request}");
        }

        await TestContext.Out.WriteLineAsync($"overtaken at each of {request - 1} requests");
        Assert.That(request, Is.GreaterThan(20));
    }

    [Test]
    public async Task Of_two_that_learn_different_lanes_at_once_every_group_ends_with_the_newest_version()
    {
        var before = await LearningWorld.OpenAsync();
        await before.SailAsync(Sailings.Many(4));
        for (var request = 1; ; request += 3)
        {
            var store = new InterruptedStore(await LearningWorld.CopyAsync(before.Store));
            var (one, other) = (await LearningWorld.OpenAsync(store), (LearningWorld?)null);
            store.Arm(request, async () =>
            {
                other = await LearningWorld.OpenAsync(store);
                await other.SailAsync(Sailings.Many(2, first: 60, seed: 2));
                await other.RunAsync();
            });
            await one.RunAsync();
            if (other is null)
            {
                break;
            }

            var version = await one.VersionAsync();
            Assert.That(await one.ToldAsync(), Is.All.EqualTo(version), $"at request {request}");
            Assert.That(await one.ToldAsync(ReferenceKinds.Berths), Is.All.EqualTo(await one.VersionAsync(ReferenceKinds.Berths)), $"at request {request}");
            await one.RunAsync();
            Assert.That((await one.RunAsync()).Outcome, Is.EqualTo(LearningOutcome.Same), "it comes to rest");
            Assert.That(LaneFile.Read(await one.LanesAsync()).LearnedAtMs, Is.EqualTo(Sailings.Many(2, first: 60, seed: 2).Max(voyage => voyage.ArriveAtMs)));
        }
    }

    [Test]
    public async Task A_version_that_was_told_late_does_not_stay_the_last_that_a_group_hears()
    {
        var inner = new MemoryStore();
        var store = new InterruptedStore(inner);
        var world = await LearningWorld.OpenAsync(store);
        for (var request = 1; ; request++)
        {
            var (a, b) = (LaneFile.Write(LaneLearning.Learn(Sailings.Many(4, first: request * 10))), LaneFile.Write(LaneLearning.Learn(Sailings.Many(4, first: (request * 10) + 5))));
            var hasOther = false;
            store.Arm(request, async () =>
            {
                hasOther = true;
                await ReferenceEntries.AddAsync(inner, world.Watch.Format, ReferenceKinds.Lanes, b, world.Time, default);
            });
            await ReferenceEntries.AddAsync(store, world.Watch.Format, ReferenceKinds.Lanes, a, world.Time, default);
            if (!hasOther)
            {
                Assert.That(request, Is.GreaterThan(8));
                break;
            }

            Assert.That(await world.ToldAsync(), Is.All.EqualTo(await world.VersionAsync()), $"overtaken at request {request}");
        }
    }

    private static async Task<bool> DiesAsync(LearningWorld world)
    {
        try
        {
            await world.RunAsync();
            return false;
        }
        catch (PipelineKilledException)
        {
            return true;
        }
    }
}
