using System.Buffers;
using System.Text;
using System.Text.Json;
using MaritimeWatch.Correlation.Declared;
using MaritimeWatch.Log;

namespace MaritimeWatch.Tests.Correlation.Declared;

[TestFixture]
public sealed class DeclaredFoldTests
{
    private const long Hour = 3_600_000;
    private static readonly long Start = new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();

    [Test]
    public void A_later_notice_revises_the_call_and_keeps_its_id()
    {
        using var run = new Run();
        run.Calls(Notice(sentH: 0, etaH: 30));
        run.Calls(Notice(sentH: 10, etaH: 40));
        run.Calls(Notice(sentH: 50) with { BerthedAtMs = At(49), Berth = "701" });
        run.Calls(Notice(sentH: 70) with { AtdMs = At(69) });
        var lines = run.Of("declared-calls");
        Assert.Multiple(() =>
        {
            Assert.That(lines.Select(l => Text(l, "id")).Distinct().Single(), Is.EqualTo("call:SEGOT:265000001:2026-03-02T06:00:00Z"));
            Assert.That(lines.Select(l => Text(l, "status")), Is.EqualTo((string[])["expected", "expected", "berthed", "departed"]));
            Assert.That(lines.Select(l => Text(l, "eta_at")), Is.EqualTo((string[])["2026-03-02T06:00:00Z", "2026-03-02T16:00:00Z", "2026-03-02T16:00:00Z", "2026-03-02T16:00:00Z"]));
            Assert.That(lines.Select(l => l.GetProperty("revision").GetInt32()), Is.EqualTo((int[])[1, 2, 3, 4]));
            Assert.That(Text(lines[^1], "berth"), Is.EqualTo("701"));
            Assert.That(lines.Select(l => Text(l, "known_at")), Is.Ordered);
        });
    }

    [Test]
    public void An_older_word_that_comes_late_changes_nothing()
    {
        using var run = new Run();
        run.Calls(Notice(sentH: 10, etaH: 40));
        run.Calls(Notice(sentH: 5, etaH: 30) with { KnownAtMs = At(20) });
        Assert.That(run.Of("declared-calls"), Has.Count.EqualTo(1));
    }

    [Test]
    public void The_same_landed_thing_twice_is_folded_once()
    {
        using var run = new Run();
        var entry = Entry("same") with { Pickups = [Pickup] };
        run.Fold(entry);
        run.Fold(entry with { Landing = "landing/other", Hash = "other" });
        Assert.That(run.Of("pickups"), Has.Count.EqualTo(1));
        Assert.That(run.Stage.Repeated, Is.EqualTo(1));
    }

    [TestCase(35, 1)]
    [TestCase(37, 2)]
    public void Without_an_id_of_the_port_a_time_within_36_hours_is_the_same_call(int laterH, int calls)
    {
        using var run = new Run();
        run.Calls(Notice(sentH: 0, etaH: 48));
        run.Calls(Notice(sentH: 1, etaH: 48 + laterH) with { Voyage = null });
        Assert.That(Ids(run), Has.Count.EqualTo(calls));
    }

    [Test]
    public void A_long_delay_of_the_same_voyage_is_the_same_call()
    {
        using var run = new Run();
        run.Calls(Notice(sentH: 0, etaH: 48));
        run.Calls(Notice(sentH: 1, etaH: 48 + 100));
        Assert.That(Ids(run), Has.Count.EqualTo(1));
    }

    [Test]
    public void The_ports_own_ids_keep_the_calls_of_a_ferry_apart()
    {
        using var run = new Run();
        for (var call = 0; call < 5; call++)
        {
            run.Calls(Notice(sentH: 0, etaH: 10 + call) with { CallId = $"C{call}", Voyage = null });
        }

        run.Calls(Notice(sentH: 1, etaH: 12) with { CallId = "C0", Voyage = null });
        Assert.That(Ids(run), Has.Count.EqualTo(5));
        Assert.That(run.Of("declared-calls"), Has.Count.EqualTo(6));
    }

