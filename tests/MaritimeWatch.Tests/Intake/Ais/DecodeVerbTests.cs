using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using MaritimeWatch.Functions.Intake;

namespace MaritimeWatch.Tests.Intake.Ais;

/// <summary>The verb <c>decode</c>: exit codes, counts, packed files.</summary>
public sealed class DecodeVerbTests
{
    private static readonly byte[] s_good = Encoding.ASCII.GetBytes(
        Sentences.Tagged("c:1700000000", Sentences.Position) + "\n" + Sentences.Position + "\n");

    private string _folder = string.Empty;

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("decode-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void Messages_come_out_with_the_promised_names_and_the_counts_at_the_end()
    {
        var (code, lines, log) = Run(Write("a.txt", s_good));
        var first = JsonDocument.Parse(lines[0]).RootElement;
        var counts = JsonDocument.Parse(log[^1]).RootElement;
        Assert.Multiple(() =>
        {
            Assert.That(code, Is.Zero);
            Assert.That(first.GetProperty("line").GetInt32(), Is.EqualTo(1));
            Assert.That(first.GetProperty("received_at").GetString(), Is.EqualTo("2023-11-14T22:13:20Z"));
            Assert.That(first.GetProperty("speed_over_ground_knots").GetDouble(), Is.EqualTo(8.6));
            Assert.That(first.GetProperty("true_heading_degrees").ValueKind, Is.EqualTo(JsonValueKind.Null));
            Assert.That(JsonDocument.Parse(lines[1]).RootElement.GetProperty("received_at").ValueKind, Is.EqualTo(JsonValueKind.Null));
            Assert.That(counts.GetProperty("no_time").GetInt32(), Is.EqualTo(1));
            Assert.That(counts.GetProperty("types").GetProperty("1").GetInt32(), Is.EqualTo(2));
        });
    }

    [Test]
    public void An_mmsi_of_zero_is_shown()
    {
        var (code, lines, _) = Run(Write("a.txt", Encoding.ASCII.GetBytes(Sentences.ClassA(0, 181 * 600_000, 91 * 600_000))));
        var message = JsonDocument.Parse(lines.Single()).RootElement;
        Assert.That(code, Is.Zero);
        Assert.That(message.GetProperty("mmsi").GetInt32(), Is.Zero);
        Assert.That(message.GetProperty("latitude").ValueKind, Is.EqualTo(JsonValueKind.Null));
    }

    [Test]
    public void Strict_tells_of_refusals_by_its_exit_code()
    {
        var path = Write("a.txt", [.. s_good, .. "!AIVDM,1,1,,A,15N1*00\n"u8]);
        Assert.That(Run(path).Code, Is.Zero);
        using var log = new StringWriter(CultureInfo.InvariantCulture);
        Assert.That(DecodeVerb.Run([path], null, true, log), Is.EqualTo(1));
        Assert.That(log.ToString(), Does.Contain("\"checksum_wrong\":1"));
    }

    [Test]
    public void Nothing_usable_is_3_and_a_missing_file_is_2()
    {
        Assert.That(Run(Write("a.txt", "prose"u8.ToArray())).Code, Is.EqualTo(3));
        Assert.That(Run(Write("b.txt", [])).Code, Is.EqualTo(3));
        Assert.That(Run(Path.Combine(_folder, "absent")).Code, Is.EqualTo(2));
    }

    [Test]
    public void Packed_files_are_recognised_by_content()
    {
        var expected = Run(Write("plain", s_good)).Lines;
        Assert.That(Run(Write("gz.txt", Gzip(s_good))).Lines, Is.EqualTo(expected));
        Assert.That(Run(Write("zip.txt", Zip(s_good))).Lines, Is.EqualTo(expected));
    }

    [Test]
    public void A_zstandard_file_is_unpacked_by_the_system_s_library()
    {
        // Made once with the zstd tool: one frame with one raw block.
        byte[] frame = [0x28, 0xB5, 0x2F, 0xFD, 0x20, (byte)s_good.Length, (byte)((s_good.Length << 3) | 1), (byte)(s_good.Length >> 5), 0, .. s_good];
        var path = Write("z", frame);
        if (!File.Exists("/lib/x86_64-linux-gnu/libzstd.so.1") && !File.Exists("/usr/lib/x86_64-linux-gnu/libzstd.so.1"))
        {
            Assert.Ignore("libzstd.so.1 is absent");
        }

        Assert.That(Run(path).Lines, Has.Length.EqualTo(2));
        var (_, lines, log) = Run(Write("cut", frame[..^20]));
        Assert.That(lines, Has.Length.EqualTo(1));
        Assert.That(log[^1], Does.Contain("\"truncated\":1"));
    }

    [Test]
    public void The_good_part_of_a_truncated_file_is_kept_and_said_to_be_truncated([Values] bool isZip)
    {
        var random = new Random(5);
        var text = new StringBuilder();
        for (var i = 0; i < 5000; i++)
        {
            text.Append(Sentences.ClassA(random.Next(200_000_000, 700_000_000), random.Next(100_000_000), random.Next(50_000_000))).Append('\n');
        }

        var plain = Encoding.ASCII.GetBytes(text.ToString());
        var packed = isZip ? Zip(plain) : Gzip(plain);
        var (code, lines, log) = Run(Write("cut", packed[..(packed.Length / 2)]));
        Assert.That(code, Is.Zero);
        Assert.That(lines, Has.Length.InRange(2000, 3000));
        Assert.That(log[^1], Does.Contain("\"truncated\":1"));
    }

    [Test]
    public void Entries_of_a_zip_never_run_into_each_other()
    {
        using var buffer = new MemoryStream();
        using (var zip = new ZipArchive(buffer, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var name in "ab")
            {
                using var entry = zip.CreateEntry(name.ToString()).Open();
                entry.Write(s_good.AsSpan(0, s_good.Length - 1));
            }
        }

        Assert.That(Run(Write("two.zip", buffer.ToArray())).Lines, Has.Length.EqualTo(4));
    }

    private static byte[] Gzip(byte[] bytes)
    {
        using var buffer = new MemoryStream();
        using (var gzip = new GZipStream(buffer, CompressionLevel.Fastest))
        {
            gzip.Write(bytes);
        }

        return buffer.ToArray();
    }

    private static byte[] Zip(byte[] bytes)
    {
        using var buffer = new MemoryStream();
        using (var zip = new ZipArchive(buffer, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var entry = zip.CreateEntry("a.txt").Open();
            entry.Write(bytes);
        }

        return buffer.ToArray();
    }

    private static (int Code, string[] Lines, string[] Log) Run(string path)
    {
        using var output = new MemoryStream();
        using var log = new StringWriter(CultureInfo.InvariantCulture);
        var code = DecodeVerb.Run([path], output, false, log);
        return (
            code,
            Encoding.UTF8.GetString(output.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries),
            log.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries));
    }

    private string Write(string name, byte[] bytes)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }
}
