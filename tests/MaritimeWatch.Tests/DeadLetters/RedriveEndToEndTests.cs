using System.Text;
using System.Text.Json;
using MaritimeWatch.Findings.Vehicles;
using MaritimeWatch.Functions.Intake;
using MaritimeWatch.Functions.Letters;
using MaritimeWatch.Functions.Watch.Stages;
using MaritimeWatch.Log;
using MaritimeWatch.Tests.Log;
using MaritimeWatch.Tests.Log.Sealing;
using Microsoft.Extensions.Logging.Abstractions;

namespace MaritimeWatch.Tests.Letters;

/// <summary>A decoder that fails, is mended, and gets what it had failed on: folded once, however often it is sent again.</summary>
[TestFixture]
public sealed class RedriveEndToEndTests
{
    [Test]
    public async Task What_died_by_a_fault_of_ours_is_folded_once_after_the_fault_is_mended([Values] bool isKilledAfterSending)
    {
        var (world, time) = (new SealedWorld(), new ManualTime());
        var decoder = new FaultyDecoder(new PlateDecoder(world.Store, world.Keys, time));
        var door = new DoorLoop(world.Store, decoder, _ => { }, time, NullLogger.Instance);
        var landed = await world.Landing.LandAsync(
            "plates.gate", time.GetUtcNow(), Encoding.UTF8.GetBytes("""{"at":"2026-05-01T11:59:00Z","camera":"gate","plate":"SIM77QXW"}"""));
        await door.QueueAsync(
            new LandedNote
            {
                Door = "plates", Landed = landed.Name, Hash = landed.Hash, Length = landed.Length, Source = landed.Source,
                ReceivedAtMs = time.GetUtcNow().ToUnixTimeMilliseconds(), ContentType = "application/x-ndjson",
            },
            default);
        for (var tried = 0; tried < BlobQueue.DeliveriesMax; tried++)
        {
            Assert.That(await door.RunOnceAsync(default));
            time.Advance(TimeSpan.FromMinutes(6));
        }

        Assert.That(await door.RunOnceAsync(default), Is.False, "it is aside");
        Assert.That(decoder.Failed, Is.EqualTo(BlobQueue.DeliveriesMax));
        var letters = new DeadLetters(world.Store, time);
        var (queue, id) = (await letters.WaitingAsync(null, default)).Single();
        var (shown, _) = await letters.ListAsync(null, true, 10);
        Assert.That(shown.Single().About, Is.EqualTo(landed.Name));

        decoder.IsMended = true;
        var redrive = new Redrive(letters, world.Store, name => name == door.Door ? door.Queue : null);
        if (isKilledAfterSending)
        {
            var dying = new Redrive(letters, world.Store, _ => door.Queue, at =>
            {
                if (at == RedriveMoments.AfterSend)
                {
                    throw new OperationCanceledException();
                }
            });
            Assert.CatchAsync<OperationCanceledException>(async () => await dying.RunAsync(queue, id, "admin"));
        }

        Assert.That(await redrive.RunAsync(queue, id, "admin"), Is.EqualTo(RedriveOutcome.Sent));
        var decoded = 0;
        while (await door.RunOnceAsync(default))
        {
            decoded++;
        }

        Assert.That(decoded, Is.EqualTo(isKilledAfterSending ? 2 : 1), "at least once");
        Assert.That((await letters.CountAsync()).Values.Sum(), Is.Zero);
        var (reads, repeated) = await FoldedAsync(world.Store, time);
        Assert.That((reads, repeated), Is.EqualTo((1, decoded - 1)), "folded once");
    }

    private static async Task<(int Reads, int Repeated)> FoldedAsync(IBlobStore store, TimeProvider time)
    {
        var fold = new GateFold(null);
        fold.Reset();
        var counts = new Counts();
        await foreach (var entry in new Inbox(store, new GroupName(StageNames.Gate, 0), time).EntriesAsync(1))
        {
            await fold.FoldAsync(entry, 0, int.MaxValue, counts, default);
        }

        fold.Publish(counts);
        var properties = JsonDocument.Parse(counts.Last).RootElement.GetProperty("properties");
        int Count(string name) => properties.TryGetProperty(name, out var count) ? count.GetInt32() : 0;
        return (Count("reads"), Count("batches_repeated"));
    }

    private sealed class Counts : IFoldOutput
    {
        public string Last { get; private set; } = string.Empty;

        public void WriteLine(string collection, ReadOnlySpan<byte> line) => Last = Encoding.UTF8.GetString(line);
    }

    private sealed class FaultyDecoder(ILandedDecoder inner) : ILandedDecoder
    {
        public bool IsMended { get; set; }

        public int Failed { get; private set; }

        public string Door => inner.Door;

        public string Stage => inner.Stage;

        public Task<LandedOutcome> DecodeAsync(LandedNote note, CancellationToken cancel)
        {
            if (IsMended)
            {
                return inner.DecodeAsync(note, cancel);
            }

            Failed++;
            throw new InvalidOperationException("a fault of ours");
        }
    }
}
