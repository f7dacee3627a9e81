using System.Globalization;
using System.Text;
using System.Text.Json;
using MaritimeWatch.Log;

namespace MaritimeWatch.Tests.Log;

[TestFixture]
internal sealed class LogTests
{
    private static readonly DateTimeOffset At = new(2026, 5, 1, 23, 30, 0, TimeSpan.FromHours(-2));

    private MemoryStore store = null!;
    private ManualTime time = null!;

    [SetUp]
    public void MakeStore() => (store, time) = (new MemoryStore(), new ManualTime());

    [Test]
    public async Task A_store_is_made_once_and_keeps_what_was_decided()
    {
        var made = await StoreFormat.OpenOrCreateAsync(store, At, groups: 8, simulated: true);
        var again = await StoreFormat.OpenOrCreateAsync(store, At.AddDays(1), groups: 2);
        Assert.That(again, Is.EqualTo(made));
        Assert.That((again.Groups, again.Simulated, again.CreatedAt), Is.EqualTo((8, true, At)));
        Assert.That(
            Encoding.UTF8.GetString((await store.GetAsync("store.json", default))!.Value.Bytes.Span),
            Is.EqualTo("""{"format":1,"groups":8,"simulated":true,"created_at":"2026-05-02T01:30:00+00:00"}"""));
    }

    [TestCase("""{"format":2,"layout":"unheard of"}""", "made by a newer version")]
    [TestCase("""{"format":1,"groups":0,"simulated":false,"created_at":"2026-05-02T01:30:00Z"}""", "damaged")]
    [TestCase("not json", "damaged")]
    public async Task A_store_that_this_build_cannot_read_is_refused(string json, string message)
    {
        await store.PutAsync("store.json", Encoding.UTF8.GetBytes(json), PutCondition.IfAbsent, default);
        Assert.That(
            async () => await StoreFormat.OpenAsync(store),
            Throws.InstanceOf<StoreException>().With.Property("Trouble").EqualTo(StoreTrouble.Stop).And.Message.Contains(message));
    }

    [Test]
    public void An_empty_folder_is_not_a_store() => Assert.That(
        async () => await StoreFormat.OpenAsync(store),
        Throws.InstanceOf<StoreException>().With.Property("Trouble").EqualTo(StoreTrouble.FixInput));

    [TestCase(1)]
    [TestCase(3)]
    [TestCase(4)]
    [TestCase(256)]
    public void Shards_are_spread_evenly(int groups)
    {
        var map = new GroupMap(groups);
        var sizes = Enumerable.Range(0, 256).GroupBy(map.GroupOf).Select(static g => g.Count()).ToArray();
        Assert.That(sizes, Has.Length.EqualTo(groups));
        Assert.That(sizes.Max() - sizes.Min(), Is.LessThanOrEqualTo(1));
        Assert.That(map.GroupOf(255), Is.EqualTo(groups - 1));
    }

