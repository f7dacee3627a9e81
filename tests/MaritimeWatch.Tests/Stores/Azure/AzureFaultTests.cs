using System.Net;
using System.Text;
using Azure.Core.Pipeline;
using MaritimeWatch.Log;
using MaritimeWatch.StandIn;
using MaritimeWatch.Stores.Azure;

namespace MaritimeWatch.Tests.Stores.Azure;

/// <summary>What the store does when the service or the network does not do its part; on Azurite.</summary>
[TestFixture]
internal sealed class AzureFaultTests
{
    private static readonly byte[] Old = "old"u8.ToArray();
    private static readonly byte[] Ours = "ours"u8.ToArray();
    private static readonly byte[] Theirs = "theirs"u8.ToArray();

    private FaultHandler faults = null!;
    private HttpClient http = null!;
    private AzureStore azure = null!;
    private IBlobStore store = null!;
    private IBlobStore other = null!;
    private AzureStoreSettings settings = null!;

    [SetUp]
    public async Task OpenAsync()
    {
        faults = new FaultHandler();
        http = new HttpClient(faults) { Timeout = Timeout.InfiniteTimeSpan };
        settings = new AzureStoreSettings
        {
            BlobConnection = AzuriteSetup.ConnectionString,
            Container = AzuriteSetup.NewName(),
            TryTimeout = TimeSpan.FromMinutes(5),
        };
        other = (await AzureStore.OpenAsync(settings, TimeProvider.System)).Blobs;
        azure = await AzureStore.OpenAsync(settings, faults.Time, new Random(1), new HttpClientTransport(http), default);
        store = azure.Blobs;
    }

    [TearDown]
    public void Close() => http.Dispose();

    [Test]
    public async Task A_put_that_took_effect_is_known_to_be_ours_whatever_became_of_the_answer()
    {
        Fault[] ways = [faults.AnswerLost(), FaultHandler.CutAfter(), FaultHandler.Says(HttpStatusCode.InternalServerError, "InternalError", takesEffect: true)];
        foreach (var (fault, i) in ways.Select((fault, i) => (fault, i)))
        {
            faults.Next("PUT", fault);
            var made = await store.PutAsync($"made/{i}", Ours, PutCondition.IfAbsent, default);
            await ExpectAsync($"made/{i}", made, Ours);

            faults.Next("PUT", fault);
            var replaced = await store.PutAsync($"made/{i}", Theirs, PutCondition.IfMatch(made.ETag!), default);
            await ExpectAsync($"made/{i}", replaced, Theirs);
        }

        // A look instead of a second write.
        Assert.That(Count("blob.put"), Is.EqualTo(6));
        Assert.That(Count("blob.head"), Is.EqualTo(6));
    }

    [Test]
    public async Task An_error_whose_words_are_cut_off_is_trouble_that_may_pass()
    {
        faults.Next("PUT", FaultHandler.WordsLost()).Next("HEAD", FaultHandler.WordsLost());
        await ExpectAsync("made/cut", await store.PutAsync("made/cut", Ours, PutCondition.IfAbsent, default), Ours);
    }

    [Test]
    public async Task A_put_that_never_arrived_is_sent_again()
    {
        Fault[] ways = [faults.RequestLost(), FaultHandler.CutBefore(), FaultHandler.Says(HttpStatusCode.InternalServerError, "InternalError"), Busy()];
        foreach (var (fault, i) in ways.Select((fault, i) => (fault, i)))
        {
            faults.Next("PUT", fault);
            var made = await store.PutAsync($"made/{i}", Ours, PutCondition.IfAbsent, default);
            await ExpectAsync($"made/{i}", made, Ours);
            faults.Next("PUT", fault);
            await ExpectAsync($"made/{i}", await store.PutAsync($"made/{i}", Theirs, PutCondition.IfMatch(made.ETag!), default), Theirs);
        }
    }

    [Test]
    public async Task A_put_refused_because_of_its_own_success_has_won()
    {
        // The service says that it is busy although it has written; so the put is sent again, and refused.
        faults.Next("PUT", Busy(takesEffect: true));
        var made = await store.PutAsync("a", Ours, PutCondition.IfAbsent, default);
        await ExpectAsync("a", made, Ours);
        faults.Next("PUT", Busy(takesEffect: true));
        await ExpectAsync("a", await store.PutAsync("a", Theirs, PutCondition.IfMatch(made.ETag!), default), Theirs);
        Assert.That((Count("blob.put"), Count("blob.head")), Is.EqualTo((4, 2)));
    }

