using System.Text;
using MaritimeWatch.Functions.Intake;
using MaritimeWatch.Functions.Watch;
using MaritimeWatch.Log;
using MaritimeWatch.Tests.Intake.Doors;

namespace MaritimeWatch.Tests.Watch;

internal sealed class LivePipelineTests
{
    private static readonly string[] Bodies =
        [.. Enumerable.Range(0, 4).Select(i => Nmea.Positions(vessels: 20, reports: 5, fromSeconds: 1_700_000_000 + (i * 60)))];

    private static readonly string[] Moments =
    [
        PipelineMoments.AfterReceive, PipelineMoments.AfterAppend, PipelineMoments.AfterComplete,
        .. KillPoints.All.Where(moment => !moment.EndsWith("-manifest", StringComparison.Ordinal)),
    ];

    [Test]
    public async Task What_was_accepted_is_folded_once()
    {
        var store = new MemoryStore();
        var world = await LiveWorld.OpenAsync(store, new FakeTime());
        await AcceptAllAsync(world);
        await world.RunDryAsync();

        var counts = await world.CountsAsync();
        Assert.That(world.Pipeline.Reports, Is.EqualTo(400));
        Assert.That(counts.Records, Is.GreaterThanOrEqualTo(400));
        Assert.That(counts.Batches, Is.EqualTo(4 * 3), "every group gets every batch, for its heard marks");
        Assert.That(world.Depth.Waiting, Is.Zero);
    }

    [TestCaseSource(nameof(Moments))]
    public async Task A_process_that_dies_loses_and_doubles_nothing(string moment)
    {
        var undisturbed = new MemoryStore();
        var calm = await LiveWorld.OpenAsync(undisturbed, new FakeTime());
        await AcceptAllAsync(calm);
        await calm.RunDryAsync();

        var store = new MemoryStore();
        var time = new FakeTime();
        var passed = 0;
        for (var life = 1; life <= 3; life++)
        {
            using var death = new CancellationTokenSource();
            var left = moment is PipelineMoments.AfterReceive or PipelineMoments.AfterAppend or PipelineMoments.AfterComplete ? 1 : life;
            void Kill(string at)
            {
                if (at == moment && Interlocked.Decrement(ref left) == 0)
                {
                    Interlocked.Increment(ref passed);
                    death.Cancel();
                    throw new PipelineKilledException();
                }

                if (death.IsCancellationRequested)
                {
                    throw new PipelineKilledException();
                }
            }

            var doomed = await LiveWorld.OpenAsync(store, time, Kill, Kill);
            await doomed.AcceptAsync(Bodies[life - 1]);
            var run = doomed.Pipeline.RunAsync(death.Token);
            await Eventually.TrueAsync(
                () => death.IsCancellationRequested, $"dies {moment}", () => time.Advance(TimeSpan.FromMilliseconds(50)));
            await Eventually.TrueAsync(() => run.IsCompleted, "all threads end", () => time.Advance(TimeSpan.FromSeconds(1)));
            Assert.That(run.IsCompletedSuccessfully || run.Exception?.InnerException is PipelineKilledException);
        }

        var survivor = await LiveWorld.OpenAsync(store, time);
        await survivor.AcceptAsync(Bodies[3]);
        await survivor.RunDryAsync();

        Assert.That(passed, Is.EqualTo(3));
        var (records, batches, _) = await survivor.CountsAsync();
        var expected = await calm.CountsAsync();
        Assert.That((records, batches), Is.EqualTo((expected.Records, expected.Batches)));
    }

    [Test]
    public async Task The_same_document_twice_is_dropped_as_seen_and_the_same_stretch_of_a_stream_later_is_not()
    {
        var store = new MemoryStore();
        var world = await LiveWorld.OpenAsync(store, new FakeTime());
        await world.AcceptAsync(Bodies[0]);
        await world.AcceptAsync(Bodies[0], atMs: 1_777_777_777_000);
        await world.AcceptAsync(Bodies[1], DeliveryKind.Stream, 1_777_777_777_000);
        await world.AcceptAsync(Bodies[1], DeliveryKind.Stream, 1_777_777_957_000);
        await world.RunDryAsync();

        Assert.That((await world.CountsAsync()).Batches, Is.EqualTo(3 * 3));
    }

