using System.Text;
using System.Text.Json;
using MaritimeWatch.Functions.Intake;
using MaritimeWatch.Functions.Watch;
using MaritimeWatch.Intake.Ais;
using MaritimeWatch.Log;
using MaritimeWatch.Tests.Intake.Doors;
using Microsoft.Extensions.Logging.Abstractions;

namespace MaritimeWatch.Tests.Watch;

/// <summary>An intake and a pipeline over one store; a new one over the same store is the next process.</summary>
internal sealed class LiveWorld
{
    private readonly IBlobStore store;

    private LiveWorld(IBlobStore store, StoreFormat format, FakeTime time, Action<string>? kill, Action<string>? killCommit)
    {
        this.store = store;
        Time = time;
        var queue = new BlobQueue(store, LivePipeline.QueueName, time);
        Queue = queue;
        Intake = new DurableIntake(new Landing(store), queue, Depth, time, NullLogger<DurableIntake>.Instance);
        Pipeline = new LivePipeline(
            new LivePipelineParts
            {
                Store = store,
                Format = format,
                Queue = queue,
                Depth = Depth,
                Board = new SourceBoard(time),
                NewFold = _ => new CountingFold(),
                Time = time,
                Log = NullLogger.Instance,
                Stopped = Intake.Stop,
                DrainAtEnd = kill is null && killCommit is null,
                Kill = kill ?? (static _ => { }),
                KillCommit = killCommit is null ? null : name => killCommit(name),
            },
            new LivePipelineOptions());
    }

    public FakeTime Time { get; }

    public BlobQueue Queue { get; }

    public QueueDepth Depth { get; } = new(1000);

    public DurableIntake Intake { get; }

    public LivePipeline Pipeline { get; }

    public static async Task<LiveWorld> OpenAsync(
        IBlobStore store, FakeTime time, Action<string>? kill = null, Action<string>? killCommit = null) =>
        new(store, await StoreFormat.OpenOrCreateAsync(store, time.GetUtcNow(), groups: 3), time, kill, killCommit);

    public async Task AcceptAsync(string text, DeliveryKind kind = DeliveryKind.Document, long? atMs = null) =>
        await Intake.AcceptAsync(
            SourceName.Parse("test"), kind,
            new LandingCut(Encoding.ASCII.GetBytes(text), [new ReceivedMark(0, atMs ?? Time.GetUtcNow().ToUnixTimeMilliseconds())]),
            default);

    /// <summary>Runs until everything accepted has been folded and committed, then ends cleanly.</summary>
    public async Task RunDryAsync()
    {
        using var stop = new CancellationTokenSource();
        var run = Pipeline.RunAsync(stop.Token);
        await stop.CancelAsync();
        await Eventually.TrueAsync(() => run.IsCompleted, "the pipeline ends", () => Time.Advance(TimeSpan.FromMilliseconds(50)));
        await run;
    }

    /// <summary>Records, batches and ticks over all groups, as the checkpoints name them.</summary>
    public static async Task<(long Records, long Batches, long Ticks)> CountsAsync(IBlobStore store)
    {
        var format = await StoreFormat.OpenAsync(store);
        (long Records, long Batches, long Ticks) total = default;
        for (var group = 0; group < format.Groups; group++)
        {
            if (await new CheckpointReader(store, new GroupName(LivePipeline.Stage, group)).NewsAsync() is not { } news)
            {
                continue;
            }

            var last = await SegmentReader.ReadAsync(store, news.Segments[^1]);
            using var json = JsonDocument.Parse(last);
            total.Records += json.RootElement.GetProperty("records").GetInt64();
            total.Batches += json.RootElement.GetProperty("batches").GetInt64();
            total.Ticks += json.RootElement.GetProperty("ticks").GetInt64();
        }

        return total;
    }

    public Task<(long Records, long Batches, long Ticks)> CountsAsync() => CountsAsync(store);
}
