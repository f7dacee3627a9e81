using System.Text;
using MaritimeWatch.Functions.Intake;
using MaritimeWatch.Functions.Watch;
using MaritimeWatch.Intake.Ais;
using MaritimeWatch.Log;

namespace MaritimeWatch.Tests.Intake.Hub;

/// <summary>What an event hub delivers: landed once, whatever comes and however often it comes.</summary>
[TestFixture]
public sealed class HubDoorTests
{
    private const string Moored = "!AIVDM,1,1,,A,15MgK45P3@G?fl0E`JbR0OwT0@MS,0*4E";
    private static readonly DateTimeOffset Start = new(2026, 11, 22, 6, 0, 0, TimeSpan.Zero);

    [Test]
    public async Task A_delivery_is_one_blob_of_all_its_lines_with_the_time_of_receipt_and_the_hub_as_its_source()
    {
        var hub = new Rig("Ais-North");
        await hub.TakeAsync("!one\n!two\r\n", "!three", "", "garbage \u0001");
        var (source, kind, cut) = hub.Accepted.Single();
        Assert.That(Encoding.UTF8.GetString(cut.Bytes.Span), Is.EqualTo("!one\n!two\r\n!three\ngarbage \u0001\n"));
        Assert.That((source.Value, kind, cut.ReceivedAtMs), Is.EqualTo(("ais-north", DeliveryKind.Stream, Start.ToUnixTimeMilliseconds())));
    }

    [Test]
    public async Task An_empty_delivery_lands_nothing_and_is_no_failure()
    {
        var hub = new Rig();
        await hub.TakeAsync();
        await hub.TakeAsync("", "");
        Assert.That(hub.Accepted, Is.Empty);
    }

    [Test]
    public async Task A_batch_of_many_lines_that_comes_again_hours_later_is_the_same_batch_and_costs_no_note()
    {
        var hub = new Rig();
        var lines = Enumerable.Range(0, HubDoor.TellingLines).Select(n => $"!line {n}").ToArray();
        await hub.TakeAsync(lines);
        hub.Time.Now += TimeSpan.FromHours(5);
        await hub.TakeAsync(lines);
        Assert.That(hub.Identities.Distinct().Count(), Is.EqualTo(1));
        Assert.That(await hub.Store.ListAsync(string.Empty, default).AnyAsync(), Is.False);
    }

    [Test]
    public async Task The_same_few_lines_within_ten_minutes_are_a_delivery_again_and_later_they_are_new()
    {
        var hub = new Rig();
        await hub.TakeAsync(Moored);
        hub.Time.Now += HubDoor.RedeliveredWithin;
        await hub.TakeAsync(Moored);
        Assert.That(hub.Identities.Distinct().Count(), Is.EqualTo(1));
        hub.Time.Now += TimeSpan.FromMinutes(1);
        await hub.TakeAsync(Moored);
        await hub.TakeAsync(Moored);
        Assert.That(hub.Identities.Distinct().Count(), Is.EqualTo(2), "eleven minutes after the first it is another, itself delivered twice");
    }

    [Test]
    public async Task Many_times_the_same_line_tells_nothing_more_than_one()
    {
        var hub = new Rig();
        var lines = Enumerable.Repeat(Moored, 100).ToArray();
        await hub.TakeAsync(lines);
        hub.Time.Now += TimeSpan.FromHours(1);
        await hub.TakeAsync(lines);
        Assert.That(hub.Identities.Distinct().Count(), Is.EqualTo(2));
    }

    [Test]
    public async Task A_failure_to_land_reaches_the_host_and_the_retry_is_the_same_batch()
    {
        var hub = new Rig { Fails = 1 };
        Assert.ThrowsAsync<StoreException>(() => hub.TakeAsync(Moored));
        hub.Time.Now += TimeSpan.FromSeconds(30);
        await hub.TakeAsync(Moored);
        Assert.That(hub.Accepted.Single().Cut.ReceivedAtMs, Is.EqualTo(Start.ToUnixTimeMilliseconds()));
    }

    [Test]
    public async Task A_batch_too_large_for_a_blob_is_cut_between_messages_and_the_same_way_each_time()
    {
        var hub = new Rig();
        var messages = Enumerable.Range(0, 5).Select(n => string.Concat(Enumerable.Range(0, 30_000).Select(line => $"!message {n} line {line,20}\n"))).ToArray();
        await hub.TakeAsync(messages);
        var first = hub.Accepted.Select(blob => blob.Cut.Bytes.Length).ToList();
        Assert.That(first, Has.Count.GreaterThan(1).And.All.LessThanOrEqualTo(HubDoor.BlobBytesMax));
        Assert.That(string.Concat(hub.Accepted.Select(blob => Encoding.UTF8.GetString(blob.Cut.Bytes.Span))), Is.EqualTo(string.Concat(messages)));
        Assert.That(hub.Accepted.All(blob => Encoding.UTF8.GetString(blob.Cut.Bytes.Span[..64]).Contains("line                    0", StringComparison.Ordinal)));
        await hub.TakeAsync(messages);
        Assert.That(hub.Identities.Distinct().Count(), Is.EqualTo(first.Count));
    }