    [Test]
    public void Another_ship_with_the_same_name_is_another_call()
    {
        using var run = new Run();
        run.Calls(Notice(sentH: 0, etaH: 48));
        run.Calls(Notice(sentH: 1, etaH: 48) with { Mmsi = 265000002 });
        Assert.That(Ids(run), Has.Count.EqualTo(2));
    }

    [Test]
    public void A_cancelled_call_is_expected_again_when_a_later_eta_comes()
    {
        using var run = new Run();
        run.Calls(Notice(sentH: 0, etaH: 48));
        run.Calls(Notice(sentH: 5) with { IsCancelled = true });
        run.Calls(Notice(sentH: 9, etaH: 50));
        Assert.That(run.Of("declared-calls").Select(l => Text(l, "status")), Is.EqualTo((string[])["expected", "cancelled", "expected"]));
    }

    [Test]
    public void A_replaced_manifest_withdraws_the_bills_it_no_longer_has_and_an_older_one_is_not_taken()
    {
        using var run = new Run();
        run.Manifest(Manifest("original", 0, "B1", "B2"));
        run.Manifest(Manifest("replace", 5, "B2"));
        run.Manifest(Manifest("original", 2, "B1"));
        var lines = run.Of("consignments");
        Assert.That(
            lines.Select(l => (Text(l, "id"), Text(l, "status"))),
            Is.EqualTo(new[] { ("id-B1", "declared"), ("id-B2", "declared"), ("id-B2", "declared"), ("id-B1", "withdrawn") }));
    }

    [Test]
    public void A_cancelled_manifest_cancels_all_its_bills()
    {
        using var run = new Run();
        run.Manifest(Manifest("original", 0, "B1", "B2"));
        run.Manifest(Manifest("cancel", 5));
        Assert.That(run.Of("consignments").Skip(2).Select(l => Text(l, "status")), Is.EqualTo((string[])["cancelled", "cancelled"]));
    }

    [Test]
    public void Lines_carry_what_was_agreed()
    {
        using var run = new Run();
        run.Fold(Entry("a") with { Calls = [Notice(sentH: 0, etaH: 30) with { PortLatitudeE7 = 577000000, PortLongitudeE7 = 119000000 }], Manifests = [Manifest("original", 0, "B1")], Pickups = [Pickup] });
        Assert.Multiple(() =>
        {
            Holds(run, "declared-calls", "id subject port mmsi imo call_sign name voyage eta_at etd_at last_port next_port berth status known_at received_at source simulated");
            Holds(run, "consignments", "id manifest bill bill_kind mmsi imo call_sign vessel_name voyage port_of_loading port_of_discharge port_of_original_loading last_port arrival_port declared_arrival_at containers seals hs_codes weight_kg parties defects known_at simulated landing hash");
            Holds(run, "pickups", "id container token port at known_at simulated");
            Assert.That(run.Features("declared-calls")[0].GetProperty("geometry").GetProperty("coordinates")[0].GetDouble(), Is.EqualTo(11.9));
        });
    }

    [Test]
    public void Killed_and_restored_anywhere_it_writes_the_same_bytes()
    {
        const int Seed = 7;
        TestContext.Out.WriteLine($"seed {Seed}");
        var whole = Play(null);
        Assert.That(Play(new Random(Seed)), Is.EqualTo(whole));
        Assert.That(whole, Has.Count.GreaterThan(100));
    }

    [Test]
    public void What_is_remembered_is_bounded()
    {
        using var run = new Run();
        for (var i = 0; i < 9_000; i += 1_000)
        {
            run.Fold(Entry($"e{i}") with { Calls = [.. Enumerable.Range(i, 1_000).Select(n => Notice(0, 10) with { CallId = $"C{n}", KnownAtMs = At(0) + n })] });
        }

        Assert.That(run.Stage.CallCount, Is.LessThanOrEqualTo(8_192));
        run.Calls(Notice(1, 12) with { CallId = "C8999", KnownAtMs = At(99) });
        Assert.That(run.Of("declared-calls")[^1].GetProperty("revision").GetInt32(), Is.EqualTo(2), "the newest are kept");
    }

