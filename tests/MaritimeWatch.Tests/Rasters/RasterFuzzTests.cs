using System.Diagnostics;
using System.Globalization;
using MaritimeWatch.Intake.Imagery;
using MaritimeWatch.Rasters;
using MaritimeWatch.Recognition;

namespace MaritimeWatch.Tests.Rasters;

/// <summary>
/// Damaged GeoTIFFs of every make are read or refused, with a reason, in bounded time and memory; never anything else.
/// MW_FUZZ_RASTERS sets how many.
/// </summary>
[TestFixture]
public sealed class RasterFuzzTests
{
    private const int Usual = 1_500;
    private const int MillisecondsMax = 5_000;
    private const long GrownBytesMax = 400L << 20;

    // Small limits, as a scene of 60 x 50 cannot need more: what a header promises beyond them must be refused.
    private static readonly RasterLimits Limits = new() { PixelsMax = 1_000_000, EdgePixelsMax = 4_000, BlockBytesMax = 4 << 20 };

    [Test]
    public void A_mutated_scene_is_read_or_refused_with_a_reason()
    {
        SceneFiles.RequireGdal();
        var count = int.TryParse(
            Environment.GetEnvironmentVariable("MW_FUZZ_RASTERS"), NumberStyles.None, CultureInfo.InvariantCulture, out var asked) ? asked : Usual;
        var seed = TestContext.CurrentContext.Random.Next();
        TestContext.Out.WriteLine($"seed {seed}, {count} files");
        var random = new Random(seed);
        var seeds = Seeds();
        var outcomes = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var memory = Environment.WorkingSet;
        var slowest = 0L;
        for (var n = 0; n < count; n++)
        {
            var bytes = Mutated(seeds[random.Next(seeds.Count)], random);
            var watch = Stopwatch.StartNew();
            var outcome = Outcome(SceneFiles.Write(bytes, "fuzz.tif"), n);
            slowest = Math.Max(slowest, watch.ElapsedMilliseconds);
            outcomes[outcome] = outcomes.GetValueOrDefault(outcome) + 1;
            Assert.That(watch.ElapsedMilliseconds, Is.LessThan(MillisecondsMax), $"file {n} of seed {seed}");
        }

        var grown = Environment.WorkingSet - memory;
        TestContext.Out.WriteLine($"{string.Join(", ", outcomes.Select(pair => $"{pair.Key} {pair.Value}"))}; slowest {slowest} ms; grown by {grown >> 20} MiB");
        Assert.That(grown, Is.LessThan(GrownBytesMax));
        Assert.That(outcomes.Keys, Does.Contain("read"), "if nothing is read any more the mutations are too rough to find anything");
        Assert.That(outcomes, Has.Count.GreaterThan(3));
    }

    private static string Outcome(string path, int n)
    {
        try
        {
            using var scene = SceneFile.Open(path, new SceneDescription { Band = 1 }, Limits);
            var window = new SceneWindow(0, 0, Math.Min(64, scene.Width), Math.Min(64, scene.Height));
            scene.Read(window, new float[window.Width * window.Height]);
            scene.Read(new SceneWindow(scene.Width - 1, scene.Height - 1, 1, 1), new float[1]);
            _ = scene.Outline();
            _ = scene.PixelAt(scene.Width / 2.0, scene.Height / 2.0);
            return "read";
        }
        catch (RasterException refused)
        {
            Assert.That(refused.Message, Has.Length.InRange(10, 600), $"file {n}: {refused.Trouble}");
            return refused.Trouble.ToString();
        }
    }

    private static List<byte[]> Seeds()
    {
        var orbit = new RadarOrbit();
        var points = Enumerable.Range(0, 16).Select(i => (X: i % 4 * 20, Y: i / 4 * 16))
            .Select(p => (P: p, At: orbit.Ground(p.Y * 100, p.X * 100))).Select(p => ((double)p.P.X, (double)p.P.Y, p.At.Lon, p.At.Lat)).ToList();
        return
        [
            SceneFiles.Sea(60, 50, 1),
            new TiffMaker(60, 50) { IsDeflated = true, RowsPerStrip = 7, NoData = "0" }.Make((x, y, _) => x * y),
            new TiffMaker(60, 50) { Tile = 16, IsDeflated = true, Bands = 4, Names = "B02|B03|B04|B08" }.Make((x, y, band) => x + y + band),
            new TiffMaker(60, 50) { Bits = 32, NoData = "nan", DateTime = "2025:03:01 05:41:00" }.Make((x, _, _) => x < 5 ? double.NaN : -x),
            new TiffMaker(60, 50) { Points = points, Bands = 2, Names = "VV|VH" }.Make((x, _, _) => x),
            new TiffMaker(60, 50) { Epsg = 3857, Place = (1_224_514, 7_900_000, 10, 10), Tile = 32 }.Make((x, _, _) => x),
        ];
    }

    // Most of the harm is in the first few hundred bytes: the directory, its values, the offsets of strips.
    private static byte[] Mutated(byte[] seed, Random random)
    {
        const int HeadBytes = 600;
        byte[] bytes = [.. seed];
        for (var change = random.Next(1, 6); change > 0; change--)
        {
            var reach = random.Next(4) > 0 ? Math.Min(HeadBytes, bytes.Length) : bytes.Length;
            var at = random.Next(Math.Max(1, reach - 4));
            switch (random.Next(8))
            {
                case 0 or 1:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 2:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 3:
                    BitConverter.TryWriteBytes(bytes.AsSpan(at), (uint)random.NextInt64(uint.MaxValue));
                    break;
                case 4:
                    BitConverter.TryWriteBytes(bytes.AsSpan(at), random.Next(3) switch { 0 => uint.MaxValue, 1 => 0x8000_0000, _ => 0u });
                    break;
                case 5:
                    bytes.AsSpan(at, Math.Min(12, bytes.Length - at)).CopyTo(bytes.AsSpan(random.Next(Math.Max(1, bytes.Length - 12))));
                    break;
                case 6 when random.Next(3) == 0:
                    bytes = bytes[..Math.Max(8, random.Next(bytes.Length))];
                    break;
                default:
                    // A tag's type, count or number.
                    BitConverter.TryWriteBytes(bytes.AsSpan(Math.Min(bytes.Length - 4, 10 + (12 * random.Next(16)) + random.Next(12))), (ushort)random.Next(65_536));
                    break;
            }
        }

        return bytes;
    }
}
