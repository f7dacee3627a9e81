using System.Text;
using MaritimeWatch.Functions.Intake;
using MaritimeWatch.Intake.Ais;

namespace MaritimeWatch.Tests.Intake.Doors;

internal sealed class LandingBufferTests
{
    private static readonly string Line = Nmea.Position(219000001, 55, 10);

    [Test]
    public void A_whole_line_is_cut_when_it_is_old_enough_and_not_before()
    {
        var buffer = new LandingBuffer(LandingBufferSettings.Prompt);
        Add(buffer, Line + "!AIVDM,1,", 1000);

        Assert.That(buffer.TryCut(1099, false, out _), Is.False);
        Assert.That(buffer.TryCut(1100, false, out var cut), Is.True);
        Assert.That(Text(cut!), Is.EqualTo(Line));
        Assert.That(buffer.TryCut(9999, false, out _), Is.False, "the unfinished line waits for its end");
        Assert.That(buffer.TryCut(9999, true, out var rest), Is.True);
        Assert.That(Text(rest!), Is.EqualTo("!AIVDM,1,"));
    }

    [Test]
    public void A_message_in_parts_is_not_cut_apart_and_does_not_hold_back_what_came_before()
    {
        var buffer = new LandingBuffer(LandingBufferSettings.Prompt);
        Add(buffer, Line + Nmea.Part1, 1000);

        Assert.That(Cut(buffer, 1150), Is.EqualTo(Line));
        Assert.That(Cut(buffer, 1200), Is.Null);
        Add(buffer, Line + Nmea.Part2, 1210);
        Assert.That(Cut(buffer, 1211), Is.EqualTo(Nmea.Part1 + Line + Nmea.Part2));
    }

    [Test]
    public void A_part_that_never_comes_is_waited_for_within_a_bound()
    {
        var buffer = new LandingBuffer(LandingBufferSettings.Prompt);
        Add(buffer, Nmea.Part1, 1000);

        Assert.That(Cut(buffer, 1499), Is.Null);
        Assert.That(Cut(buffer, 1500), Is.EqualTo(Nmea.Part1));
    }

    [Test]
    public void Parts_that_open_without_end_cannot_hold_a_source_back()
    {
        var buffer = new LandingBuffer(LandingBufferSettings.Prompt);
        for (var at = 0; at < 600; at += 10)
        {
            Add(buffer, Nmea.Part1.Replace(",1,A,", $",{at / 10 % 10},{(char)('A' + (at / 100))},", StringComparison.Ordinal), 1000 + at);
        }

        Assert.That(Cut(buffer, 1600), Is.Not.Null);
    }

    [Test]
    public void A_wrapper_line_stays_with_its_sentence()
    {
        var buffer = new LandingBuffer(LandingBufferSettings.Prompt);
        const string wrapper = "$PGHP,1,2013,11,12,10,20,30,0,219,,2190047,1,2A*1E\r\n";
        Add(buffer, wrapper, 1000);

        Assert.That(Cut(buffer, 1150), Is.Null);
        Add(buffer, Line, 1160);
        Assert.That(Cut(buffer, 1160), Is.EqualTo(wrapper + Line));
    }

    [Test]
    public void A_group_of_a_TAG_block_stays_together()
    {
        var buffer = new LandingBuffer(LandingBufferSettings.Prompt);
        var first = "\\g:1-2-77,s:r1,c:1500000000*00\\" + Line;
        var second = "\\g:2-2-77*00\\" + Line;
        Add(buffer, first, 1000);

        Assert.That(Cut(buffer, 1150), Is.Null);
        Add(buffer, second, 1160);
        Assert.That(Cut(buffer, 1160), Is.EqualTo(first + second));
    }

    [Test]
    public void A_line_that_never_ends_is_cut_off_and_refused_and_the_next_line_is_read()
    {
        var buffer = new LandingBuffer(LandingBufferSettings.Prompt);
        var blobs = AddAll(buffer, Line + new string('x', 100_000) + "\r\n" + Line, 1000);
        Assert.That(buffer.TryCut(1100, true, out var last), Is.True);

        Assert.That(blobs, Has.Count.EqualTo(1));
        Assert.That(blobs[0].Bytes.Length, Is.EqualTo(Line.Length + LandingBufferSettings.Prompt.MaxLineBytes + 1));
        Assert.That(buffer.OverlongLines, Is.EqualTo(1));
        Assert.That(buffer.SkippedBytes, Is.EqualTo(100_002 - LandingBufferSettings.Prompt.MaxLineBytes - 1));
        Assert.That(Text(last!), Is.EqualTo(Line));
        var sink = new CollectingSink();
        var counts = AisUnpacking.Read(
            blobs[0].Bytes, blobs[0].Marks, new AisReadOptions { Dialect = AisDialect.Nmea }, ref sink, default);
        Assert.That(counts.RefusedFor(IntakeFault.LineTooLong), Is.EqualTo(1));
        Assert.That(counts.Positions, Is.EqualTo(1));
    }