    [Test]
    public async Task A_put_that_another_writer_overtook_between_two_tries_is_lost()
    {
        Fault[] ways = [Busy(), faults.RequestLost(), FaultHandler.CutBefore()];
        foreach (var (fault, i) in ways.Select((fault, i) => (fault, i)))
        {
            var name = $"raced/{i}";
            faults.Next("PUT", Then(() => other.PutAsync(name, Theirs, PutCondition.IfAbsent, default).AsTask(), fault));
            Assert.That(await store.PutAsync(name, Ours, PutCondition.IfAbsent, default), Is.EqualTo(new PutResult(false, null)));
            var theirs = (await store.GetAsync(name, default))!.Value;
            Assert.That(theirs.Bytes.ToArray(), Is.EqualTo(Theirs));

            faults.Next("PUT", Then(() => other.PutAsync(name, Old, PutCondition.IfMatch(theirs.ETag), default).AsTask(), fault));
            Assert.That(await store.PutAsync(name, Ours, PutCondition.IfMatch(theirs.ETag), default), Is.EqualTo(new PutResult(false, null)));
            Assert.That((await store.GetAsync(name, default))!.Value.Bytes.ToArray(), Is.EqualTo(Old));
        }
    }

    [Test]
    public async Task A_plain_loser_is_told_so_without_a_second_request()
    {
        await other.PutAsync("a", Theirs, PutCondition.IfAbsent, default);
        Assert.That((await store.PutAsync("a", Ours, PutCondition.IfAbsent, default)).Written, Is.False);
        Assert.That((await store.PutAsync("a", Ours, PutCondition.IfMatch("0x1234567890ABCDEF"), default)).Written, Is.False);
        Assert.That((Count("blob.put"), Count("blob.head")), Is.EqualTo((2, 0)));
    }

    [Test]
    public async Task Throttling_is_waited_for_as_long_as_the_service_asks_and_not_for_ever()
    {
        faults.Next("GET", Busy(retryAfter: "7"));
        Assert.That(await store.GetAsync("nothing", default), Is.Null);
        Assert.That(faults.Time.Waits.Single(), Is.InRange(TimeSpan.FromSeconds(7), TimeSpan.FromSeconds(8)));

        for (var i = 0; i < AzureTries.TriesMax; i++)
        {
            faults.Next("GET", Busy(retryAfter: "86400"));
        }

        var trouble = await TroubleOfAsync(async () => await store.GetAsync("some/name", default));
        Assert.That(trouble.Trouble, Is.EqualTo(StoreTrouble.Retry));
        Assert.That(trouble.Message, Does.Contain("some/name").And.Contain("503 ServerBusy").And.Contain("5 tries"));
        Assert.That(faults.Time.Waits.Max(), Is.LessThan(TimeSpan.FromSeconds(36)));
    }

    [Test]
    public async Task Waits_double_and_vary()
    {
        for (var i = 0; i < AzureTries.TriesMax; i++)
        {
            faults.Next("GET", FaultHandler.CutBefore());
        }

        await TroubleOfAsync(async () => await store.GetAsync("a", default));
        var milliseconds = faults.Time.Waits.Select(static wait => wait.TotalMilliseconds).ToArray();
        Assert.That(milliseconds, Has.Length.EqualTo(AzureTries.TriesMax - 1));
        for (var i = 0; i < milliseconds.Length; i++)
        {
            Assert.That(milliseconds[i], Is.InRange(50 << i, 100 << i));
        }

        Assert.That(milliseconds.Select((wait, i) => wait / (100 << i)).Distinct().Count(), Is.GreaterThan(1));
    }

    [TestCase(HttpStatusCode.Forbidden, "AuthorizationPermissionMismatch", StoreTrouble.Stop)]
    [TestCase(HttpStatusCode.Unauthorized, "InvalidAuthenticationInfo", StoreTrouble.Stop)]
    [TestCase(HttpStatusCode.InsufficientStorage, "InsufficientStorage", StoreTrouble.Stop)]
    [TestCase(HttpStatusCode.BadRequest, "InvalidResourceName", StoreTrouble.FixInput)]
    public async Task Trouble_that_does_not_pass_is_said_at_once(HttpStatusCode status, string code, StoreTrouble expected)
    {
        faults.Next("PUT", FaultHandler.Says(status, code));
        var trouble = await TroubleOfAsync(async () => await store.PutAsync("some/name", Ours, PutCondition.IfAbsent, default));
        Assert.That(trouble.Trouble, Is.EqualTo(expected));
        Assert.That(trouble.Message, Does.Contain($"devstoreaccount1/{settings.Container}/some/name").And.Contain(code).And.Contain("the-request"));
        Assert.That(Count("blob.put"), Is.EqualTo(1));
    }

