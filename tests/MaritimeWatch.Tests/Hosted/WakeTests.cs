using MaritimeWatch.Functions.Hosted;
using MaritimeWatch.Functions.Intake;
using MaritimeWatch.Log;

namespace MaritimeWatch.Tests.Hosted;

/// <summary>Who folds a group when, by the rules of wakes and of membership, one at a time.</summary>
[TestFixture]
public sealed class WakeTests
{
    private static readonly GroupName Second = new(StageNames.Watch, 1);

    [Test]
    public async Task What_belongs_to_another_is_left_to_him_for_a_second_and_then_folded_by_whoever_is_woken()
    {
        var (world, a, b) = await PairAsync();
        await a.DecodeAsync(await world.LandAsync(2), default);
        var told = await world.ToldAsync(StageNames.Watch);
        Assert.That(told, Is.EqualTo(10), "two rounds of four, and two groups of the third");
        await world.DeliverAsync(a);
        Assert.That(await world.ToldAsync(StageNames.Watch), Is.EqualTo(told), "it is not delivered yet");

        // The first wake finds that the group has moved since this worker knew it; the second that it has not.
        await world.SettleAsync(a);
        Assert.That(await world.ToldAsync(StageNames.Watch), Is.EqualTo(12));
        Assert.That(world.Commits["a"], Does.Contain(Second.ToString()));
        await world.AssertWholeAsync();
        Assert.That(b, Is.Not.Null);
    }

    [Test]
    public async Task The_owner_who_is_woken_folds_at_once()
    {
        var (world, a, b) = await PairAsync();
        await a.DecodeAsync(await world.LandAsync(2), default);
        world.Commits.Clear();
        world.Time.Advance(TimeSpan.FromSeconds(1));
        await world.DeliverAsync(b);
        Assert.That(await world.ToldAsync(StageNames.Watch), Is.EqualTo(12));
        Assert.That(world.Commits.Keys, Is.EqualTo(new[] { "b" }));
    }

    [Test]
    public async Task A_wake_for_what_has_been_folded_reads_and_writes_nothing_more()
    {
        var (world, a, b) = await PairAsync();
        await a.DecodeAsync(await world.LandAsync(2), default);
        await b.DecodeAsync(await world.LandAsync(3), default); // Folds both entries of its own groups.
        world.Commits.Clear();
        await world.SettleAsync(a, b);
        Assert.That(await world.ToldAsync(StageNames.Watch), Is.EqualTo(16));
        Assert.That(world.Commits.GetValueOrDefault("b", []).Where(group => group.StartsWith("watch", StringComparison.Ordinal)), Is.Empty);
    }

    [Test]
    public async Task While_the_owner_gets_on_another_leaves_the_group_alone_and_looks_again_later()
    {
        var (world, a, b) = await PairAsync();
        var wake = new WakeMessage { Stage = Second.Stage, Group = Second.Group, Number = 1, Generation = 0 };
        await new Inbox(world.Store, Second, world.Time).AppendAsync(EntryKind.Tick, TickEntry.ToBytes(0));
        world.Commits.Clear();
        world.Wakes.Lose();
        await a.WakeAsync(wake, default);
        Assert.That(world.Commits, Is.Empty, "its generation is not that of the wake: somebody is on it");
        Assert.That(world.Wakes.Waiting, Is.EqualTo(1));
        await a.WakeAsync(wake, default);
        Assert.That(world.Wakes.Waiting, Is.EqualTo(1), "the one that waits stands for both");
        Assert.That(b, Is.Not.Null);
    }

    [Test]
    public async Task Many_messages_of_a_second_need_one_wake_for_each_group_of_another()
    {
        var (world, a, _) = await PairAsync();
        world.Wakes.Lose();
        var before = world.Wakes.Sent;
        for (var number = 2; number < 22; number++)
        {
            await a.DecodeAsync(await world.LandAsync(number), default);
            world.Time.Advance(TimeSpan.FromMilliseconds(10));
        }

        Assert.That(world.Wakes.Sent - before, Is.LessThanOrEqualTo(8), "20 messages");
        await world.SettleAsync(a);
        Assert.That(await world.ToldAsync(StageNames.Watch), Is.EqualTo(22 * 4));
        await world.AssertWholeAsync();
    }

