using MaritimeWatch.Alerts;
using MaritimeWatch.Functions.Outlet;
using MaritimeWatch.Log;
using MaritimeWatch.Tests.Outlet;

namespace MaritimeWatch.Tests.Push;

/// <summary>Every delivery that was committed is on the queue at least once with its one id, and normally once.</summary>
[TestFixture]
public sealed class OutboxTests
{
    [Test]
    public async Task Every_line_becomes_one_message_with_the_lines_own_id_and_no_name()
    {
        await using var world = new PushWorld();
        using var outbox = world.NewOutbox();
        await outbox.BeginAsync();
        await world.CommitAsync(AlertWorld.Alert("a"), AlertWorld.Alert("b"));
        await outbox.SendAsync();
        await outbox.SendAsync(await world.CommitAsync(AlertWorld.Alert("a", revision: 2)));
        await outbox.SendAsync();
        var waiting = await world.WaitingAsync();
        Assert.That(waiting.Select(one => one.Id), Is.EqualTo((string[])["a-1", "b-1", "a-2"]));
        Assert.That(waiting.Select(one => one.Text), Has.All.Contains("SEGOT").And.None.Contains("ROWAN"));
        Assert.That(outbox.LinesRefused, Is.Zero);
    }

    [Test]
    public async Task What_a_store_held_before_it_was_served_is_no_news()
    {
        await using var world = new PushWorld();
        await world.CommitAsync(AlertWorld.Alert("replayed"));
        using var outbox = world.NewOutbox();
        await outbox.BeginAsync();
        await world.CommitAsync(AlertWorld.Alert("live"));
        using var second = world.NewOutbox();
        await second.BeginAsync();
        await second.SendAsync();
        Assert.That((await world.WaitingAsync()).Select(one => one.Id), Is.EqualTo((string[])["live-1"]));
    }

    [Test]
    public async Task Who_sees_that_another_is_on_it_leaves_it_and_takes_over_when_that_one_has_died()
    {
        await using var world = new PushWorld();
        using var first = world.NewOutbox();
        using var second = world.NewOutbox();
        await first.BeginAsync();
        await world.CommitAsync(AlertWorld.Alert("a"), AlertWorld.Alert("b"));
        KillAt(world, PushMoments.AfterQueued);
        Assert.ThrowsAsync<PushKilledException>(async () => await first.SendAsync());
        world.Kill = null;
        await second.SendAsync();
        Assert.That((await world.WaitingAsync()).Select(one => one.Id), Is.EqualTo((string[])["a-1"]), "somebody was on it");
        world.Time.Advance(TimeSpan.FromMinutes(2));
        await second.SendAsync();
        Assert.That((await world.WaitingAsync()).Select(one => one.Id), Is.EqualTo((string[])["a-1", "a-1", "b-1"]));
    }

    [Test]
    public async Task A_queue_that_fails_once_is_tried_again_by_the_same_process_at_once()
    {
        await using var world = new PushWorld();
        using var outbox = world.NewOutbox();
        await outbox.BeginAsync();
        await world.CommitAsync(AlertWorld.Alert("a"), AlertWorld.Alert("b"));
        var failed = false;
        world.Kill = moment =>
        {
            if (moment == PushMoments.AfterQueued && !failed)
            {
                failed = true;
                throw new StoreException(StoreTrouble.Retry, "the queue is away");
            }
        };
        Assert.ThrowsAsync<StoreException>(async () => await outbox.SendAsync());
        await outbox.SendAsync();
        Assert.That((await world.WaitingAsync()).Select(one => one.Id).Distinct(), Is.EqualTo((string[])["a-1", "b-1"]));
    }

    [Test]
    public async Task Whatever_dies_every_line_is_on_the_queue_with_its_one_id([Range(1, 40)] int seed)
    {
        await using var world = new PushWorld(seed);
        var chance = new Random(seed);
#pragma warning disable CA2000 // Whoever dies is disposed of where it dies, the others at the end.
        AlertOutbox[] workers = [world.NewOutbox(), world.NewOutbox()];
#pragma warning restore CA2000
        await workers[0].BeginAsync();
        var (kills, committed) = (0, 0);
        List<string> expected = [];
        world.Kill = _ =>
        {
            if (chance.Next(4) == 0)
            {
                kills++;
                throw new PushKilledException();
            }
        };
        for (var step = 0; step < 25; step++)
        {
            Checkpoint? checkpoint = null;
            if (chance.Next(2) == 0)
            {
                var alerts = Enumerable.Range(0, chance.Next(1, 4)).Select(_ => AlertWorld.Alert($"alert{committed++}")).ToArray();
                checkpoint = await world.CommitAsync(alerts);
                expected.AddRange(alerts.Select(DeliveryLine.IdOf));
            }

            var at = chance.Next(2);
            try
            {
                await workers[at].SendAsync(chance.Next(2) == 0 ? checkpoint : null);
            }
            catch (PushKilledException)
            {
                workers[at].Dispose();
                workers[at] = world.NewOutbox();
            }

            world.Time.Advance(TimeSpan.FromSeconds(chance.Next(90)));
        }

        world.Kill = null;
        world.Time.Advance(TimeSpan.FromMinutes(2));
        await workers[0].SendAsync();
        Array.ForEach(workers, one => one.Dispose());
        var sent = (await world.WaitingAsync()).Select(one => one.Id).ToList();
        Assert.That(sent.Distinct(), Is.EquivalentTo(expected), $"seed {seed}, {kills} kills");
        Assert.That(kills > 0 || sent.Count == expected.Count, $"seed {seed}: {sent.Count} of {expected.Count} without a death");
    }

    [Test]
    public async Task Without_deaths_each_line_is_sent_once_by_whoever_gets_to_it()
    {
        await using var world = new PushWorld();
        using var first = world.NewOutbox();
        using var second = world.NewOutbox();
        await first.BeginAsync();
        for (var commit = 0; commit < 30; commit++)
        {
            var checkpoint = await world.CommitAsync(AlertWorld.Alert($"alert{commit}"));
            await Task.WhenAll(first.SendAsync(checkpoint), second.SendAsync());
        }

        var sent = (await world.WaitingAsync()).Select(one => one.Id).ToList();
        Assert.That((sent.Count, sent.Distinct().Count()), Is.EqualTo((30, 30)));
    }

    private static void KillAt(PushWorld world, string moment) => world.Kill = name =>
    {
        if (name == moment)
        {
            throw new PushKilledException();
        }
    };
}
