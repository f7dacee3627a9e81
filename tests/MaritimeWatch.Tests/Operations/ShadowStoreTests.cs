using System.Text;
using MaritimeWatch.Functions.Operations;
using MaritimeWatch.Functions.Outlet;
using MaritimeWatch.Log;
using MaritimeWatch.Log.Sealing;
using MaritimeWatch.Tests.Intake.Doors;

namespace MaritimeWatch.Tests.Operations;

internal sealed class ShadowStoreTests
{
    private readonly MemoryStore live = new();

    [Test]
    public async Task What_is_written_lies_under_the_shadow_and_hides_what_it_reads_through()
    {
        var shadow = new ShadowStore(live, "try-1");
        await live.PutAsync("landing/mast/2026-05-01/aa", "live"u8.ToArray(), PutCondition.IfAbsent, default);
        await live.PutAsync("inbox/watch/000/000000000001", "live"u8.ToArray(), PutCondition.IfAbsent, default);
        await live.PutAsync("groups/watch/000/checkpoint", "live"u8.ToArray(), PutCondition.IfAbsent, default);

        Assert.Multiple(() =>
        {
            Assert.That(TextAsync(shadow, "landing/mast/2026-05-01/aa").Result, Is.EqualTo("live"));
            Assert.That(TextAsync(shadow, "inbox/watch/000/000000000001").Result, Is.Null);
            Assert.That(TextAsync(shadow, "groups/watch/000/checkpoint").Result, Is.Null);
        });
        Assert.That((await shadow.PutAsync("groups/watch/000/checkpoint", "own"u8.ToArray(), PutCondition.IfAbsent, default)).Written, Is.True);
        Assert.That((await shadow.PutAsync("landing/mast/2026-05-01/aa", "own"u8.ToArray(), PutCondition.IfAbsent, default)).Written, Is.False, "it is there");
        Assert.That((await shadow.PutAsync("landing/mast/2026-05-01/bb", "own"u8.ToArray(), PutCondition.IfAbsent, default)).Written, Is.True);
        Assert.That(await NamesAsync(shadow, "landing/"), Is.EqualTo(new[] { "landing/mast/2026-05-01/aa", "landing/mast/2026-05-01/bb" }));
        Assert.That(await NamesAsync(live, "landing/"), Is.EqualTo(new[] { "landing/mast/2026-05-01/aa" }));
        Assert.That(await TextAsync(live, "groups/watch/000/checkpoint"), Is.EqualTo("live"));
        Assert.That(await NamesAsync(live, "shadow/"), Is.EqualTo(new[] { "shadow/try-1/groups/watch/000/checkpoint", "shadow/try-1/landing/mast/2026-05-01/bb" }));
    }

    [Test]
    public async Task Inboxes_are_read_through_up_to_the_entry_that_was_the_last()
    {
        var group = new GroupName(StageNames.Watch, 0);
        var inbox = new Inbox(live, group, TimeProvider.System);
        await inbox.AppendAsync(EntryKind.Tick, "1"u8.ToArray());
        await inbox.AppendAsync(EntryKind.Tick, "2"u8.ToArray());
        await inbox.AppendAsync(EntryKind.Tick, "3"u8.ToArray());
        var shadow = new ShadowStore(live, "s", new ShadowReach { InboxUntil = new Dictionary<string, long> { ["watch/000"] = 2 } });
        var own = new Inbox(shadow, group, TimeProvider.System);
        Assert.That(await own.LastNumberAsync(), Is.EqualTo(2));
        Assert.That(await own.AppendAsync(EntryKind.Tick, "mine"u8.ToArray()), Is.EqualTo(3));
        Assert.That(Encoding.UTF8.GetString((await own.ReadAsync(3))!.Value.Body.Span), Is.EqualTo("mine"));
        Assert.That(Encoding.UTF8.GetString((await inbox.ReadAsync(3))!.Value.Body.Span), Is.EqualTo("3"));
    }

    [TestCase("queue/ais/0000000000000000001-aa")]
    [TestCase("queue/alert-delivery/0000000000000000001-aa")]
    [TestCase("outbox/segot/aa")]
    [TestCase("push/aa")]
    [TestCase("alerts/segot/aa")]
    [TestCase("workers/live")]
    [TestCase("shadow/other/store.json")]
    [TestCase("store.json2")]
    public void Names_that_no_fold_writes_are_refused(string name)
    {
        var shadow = new ShadowStore(live, "s");
        Assert.That(() => shadow.PutAsync(name, default, PutCondition.IfAbsent, default).AsTask(), Throws.InvalidOperationException);
        Assert.That(() => shadow.PutStreamIfAbsentAsync(name, Stream.Null, default).AsTask(), Throws.InvalidOperationException);
        Assert.That(() => shadow.DeleteAsync(name, default).AsTask(), Throws.InvalidOperationException);
    }