    [Test]
    public async Task Who_is_not_heard_of_any_more_owns_nothing()
    {
        var (world, a, _) = await PairAsync();
        await a.DecodeAsync(await world.LandAsync(2), default);
        world.Wakes.Lose(); // Also the wakes are gone.
        world.Time.Advance(TimeSpan.FromSeconds(20));
        await a.DecodeAsync(await world.LandAsync(3), default);
        Assert.That(await world.ToldAsync(StageNames.Watch), Is.EqualTo(16), "all groups are the survivor's");
        Assert.That(await world.ToldAsync(StageNames.Alerts), Is.EqualTo(32));
        await world.AssertWholeAsync();
    }

    [Test]
    public async Task The_tick_finds_what_every_wake_was_lost_of_and_tells_the_time_only_where_receivers_are_heard()
    {
        var (world, a, b) = await PairAsync();
        await a.DecodeAsync(await world.LandAsync(2), default);
        world.Wakes.Lose();
        await b.TickAsync(default);
        await world.SettleAsync(a, b);
        Assert.That(await world.ToldAsync(StageNames.Watch), Is.EqualTo(12), "no tick for a store of recordings");
        Assert.That(await world.ToldAsync(StageNames.Alerts), Is.EqualTo(24));

        await a.DecodeAsync(await world.LandAsync(3, DeliveryKind.Stream), default);
        await b.TickAsync(default);
        await world.SettleAsync(a, b);
        Assert.That(await world.ToldAsync(StageNames.Watch), Is.EqualTo(20), "four batches and a tick for each group");
        await world.AssertWholeAsync();
    }

    [Test]
    public async Task A_queue_of_wakes_that_fails_fails_the_message_so_that_it_comes_again()
    {
        var (world, a, _) = await PairAsync();
        var message = await world.LandAsync(2);
        world.Wakes.IsBroken = true;
        Assert.That(async () => await a.DecodeAsync(message, default), Throws.TypeOf<StoreException>());
        world.Wakes.IsBroken = false;
        await a.DecodeAsync(message, default);
        await world.SettleAsync(a);
        Assert.That(await world.ToldAsync(StageNames.Watch), Is.EqualTo(12));
        await world.AssertWholeAsync();
    }

    [Test]
    public async Task A_host_that_hangs_up_tears_nothing()
    {
        var world = await HostedWorld.OpenAsync();
        using var gone = new CancellationTokenSource();
        var worker = world.Worker("a", moment => gone.CancelAsync().GetAwaiter().GetResult());
        var message = await world.LandAsync(1);
        Assert.That(async () => await worker.DecodeAsync(message, gone.Token), Throws.InstanceOf<OperationCanceledException>());
        await worker.DecodeAsync(message, default);
        Assert.That((await world.ToldAsync(StageNames.Watch), await world.ToldAsync(StageNames.Alerts)), Is.EqualTo((4, 8)));
        await world.AssertWholeAsync();
    }

    [Test]
    [CancelAfter(20_000)]
    public async Task An_invocation_that_takes_too_long_hands_the_rest_on()
    {
        var world = await HostedWorld.OpenAsync();
        using var goOn = new ManualResetEventSlim();
        using var isHeld = new ManualResetEventSlim();
        var isSlow = false;
        var slow = world.Worker("a", moment =>
        {
            if (isSlow && moment == KillPoints.BeforeCheckpoint)
            {
                isHeld.Set();
                goOn.Wait();
            }
        });
        await slow.DecodeAsync(await world.LandAsync(0), default);
        isSlow = true;
        var work = slow.DecodeAsync(await world.LandAsync(1), default);
        await Task.Run(isHeld.Wait);
        world.Time.Advance(HostedWorld.Pace.WorkFor);
        await work;
        Assert.That(world.Wakes.Waiting, Is.EqualTo(4), "a wake for each group that is not committed");
        goOn.Set();
        await world.SettleAsync(slow);
        Assert.That(await world.ToldAsync(StageNames.Alerts), Is.EqualTo(16));
        await world.AssertWholeAsync();
    }

