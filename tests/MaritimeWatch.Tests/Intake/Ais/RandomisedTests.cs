using System.Text;
using MaritimeWatch.Intake.Ais;

namespace MaritimeWatch.Tests.Intake.Ais;

/// <summary>Chunking and mutation.</summary>
public sealed class RandomisedTests
{
    private static readonly string[] s_nmea =
    [
        Sentences.Position, Sentences.NoPosition, Sentences.PartOne, Sentences.PartTwo,
        Sentences.Tagged("s:rORBCOMM008,c:1418169601", Sentences.Position),
        Sentences.Tagged("g:1-2-9,s:rA,c:1418169601", Sentences.PartOne), Sentences.Tagged("g:2-2-9", Sentences.PartTwo),
        Sentences.Sum("$PGHP,1,2013,11,12,12,0,0,11,219,,2190067,1,62"), Sentences.Position + ",r003669946,1325394001",
        "# comment", string.Empty, "$GPGGA,1*00", "!AIVDM,1,1,,B,H39LOOQUQPD0000000000000000,4*6D", "garbage \u0001",
    ];

    // Per seed; ./mw fuzz asks for more.
    private static readonly long MutatedLines =
        long.TryParse(Environment.GetEnvironmentVariable("MW_FUZZ_LINES"), out var asked) ? asked : 500_000;

    private const int LinesPerRound = 50_000;

    private static readonly string[] s_objects =
    [
        """{"mmsi":368324460,"timestamp":"2024-12-31T00:16:09Z","lat":29.13983,"lon":-90.213,"sog":0.0,"cog":160.0,"shipname":"HOS \"B\""}""",
        """{"mmsi":367672140,"timestamp":"2024-12-31T03:35:37Z","lat":33.72351,"lon":-118.28045,"sog":7.5,"heading":511,"imo":9347346}""",
        """{"mmsi":366688000,"timestamp":1735603200,"lat":91.0,"lon":181.0,"nested":{"a":[1,2,{"b":null}]}}""", "# comment", string.Empty,
    ];

    private static readonly string[] s_rows =
    [
        "368324460,2024-12-31T00:16:09,29.13983,-90.213,0.0,160.0,339,HOS BERETTA,IMO9347346,WDN9166,70.0,5.0,100.0,14.0,5.2,70.0,A",
        "367672140,2024-12-31T03:35:37,33.72351,-118.28045,0.0,201.8,511,\"MAUR, \"\"ETANIA\",,WDH9845,60.0,15.0,25.0,6.0,0.0,60.0,A",
        "366688000,2024-12-31T00:02:55,91.0,181.0,0.0,360.0,511,TRILOGY,IMO0000000,WSF7174,37.0,,27.0,7.0,,,B",
        Sentences.MarineCadastre, "0,2024", string.Empty,
    ];

    [Test]
    public void Any_chunking_of_the_stream_gives_the_same_calls([Values(1, 2, 3, 4, 5, 6)] int seed)
    {
        TestContext.Out.WriteLine($"seed {seed}");
        var random = new Random(seed);
        foreach (var bytes in new[] { Mix(random, s_nmea, string.Empty, 400), Mix(random, s_rows, Sentences.MarineCadastre + "\n", 400) })
        {
            var (whole, expected) = Collector.Read(bytes);
            foreach (var chunk in new[] { 1, 7, 64, 8191, 8192, 8193, 65_535 })
            {
                var sink = new Collector();
                using var stream = new ChunkStream(bytes, chunk, chunk == 1 ? null : random);
                var counts = AisReader.Read(stream, new AisReadOptions { StartAtMs = 1_700_000_000_000 }, ref sink);
                var same = new Collector();
                using var memory = new MemoryStream(bytes);
                AisReader.Read(memory, new AisReadOptions { StartAtMs = 1_700_000_000_000 }, ref same);
                Assert.That(sink.Calls, Is.EqualTo(same.Calls));
                Assert.That(counts.Lines, Is.EqualTo(whole.Lines));
            }

            Assert.That(expected.Calls, Is.Not.Empty);
        }
    }

