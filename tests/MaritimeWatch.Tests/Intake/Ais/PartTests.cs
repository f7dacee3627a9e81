using System.Text;
using MaritimeWatch.Intake.Ais;

namespace MaritimeWatch.Tests.Intake.Ais;

/// <summary>Messages in parts: bounded in count, bytes and age, and no line lost.</summary>
public sealed class PartTests
{
    private const string NextPart = "!AIVDM,2,2,6,A,00000000008,2*2A";

    [Test]
    public void Parts_of_many_sources_mixed_at_random_make_all_their_messages()
    {
        const int Seed = 64;
        TestContext.Out.WriteLine($"seed {Seed}");
        var random = new Random(Seed);
        for (var round = 0; round < 50; round++)
        {
            // As many at once as may be open.
            var queues = Enumerable.Range(0, PartTableOpenMax).Select(source => Message(random, source)).ToList();
            var text = new StringBuilder();
            var lines = 0;
            while (queues.Count > 0)
            {
                var at = random.Next(queues.Count);
                text.Append(queues[at].Dequeue()).Append('\n');
                lines++;
                if (queues[at].Count == 0)
                {
                    queues.RemoveAt(at);
                }
            }

            var (counts, _) = Collector.Read(text.ToString());
            Assert.That((counts.Used, counts.Refused, counts.OfType(8)), Is.EqualTo(((long)lines, 0L, (long)PartTableOpenMax)));
        }
    }

    [Test]
    public void Of_messages_that_lose_a_part_every_line_that_came_is_refused_and_the_others_are_whole()
    {
        const int Seed = 65;
        TestContext.Out.WriteLine($"seed {Seed}");
        var random = new Random(Seed);
        for (var round = 0; round < 50; round++)
        {
            var text = new StringBuilder();
            long whole = 0, broken = 0;
            for (var source = 0; source < 40; source++)
            {
                string[] parts = [.. Message(random, source)];
                var lost = random.Next(3) == 0 ? random.Next(parts.Length) : -1;
                for (var part = 0; part < parts.Length; part++)
                {
                    text.Append(part == lost ? "# lost" : parts[part]).Append('\n');
                }

                (whole, broken) = lost < 0 ? (whole + parts.Length, broken) : (whole, broken + parts.Length - 1);
            }

            var (counts, sink) = Collector.Read(text.ToString());
            Assert.That((counts.Used, counts.RefusedFor(IntakeFault.PartMissing)), Is.EqualTo((whole, broken)));
            Assert.That(sink.Refusals.Select(r => r.Refusal.LineNumber), Is.Unique);
            Assert.That(sink.Refusals, Has.Count.EqualTo(broken));
        }
    }

    [Test]
    public void A_message_that_is_open_at_the_end_of_the_file_is_refused_with_its_bytes()
    {
        var (counts, sink) = Collector.Read(Sentences.Position + "\n" + Sentences.PartOne);
        Assert.That(counts.RefusedFor(IntakeFault.PartMissing), Is.EqualTo(1));
        Assert.That(sink.Refusals.Single().Refusal.LineNumber, Is.EqualTo(2));
        Assert.That(Encoding.ASCII.GetString(sink.Refusals[0].Bytes), Is.EqualTo(Sentences.PartOne));
    }

    [Test]
    public void A_first_part_said_twice_gives_up_the_older_and_the_newer_is_completed()
    {
        var (counts, sink) = Collector.Read(
            Sentences.Tagged("c:1700000000", Sentences.PartOne) + "\n" + Sentences.Tagged("c:1700000001", Sentences.PartOne)
            + "\n" + NextPart);
        Assert.That(sink.Refusals.Single().Refusal.LineNumber, Is.EqualTo(1));
        Assert.That(sink.Statics.Single().EventAtMs, Is.EqualTo(1_700_000_001_000));
        Assert.That((counts.Used, counts.RefusedFor(IntakeFault.PartMissing)), Is.EqualTo((2L, 1L)));
    }