    [Test]
    public void What_tells_of_alerts_cannot_be_built_over_a_shadow()
    {
        var shadow = new ShadowStore(live, "s");
        Assert.That(() => new AlertBoard(shadow, TimeProvider.System), Throws.ArgumentException);
        Assert.That(() => new BlobQueue(shadow, QueueNames.AlertDelivery, TimeProvider.System).SendAsync("x"u8.ToArray(), TimeSpan.Zero).AsTask(), Throws.InvalidOperationException);
        Assert.That(() => new ShadowStore(shadow, "t"), Throws.ArgumentException);
    }

    [TestCase("")]
    [TestCase("..")]
    [TestCase("a/b")]
    [TestCase("A")]
    [TestCase("-a")]
    public void A_name_that_would_lead_elsewhere_is_no_name(string name) =>
        Assert.That(() => new ShadowStore(live, name), Throws.TypeOf<StoreException>());

    [Test]
    public async Task No_key_is_stored_and_an_erased_one_stays_erased()
    {
        var shadow = new ShadowStore(live, "s");
        var keys = new KeyRing(shadow, Vaults.ForTests, count => [.. Enumerable.Repeat((byte)3, count)]);
        var at = new DateTimeOffset(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);
        var landed = await new SealedLanding(shadow, keys).LandAsync("plates.gate", at, "PLATE"u8.ToArray(), default);
        Assert.That(await NamesAsync(live, "keys/"), Is.Empty);
        Assert.That((await NamesAsync(live, "shadow/")).Where(name => name.Contains("keys", StringComparison.Ordinal)), Is.Empty);
        Assert.That(await NamesAsync(live, "shadow/s/landing/"), Has.Count.EqualTo(1));
        Assert.That(Encoding.UTF8.GetString((await live.GetAsync("shadow/s/" + landed.Name, default))!.Value.Bytes.Span), Does.Not.Contain("PLATE"));

        var liveKeys = new KeyRing(live, Vaults.ForTests, count => [.. Enumerable.Repeat((byte)4, count)]);
        await new SealedLanding(live, liveKeys).LandAsync("plates.gate", at.AddDays(1), "PLATE"u8.ToArray(), default);
        await liveKeys.DeleteDayAsync(DateOnly.FromDateTime(at.UtcDateTime.AddDays(1)), at.AddDays(60), "test", default);
        Assert.That(() => new SealedLanding(shadow, keys).LandAsync("plates.gate", at.AddDays(1), "PLATE"u8.ToArray(), default).AsTask(), Throws.TypeOf<StoreException>());
    }

    [Test]
    public async Task It_writes_only_while_the_live_queue_is_not_deep()
    {
        var time = new FakeTime();
        var waiting = 51;
        var pace = new BackfillPace(_ => ValueTask.FromResult(waiting), 50, time);
        var shadow = new ShadowStore(live, "s", null, pace.WaitAsync);
        var write = shadow.PutAsync("store.json", "x"u8.ToArray(), PutCondition.IfAbsent, default).AsTask();
        time.Advance(TimeSpan.FromSeconds(30));
        Assert.That(write.IsCompleted, Is.False);
        waiting = 50;
        await Eventually.TrueAsync(() => write.IsCompleted, "the write", () => time.Advance(TimeSpan.FromSeconds(1)));
        Assert.That(((await write).Written, pace.Pauses), Is.EqualTo((true, pace.Pauses)));
        Assert.That(pace.Pauses, Is.GreaterThan(0));
    }

    [Test]
    public async Task Removing_a_shadow_removes_it_alone()
    {
        await live.PutAsync("store.json", "x"u8.ToArray(), PutCondition.IfAbsent, default);
        await new ShadowStore(live, "a").PutAsync("store.json", "x"u8.ToArray(), PutCondition.IfAbsent, default);
        await new ShadowStore(live, "ab").PutAsync("store.json", "x"u8.ToArray(), PutCondition.IfAbsent, default);
        Assert.That(await Shadows.RemoveAsync(live, "a", default), Is.EqualTo(1));
        Assert.That(await NamesAsync(live, "shadow/"), Is.EqualTo(new[] { "shadow/ab/store.json" }));
        Assert.That(await Shadows.NamesAsync(live, default).ToListAsync(), Is.EqualTo(new[] { "ab" }));
        Assert.That(await TextAsync(live, "store.json"), Is.EqualTo("x"));
    }

    [TearDown]
    public async Task Empty()
    {
        foreach (var name in await NamesAsync(live, ""))
        {
            await live.DeleteAsync(name, default);
        }
    }

    private static async Task<string?> TextAsync(IBlobStore store, string name) =>
        await store.GetAsync(name, default) is { } blob ? Encoding.UTF8.GetString(blob.Bytes.Span) : null;

    internal static async Task<List<string>> NamesAsync(IBlobStore store, string prefix)
    {
        List<string> names = [];
        await foreach (var entry in store.ListAsync(prefix, default))
        {
            names.Add(entry.Name);
        }

        return names;
    }
}
