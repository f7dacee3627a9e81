using System.Diagnostics;
using MaritimeWatch.GeoJson;
using MaritimeWatch.Log;
using MaritimeWatch.Reference;
using NetTopologySuite.Geometries;
using Position = MaritimeWatch.Terms.Position;

namespace MaritimeWatch.Benchmarks;

/// <summary>
/// Which zones hold a place and which port is nearest, for port areas and ports: the indexed view beside a plain loop of
/// NetTopologySuite over all areas (each with its box tested first) and over all ports.
/// </summary>
public static class ReferenceBenchmark
{
    private const int Seed = 1;
    private const int Lookups = 4_000_000;
    private const int NaiveLookups = 4_000;

    public static void Run(TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(output);
        if (Data() is not { } data)
        {
            output.WriteLine("reference: skipped, ../shared/data is absent");
            return;
        }

        var areas = File.ReadAllBytes(Path.Combine(data, "ports", "osm_industrial_port_polygons.geojson"));
        var ports = SeaPorts.ToGeoJson(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "reference", "sea-ports.json"))).GeoJson;
        var coast = Coastline.FromTopoJson(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "reference", "land-10m.json")));
        var store = new ReferenceStore(new MemoryStore(), coast);
        store.AddAsync(ReferenceKinds.Zones, areas, default).GetAwaiter().GetResult();
        store.AddAsync(ReferenceKinds.Ports, ports, default).GetAwaiter().GetResult();
        var view = store.LoadViewAsync(store.LatestVersionsAsync(default).GetAwaiter().GetResult(), default).GetAwaiter().GetResult();
        var stored = store.GetAsync(ReferenceKinds.Zones, 1, default).GetAwaiter().GetResult()!.Value;
        var shapes = GeoJsonReader.Read(stored).Features.Select(feature => feature.Geometry!).ToList();
        output.WriteLine($"reference: {view.ZoneCount} port areas, {((ReferenceView)view).AnchorageCount} ports, seed {Seed}");
        output.WriteLine($"{"places",-34}{"look-ups/s",14}{"ns",10}{"B/look-up",11}{"naive/s",12}{"ratio",10}");
        var random = new Random(Seed);
        Row(output, "far from anything", view, shapes, Places(() => AtSea(random, view)));
        Row(output, "in and about port areas", view, shapes, Places(() => Near(random, shapes)));
        Coast(output, view, Places(() => AtSea(random, view)));
    }

    private static void Row(TextWriter output, string name, IReferenceView view, List<Geometry> shapes, Position[] places)
    {
        _ = Sweep(view, places, 1_000_000);
        var bytes = GC.GetAllocatedBytesForCurrentThread();
        var watch = Stopwatch.StartNew();
        var found = Sweep(view, places, Lookups);
        var seconds = watch.Elapsed.TotalSeconds;
        bytes = GC.GetAllocatedBytesForCurrentThread() - bytes;
        watch.Restart();
        var naive = Naive(view, shapes, places, NaiveLookups);
        var naivePerSecond = NaiveLookups / watch.Elapsed.TotalSeconds;
        output.WriteLine(
            $"{name,-34}{Lookups / seconds,14:N0}{seconds / Lookups * 1e9,10:F1}{bytes / (double)Lookups,11:F2}{naivePerSecond,12:N0}"
            + $"{Lookups / seconds / naivePerSecond,10:N0}   ({found} and {naive} found)");
    }

    private static long Sweep(IReferenceView view, Position[] places, int count)
    {
        Span<int> zones = stackalloc int[16];
        long found = 0;
        for (var i = 0; i < count; i++)
        {
            var place = places[i & (places.Length - 1)];
            found += view.ZonesAt(place, zones);
            found += view.NearestAnchorage(place, 3_000, out _) >= 0 ? 1 : 0;
        }

        return found;
    }

    private static long Naive(IReferenceView view, List<Geometry> shapes, Position[] places, int count)
    {
        var all = (ReferenceView)view;
        long found = 0;
        for (var i = 0; i < count; i++)
        {
            var place = places[i & (places.Length - 1)];
            var at = new Coordinate(place.LongitudeDegrees, place.LatitudeDegrees);
            found += shapes.Count(shape => shape.EnvelopeInternal.Contains(at) && shape.Covers(shape.Factory.CreatePoint(at)));
            var nearest = Enumerable.Range(0, all.AnchorageCount).Min(p => Geodesy.GreatCircle.DistanceMetres(place, all.AnchorageAt(p).Where));
            found += nearest <= 3_000 ? 1 : 0;
        }

        return found;
    }

    private static void Coast(TextWriter output, IReferenceView view, Position[] places)
    {
        const int Count = 200_000;
        var sum = 0.0;
        var watch = Stopwatch.StartNew();
        for (var i = 0; i < Count; i++)
        {
            sum += view.KilometresOffshore(places[i & (places.Length - 1)])!.Value;
        }

        output.WriteLine($"kilometres offshore, anywhere at sea: {Count / watch.Elapsed.TotalSeconds:N0}/s (mean {sum / Count:F0} km)");
    }

    private static Position[] Places(Func<Position> next) => [.. Enumerable.Range(0, 1 << 16).Select(_ => next())];

    private static Position AtSea(Random random, IReferenceView view)
    {
        while (true)
        {
            var place = Position.FromDegrees((random.NextDouble() * 130) - 60, (random.NextDouble() * 360) - 180);
            if (view.NearestAnchorage(place, 20_000, out _) < 0 && view.KilometresOffshore(place) > 0)
            {
                return place;
            }
        }
    }

    private static Position Near(Random random, List<Geometry> shapes)
    {
        var box = shapes[random.Next(shapes.Count)].EnvelopeInternal;
        return Position.FromDegrees(
            box.MinY + (box.Height * ((random.NextDouble() * 2) - 0.5)), box.MinX + (box.Width * ((random.NextDouble() * 2) - 0.5)));
    }

    private static string? Data()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "MaritimeWatch.sln")))
            {
                var data = Path.GetFullPath(Path.Combine(at.FullName, "..", "shared", "data"));
                return Directory.Exists(data) ? data : null;
            }
        }

        return null;
    }
}