    [TestCase(2000, 0)]
    [TestCase(2001, 2)]
    public void A_part_waits_for_two_thousand_lines_and_no_longer(int distance, int refused)
    {
        var text = Sentences.PartOne + "\n" + string.Concat(Enumerable.Repeat("# quiet\n", distance - 1)) + NextPart + "\n";
        Assert.That(Collector.Read(text).Counts.RefusedFor(IntakeFault.PartMissing), Is.EqualTo(refused));
    }

    [Test]
    public void More_armour_than_any_message_has_is_over_the_limit_and_every_part_is_refused()
    {
        var parts = Enumerable.Range(1, 9).Select(part => Sentences.Sum($"!AIVDM,9,{part},4,A,{new string('8', 200)},0"));
        var (counts, _) = Collector.Read(string.Join('\n', parts));
        Assert.That(counts.RefusedFor(IntakeFault.LimitExceeded), Is.EqualTo(9));
    }

    [Test]
    public void A_flood_of_the_longest_parts_takes_bounded_memory_and_every_line_is_refused_once()
    {
        // A hundred and sixty megabytes of parts, eight of the nine of each message, all of different sources.
        const int Messages = 2_500;
        var sink = default(CountingSink);
        using var flood = new PartFlood(Messages);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var counts = AisReader.Read(flood, new AisReadOptions(), ref sink);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before - flood.Allocated;

        TestContext.Out.WriteLine($"{counts.Lines} lines, {flood.Length} bytes, {allocated} bytes allocated by the reader");
        Assert.That((counts.Lines, counts.RefusedFor(IntakeFault.PartMissing)), Is.EqualTo((Messages * 8L, Messages * 8L)));
        Assert.That(sink.Refusals, Is.EqualTo(counts.Lines));
        Assert.That(allocated, Is.LessThan(24 << 20), "64 open messages of 8 parts of 8 KB, twice for growth, and the buffers");
    }

    private const int PartTableOpenMax = 64;

    // A broadcast of two to four sentences.
    private static Queue<string> Message(Random random, int source)
    {
        var layout = AisLayouts.All.First(l => l.MessageType == 8);
        var bits = new byte[AisDraft.BytesMax];
        var draft = new AisDraft(layout, 0, 200_000_000 + source, bits);
        var data = new byte[119];
        random.NextBytes(data);
        draft.PutData(layout["payload_hex"], data, random.Next(40, 120) * 8);
        var count = draft.Finish();
        var text = new byte[AisSentenceWriter.LongBytesMax];
        var tag = Encoding.ASCII.GetBytes($"r{source}");
        var length = AisSentenceWriter.Write(bits, count, new AisFrame('A', source % 10, 1_700_000_000), tag, text);
        return new(Encoding.ASCII.GetString(text, 0, length).Split("\r\n", StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>Parts 1 to 8 of 9, each line near the limit, made as they are read.</summary>
    private sealed class PartFlood(int messages) : Stream
    {
        private byte[] _line = [];
        private int _at;
        private int _made;

        public long Allocated { get; private set; }

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => (long)_made * 8100;

        public override long Position { get => 0; set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            if (_at == _line.Length)
            {
                if (_made == messages * 8)
                {
                    return 0;
                }

                var before = GC.GetAllocatedBytesForCurrentThread();
                var body = $"!AIVDM,9,{(_made % 8) + 1},{_made / 8 % 10},A,{new string('8', 8040)},0";
                _line = Encoding.ASCII.GetBytes(Sentences.Tagged($"s:r{_made / 8 % 900}", Sentences.Sum(body)) + "\n");
                (_at, _made) = (0, _made + 1);
                Allocated += GC.GetAllocatedBytesForCurrentThread() - before;
            }

            var length = Math.Min(count, _line.Length - _at);
            _line.AsSpan(_at, length).CopyTo(buffer.AsSpan(offset));
            _at += length;
            return length;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