    [Test]
    public async Task A_message_that_cannot_be_decoded_becomes_a_dead_letter_and_the_rest_goes_on()
    {
        var store = new MemoryStore();
        var time = new FakeTime();
        var world = await LiveWorld.OpenAsync(store, time);
        await world.Queue.SendAsync(Encoding.UTF8.GetBytes("{\"format\":1,"), TimeSpan.Zero);
        world.Depth.Add(+1);
        await world.AcceptAsync(Bodies[0]);
        using var stop = new CancellationTokenSource();
        var run = world.Pipeline.RunAsync(stop.Token);
        await Eventually.TrueAsync(() => world.Pipeline.Decoded == 1, "the good one", () => time.Advance(TimeSpan.FromMilliseconds(50)));
        await Eventually.TrueAsync(
            () => Names(store, "queue/").Result is [var only] && only.StartsWith(world.Queue.PoisonPrefix, StringComparison.Ordinal),
            "the dead letter", () => time.Advance(TimeSpan.FromSeconds(5)));
        await stop.CancelAsync();
        await Eventually.TrueAsync(() => run.IsCompleted, "the end", () => time.Advance(TimeSpan.FromMilliseconds(50)));

        Assert.That((await world.CountsAsync()).Batches, Is.EqualTo(3));
        Assert.That(world.Depth.Waiting, Is.Zero);
    }

    [Test]
    public async Task A_full_disk_stops_the_intake_and_when_there_is_room_again_everything_goes_on()
    {
        var memory = new MemoryStore();
        var store = new TroubledStore(memory);
        var time = new FakeTime();
        var world = await LiveWorld.OpenAsync(store, time);
        await world.AcceptAsync(Bodies[0]);
        store.Trouble = name => name.StartsWith("groups/", StringComparison.Ordinal) ? StoreTrouble.Stop : null;
        using var stop = new CancellationTokenSource();
        var run = world.Pipeline.RunAsync(stop.Token);
        await Eventually.TrueAsync(() => world.Intake.IsStopped, "stopped", () => time.Advance(TimeSpan.FromMilliseconds(50)));
        await Assert.ThatAsync(() => world.AcceptAsync(Bodies[1]), Throws.TypeOf<StoreException>());
        Assert.That(world.Pipeline.Troubles, Is.Not.Empty);

        store.Trouble = static _ => null;
        await Eventually.TrueAsync(
            () => world.Pipeline.Troubles.Count == 0 && !world.Intake.IsStopped, "well again", () => time.Advance(TimeSpan.FromSeconds(1)));
        await world.AcceptAsync(Bodies[1]);
        await stop.CancelAsync();
        await Eventually.TrueAsync(() => run.IsCompleted, "the end", () => time.Advance(TimeSpan.FromMilliseconds(50)));
        Assert.That((await world.CountsAsync()).Batches, Is.EqualTo(2 * 3));
    }

    [Test]
    public async Task Every_minute_is_told_to_every_group_also_in_silence()
    {
        var store = new MemoryStore();
        var time = new FakeTime();
        var world = await LiveWorld.OpenAsync(store, time);
        using var stop = new CancellationTokenSource();
        var run = world.Pipeline.RunAsync(stop.Token);
        await Eventually.TrueAsync(() => world.CountsAsync().Result.Ticks >= 9, "three minutes of three groups", () => time.Advance(TimeSpan.FromSeconds(5)));
        await stop.CancelAsync();
        await Eventually.TrueAsync(() => run.IsCompleted, "the end", () => time.Advance(TimeSpan.FromMilliseconds(50)));

        var entry = await new Inbox(store, new GroupName(LivePipeline.Stage, 2), time).ReadAsync(1);
        Assert.That(entry!.Value.Kind, Is.EqualTo(EntryKind.Tick));
        Assert.That(Encoding.UTF8.GetString(entry.Value.Body.Span), Is.EqualTo("""{"at":"2026-05-01T12:01:00Z"}"""));
    }

    private static async Task AcceptAllAsync(LiveWorld world)
    {
        foreach (var body in Bodies)
        {
            await world.AcceptAsync(body);
        }
    }

    private static async Task<List<string>> Names(MemoryStore store, string prefix)
    {
        List<string> names = [];
        await foreach (var entry in store.ListAsync(prefix, default))
        {
            names.Add(entry.Name);
        }

        return names;
    }
}
