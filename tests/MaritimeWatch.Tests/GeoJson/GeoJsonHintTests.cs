using System.Diagnostics;
using System.Text;
using MaritimeWatch.Geodesy;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Tests.GeoJson;

/// <summary>A judge that is not ours: Mapbox's geojsonhint, run by Node from the packages at the repository's root.</summary>
public sealed class GeoJsonHintTests
{
    private const int Seed = 17;

    [Test]
    public void The_judge_finds_nothing_in_what_we_write_and_something_in_what_is_wrong()
    {
        var root = Root();
        var judge = Path.Combine(root, "node_modules", "@mapbox", "geojsonhint", "bin", "geojsonhint");
        if (!File.Exists(judge))
        {
            Assert.Ignore("node_modules/@mapbox/geojsonhint is absent: run npm ci");
        }

        var good = Path.Combine(TestContext.CurrentContext.WorkDirectory, "geojsonhint-good.json");
        File.WriteAllText(good, Sample());
        var bad = Path.Combine(TestContext.CurrentContext.WorkDirectory, "geojsonhint-bad.json");
        File.WriteAllText(bad, """{"type":"Polygon","coordinates":[[[0,0],[0,1],[1,1],[0,0]]]}""");
        Assert.That(Judge(judge, bad), Does.Contain("right-hand rule"));
        Assert.That(Judge(judge, good).Trim(), Is.Empty, $"seed {Seed}");
    }

    private static string Sample() => GeoJsonWriterTests.Written(json =>
    {
        TestContext.Out.WriteLine($"seed {Seed}");
        var random = new Random(Seed);
        json.StartCollection();
        json.StartFeatures();
        for (var i = 0; i < 400; i++)
        {
            json.StartFeature($"f{i}");
            var places = Way(random, random.Next(2, 12));
            switch (i % 4)
            {
                case 0:
                    json.WritePoint(places[0]);
                    break;
                case 1:
                    json.WriteBbox(GeoBox.Of(places));
                    json.WriteLineString(places);
                    break;
                case 2:
                    json.WritePolygon(Ring(random));
                    break;
                default:
                    json.WriteNoGeometry();
                    break;
            }

            json.StartProperties();
            json.Json.WriteNumber("n", i);
            json.EndFeature();
        }

        json.EndFeatures();
        json.EndCollection();
    });

    /// <summary>A way whose steps are up to 40 degrees, often over the antimeridian.</summary>
    private static Position[] Way(Random random, int count)
    {
        var way = new Position[count];
        way[0] = Position.FromDegrees((random.NextDouble() * 160) - 80, (random.NextDouble() * 360) - 180);
        for (var i = 1; i < count; i++)
        {
            way[i] = new Position(
                Math.Clamp(way[i - 1].LatitudeE7 + random.Next(-50_000_000, 50_000_000), -850_000_000, 850_000_000),
                Longitudes.Wrap(way[i - 1].LongitudeE7 + (long)random.Next(-400_000_000, 400_000_000)));
        }

        return way;
    }

    /// <summary>A star, either way round, often over the antimeridian.</summary>
    private static Position[] Ring(Random random)
    {
        var (latitude, longitude) = ((random.NextDouble() * 100) - 50, 170 + (random.NextDouble() * 20));
        var count = random.Next(3, 40);
        Position[] ring = [.. Enumerable.Range(0, count).Select(i =>
        {
            var (sin, cos) = Math.SinCos(2 * Math.PI * i / count);
            var radius = 3 + (random.NextDouble() * 7);
            return new Position((int)((latitude + (radius * sin)) * 1e7), Longitudes.Wrap((long)((longitude + (radius * cos)) * 1e7)));
        })];
        return random.Next(2) == 0 ? ring : [.. ring.Reverse()];
    }

    private static string Judge(string judge, string file)
    {
        var start = new ProcessStartInfo("node", [judge, file]) { RedirectStandardOutput = true, RedirectStandardError = true };
        try
        {
            using var node = Process.Start(start)!;
            var errors = node.StandardError.ReadToEndAsync();
            var output = new StringBuilder(node.StandardOutput.ReadToEnd()).Append(errors.Result);
            node.WaitForExit();
            return output.ToString();
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Ignore("node is absent, so geojsonhint cannot judge");
            return string.Empty;
        }
    }

    private static string Root()
    {
        var at = new DirectoryInfo(TestContext.CurrentContext.TestDirectory);
        while (at is not null && !File.Exists(Path.Combine(at.FullName, "MaritimeWatch.sln")))
        {
            at = at.Parent;
        }

        return at?.FullName ?? throw new InvalidOperationException("the tests do not run inside the repository");
    }
}