    [Test]
    public async Task The_same_bytes_on_the_same_day_are_landed_once()
    {
        var landing = new Landing(store);
        var bytes = Encoding.UTF8.GetBytes("!AIVDM");
        var first = await landing.LandAsync("north", At, bytes);
        using var stream = new MemoryStream([0, .. bytes]);
        stream.Position = 1;
        var second = await landing.LandAsync("north", At.AddMinutes(5), stream);
        Assert.That(first.Name, Does.StartWith("landing/north/2026-05-02/").And.EndsWith(first.Hash));
        Assert.That((second.Name, second.Hash, second.Length), Is.EqualTo((first.Name, first.Hash, 6L)));
        Assert.That(first.ReceivedAt.Offset, Is.EqualTo(TimeSpan.Zero));
        Assert.That(await NamesAsync("landing/"), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task One_altered_landed_byte_shows_when_it_is_read()
    {
        var landing = new Landing(store);
        var landed = await landing.LandAsync("north", At, new byte[200_000]);
        await using (var good = (await landing.OpenVerifiedAsync(landed.Name))!)
        {
            await good.CopyToAsync(Stream.Null);
        }

        var altered = new byte[200_000];
        altered[123_456] = 1;
        var eTag = (await store.GetAsync(landed.Name, default))!.Value.ETag;
        await store.PutAsync(landed.Name, altered, PutCondition.IfMatch(eTag), default);
        await using var bad = (await landing.OpenVerifiedAsync(landed.Name))!;
        await Assert.ThatAsync(async () => await bad.CopyToAsync(Stream.Null), Throws.InstanceOf<InvalidDataException>());
        Assert.That(await landing.OpenVerifiedAsync(landed.Name.Replace("north", "south", StringComparison.Ordinal)), Is.Null);
    }

    [TestCase("North")]
    [TestCase("a/b")]
    [TestCase("")]
    public void A_bad_source_is_refused(string source) => Assert.That(
        async () => await new Landing(store).LandAsync(source, At, new byte[1]),
        Throws.InstanceOf<StoreException>().With.Property("Trouble").EqualTo(StoreTrouble.FixInput));

    [TestCase("AIS 2026.CSV", "ais-2026.csv")]
    [TestCase("..", "unnamed")]
    [TestCase("", "unnamed")]
    [TestCase("Küste", "k-ste")]
    public void A_source_can_be_made_of_any_text(string text, string expected) =>
        Assert.That(BlobName.Segment(text), Is.EqualTo(expected));

    [Test]
    public async Task Rejects_are_bounded_and_their_counts_exact()
    {
        var landed = await new Landing(store).LandAsync("north", At, new byte[10]);
        var batch = new RejectBatch(recordsMax: 2, bytesMax: 3);
        batch.Add("BadChecksum", 0, 5, 1, "hello"u8);
        batch.Add("TooLong", 6, 2, 2, "ab"u8);
        batch.Add("BadChecksum", 9, 1, 3, "c"u8);
        var rejects = new Rejects(store);
        var name = await rejects.KeepAsync(landed, batch);
        Assert.That(await rejects.KeepAsync(landed, batch), Is.EqualTo(name));
        Assert.That(name, Does.StartWith("rejects/north/2026-05-02/"));
        var lines = Encoding.UTF8.GetString((await store.GetAsync(name!, default))!.Value.Bytes.Span).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.That(lines, Has.Length.EqualTo(3));
        Assert.That(lines[0], Does.Contain("\"refused\":3").And.Contain("\"kept\":2").And.Contain("\"BadChecksum\":2"));
        Assert.That(JsonDocument.Parse(lines[1]).RootElement.GetProperty("bytes").GetBytesFromBase64(), Is.EqualTo("hel"u8.ToArray()));
        Assert.That(await rejects.KeepAsync(landed, new RejectBatch()), Is.Null);
    }

    [Test]
    public async Task Writers_that_race_share_the_numbers_without_holes()
    {
        var shared = new Inbox(store, new GroupName("watch", 3), time);
        var numbers = await Task.WhenAll(Enumerable.Range(0, 200).Select(i => Task.Run(async () =>
        {
            var inbox = i % 2 == 0 ? shared : new Inbox(store, new GroupName("watch", 3), time);
            return await inbox.AppendAsync(EntryKind.Tick, BitConverter.GetBytes(i));
        })));
        Assert.That(numbers.Order(), Is.EqualTo(Enumerable.Range(1, 200)));
        Assert.That(await NamesAsync("inbox/"), Does.Contain("inbox/watch/003/000000000200").And.Count.EqualTo(200));
        Assert.That((await shared.ReadAsync(7))!.Value.Kind, Is.EqualTo(EntryKind.Tick));
        Assert.That(await shared.ReadAsync(201), Is.Null);
    }

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(2)]
    [TestCase(37)]
    [TestCase(64)]
    public async Task The_last_number_is_found_by_a_newcomer(int count)
    {
        var writer = new Inbox(store, new GroupName("watch", 0), time);
        for (var i = 0; i < count; i++)
        {
            await writer.AppendAsync(EntryKind.Tick, Encoding.UTF8.GetBytes(i.ToString(CultureInfo.InvariantCulture)));
        }

        var newcomer = new Inbox(store, new GroupName("watch", 0), time);
        Assert.That(await newcomer.LastNumberAsync(), Is.EqualTo(count));
        Assert.That(await newcomer.AppendAsync(EntryKind.Action, default), Is.EqualTo(count + 1));
    }

    [Test]
    public async Task A_message_comes_back_until_it_is_completed_and_then_becomes_a_dead_letter()
    {
        var queue = new BlobQueue(store, "decode", time);
        await queue.SendAsync("first"u8.ToArray(), TimeSpan.Zero);
        await queue.SendAsync("second"u8.ToArray(), TimeSpan.Zero);
        var visibility = TimeSpan.FromSeconds(30);
        var first = (await queue.ReceiveAsync(visibility))!;
        var second = (await queue.ReceiveAsync(visibility))!;
        Assert.That(Encoding.UTF8.GetString(first.Body.Span), Is.EqualTo("first"));
        Assert.That(await queue.ReceiveAsync(visibility), Is.Null);
        await queue.CompleteAsync(second);
        for (var delivery = 2; delivery <= BlobQueue.DeliveriesMax; delivery++)
        {
            var wait = queue.WaitAsync();
            Assert.That(wait.IsCompleted, Is.False);
            time.Advance(visibility);
            await wait;
            Assert.That((await queue.ReceiveAsync(visibility))!.Deliveries, Is.EqualTo(delivery));
        }

        time.Advance(visibility);
        Assert.That(await queue.ReceiveAsync(visibility), Is.Null);
        Assert.That(await NamesAsync("queue/decode/"), Is.Empty);
        Assert.That(await NamesAsync(queue.PoisonPrefix), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_restarted_queue_delivers_what_was_not_completed()
    {
        var queue = new BlobQueue(store, "decode", time);
        await queue.SendAsync("a"u8.ToArray(), TimeSpan.Zero);
        await queue.SendAsync("b"u8.ToArray(), TimeSpan.Zero);
        await queue.CompleteAsync((await queue.ReceiveAsync(TimeSpan.FromHours(1)))!);
        await queue.ReceiveAsync(TimeSpan.FromHours(1));
        var restarted = new BlobQueue(store, "decode", time);
        await restarted.WaitAsync();
        Assert.That(Encoding.UTF8.GetString((await restarted.ReceiveAsync(TimeSpan.FromHours(1)))!.Body.Span), Is.EqualTo("b"));
        var wait = restarted.WaitAsync();
        Assert.That(wait.IsCompleted, Is.False);
        await restarted.SendAsync("c"u8.ToArray(), TimeSpan.Zero);
        await wait;
    }

    [Test]
    public async Task Days_go_when_their_class_no_longer_allows_them()
    {
        var landing = new Landing(store);
        var now = new DateTimeOffset(2026, 6, 30, 0, 0, 0, TimeSpan.Zero);
        foreach (var (source, daysAgo) in new[] { ("north", 10), ("north", 11), ("plates", 3), ("plates", 4) })
        {
            await landing.LandAsync(source, now.AddDays(-daysAgo), new byte[daysAgo]);
        }

        var landed = new LandedBlob("landing/x", "", 0, "north", now.AddDays(-2));
        var batch = new RejectBatch();
        batch.Add("Bad", 0, 0, 0, []);
        await new Rejects(store).KeepAsync(landed, batch);
        await store.PutAsync("landing/odd", new byte[1], PutCondition.IfAbsent, default);
        var retention = new Retention { LandingDays = 10, PersonalDataDays = 3, RejectsDays = 1 };
        Assert.That(await retention.PurgeAsync(store, now), Is.EqualTo(3));
        Assert.That(
            (await NamesAsync("")).Select(static n => string.Join('/', n.Split('/').Take(3))),
            Is.EqualTo(["landing/north/2026-06-20", "landing/odd", "landing/plates/2026-06-27"]));
    }

    private async Task<List<string>> NamesAsync(string prefix)
    {
        List<string> names = [];
        await foreach (var entry in store.ListAsync(prefix, default))
        {
            names.Add(entry.Name);
        }

        return names;
    }
}