    [Test]
    public async Task A_message_larger_than_a_blob_is_cut_at_line_ends_and_a_line_that_never_ends_is_cut_where_the_blob_is_full()
    {
        var hub = new Rig();
        var lines = string.Concat(Enumerable.Range(0, 200_000).Select(line => $"!line {line,20}\n"));
        await hub.TakeAsync(lines, new string('x', HubDoor.BlobBytesMax + 10));
        var blobs = hub.Accepted.Select(blob => Encoding.UTF8.GetString(blob.Cut.Bytes.Span)).ToList();
        Assert.That(blobs.Select(blob => blob.Length), Has.All.LessThanOrEqualTo(HubDoor.BlobBytesMax));
        Assert.That(blobs.All(blob => blob.EndsWith('\n')));
        Assert.That(string.Concat(blobs).Replace("x\nx", "xx", StringComparison.Ordinal), Is.EqualTo(lines + new string('x', HubDoor.BlobBytesMax + 10) + "\n"));
    }

    [Test]
    public async Task A_batch_is_read_as_sentences_only_and_its_name_does_not_hang_on_when_it_came()
    {
        var store = new MemoryStore();
        var landed = await new Landing(store).LandAsync("eventhub", Start, Encoding.ASCII.GetBytes("mmsi,time,lat,lon\n219000001,2026-11-22T06:00:00Z,55,12\n"));
        WorkMessage Message(DeliveryKind kind, int second) => new()
        {
            Landed = landed.Name, Hash = landed.Hash, Length = landed.Length, Source = "eventhub", Kind = kind,
            Marks = [new ReceivedMark(0, Start.AddSeconds(second).ToUnixTimeMilliseconds())],
        };
        var format = new StoreFormat { Format = StoreFormat.FormatNow, Groups = 1, Simulated = false, CreatedAt = Start };
        var decoder = new BlobDecoder(store, format, [new Inbox(store, new GroupName(StageNames.Watch, 0), TimeProvider.System)]);
        var read = await decoder.DecodeAsync(WorkMessage.Parse(Message(DeliveryKind.Batch, 0).ToBytes()), default);
        Assert.That(read.Counts!.Used, Is.Zero, "a row of a table is no sentence");
        Assert.That(Message(DeliveryKind.Batch, 0).Part, Is.EqualTo(Message(DeliveryKind.Batch, 1).Part));
        Assert.That(Message(DeliveryKind.Stream, 0).Part, Is.Not.EqualTo(Message(DeliveryKind.Stream, 1).Part));
    }

    [TestCase("AIS-North", "ais-north")]
    [TestCase("-wrong", "eventhub")]
    [TestCase(null, "eventhub")]
    public void A_hub_is_a_source_under_its_own_name_where_that_can_be_one(string? hub, string source) =>
        Assert.That(HubDoor.SourceOf(hub).Value, Is.EqualTo(source));

    private sealed class Rig : IIntake
    {
        private readonly HubDoor door;

        public Rig(string? hub = null) => door = new HubDoor(this, Store, Time, HubDoor.SourceOf(hub));

        public MemoryStore Store { get; } = new();

        public Clock Time { get; } = new() { Now = Start };

        public int Fails { get; set; }

        public List<(SourceName Source, DeliveryKind Kind, LandingCut Cut)> Accepted { get; } = [];

        /// <summary>What the watch knows each batch by.</summary>
        public List<(string Hash, int Part)> Identities { get; } = [];

        public bool IsTooDeep => false;

        public bool IsStopped => false;

        public Task TakeAsync(params string[] messages) =>
            door.TakeAsync([.. messages.Select(text => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(text))], default);

        public ValueTask<AcceptedBlob> AcceptAsync(SourceName source, DeliveryKind kind, LandingCut cut, CancellationToken cancel)
        {
            if (Fails-- > 0)
            {
                throw new StoreException(StoreTrouble.Retry, "the store is away");
            }

            var hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(cut.Bytes.Span));
            var message = new WorkMessage { Landed = "landing/x", Hash = hash, Length = cut.Bytes.Length, Source = source.Value, Kind = kind, Marks = cut.Marks };
            Accepted.Add((source, kind, cut));
            Identities.Add((hash, message.Part));
            return new(new AcceptedBlob("landing/x", hash));
        }
    }

    private sealed class Clock : TimeProvider
    {
        public DateTimeOffset Now { get; set; }

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
