using System.Text.Json;
using MaritimeWatch.Scenario;

namespace MaritimeWatch.Tests.Scenario;

/// <summary>
/// True positions against the land of Natural Earth (1:10 million; its coast is good to some hundred metres, and it
/// leaves out harbours and small islands).
/// </summary>
public class LandTests
{
    [Test]
    public void No_ship_sails_over_land()
    {
        var (world, fleet) = MovementTests.Fleet(seed: 31, days: 3, vessels: 120);
        Assert.That(OnLand(world, fleet), Is.Empty);
    }

    /// <summary>Who is on land, and where.</summary>
    internal static List<string> OnLand(World world, IEnumerable<SimVessel> fleet)
    {
        var path = LandFile();
        if (path is null)
        {
            Assert.Ignore("node_modules/world-atlas is absent: run npm ci");
        }

        var land = new Land(path!);
        Assert.That(land.Holds(57.5, 14), "the test itself: Sweden is land");
        Assert.That(land.Holds(57.6, 11.2), Is.False, "the test itself: the Kattegat is not");
        var onLand = new List<string>();
        foreach (var vessel in fleet)
        {
            for (var at = world.StartAtMs; at < world.EndAtMs; at += 300_000)
            {
                var now = vessel.StateAt(at);
                if (now.Present && land.Holds(now.At.Lat, now.At.Lon))
                {
                    onLand.Add($"{vessel.Identity.About.Name} at {now.At}");
                }
            }
        }

        return onLand;
    }

    private static string? LandFile()
    {
        for (var at = new DirectoryInfo(TestContext.CurrentContext.TestDirectory); at is not null; at = at.Parent)
        {
            var path = Path.Combine(at.FullName, "node_modules", "world-atlas", "land-10m.json");
            if (File.Exists(path))
            {
                return path;
            }
        }

        return null;
    }

    /// <summary>The rings of a TopoJSON file near these waters, asked by crossing number.</summary>
    private sealed class Land
    {
        private const double South = 55;
        private const double Bins = 0.02;

        // Edges by strips of latitude: a look meets a few dozen of half a million.
        private readonly List<(double LonA, double LatA, double LonB, double LatB)>[] strips =
            [.. Enumerable.Range(0, (int)(6 / Bins)).Select(_ => new List<(double, double, double, double)>())];

        public Land(string path)
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(path));
            var root = json.RootElement;
            var scale = root.GetProperty("transform").GetProperty("scale");
            var shift = root.GetProperty("transform").GetProperty("translate");
            var arcs = root.GetProperty("arcs").EnumerateArray()
                .Select(arc => Unpack(arc, scale[0].GetDouble(), scale[1].GetDouble(), shift[0].GetDouble(), shift[1].GetDouble()))
                .ToList();
            foreach (var shape in root.GetProperty("objects").GetProperty("land").GetProperty("geometries").EnumerateArray())
            {
                var polygons = shape.GetProperty("type").GetString() == "Polygon"
                    ? [shape.GetProperty("arcs")]
                    : shape.GetProperty("arcs").EnumerateArray().ToList();
                foreach (var ring in polygons.SelectMany(polygon => polygon.EnumerateArray()))
                {
                    Keep(ring.EnumerateArray().SelectMany(index => Arc(arcs, index.GetInt32())).ToArray());
                }
            }
        }

        public bool Holds(double lat, double lon)
        {
            var inside = false;
            foreach (var (lonA, latA, lonB, latB) in strips[(int)((lat - South) / Bins)])
            {
                if ((latA > lat) != (latB > lat) && lon < ((lonB - lonA) * (lat - latA) / (latB - latA)) + lonA)
                {
                    inside = !inside;
                }
            }

            return inside;
        }

        private void Keep((double Lon, double Lat)[] ring)
        {
            for (var index = 1; index < ring.Length; index++)
            {
                var (a, b) = (ring[index - 1], ring[index]);
                var first = (int)Math.Floor((Math.Min(a.Lat, b.Lat) - South) / Bins);
                var last = (int)Math.Floor((Math.Max(a.Lat, b.Lat) - South) / Bins);
                for (var strip = Math.Max(0, first); strip <= Math.Min(strips.Length - 1, last); strip++)
                {
                    strips[strip].Add((a.Lon, a.Lat, b.Lon, b.Lat));
                }
            }
        }

        private static IEnumerable<(double, double)> Arc(List<(double, double)[]> arcs, int index) =>
            index >= 0 ? arcs[index] : arcs[~index].AsEnumerable().Reverse();

        private static (double, double)[] Unpack(JsonElement arc, double scaleX, double scaleY, double shiftX, double shiftY)
        {
            var (x, y) = (0, 0);
            return arc.EnumerateArray().Select(step =>
            {
                x += step[0].GetInt32();
                y += step[1].GetInt32();
                return ((x * scaleX) + shiftX, (y * scaleY) + shiftY);
            }).ToArray();
        }
    }
}
