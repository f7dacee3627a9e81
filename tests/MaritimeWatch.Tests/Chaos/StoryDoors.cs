using System.Net.Http.Headers;
using MaritimeWatch.Functions.Intake;
using MaritimeWatch.Functions.Watch;
using MaritimeWatch.Intake.Ais;
using MaritimeWatch.Log;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace MaritimeWatch.Tests.Chaos;

/// <summary>
/// The doors of the program on a port of loopback: they land and queue. Whoever sends keeps on sending until the door says
/// that it has it, as senders do.
/// </summary>
internal sealed class StoryDoors : IAsyncDisposable
{
    private const int TriesMax = 60;

    private readonly WebApplication app;
    private readonly HttpClient client = new() { Timeout = TimeSpan.FromSeconds(60) };

    private readonly DurableIntake intake;
    private readonly TimeProvider time;

    private StoryDoors(WebApplication app, DurableIntake intake, TimeProvider time) => (this.app, this.intake, this.time) = (app, intake, time);

    public long Refused { get; private set; }

    public static async Task<StoryDoors> OpenAsync(WatchStore watch, Func<string, IWorkSender> queueOf, SentLog sent, TimeProvider time)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        Task QueueAsync(LandedNote note, CancellationToken cancel) => sent.SendAsync(note, queueOf(QueueNames.OfDoor(note.Door)), cancel);
        var intake = new DurableIntake(
            new Landing(watch.Blobs), sent.Of(queueOf(QueueNames.Ais)), new QueueDepth(int.MaxValue), time, NullLogger<DurableIntake>.Instance);
        new AisDoor(intake, new SourceBoard(time), time).Map(app);
        new PlateDoor(watch.Blobs, watch.Keys, QueueAsync, time).Map(app);
        new ManifestDoor(watch.Blobs, watch.Keys, QueueAsync, time).Map(app);
        new NoticeDoor(watch.Blobs, watch.Keys, QueueAsync, time).Map(app);
        await app.StartAsync();
        return new StoryDoors(app, intake, time);
    }

    /// <summary>Sends until it is taken.</summary>
    public async Task SendAsync(Sending sending, CancellationToken cancel)
    {
        for (var tried = 0; tried < TriesMax; tried++)
        {
            using var body = new ByteArrayContent(sending.Body);
            body.Headers.ContentType = new MediaTypeHeaderValue(sending.ContentType);
            using var answer = await client.PostAsync(new Uri(app.Urls.First() + sending.Address), body, cancel);
            if (answer.IsSuccessStatusCode)
            {
                return;
            }

            Refused++;
            Assert.That((int)answer.StatusCode, Is.GreaterThanOrEqualTo(500), await answer.Content.ReadAsStringAsync(cancel));
            await Task.Delay(20, cancel);
        }

        Assert.Fail($"{sending.Address} was not taken in {TriesMax} tries");
    }

    /// <summary>Lands and queues lines of AIS as a door of sockets does, until that is done.</summary>
    public async Task StreamAsync(Sending sending, CancellationToken cancel)
    {
        var cut = new LandingCut(sending.Body, [new ReceivedMark(0, time.GetUtcNow().ToUnixTimeMilliseconds())]);
        for (var tried = 0; tried < TriesMax; tried++)
        {
            try
            {
                await intake.AcceptAsync(SourceName.Parse("stream"), DeliveryKind.Stream, cut, cancel);
                return;
            }
            catch (StoreException)
            {
                Refused++;
                await Task.Delay(20, cancel);
            }
        }

        Assert.Fail($"a stretch of a stream was not taken in {TriesMax} tries");
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
        client.Dispose();
    }
}