    [Test]
    public async Task A_wrong_key_stops_and_no_key_is_ever_said()
    {
        var wrong = Convert.ToBase64String(Encoding.ASCII.GetBytes("a key that is no key of this one"));
        var elsewhere = settings with { BlobConnection = settings.BlobConnection!.Replace(Azurite.Key, wrong, StringComparison.Ordinal) };
        var trouble = await TroubleOfAsync(() => AzureStore.OpenAsync(elsewhere, TimeProvider.System));
        Assert.That(trouble.Trouble, Is.EqualTo(StoreTrouble.Stop));
        Assert.That(trouble.ToString(), Does.Not.Contain(wrong).And.Not.Contain("SharedKey").And.Not.Contain("Signature"));

        foreach (var broken in new[] { "AccountKey=" + wrong, $"AccountName=x;AccountKey={wrong}!;EndpointSuffix=core.windows.net", "nonsense " + wrong })
        {
            trouble = await TroubleOfAsync(() => AzureStore.OpenAsync(settings with { BlobConnection = broken }, TimeProvider.System));
            Assert.That(trouble.Trouble, Is.EqualTo(StoreTrouble.FixInput));
            Assert.That(trouble.ToString(), Does.Contain("MW_BLOBS").And.Not.Contain(wrong));
        }
    }

    [Test]
    public async Task A_service_that_is_not_there_is_asked_again_and_then_named()
    {
        var nowhere = settings with { BlobConnection = Azurite.ConnectionStringOf(1, 1) };
        var trouble = await TroubleOfAsync(
            () => AzureStore.OpenAsync(nowhere, faults.Time, new Random(1), new HttpClientTransport(http), default));
        Assert.That(trouble.Trouble, Is.EqualTo(StoreTrouble.Retry));
        Assert.That(trouble.Message, Does.Contain("devstoreaccount1/" + settings.Container).And.Contain("refused"));
    }

    [Test]
    public async Task A_container_that_went_away_is_made_again()
    {
        var account = new AzuriteAccount(AzuriteSetup.ConnectionString);
        await account.DeleteContainerAsync(settings.Container);
        Assert.That((await store.PutAsync("a", Ours, PutCondition.IfAbsent, default)).Written, Is.True);
        await account.DeleteContainerAsync(settings.Container);
        Assert.That(await store.GetAsync("a", default), Is.Null);
    }

    [Test]
    public async Task A_deletion_whose_answer_is_lost_counts_as_done()
    {
        await store.PutAsync("a", Ours, PutCondition.IfAbsent, default);
        faults.Next("DELETE", faults.AnswerLost());
        Assert.That(await store.DeleteAsync("a", default), Is.True);
        Assert.That(await store.DeleteAsync("a", default), Is.False);
    }

    [Test]
    public async Task What_is_cancelled_is_cancelled_and_not_tried_again()
    {
        using var stop = new CancellationTokenSource();
        faults.Next("GET", async (_, cancel) =>
        {
            await stop.CancelAsync();
            cancel.ThrowIfCancellationRequested();
            throw new InvalidOperationException("the request does not hear the caller");
        });
        Assert.That(async () => await store.GetAsync("a", stop.Token), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(Count("blob.get"), Is.EqualTo(1));
    }

    [Test]
    public void A_long_blob_has_in_proportion_more_time()
    {
        var tries = new AzureTries(TimeProvider.System, new Random(1), TimeSpan.FromSeconds(10));
        Assert.That(tries.LimitOf(0), Is.EqualTo(TimeSpan.FromSeconds(10)));
        Assert.That(tries.LimitOf(4 << 20), Is.EqualTo(TimeSpan.FromSeconds(10)));
        Assert.That(tries.LimitOf(40 << 20), Is.EqualTo(TimeSpan.FromSeconds(100)));
    }

    private static Fault Busy(bool takesEffect = false, string? retryAfter = null) =>
        FaultHandler.Says(HttpStatusCode.ServiceUnavailable, "ServerBusy", takesEffect, retryAfter);

    private static Fault Then(Func<Task> first, Fault fault) => async (send, cancel) =>
    {
        await first();
        return await fault(send, cancel);
    };

    private static async Task<StoreException> TroubleOfAsync(Func<Task> act)
    {
        try
        {
            await act();
        }
        catch (StoreException trouble)
        {
            return trouble;
        }

        throw new AssertionException("there should be trouble");
    }

    private async Task ExpectAsync(string name, PutResult put, byte[] bytes)
    {
        var there = (await other.GetAsync(name, default))!.Value;
        Assert.That(put, Is.EqualTo(new PutResult(true, there.ETag)));
        Assert.That(there.Bytes.ToArray(), Is.EqualTo(bytes));
    }

    private long Count(string kind) => azure.Operations.Snapshot().GetValueOrDefault(kind);
}