    private static List<string> Play(Random? chaos)
    {
        using var run = new Run { Chaos = chaos };
        var chance = new Random(42);
        for (var i = 0; i < 300; i++)
        {
            run.Fold(Entry($"k{chance.Next(250)}") with
            {
                Calls = [Notice(chance.Next(100), 50 + chance.Next(200)) with { Mmsi = 265000000 + chance.Next(9), Voyage = null, CallId = chance.Next(2) == 0 ? null : $"C{chance.Next(20)}" }],
                Manifests = chance.Next(4) == 0 ? [Manifest("replace", chance.Next(100), $"B{chance.Next(5)}", $"B{chance.Next(5) + 5}")] : [],
            });
        }

        return run.Lines;
    }

    private static DeclaredPickupItem Pickup => new()
    {
        Id = "p1", Container = "MWCU6059784", Token = "t1", Port = "SEGOT", AtMs = At(60), KnownAtMs = At(50), IsSimulated = true,
    };

    private static long At(int hours) => Start + (hours * Hour);

    private static DeclaredEntry Entry(string key) => new()
    {
        Landing = $"landing/{key}", Hash = key, Key = key, Source = "test", ReceivedAtMs = At(0),
    };

    private static DeclaredCallItem Notice(int sentH, int? etaH = null) => new()
    {
        Port = "SEGOT", Mmsi = 265000001, Name = "SIM FEEDER", Voyage = "V17", EtaMs = etaH is { } h ? At(h) : null,
        SentAtMs = At(sentH), KnownAtMs = At(sentH), IsSimulated = true,
    };

    private static DeclaredManifestItem Manifest(string function, int atH, params string[] bills) => new()
    {
        Id = "AGENT/M1", Function = function, DocumentAtMs = At(atH), KnownAtMs = At(atH), Imo = 9347346,
        Consignments = [.. bills.Select(bill => new DeclaredConsignmentItem { Id = $"id-{bill}", Bill = bill, BillKind = "bill" })],
    };

    private static List<string?> Ids(Run run) => [.. run.Of("declared-calls").Select(l => Text(l, "id")).Distinct()];

    private static string? Text(JsonElement line, string member) => line.GetProperty(member).GetString();

    private static void Holds(Run run, string collection, string members)
    {
        var feature = run.Features(collection)[0];
        var names = feature.GetProperty("properties").EnumerateObject().Select(m => m.Name).ToList();
        Assert.That(names, Is.SupersetOf(members.Split(' ')), collection);
        Assert.That(feature.GetProperty("id").GetString(), Is.EqualTo(feature.GetProperty("properties").GetProperty("id").GetString()));
    }

    private sealed class Run : IFoldOutput, IDisposable
    {
        private long number;

        public DeclaredFold Stage { get; private set; } = new();

        public Random? Chaos { get; init; }

        public List<string> Lines { get; } = [];

        public void Calls(params DeclaredCallItem[] calls) => Fold(Entry($"c{number}") with { Calls = calls });

        public void Manifest(DeclaredManifestItem manifest) => Fold(Entry($"m{number}") with { Manifests = [manifest] });

        public void Fold(DeclaredEntry entry)
        {
            var step = Stage.FoldAsync(new InboxEntry(++number, EntryKind.Batch, entry.ToBytes()), 0, 1, this, default).AsTask();
            Assert.That(step.GetAwaiter().GetResult().IsDone);
            if (Chaos?.Next(3) == 0)
            {
                var saved = new ArrayBufferWriter<byte>();
                Stage.SaveDelta(saved);
                Stage.Dispose();
                Stage = new DeclaredFold();
                Stage.Reset();
                Stage.RestoreSnapshot(saved.WrittenSpan);
            }
        }

        public IReadOnlyList<JsonElement> Features(string collection) =>
            [.. Lines.Where(l => l.StartsWith(collection + " ", StringComparison.Ordinal)).Select(l => JsonDocument.Parse(l[(collection.Length + 1)..]).RootElement)];

        public IReadOnlyList<JsonElement> Of(string collection) => [.. Features(collection).Select(f => f.GetProperty("properties"))];

        public void WriteLine(string collection, ReadOnlySpan<byte> line) => Lines.Add($"{collection} {Encoding.UTF8.GetString(line)}");

        public void Dispose() => Stage.Dispose();
    }
}
