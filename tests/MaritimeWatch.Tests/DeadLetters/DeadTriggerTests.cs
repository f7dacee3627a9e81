using System.Net;
using System.Text;
using MaritimeWatch.Functions.Letters;
using MaritimeWatch.Functions.Triggers;
using MaritimeWatch.Log;
using MaritimeWatch.Tests.Log;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace MaritimeWatch.Tests.Letters;

/// <summary>What a Functions host gives up is kept by the functions of its poison queues.</summary>
[TestFixture]
public sealed class DeadTriggerTests
{
    private MemoryStore store = null!;
    private DeadLetters letters = null!;
    private bool isStoreAway;
    private WebApplication app = null!;
    private HttpClient client = null!;

    [SetUp]
    public async Task StartAsync()
    {
        (store, isStoreAway) = (new MemoryStore(), false);
        letters = new DeadLetters(store, new ManualTime(), hasBlobQueues: false);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        app = builder.Build();
        var parts = new TriggerParts
        {
            DeadLetter = async (queue, body, cancel) => await (isStoreAway
                ? throw new StoreException(StoreTrouble.Retry, "the store is away")
                : letters.KeepAsync(queue, body, null, 5, cancel)),
            AisLines = (_, _) => Task.CompletedTask,
            LinesDead = async (body, cancel) => await letters.KeepAsync(DeadLetters.HubQueue, body, "the envelope cannot be read", null, cancel),
        };
        TriggerRoutes.Use(app, parts, 7071, NullLogger.Instance);
        await app.StartAsync();
        client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
    }

    [TearDown]
    public async Task StopAsync()
    {
        client.Dispose();
        await app.DisposeAsync();
    }

    [TestCase("AisDead", QueueNames.Ais)]
    [TestCase("PlatesDead", QueueNames.Plates)]
    [TestCase("ManifestsDead", QueueNames.Manifests)]
    [TestCase("ScenesDead", QueueNames.Scenes)]
    [TestCase("WakeDead", QueueNames.Wake)]
    [TestCase("AlertDeliveryDead", QueueNames.AlertDelivery)]
    public async Task A_dead_message_is_one_letter_of_its_queue_however_often_it_is_delivered(string function, string queue)
    {
        Assert.That(await PostAsync(function, """{"Data":{"msg":"no json at all"}}"""), Is.EqualTo(HttpStatusCode.OK));
        Assert.That(await PostAsync(function, """{"Data":{"msg":"no json at all"}}"""), Is.EqualTo(HttpStatusCode.OK));
        var (queueOf, id) = (await letters.WaitingAsync(null, default)).Single();
        Assert.That(queueOf, Is.EqualTo(queue));
        var kept = await letters.ReadAsync(queue, id, default);
        Assert.That((Encoding.UTF8.GetString(kept!.Body), kept.Tries), Is.EqualTo(("no json at all", (int?)5)));
    }

    [Test]
    public async Task What_could_not_be_kept_comes_again()
    {
        isStoreAway = true;
        Assert.That(await PostAsync("AisDead", """{"Data":{"msg":"x"}}"""), Is.EqualTo(HttpStatusCode.ServiceUnavailable));
    }

    [Test]
    public async Task What_an_event_hub_sends_and_nobody_can_read_is_kept_before_the_host_goes_on()
    {
        Assert.That(await PostAsync("AisEventHub", """{"Data":{"events":[[1]]}}"""), Is.EqualTo(HttpStatusCode.OK));
        Assert.That(await PostAsync("AisEventHub", """{"Data":{"events":["!AIVDM"]}}"""), Is.EqualTo(HttpStatusCode.OK));
        var (queue, id) = (await letters.WaitingAsync(null, default)).Single();
        Assert.That(queue, Is.EqualTo(DeadLetters.HubQueue));
        Assert.That(Encoding.UTF8.GetString((await letters.ReadAsync(queue, id, default))!.Body), Is.EqualTo("[[1]]"));
    }

    private async Task<HttpStatusCode> PostAsync(string function, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/" + function, UriKind.Relative))
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        request.Headers.TryAddWithoutValidation("X-Azure-Functions-InvocationId", "2e8f6a52-0001");
        using var answer = await client.SendAsync(request);
        return answer.StatusCode;
    }
}