    [Test]
    public void Lines_across_the_border_of_the_one_megabyte_buffer_keep_their_offsets()
    {
        var line = Sentences.Tagged("c:1700000000", Sentences.Position) + "\r\n";
        var bytes = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(line, 40_000)));
        var (_, sink) = Collector.Read(bytes);
        Assert.That(sink.Positions, Has.Count.EqualTo(40_000));
        for (var i = 0; i < sink.Positions.Count; i++)
        {
            Assert.That(sink.Positions[i].Offset, Is.EqualTo((long)i * line.Length));
        }
    }

    [Test]
    public void Mutated_input_is_counted_whole_never_throws_and_stays_in_bounded_memory([Values(11, 12)] int seed)
    {
        TestContext.Out.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        long offered = 0, used = 0, refused = 0, ignored = 0, most = 0;
        for (var round = 0; offered < MutatedLines; round++)
        {
            using var lines = Lines(random, round);
            var sink = default(CountingSink);
            var counts = AisReader.Read(lines, new AisReadOptions { StartAtMs = 1_700_000_000_000 }, ref sink);
            Assert.That(counts.Used + counts.Refused + counts.Ignored, Is.EqualTo(counts.Lines));
            Assert.That(counts.Lines, Is.EqualTo(LinesPerRound + 1));
            Assert.That((counts.Refused, 0L), Is.EqualTo((sink.Refusals, sink.Unsound)));
            Assert.That(counts.Dialect, Is.EqualTo(DialectOf(round)));
            (offered, used, refused, ignored) =
                (offered + counts.Lines, used + counts.Used, refused + counts.Refused, ignored + counts.Ignored);
            most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: round % 10 == 0) - before);
        }

        TestContext.Out.WriteLine($"offered {offered} = used {used} + refused {refused} + ignored {ignored}; heap grew {most} bytes at most");
        Assert.That(used, Is.GreaterThan(offered / 5), "some mutants live");
        Assert.That(refused, Is.GreaterThan(offered / 5), "and some do not");
        Assert.That(most, Is.LessThan(256 << 20), "memory is bounded");
        Assert.That(GC.GetTotalMemory(forceFullCollection: true) - before, Is.LessThan(8 << 20), "nothing is kept");
    }

    private static AisDialect DialectOf(int round) =>
        (round % 4) switch { 1 => AisDialect.Csv, 3 => AisDialect.Ndjson, _ => AisDialect.Nmea };

    private static MutatedLines Lines(Random random, int round) => DialectOf(round) switch
    {
        AisDialect.Csv => new(random, Bytes(s_rows), Sentences.MarineCadastre + "\n", LinesPerRound, false),
        AisDialect.Ndjson => new(random, Bytes(s_objects), s_objects[0] + "\n", LinesPerRound, false),
        _ => new(random, [.. Bytes(s_nmea), .. AllTypes(random)], Sentences.Position + "\n", LinesPerRound, true),
    };

    private static byte[][] Bytes(string[] lines) => [.. lines.Select(Encoding.Latin1.GetBytes)];

    // The sentences of a random message of every layout.
    private static IEnumerable<byte[]> AllTypes(Random random)
    {
        var bits = new byte[AisDraft.BytesMax];
        var text = new byte[AisSentenceWriter.LongBytesMax];
        foreach (var layout in AisLayouts.All)
        {
            var count = RandomMessage.Make(random, layout, RandomMessage.Mmsi(layout, random.Next(1000)), bits);
            var length = AisSentenceWriter.Write(bits, count, new AisFrame('B', random.Next(10), 1_418_169_601), "rX"u8, text);
            foreach (var line in Encoding.Latin1.GetString(text, 0, length).Split("\r\n", StringSplitOptions.RemoveEmptyEntries))
            {
                yield return Encoding.Latin1.GetBytes(line);
            }
        }
    }

    private static byte[] Mix(Random random, string[] lines, string head, int count)
    {
        var text = new StringBuilder(head);
        for (var i = 0; i < count; i++)
        {
            var line = lines[random.Next(lines.Length)];
            text.Append(random.Next(20) == 0 ? new string('z', random.Next(8000, 20_000)) : line).Append(random.Next(2) == 0 ? "\r\n" : "\n");
        }

        text.Append(lines[0][..20]);
        return Encoding.Latin1.GetBytes(text.ToString());
    }
}
