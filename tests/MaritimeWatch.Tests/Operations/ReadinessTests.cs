using System.Net;
using System.Text.Json;
using MaritimeWatch.Functions.Intake;
using MaritimeWatch.Functions.Operations;
using MaritimeWatch.Functions.Outlet;
using MaritimeWatch.Log;
using MaritimeWatch.Log.Sealing;
using MaritimeWatch.Tests.Intake.Doors;
using MaritimeWatch.Tests.Watch;
using Microsoft.Extensions.Logging;

namespace MaritimeWatch.Tests.Operations;

internal sealed class ReadinessTests
{
    private readonly FakeTime time = new();
    private readonly MemoryStore store = new();
    private readonly QueueDepth depth = new(10);
    private bool isInTrouble;
    private bool isStopped;

    [SetUp]
    public async Task Make()
    {
        await StoreFormat.OpenOrCreateAsync(store, time.GetUtcNow());
        await TokenKey.OpenOrCreateAsync(store, Vaults.ForTests, default);
        (isInTrouble, isStopped) = (false, false);
        depth.Set(0);
    }

    [Test]
    public async Task All_is_well_at_first()
    {
        using var readiness = New(store);
        Assert.That(await readiness.ReasonsAsync(default), Is.Empty);
    }

    [Test]
    public async Task A_store_that_does_not_answer_in_time_is_unreachable()
    {
        var slow = new SlowStore(store);
        using var readiness = New(slow);
        var asked = readiness.ReasonsAsync(default);
        await Eventually.TrueAsync(() => asked.IsCompleted, "the answer", () => time.Advance(TimeSpan.FromMilliseconds(100)));
        Assert.That(await asked, Is.EqualTo(new[] { Readiness.StoreUnreachable }));
    }

    [Test]
    public async Task Keys_that_do_not_open_or_are_gone_are_said()
    {
        var other = new LocalVault([.. Enumerable.Repeat((byte)9, LocalVault.MasterKeyBytes)], count => new byte[count]);
        using var changed = New(store, other);
        Assert.That(await changed.ReasonsAsync(default), Is.EqualTo(new[] { Readiness.VaultClosed }));
        await store.DeleteAsync(TokenKey.BlobNameOf, default);
        using var gone = New(store);
        Assert.That(await gone.ReasonsAsync(default), Is.EqualTo(new[] { Readiness.VaultClosed }));
    }

    [Test]
    public async Task A_store_of_nobody_and_one_of_a_newer_version_are_unknown()
    {
        using var empty = New(new MemoryStore());
        Assert.That(await empty.ReasonsAsync(default), Is.EqualTo(new[] { Readiness.StoreUnknown }));
        var newer = new MemoryStore();
        await newer.PutAsync(StoreFormat.BlobNameOf, "{\"format\":999}"u8.ToArray(), PutCondition.IfAbsent, default);
        using var unknown = New(newer);
        Assert.That(await unknown.ReasonsAsync(default), Is.EqualTo(new[] { Readiness.StoreUnknown }));
    }

    [Test]
    public async Task Trouble_of_a_group_counts_once_it_lasts()
    {
        using var readiness = New(store);
        isInTrouble = true;
        Assert.That(await readiness.ReasonsAsync(default), Is.Empty);
        time.Advance(TimeSpan.FromSeconds(29));
        Assert.That(await readiness.ReasonsAsync(default), Is.Empty);
        time.Advance(TimeSpan.FromSeconds(6));
        Assert.That(await readiness.ReasonsAsync(default), Is.EqualTo(new[] { Readiness.GroupStuck }));
        isInTrouble = false;
        time.Advance(TimeSpan.FromSeconds(6));
        Assert.That(await readiness.ReasonsAsync(default), Is.Empty);
    }

    [Test]
    public async Task A_stopped_intake_and_a_deep_queue_are_said_and_an_answer_is_kept_for_some_seconds()
    {
        using var readiness = New(store);
        Assert.That(await readiness.ReasonsAsync(default), Is.Empty);
        isStopped = true;
        depth.Set(10);
        Assert.That(await readiness.ReasonsAsync(default), Is.Empty, "kept");
        time.Advance(TimeSpan.FromSeconds(5));
        Assert.That(await readiness.ReasonsAsync(default), Is.EqualTo(new[] { Readiness.IntakeStopped, Readiness.QueueDeep }));
    }

    [TestCase("ais")]
    [TestCase("watch")]
    [TestCase("console")]
    public async Task Every_app_answers_probes_without_a_token_and_says_nothing_else(string door)
    {
        var troubled = new UnreadableStore(new MemoryStore());
        var options = new ServeOptions { Urls = ["http://127.0.0.1:0"], Doors = [door], IsHosted = true, Key = ApiKey.Parse("a-key-of-sufficient-length") };
        await using var host = await ServeHost.StartAsync(
            options, new ServeParts { Store = troubled, Vault = Vaults.ForTests, NewFold = _ => new CountingFold(), LogLevel = LogLevel.None, Time = time });
        using var client = new HttpClient { BaseAddress = new Uri(host.Urls[0]) };
        Assert.That(await client.GetStringAsync(new Uri("/health/live", UriKind.Relative)), Is.EqualTo("{\"status\":\"live\"}"));
        Assert.That(await client.GetStringAsync(new Uri("/health/ready", UriKind.Relative)), Is.EqualTo("{\"status\":\"ready\"}"));
        troubled.IsDown = true;
        time.Advance(TimeSpan.FromSeconds(5));
        using var answer = await client.GetAsync(new Uri("/health/ready", UriKind.Relative));
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
        using var body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        Assert.That(body.RootElement.EnumerateObject().Select(member => member.Name), Is.EqualTo(new[] { "status", "reasons" }));
        Assert.That(
            body.RootElement.GetProperty("reasons").EnumerateArray().Select(reason => reason.GetString()),
            Does.Contain(Readiness.StoreUnreachable).And.SubsetOf(Readiness.Reasons));
        Assert.That(await client.GetStringAsync(new Uri("/health/live", UriKind.Relative)), Is.EqualTo("{\"status\":\"live\"}"), "no storage is asked");
        using var guarded = await client.GetAsync(new Uri("/metrics", UriKind.Relative));
        Assert.That(guarded.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
        troubled.IsDown = false;
    }

    private Readiness New(IBlobStore blobs, IVault? vault = null) => new(new ReadinessParts
    {
        Store = blobs,
        Vault = vault ?? Vaults.ForTests,
        IsAnyGroupInTrouble = () => isInTrouble,
        IsIntakeStopped = () => isStopped,
        Depth = depth,
        Time = time,
    });
}