    [Test]
    public void Untimed_lines_of_a_long_blob_keep_the_time_at_which_each_was_received()
    {
        var buffer = new LandingBuffer(LandingBufferSettings.Thrift);
        Add(buffer, Line, 1_000_000_000_000);
        Add(buffer, Line + Nmea.Part1, 1_000_000_007_000);
        Add(buffer, Nmea.Part2 + Line, 1_000_000_007_400);
        Add(buffer, Line, 1_000_000_020_000);
        Assert.That(buffer.TryCut(1_000_000_060_000, false, out var cut), Is.True);
        var sink = new CollectingSink();
        var counts = AisUnpacking.Read(cut!.Bytes, cut.Marks, new AisReadOptions { Dialect = AisDialect.Nmea }, ref sink, default);

        Assert.That(counts.RefusedFor(IntakeFault.PartMissing), Is.Zero);
        Assert.That(counts.Statics, Is.EqualTo(1));
        Assert.That(
            sink.Reports.Select(report => report.EventAtMs - 1_000_000_000_000),
            Is.EqualTo((long[])[0, 7000, 7400, 20_000]));
        Assert.That(sink.Reports.Select(report => LineOf(cut, report)), Is.All.EqualTo(Line.TrimEnd()));

        static string LineOf(LandingCut cut, PositionReport report) =>
            Encoding.ASCII.GetString(cut.Bytes.Span.Slice((int)report.Offset, report.Length)).TrimEnd();
    }

    [Test]
    public void However_a_stream_is_received_its_bytes_are_landed_once_and_no_message_is_cut_apart([Random(20, Distinct = true)] int seed)
    {
        TestContext.Out.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var stream = string.Concat(Enumerable.Range(0, 300).Select(i => random.Next(4) == 0
            ? Nmea.Part1.Replace(",1,A,", $",{i % 10},A,", StringComparison.Ordinal)
                + (random.Next(2) == 0 ? Line : "") + Nmea.Part2.Replace(",1,A,", $",{i % 10},A,", StringComparison.Ordinal)
            : Line));
        var settings = LandingBufferSettings.Prompt with { MaxBytes = 20_000 };
        var buffer = new LandingBuffer(settings);
        var bytes = Encoding.ASCII.GetBytes(stream);
        List<LandingCut> blobs = [];
        long now = 1000;
        for (var at = 0; at < bytes.Length;)
        {
            var count = Math.Min(random.Next(1, 400), bytes.Length - at);
            at += buffer.Add(bytes.AsSpan(at, count), now);
            now += random.Next(0, 20);
            while (buffer.TryCut(now, false, out var cut))
            {
                blobs.Add(cut);
            }
        }

        while (buffer.TryCut(now, true, out var cut))
        {
            blobs.Add(cut);
        }

        Assert.That(string.Concat(blobs.Select(Text)), Is.EqualTo(stream));
        foreach (var text in blobs.Select(Text))
        {
            Assert.That(Count(text, "!AIVDM,2,1,"), Is.EqualTo(Count(text, "!AIVDM,2,2,")));
            Assert.That(text, Does.EndWith("\n"));
        }

        static int Count(string text, string part) => text.Split(part).Length - 1;
    }

    private static void Add(LandingBuffer buffer, string text, long atMs) =>
        Assert.That(buffer.Add(Encoding.ASCII.GetBytes(text), atMs), Is.EqualTo(text.Length));

    private static List<LandingCut> AddAll(LandingBuffer buffer, string text, long atMs)
    {
        List<LandingCut> blobs = [];
        for (ReadOnlySpan<byte> rest = Encoding.ASCII.GetBytes(text); rest.Length > 0;)
        {
            rest = rest[buffer.Add(rest, atMs)..];
            while (buffer.TryCut(atMs, false, out var cut))
            {
                blobs.Add(cut);
            }
        }

        return blobs;
    }

    private static string? Cut(LandingBuffer buffer, long nowMs) =>
        buffer.TryCut(nowMs, false, out var cut) ? Text(cut) : null;

    private static string Text(LandingCut cut) => Encoding.ASCII.GetString(cut.Bytes.Span);

    private readonly struct CollectingSink() : IAisSink
    {
        public List<PositionReport> Reports { get; } = [];

        public void OnPosition(in PositionReport report) => Reports.Add(report);

        public void OnStatic(StaticReport report)
        {
        }

        public void OnRefused(in Refusal refusal, ReadOnlySpan<byte> bytes)
        {
        }
    }
}
