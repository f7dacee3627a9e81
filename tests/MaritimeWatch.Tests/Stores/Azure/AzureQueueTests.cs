using System.Net;
using System.Text;
using Azure.Core.Pipeline;
using MaritimeWatch.Log;
using MaritimeWatch.StandIn;
using MaritimeWatch.Stores.Azure;
using MaritimeWatch.Tests.Log;

namespace MaritimeWatch.Tests.Stores.Azure;

[TestFixture]
internal sealed class AzureQueueTests : WorkQueueContract
{
    private static readonly TimeSpan Visibility = TimeSpan.FromSeconds(30);

    private FaultHandler faults = null!;
    private HttpClient http = null!;
    private AzureStore azure = null!;
    private string name = null!;
    private IWorkQueue queue = null!;

    [TearDown]
    public void Close() => http.Dispose();

    [Test]
    public async Task A_message_of_48_KiB_fits_and_a_longer_one_is_refused()
    {
        var longest = Encoding.ASCII.GetBytes(new string('&', AzureQueue.BodyBytesMax));
        await queue.SendAsync(longest, TimeSpan.Zero);
        Assert.That((await queue.ReceiveAsync(Visibility))!.Body.ToArray(), Is.EqualTo(longest));
        foreach (var bad in new byte[][] { new byte[AzureQueue.BodyBytesMax + 1], [], [0xff, 0xfe], [(byte)'a', 0], [(byte)'a', 27] })
        {
            Assert.That(
                async () => await queue.SendAsync(bad, TimeSpan.Zero),
                Throws.InstanceOf<StoreException>().With.Property("Trouble").EqualTo(StoreTrouble.FixInput));
        }
    }

    [Test]
    public async Task Line_ends_are_kept_as_they_are()
    {
        await queue.SendAsync("a\r\nb\nc\td\r"u8.ToArray(), TimeSpan.Zero);
        Assert.That(Text((await queue.ReceiveAsync(Visibility))!), Is.EqualTo("a\r\nb\nc\td\r"));
    }

    [Test]
    public async Task Who_completes_too_late_does_not_take_the_message_from_its_next_holder()
    {
        await queue.SendAsync("a"u8.ToArray(), TimeSpan.Zero);
        var late = (await queue.ReceiveAsync(Visibility))!;
        await PassVisibilityAsync(late, Visibility);
        var next = (await queue.ReceiveAsync(Visibility))!;
        await queue.CompleteAsync(late);
        Assert.That(await queue.CountAsync(), Is.EqualTo(1));
        await queue.CompleteAsync(next);
        Assert.That(await queue.CountAsync(), Is.Zero);
    }

    [Test]
    public async Task A_dead_letter_is_received_however_often()
    {
        var dead = azure.Queue(QueueNames.PoisonOf(name));
        await dead.SendAsync("dead"u8.ToArray(), TimeSpan.Zero);
        for (var i = 1; i <= BlobQueue.DeliveriesMax + 3; i++)
        {
            var item = (await dead.ReceiveAsync(Visibility))!;
            Assert.That(item.Deliveries, Is.EqualTo(i));
            await MakeVisibleAsync(QueueNames.PoisonOf(name), item);
        }
    }

    [Test]
    public async Task Trouble_is_waited_out_and_a_send_whose_answer_is_lost_arrives_at_least_once()
    {
        faults.Next("POST", FaultHandler.CutBefore());
        await queue.SendAsync("a"u8.ToArray(), TimeSpan.Zero);
        faults.Next("GET", FaultHandler.Says(HttpStatusCode.ServiceUnavailable, "ServerBusy"));
        var item = (await queue.ReceiveAsync(Visibility))!;
        faults.Next("DELETE", faults.AnswerLost());
        await queue.CompleteAsync(item);
        Assert.That(await queue.CountAsync(), Is.Zero);

        faults.Next("POST", faults.AnswerLost());
        await queue.SendAsync("b"u8.ToArray(), TimeSpan.Zero);
        Assert.That(await queue.CountAsync(), Is.InRange(1, 2));
    }

    [Test]
    public async Task Who_finds_nothing_waits_longer_each_time_but_never_long()
    {
        for (var i = 0; i < 12; i++)
        {
            Assert.That(await queue.ReceiveAsync(Visibility), Is.Null);
            await queue.WaitAsync();
        }

        var waits = faults.Time.Waits.Select(static wait => wait.TotalSeconds).ToArray();
        Assert.That(waits, Has.Length.EqualTo(12).And.Ordered);
        Assert.That((waits[0], waits[^1]), Is.EqualTo((0.1, 10)));
    }

    [Test]
    public async Task What_the_bill_counts_is_counted()
    {
        await queue.SendAsync("a"u8.ToArray(), TimeSpan.Zero); // Makes the queue: refused, made, sent.
        await queue.CompleteAsync((await queue.ReceiveAsync(Visibility))!);
        await queue.CountAsync();
        var counts = azure.Operations.Snapshot().Where(static one => one.Key.StartsWith("queue.", StringComparison.Ordinal)).ToDictionary();
        Assert.That(counts, Is.EqualTo(new Dictionary<string, long>
        {
            ["queue.send"] = 2, ["queue.queue"] = 1, ["queue.receive"] = 1, ["queue.delete"] = 1, ["queue.count"] = 1,
        }));
    }

    protected override async Task<IWorkQueue> MakeAsync()
    {
        faults = new FaultHandler();
        http = new HttpClient(faults) { Timeout = Timeout.InfiniteTimeSpan };
        var settings = new AzureStoreSettings
        {
            BlobConnection = AzuriteSetup.ConnectionString,
            QueueConnection = AzuriteSetup.ConnectionString,
            Container = AzuriteSetup.SharedContainer,
            TryTimeout = TimeSpan.FromMinutes(5),
        };
        azure = await AzureStore.OpenAsync(settings, faults.Time, new Random(1), new HttpClientTransport(http), default);
        name = AzuriteSetup.NewName();
        return queue = azure.Queue(name);
    }

    protected override Task PassVisibilityAsync(WorkItem item, TimeSpan visibility) => MakeVisibleAsync(name, item);

    protected override async Task<List<string>> DeadLettersAsync()
    {
        return [.. await new AzuriteAccount(AzuriteSetup.ConnectionString).PeekAsync(QueueNames.PoisonOf(name))];
    }

    /// <summary>In place of waiting: the service keeps its own time.</summary>
    private static Task MakeVisibleAsync(string queueName, WorkItem item) =>
        new AzuriteAccount(AzuriteSetup.ConnectionString).MakeVisibleAsync(queueName, item.Id);
}