    [Test]
    [CancelAfter(20_000)]
    public async Task Many_invocations_that_take_too_long_at_once_share_their_wakes()
    {
        var world = await HostedWorld.OpenAsync();
        using var isHeld = new ManualResetEventSlim();
        using var goOn = new ManualResetEventSlim();
        var isSlow = false;
        var slow = world.Worker("a", moment =>
        {
            if (isSlow && moment == KillPoints.BeforeCheckpoint)
            {
                isHeld.Set();
                goOn.Wait();
            }
        });
        await slow.DecodeAsync(await world.LandAsync(0), default);
        isSlow = true;
        var work = new List<Task>();
        for (var message = 1; message <= 12; message++)
        {
            work.Add(slow.DecodeAsync(await world.LandAsync(message), default));
        }

        await Task.Run(isHeld.Wait);
        world.Time.Advance(HostedWorld.Pace.WorkFor);
        await Task.WhenAll(work);
        Assert.That(world.Wakes.Waiting, Is.EqualTo(8), "one at once and one that waits for each of four groups, not 48");
        goOn.Set();
        await world.SettleAsync(slow);
        await world.AssertWholeAsync();
    }

    [Test]
    public async Task In_thrift_the_stages_after_the_watch_wait_for_five_minutes_or_the_tick()
    {
        var world = await HostedWorld.OpenAsync();
        var worker = world.Worker("a", pace: HostedPace.Thrift);
        await worker.DecodeAsync(await world.LandAsync(0), default);
        await worker.TickAsync(default);
        await worker.DecodeAsync(await world.LandAsync(1), default);
        Assert.That((await world.ToldAsync(StageNames.Watch), await world.ToldAsync(StageNames.Alerts)), Is.EqualTo((8, 8)));
        await worker.TickAsync(default);
        Assert.That(await world.ToldAsync(StageNames.Alerts), Is.EqualTo(16));
        await worker.DecodeAsync(await world.LandAsync(2), default);
        world.Time.Advance(TimeSpan.FromMinutes(5));
        await worker.DecodeAsync(await world.LandAsync(3), default);
        Assert.That(await world.ToldAsync(StageNames.Alerts), Is.EqualTo(32));
        await world.AssertWholeAsync();
    }

    [Test]
    public async Task A_group_that_was_idle_for_long_lets_go_of_its_state_and_reads_it_again()
    {
        var world = await HostedWorld.OpenAsync();
        var loads = 0;
        var worker = world.Worker("a", moment => loads += moment == KillPoints.AfterLoad ? 1 : 0, HostedWorld.Pace with { LiveFor = TimeSpan.FromHours(9) });
        await worker.DecodeAsync(world.Note(1), default);
        var first = loads;
        await worker.DecodeAsync(world.Note(2), default);
        Assert.That(loads, Is.EqualTo(first), "warm");
        world.Time.Advance(TimeSpan.FromMinutes(11));
        await worker.TickAsync(default);
        await worker.DecodeAsync(world.Note(3), default);
        Assert.That(loads, Is.GreaterThan(first));
        Assert.That(await world.ToldAsync(StageNames.Gate), Is.EqualTo(3));
    }

    /// <summary>Two workers that know of each other, two blobs folded through: a has groups 0 and 2, b has 1 and 3.</summary>
    private static async Task<(HostedWorld World, HostedPipeline A, HostedPipeline B)> PairAsync()
    {
        var world = await HostedWorld.OpenAsync();
        var (a, b) = (world.Worker("a"), world.Worker("b"));
        await a.DecodeAsync(await world.LandAsync(0), default);
        await b.DecodeAsync(await world.LandAsync(1), default);
        await world.SettleAsync(a, b);
        world.Time.Advance(TimeSpan.FromSeconds(5));
        var nothing = new WakeMessage { Stage = StageNames.Gate, Group = 0, Number = 1, Generation = 0 };
        foreach (var worker in new[] { a, b, a })
        {
            await worker.WakeAsync(nothing, default); // Each says that it lives and hears of the other.
            world.Time.Advance(TimeSpan.FromSeconds(1));
        }

        world.Time.Advance(TimeSpan.FromSeconds(4));
        await a.WakeAsync(nothing, default);
        await b.WakeAsync(nothing, default);
        await world.SettleAsync(a, b);
        world.Commits.Clear();
        return (world, a, b);
    }
}
