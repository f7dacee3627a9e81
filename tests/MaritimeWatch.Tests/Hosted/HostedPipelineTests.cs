using MaritimeWatch.Functions.Hosted;
using MaritimeWatch.Log;

namespace MaritimeWatch.Tests.Hosted;

[TestFixture]
public sealed class HostedPipelineTests
{
    [Test]
    public async Task One_message_to_one_worker_is_committed_through_to_the_alerts_when_it_is_answered()
    {
        var world = await HostedWorld.OpenAsync();
        await world.Worker("a").DecodeAsync(await world.LandAsync(1), default);

        Assert.That(await world.ToldAsync(StageNames.Watch), Is.EqualTo(4), "a finding for each group");
        Assert.That(await world.ToldAsync(StageNames.Ports), Is.EqualTo(4));
        Assert.That(await world.ToldAsync(StageNames.Contacts), Is.EqualTo(4));
        Assert.That(await world.ToldAsync(StageNames.Alerts), Is.EqualTo(8));
        Assert.That(world.Wakes.Sent, Is.Zero, "one worker needs no wakes");
        await world.AssertWholeAsync();
    }

    [Test]
    public async Task A_message_that_comes_twice_or_in_two_processes_at_once_changes_nothing()
    {
        var world = await HostedWorld.OpenAsync();
        var (a, b) = (world.Worker("a"), world.Worker("b"));
        var message = await world.LandAsync(1);
        await Task.WhenAll(a.DecodeAsync(message, default), b.DecodeAsync(message, default), a.DecodeAsync(message, default));
        await world.SettleAsync(a, b);

        Assert.That(await world.ToldAsync(StageNames.Watch), Is.EqualTo(4));
        Assert.That(await world.ToldAsync(StageNames.Alerts), Is.EqualTo(8));
        await world.AssertWholeAsync();
    }

    [Test]
    public async Task Two_workers_share_the_groups_evenly()
    {
        var world = await HostedWorld.OpenAsync();
        var (a, b) = (world.Worker("a"), world.Worker("b"));
        await a.DecodeAsync(await world.LandAsync(0), default);
        await b.DecodeAsync(await world.LandAsync(1), default);
        await world.SettleAsync(a, b);
        world.Time.Advance(TimeSpan.FromSeconds(6)); // Both have heard of each other after this.
        await a.DecodeAsync(await world.LandAsync(2), default);
        await b.DecodeAsync(await world.LandAsync(3), default);
        world.Commits.Clear();
        for (var number = 4; number < 24; number++)
        {
            await (number % 2 == 0 ? a : b).DecodeAsync(await world.LandAsync(number), default);
            world.Time.Advance(TimeSpan.FromMilliseconds(100));
        }

        var byA = world.Commits["a"].Where(group => group.StartsWith("watch", StringComparison.Ordinal)).Distinct().ToList();
        var byB = world.Commits["b"].Where(group => group.StartsWith("watch", StringComparison.Ordinal)).Distinct().ToList();
        Assert.That(byA, Has.Count.EqualTo(2));
        Assert.That(byB, Has.Count.EqualTo(2));
        Assert.That(byA.Intersect(byB), Is.Empty);
        await world.SettleAsync(a, b);
        Assert.That(await world.ToldAsync(StageNames.Watch), Is.EqualTo(24 * 4));
        await world.AssertWholeAsync();
    }

    [Test]
    public async Task What_another_door_landed_is_folded_and_goes_on_to_the_alerts()
    {
        var world = await HostedWorld.OpenAsync();
        await world.Worker("a").DecodeAsync(world.Note(1), default);
        Assert.That(await world.ToldAsync(StageNames.Gate), Is.EqualTo(1));
        Assert.That(await world.ToldAsync(StageNames.Alerts), Is.EqualTo(1));
    }

    [Test]
    public async Task An_app_without_the_watch_appends_and_wakes_and_folds_nothing()
    {
        var world = await HostedWorld.OpenAsync();
        var door = world.Worker("door", folds: false);
        await door.DecodeAsync(world.Note(1), default);
        Assert.That(await world.ToldAsync(StageNames.Gate), Is.Zero);
        Assert.That(world.Wakes.Sent, Is.EqualTo(1));
        Assert.That(await world.Store.GetAsync(Members.BlobNameOf, default), Is.Null, "it owns nothing");

        await world.SettleAsync(world.Worker("a"));
        Assert.That(await world.ToldAsync(StageNames.Alerts), Is.EqualTo(1));
    }

    [Test]
    public async Task An_officer_s_action_wakes_the_alerts_from_whichever_app_it_came()
    {
        var world = await HostedWorld.OpenAsync();
        var number = await new Inbox(world.Store, new GroupName(StageNames.Alerts, 0), world.Time).AppendAsync(EntryKind.Action, "{}"u8.ToArray());
        await world.Worker("door", folds: false).ActedAsync(number);
        await world.SettleAsync(world.Worker("a"));
        Assert.That(await world.ToldAsync(StageNames.Alerts), Is.EqualTo(1));
    }

    [Test]
    public async Task A_queue_that_fails_is_no_reason_to_refuse_an_officer_whose_word_is_kept()
    {
        var world = await HostedWorld.OpenAsync();
        world.Wakes.IsBroken = true;
        await world.Worker("door", folds: false).ActedAsync(1);
        Assert.That(world.Wakes.Sent, Is.Zero);
    }

    [Test]
    public async Task A_message_for_what_does_not_exist_is_bad_input()
    {
        var world = await HostedWorld.OpenAsync();
        var worker = world.Worker("a");
        Assert.That(
            async () => await worker.WakeAsync(new WakeMessage { Stage = "kites", Group = 0, Number = 1, Generation = 0 }, default),
            Throws.TypeOf<InvalidDataException>());
        Assert.That(
            async () => await worker.WakeAsync(new WakeMessage { Stage = StageNames.Watch, Group = 4, Number = 1, Generation = 0 }, default),
            Throws.TypeOf<InvalidDataException>());
        Assert.That(
            async () => await worker.WakeAsync(new WakeMessage { Stage = StageNames.Gate, Group = 0, Number = 0, Generation = 0 }, default),
            Throws.TypeOf<InvalidDataException>(), "a stage that hears nobody has no relay");
        Assert.That(
            async () => await worker.DecodeAsync(world.Note(1) with { Door = "kites" }, default), Throws.TypeOf<InvalidDataException>());
    }
}
