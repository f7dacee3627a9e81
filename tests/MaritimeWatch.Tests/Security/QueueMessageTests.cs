using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using MaritimeWatch.Functions.Hosted;
using MaritimeWatch.Functions.Intake;
using MaritimeWatch.Functions.Watch;
using MaritimeWatch.Intake.Ais;
using MaritimeWatch.Log;
using MaritimeWatch.Tests.Log;
using MaritimeWatch.Tests.Log.Sealing;

namespace MaritimeWatch.Tests.Security;

/// <summary>What somebody who can write to a queue, and to nothing else, could make a worker do.</summary>
public sealed class QueueMessageTests
{
    private const string Lines = "!AIVDM,1,1,,A,13u?etPv2;0n:dDPwUM1U1Cb069D,0*24\r\n";
    private static readonly DateTimeOffset At = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);
    private static readonly string Hash = new('a', 64);

    private static readonly string[] NoLandedNames =
    [
        "keys/tokens", "keys/day/2026-03-01", "store.json", "groups/watch/000/checkpoint", "inbox/watch/000/000000000001", "queue/ais/1", "evidence/held/x/y",
        "landing/rx-1/2026-03-01", "landing/rx-1/2026-03-01/short", "landing/rx-1/2026-03-01/" + "A" + "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "landing/rx-1/2026-3-1/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "landing/../2026-03-01/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "landing/a/b/2026-03-01/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "rejects/rx-1/2026-03-01/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "", "/", "landing//2026-03-01/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
    ];

    [TestCaseSource(nameof(NoLandedNames))]
    public void A_message_that_names_anything_but_landed_bytes_is_refused_before_a_blob_is_read(string name)
    {
        Assert.That(LandedBlob.TryFromName(name), Is.Null);
        Assert.Throws<InvalidDataException>(() => WorkMessage.Parse(Work(m => m["landed"] = name)));
        Assert.Throws<InvalidDataException>(() => LandedNote.Parse(Note(m => m["landed"] = name)));
    }

    [Test]
    public void A_good_message_is_read()
    {
        Assert.That(WorkMessage.Parse(Work(_ => { })).Source, Is.EqualTo("rx-1"));
        Assert.That(LandedNote.Parse(Note(_ => { })).Source, Is.EqualTo("cam-1"));
        Assert.That(LandedNote.Parse(Note(m => m["source"] = "plates.cam-1")).Source, Is.EqualTo("plates.cam-1"), "as a replay says it");
    }

    [TestCase("hash", "\"bbbb\"")]
    [TestCase("length", "-1")]
    [TestCase("length", "9223372036854775807")]
    [TestCase("source", "\"other\"")]
    [TestCase("source", "null")]
    [TestCase("kind", "7")]
    [TestCase("kind", "\"Torrent\"")]
    [TestCase("format", "2")]
    [TestCase("marks", "[]")]
    [TestCase("marks", "null")]
    [TestCase("marks", "[{\"offset\":1,\"received_at_ms\":1772352000000}]")]
    [TestCase("marks", "[{\"offset\":0,\"received_at_ms\":-1}]")]
    [TestCase("marks", "[{\"offset\":0,\"received_at_ms\":9223372036854775807}]")]
    [TestCase("marks", "[{\"offset\":0,\"received_at_ms\":1872352000000}]")]
    [TestCase("marks", "[{\"offset\":0,\"received_at_ms\":1772352000000},{\"offset\":-5,\"received_at_ms\":1772352000000}]")]
    [TestCase("marks", "[{\"offset\":0,\"received_at_ms\":1772352000000},{\"offset\":65,\"received_at_ms\":1772352000000}]")]
    [TestCase("marks", "[{\"offset\":0,\"received_at_ms\":1772352000000},{\"offset\":9,\"received_at_ms\":9223372036854775807}]")]
    public void Work_that_no_door_would_queue_is_refused(string member, string value) =>
        Assert.Throws<InvalidDataException>(() => WorkMessage.Parse(Work(m => m[member] = JsonNode.Parse(value))));

    [Test]
    public void Work_with_marks_without_end_or_of_a_sealed_door_is_refused()
    {
        var marks = new JsonArray([.. Enumerable.Range(0, WorkMessage.MarksMax + 1).Select(_ => JsonNode.Parse("""{"offset":0,"received_at_ms":1772352000000}"""))]);
        Assert.Throws<InvalidDataException>(() => WorkMessage.Parse(Work(m => m["marks"] = marks)));
        foreach (var source in (string[])["plates.cam-1", "manifests.agent", "notices", "scenes.sat"])
        {
            Assert.Throws<InvalidDataException>(() => WorkMessage.Parse(Work(m => (m["source"], m["landed"]) = (source, $"landing/{source}/2026-03-01/{Hash}"))));
        }

        Assert.Throws<InvalidDataException>(() => WorkMessage.Parse(new byte[QueuedLanding.MessageBytesMax + 1]));
    }

    [TestCase("door", "\"keys\"")]
    [TestCase("door", "\"scenes\"")]
    [TestCase("door", "null")]
    [TestCase("hash", "\"bbbb\"")]
    [TestCase("source", "\"../x\"")]
    [TestCase("source", "\"cam-2\"")]
    [TestCase("length", "-1")]
    [TestCase("received_at_ms", "0")]
    [TestCase("received_at_ms", "1772438400000")]
    [TestCase("received_at_ms", "9223372036854775807")]
    [TestCase("facts", "null")]
    [TestCase("facts", "{\"camera\":null}")]
    public void A_note_that_no_door_would_queue_is_refused(string member, string value) =>
        Assert.Throws<InvalidDataException>(() => LandedNote.Parse(Note(m => m[member] = JsonNode.Parse(value))));

    [Test]
    public void A_note_with_words_without_end_is_refused()
    {
        Assert.Throws<InvalidDataException>(() => LandedNote.Parse(Note(m => m["file_name"] = new string('x', 3_000))));
        Assert.Throws<InvalidDataException>(() => LandedNote.Parse(Note(m => m["content_type"] = new string('x', 3_000))));
        Assert.Throws<InvalidDataException>(() => LandedNote.Parse(Note(m => m["facts"] = new JsonObject { ["camera"] = new string('x', 3_000) })));
        Assert.Throws<InvalidDataException>(() => LandedNote.Parse(Note(m => m["facts"] = new JsonObject([.. Enumerable.Range(0, 40).Select(n => KeyValuePair.Create<string, JsonNode?>($"k{n}", "v"))]))));
    }

    [TestCase("watch", 0, 1, 0, true)]
    [TestCase("alerts", 0, 0, 0, true)]
    [TestCase("watch", 255, 1, 9, true)]
    [TestCase("watch", 256, 1, 0, false)]
    [TestCase("watch", -1, 1, 0, false)]
    [TestCase("watch", 0, -1, 0, false)]
    [TestCase("watch", 0, 1, -1, true)]
    [TestCase("watch", 0, 1, -2, false)]
    [TestCase("../keys", 0, 1, 0, false)]
    [TestCase("WATCH", 0, 1, 0, false)]
    [TestCase("", 0, 1, 0, false)]
    public void A_wake_is_about_a_group_that_a_store_may_have(string stage, int group, long number, long generation, bool isGood)
    {
        var bytes = new WakeMessage { Stage = stage, Group = group, Number = number, Generation = generation }.ToBytes();
        Assert.That(() => WakeMessage.Parse(bytes), isGood ? Throws.Nothing : Throws.TypeOf<InvalidDataException>());
    }

    [Test]
    public async Task Landed_bytes_that_were_exchanged_are_not_decoded_and_leave_nothing_behind()
    {
        var store = new MemoryStore();
        var format = await StoreFormat.OpenOrCreateAsync(store, At, groups: 1);
        var good = Encoding.ASCII.GetBytes(Lines);
        var landed = await new Landing(store).LandAsync("rx-1", At, good);
        var name = landed.Name;
        await store.DeleteAsync(name, default);
        await store.PutAsync(name, Encoding.ASCII.GetBytes(Lines.Replace('9', '8')), PutCondition.IfAbsent, default);
        var decoder = new BlobDecoder(store, format, [new Inbox(store, new GroupName(StageNames.Watch, 0), new ManualTime())]);
        var message = new WorkMessage
        {
            Landed = name, Hash = landed.Hash, Length = landed.Length, Source = "rx-1", Kind = DeliveryKind.Document,
            Marks = [new ReceivedMark(0, At.ToUnixTimeMilliseconds())],
        };
        Assert.ThrowsAsync<InvalidDataException>(() => decoder.DecodeAsync(message, default));
        Assert.That(await NamesAsync(store, "rejects/"), Is.Empty);
        Assert.That(await NamesAsync(store, "inbox/"), Is.Empty);
    }

    [Test]
    public async Task A_sealed_landing_moved_to_another_door_source_or_day_does_not_open()
    {
        var world = new SealedWorld();
        var landed = await world.Landing.LandAsync("plates.gate", At, "SECRET"u8.ToArray());
        var bytes = (await world.Store.GetAsync(landed.Name, default))!.Value.Bytes;
        await world.Keys.TokensAsync(At, false, default);
        await world.Landing.LandAsync("plates.gate", At.AddDays(1), "x"u8.ToArray());
        foreach (var (source, at) in ((string, DateTimeOffset)[])[("manifests.gate", At), ("plates.other", At), ("plates.gate", At.AddDays(1))])
        {
            var moved = LandedBlob.NameOf(source, at, landed.Hash);
            await world.Store.PutAsync(moved, bytes, PutCondition.IfAbsent, default);
            Assert.ThrowsAsync<InvalidDataException>(async () => await world.Landing.OpenAsync(moved));
        }
    }

    [Test]
    public void What_is_said_of_a_bad_message_says_nothing_of_what_was_in_it()
    {
        foreach (var bytes in (byte[][])[Work(m => m["landed"] = "SECRET1/x"), Work(m => m["source"] = "SECRET1"), Note(m => m["landed"] = "SECRET1"), "{\"SECRET1\":"u8.ToArray()])
        {
            var note = Assert.Throws<InvalidDataException>(() => LandedNote.Parse(bytes));
            var work = Assert.Throws<InvalidDataException>(() => WorkMessage.Parse(bytes));
            Assert.That(note.Message + work.Message, Does.Not.Contain("SECRET1"));
        }
    }

    private static byte[] Work(Action<JsonObject> change) => Changed(
        new WorkMessage
        {
            Landed = $"landing/rx-1/2026-03-01/{Hash}", Hash = Hash, Length = 64, Source = "rx-1", Kind = DeliveryKind.Document,
            Marks = [new ReceivedMark(0, At.ToUnixTimeMilliseconds())],
        }.ToBytes(), change);

    private static byte[] Note(Action<JsonObject> change) => Changed(
        new LandedNote
        {
            Door = "plates", Landed = $"landing/plates.cam-1/2026-03-01/{Hash}", Hash = Hash, Length = 120, Source = "cam-1",
            ReceivedAtMs = At.ToUnixTimeMilliseconds(), Facts = { ["camera"] = "G1" },
        }.ToBytes(), change);

    private static byte[] Changed(byte[] message, Action<JsonObject> change)
    {
        var json = JsonNode.Parse(message)!.AsObject();
        change(json);
        return JsonSerializer.SerializeToUtf8Bytes(json);
    }

    private static async Task<List<string>> NamesAsync(MemoryStore store, string prefix)
    {
        List<string> names = [];
        await foreach (var entry in store.ListAsync(prefix, default))
        {
            names.Add(entry.Name);
        }

        return names;
    }
}
