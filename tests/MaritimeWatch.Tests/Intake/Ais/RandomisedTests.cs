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
        long.TryParse(Environment.GetEnvironmentVariable("MW_FUZZ_LINES"), out var asked) ? asked : 50_000;

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
    public void Mutated_input_is_counted_whole_and_never_throws([Values(11, 12)] int seed)
    {
        TestContext.Out.WriteLine($"seed {seed}");
        var random = new Random(seed);
        long offered = 0, used = 0;
        while (offered < MutatedLines)
        {
            var isNmea = random.Next(2) == 0;
            var text = new StringBuilder(isNmea ? Sentences.Position + "\n" : Sentences.MarineCadastre + "\n");
            for (var i = 0; i < 1000; i++)
            {
                text.Append(Mutate(random, (isNmea ? s_nmea : s_rows)[random.Next((isNmea ? s_nmea : s_rows).Length)])).Append('\n');
            }

            // Collector asserts that used + refused + ignored = lines.
            var (counts, sink) = Collector.Read(Encoding.Latin1.GetBytes(text.ToString()));
            Assert.That(counts.Refused, Is.EqualTo(sink.Refusals.Count));
            offered += counts.Lines;
            used += counts.Used;
        }

        Assert.That(used, Is.GreaterThan(offered / 100), "some mutants live");
    }

    private static string Mutate(Random random, string line)
    {
        var text = new StringBuilder(line);
        for (var changes = random.Next(4); changes > 0 && text.Length > 0; changes--)
        {
            var at = random.Next(text.Length);
            switch (random.Next(5))
            {
                case 0:
                    text[at] = (char)random.Next(256);
                    break;
                case 1:
                    text.Remove(at, 1);
                    break;
                case 2:
                    text.Insert(at, ",\\*!\"0"[random.Next(6)]);
                    break;
                case 3:
                    text.Length = at;
                    break;
                default:
                    text.Insert(at, line[random.Next(line.Length)..]);
                    break;
            }
        }

        return text.ToString();
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
