using System.Globalization;
using System.Text;
using MaritimeWatch.Log;
using MaritimeWatch.Stores;

namespace MaritimeWatch.Tests.Log;

/// <summary>What every queue must do; one fixture for each.</summary>
internal abstract class WorkQueueContract
{
    private static readonly TimeSpan Visibility = TimeSpan.FromSeconds(30);

    private IWorkQueue queue = null!;

    protected abstract Task<IWorkQueue> MakeAsync();

    /// <summary>Lets the time pass in which a message is out of others' sight.</summary>
    protected abstract Task PassVisibilityAsync(WorkItem item, TimeSpan visibility);

    /// <summary>The bodies of the dead letters.</summary>
    protected abstract Task<List<string>> DeadLettersAsync();

    [SetUp]
    public async Task MakeQueue() => queue = await MakeAsync();

    [Test]
    public async Task An_empty_queue_gives_nothing()
    {
        Assert.That(await queue.ReceiveAsync(Visibility), Is.Null);
        Assert.That(await queue.CountAsync(), Is.Zero);
    }

    [Test]
    public async Task What_is_sent_is_received_as_it_was_and_by_one_alone()
    {
        const string Body = "{\"text\":\"<a> & 'b' \u00e9\u4e2d\",\"number\":1}";
        await SendAsync(Body);
        Assert.That(await queue.CountAsync(), Is.EqualTo(1));
        var item = (await queue.ReceiveAsync(Visibility))!;
        Assert.That((Text(item), item.Deliveries), Is.EqualTo((Body, 1)));
        Assert.That(await queue.ReceiveAsync(Visibility), Is.Null);
        Assert.That(await queue.CountAsync(), Is.EqualTo(1), "held, but not done");
    }

    [Test]
    public async Task What_is_completed_never_comes_back()
    {
        await SendAsync("a");
        var item = (await queue.ReceiveAsync(Visibility))!;
        await queue.CompleteAsync(item);
        Assert.That(await queue.CountAsync(), Is.Zero);
        Assert.That(await queue.ReceiveAsync(Visibility), Is.Null);
        await queue.CompleteAsync(item); // Twice is no trouble.
    }

    [Test]
    public async Task What_is_not_completed_comes_back_and_is_counted_until_it_is_a_dead_letter()
    {
        await SendAsync("poison");
        for (var delivery = 1; delivery <= BlobQueue.DeliveriesMax; delivery++)
        {
            var item = (await queue.ReceiveAsync(Visibility))!;
            Assert.That((Text(item), item.Deliveries), Is.EqualTo(("poison", delivery)));
            await PassVisibilityAsync(item, Visibility);
        }

        await SendAsync("good");
        Assert.That(Text((await queue.ReceiveAsync(Visibility))!), Is.EqualTo("good"));
        Assert.That(await queue.ReceiveAsync(Visibility), Is.Null);
        Assert.That(await queue.CountAsync(), Is.EqualTo(1));
        Assert.That(await DeadLettersAsync(), Is.EqualTo(["poison"]));
    }

    [Test]
    public async Task A_message_with_a_delay_is_out_of_sight()
    {
        await queue.SendAsync(Encoding.UTF8.GetBytes("later"), TimeSpan.FromHours(1));
        await SendAsync("now");
        Assert.That(Text((await queue.ReceiveAsync(Visibility))!), Is.EqualTo("now"));
        Assert.That(await queue.ReceiveAsync(Visibility), Is.Null);
        Assert.That(await queue.CountAsync(), Is.EqualTo(2));
    }

    [Test]
    public async Task Two_messages_of_the_same_bytes_are_two()
    {
        await SendAsync("same");
        await SendAsync("same");
        await queue.CompleteAsync((await queue.ReceiveAsync(Visibility))!);
        Assert.That(Text((await queue.ReceiveAsync(Visibility))!), Is.EqualTo("same"));
    }

    [Test]
    public async Task Many_that_receive_at_once_get_each_message_once()
    {
        for (var i = 0; i < 20; i++)
        {
            await SendAsync(i.ToString(CultureInfo.InvariantCulture));
        }

        var received = await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => Task.Run(async () => await queue.ReceiveAsync(Visibility))));
        Assert.That(
            received.Where(static item => item is not null).Select(static item => Text(item!)),
            Is.EquivalentTo(Enumerable.Range(0, 20).Select(static i => i.ToString(CultureInfo.InvariantCulture))));
    }

    [Test]
    public async Task Who_waits_hears_of_a_message()
    {
        Assert.That(await queue.ReceiveAsync(Visibility), Is.Null);
        var wait = queue.WaitAsync();
        await SendAsync("a");
        await wait;
        Assert.That(await queue.ReceiveAsync(Visibility), Is.Not.Null);
    }

    protected static string Text(WorkItem item) => Encoding.UTF8.GetString(item.Body.Span);

    private ValueTask SendAsync(string body) => queue.SendAsync(Encoding.UTF8.GetBytes(body), TimeSpan.Zero);
}

[TestFixture]
internal class BlobQueueTests : WorkQueueContract
{
    private readonly ManualTime time = new();
    private BlobQueue queue = null!;
    private IBlobStore store = null!;

    protected override Task<IWorkQueue> MakeAsync()
    {
        store = MakeStore();
        queue = new BlobQueue(store, "work", time);
        return Task.FromResult<IWorkQueue>(queue);
    }

    protected virtual IBlobStore MakeStore() => new MemoryStore();

    protected override Task PassVisibilityAsync(WorkItem item, TimeSpan visibility)
    {
        time.Advance(visibility);
        return Task.CompletedTask;
    }

    protected override async Task<List<string>> DeadLettersAsync()
    {
        List<string> bodies = [];
        await foreach (var entry in store.ListAsync(queue.PoisonPrefix, default))
        {
            bodies.Add(Encoding.UTF8.GetString((await store.GetAsync(entry.Name, default))!.Value.Bytes.Span));
        }

        return bodies;
    }
}

[TestFixture]
internal sealed class BlobQueueOnDiskTests : BlobQueueTests
{
    private DirectoryInfo folder = null!;

    [TearDown]
    public void DeleteFolder() => folder.Delete(recursive: true);

    protected override IBlobStore MakeStore()
    {
        folder = Directory.CreateTempSubdirectory("maritimewatch-");
        return DirectoryStore.Open(folder.FullName, Durability.ProcessOnly);
    }
}
