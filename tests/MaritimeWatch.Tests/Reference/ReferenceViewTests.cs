using MaritimeWatch.Geodesy;
using MaritimeWatch.Reference;
using MaritimeWatch.Reference.Index;
using MaritimeWatch.Terms;
using NetTopologySuite.Algorithm.Locate;
using NetTopologySuite.Geometries;
using Position = MaritimeWatch.Terms.Position;

namespace MaritimeWatch.Tests.Reference;

public sealed class ReferenceViewTests
{
    private const int Seed = 20261121;

    [Test]
    public void Places_are_in_the_same_zones_as_for_NetTopologySuite()
    {
        var random = new Random(Seed);
        var factory = new GeometryFactory();
        for (var round = 0; round < 60; round++)
        {
            var zones = Enumerable.Range(0, 12).Select(_ => RandomZone(random, factory)).ToList();
            var view = View(zones);
            var oracles = zones.Select(zone => new IndexedPointInAreaLocator(zone)).ToList();
            var target = new int[16];
            for (var i = 0; i < 400; i++)
            {
                var place = RandomPlaceNear(random, zones[random.Next(zones.Count)]);
                var at = new Coordinate(place.LongitudeDegrees, place.LatitudeDegrees);
                var expected = Enumerable.Range(0, zones.Count).Where(z => oracles[z].Locate(at) != Location.Exterior);
                Assert.That(target[..view.ZonesAt(place, target)], Is.EqualTo(expected), $"seed {Seed}, round {round}: {place}");
            }
        }
    }

    [Test]
    public void A_hole_is_outside_its_rim_inside_and_an_island_in_it_inside()
    {
        var view = View([FromText("MULTIPOLYGON(((0 0,10 0,10 10,0 10,0 0),(2 2,8 2,8 8,2 8,2 2)),((4 4,6 4,6 6,4 6,4 4)))")]);
        Assert.Multiple(() =>
        {
            Assert.That(Holds(view, 1, 1));
            Assert.That(Holds(view, 3, 3), Is.False);
            Assert.That(Holds(view, 2, 5));
            Assert.That(Holds(view, 5, 5));
            Assert.That(Holds(view, 0, 10));
            Assert.That(Holds(view, -0.0000001, 5), Is.False);
        });
    }

    [Test]
    public void Both_names_of_the_antimeridian_are_inside_a_zone_that_touches_it()
    {
        var view = View([FromText("POLYGON((170 0,180 0,180 10,170 10,170 0))")]);
        Assert.Multiple(() =>
        {
            Assert.That(Holds(view, 5, 180));
            Assert.That(Holds(view, 5, -180));
            Assert.That(Holds(view, 5, -179.9), Is.False);
            Assert.That(view.MetresToZone(0, Position.FromDegrees(0, -179.9)), Is.EqualTo(11_119.5).Within(2));
        });
    }

    [Test]
    public void A_world_wide_zone_holds_every_place()
    {
        var view = View([FromText("POLYGON((-180 -90,180 -90,180 90,-180 90,-180 -90))")]);
        var random = new Random(Seed);
        for (var i = 0; i < 2_000; i++)
        {
            Assert.That(Holds(view, (random.NextDouble() * 180) - 90, (random.NextDouble() * 360) - 180));
        }

        Assert.That(Holds(view, 90, 180) && Holds(view, -90, -180));
    }

    [Test]
    public void The_distance_to_a_zone_is_that_to_its_nearest_edge_and_is_capped()
    {
        var view = View([FromText("POLYGON((11 57,12 57,12 58,11 58,11 57))")]);
        Assert.Multiple(() =>
        {
            Assert.That(view.MetresToZone(0, Position.FromDegrees(57.5, 11.5)), Is.Zero);
            Assert.That(view.MetresToZone(0, Position.FromDegrees(56.9, 11.5)), Is.EqualTo(11_119.5).Within(3));
            Assert.That(
                view.MetresToZone(0, Position.FromDegrees(57.5, 10.9)),
                Is.EqualTo(GreatCircle.DistanceMetres(Position.FromDegrees(57.5, 10.9), Position.FromDegrees(57.5, 11))).Within(5));
            Assert.That(view.MetresToZone(0, Position.FromDegrees(50, 11.5)), Is.EqualTo(50_000).Within(0.001));
        });
    }

    [Test]
    public void Distances_to_random_zones_agree_with_a_dense_walk_along_their_edges()
    {
        var random = new Random(Seed);
        var factory = new GeometryFactory();
        for (var i = 0; i < 60; i++)
        {
            var zone = RandomZone(random, factory);
            var place = RandomPlaceNear(random, zone);
            var metres = View([zone]).MetresToZone(0, place);
            var walked = Walk(zone).Min(at => GreatCircle.DistanceMetres(place, at));
            if (metres > 0)
            {
                Assert.That(metres, Is.EqualTo(Math.Min(walked, 50_000)).Within((0.001 * walked) + 60), $"seed {Seed}, case {i}");
            }
        }
    }

    [Test]
    public void The_nearest_anchorage_is_that_of_a_search_through_all()
    {
        var random = new Random(Seed);
        var places = Enumerable.Range(0, 3_000).Select(_ => new Position(
            random.Next(5) == 0 ? random.Next(880_000_000, 900_000_001) : random.Next(570_000_000, 580_000_000),
            random.Next(2) == 0 ? Longitudes.Wrap(1_790_000_000L + random.Next(20_000_000)) : random.Next(110_000_000, 130_000_000))).ToArray();
        var index = new PlaceIndex(places);
        for (var i = 0; i < 4_000; i++)
        {
            var near = places[random.Next(places.Length)];
            var at = GreatCircle.Destination(near, random.NextDouble() * 360, random.NextDouble() * 30_000);
            var within = random.NextDouble() * 20_000;
            var best = Enumerable.Range(0, places.Length).MinBy(p => FlatDistance.SquaredUnits(at, places[p]));
            var expected = FlatDistance.Metres(at, places[best]) <= within ? best : -1;
            // Very near the pole the flat distance is no distance: only what both can know is compared.
            if (Math.Abs(at.LatitudeDegrees) < 88.5)
            {
                Assert.That(index.Nearest(at, within, out var metres), Is.EqualTo(expected), $"seed {Seed}, case {i}: {at}");
                Assert.That(metres, Is.EqualTo(expected < 0 ? 0 : FlatDistance.Metres(at, places[best])).Within(1e-6));
            }
        }
    }

    [Test]
    public void Looking_up_allocates_nothing()
    {
        var view = View([FromText("POLYGON((11 57,12 57,12 58,11 58,11 57))")]);
        var target = new int[16];
        var place = Position.FromDegrees(57.01, 11.01);
        _ = view.ZonesAt(place, target);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++)
        {
            _ = view.ZonesAt(place, target);
            _ = view.NearestAnchorage(place, 3_000, out _);
            _ = view.MetresToZone(0, place);
        }

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
    }

    internal static ReferenceView View(IReadOnlyList<Geometry> zones) => new(
        new Dictionary<string, int>(),
        [.. zones.Select((zone, i) => (new Zone($"z{i}", $"zone {i}", Severity.Low), zone))],
        [new AnchoragePoint("SEGOT", Position.FromDegrees(57.69, 11.9), "SEGOT", "Göteborg", StoppingPlace.Port)],
        null);

    private static bool Holds(ReferenceView view, double latitude, double longitude) =>
        view.ZonesAt(Position.FromDegrees(latitude, longitude), new int[16]) == 1;

    private static Geometry FromText(string text) => new NetTopologySuite.IO.WKTReader().Read(text);

    /// <summary>A star with a random number of spikes, some with a hole, on the grid of 1e-7 degree.</summary>
    private static Polygon RandomZone(Random random, GeometryFactory factory)
    {
        var size = Math.Pow(10, (random.NextDouble() * 3) - 2);
        var (x, y) = ((random.NextDouble() * 4) + 10, (random.NextDouble() * 4) + 55);
        var shell = Star(random, x, y, size, 0.5);
        var hole = random.Next(2) == 0 ? null : Star(random, x, y, size * 0.45, 0.5);
        return factory.CreatePolygon(
            factory.CreateLinearRing(shell), hole is null ? [] : [factory.CreateLinearRing(hole)]);
    }

    private static Coordinate[] Star(Random random, double x, double y, double size, double least)
    {
        var count = random.Next(3, 200);
        Coordinate[] ring = [.. Enumerable.Range(0, count).Select(i =>
        {
            var (sin, cos) = Math.SinCos(2 * Math.PI * i / count);
            var radius = size * (least + ((1 - least) * random.NextDouble()));
            return new Coordinate(Math.Round((x + (radius * cos)) * 1e7) / 1e7, Math.Round((y + (radius * sin)) * 1e7) / 1e7);
        })];
        return [.. ring, ring[0].Copy()];
    }

    /// <summary>In or about the zone's box, or right on a vertex.</summary>
    private static Position RandomPlaceNear(Random random, Geometry zone)
    {
        if (random.Next(8) == 0)
        {
            var vertex = zone.Coordinates[random.Next(zone.NumPoints)];
            return Position.FromDegrees(vertex.Y, vertex.X);
        }

        var box = zone.EnvelopeInternal;
        return Position.FromDegrees(
            box.MinY + (box.Height * ((random.NextDouble() * 1.2) - 0.1)), box.MinX + (box.Width * ((random.NextDouble() * 1.2) - 0.1)));
    }

    private static IEnumerable<Position> Walk(Polygon zone)
    {
        foreach (var ring in zone.InteriorRings.Prepend(zone.ExteriorRing))
        {
            for (var i = 1; i < ring.NumPoints; i++)
            {
                var (a, b) = (ring.GetCoordinateN(i - 1), ring.GetCoordinateN(i));
                var steps = 1 + (int)(a.Distance(b) / 0.0005);
                for (var step = 0; step <= steps; step++)
                {
                    var part = step / (double)steps;
                    yield return Position.FromDegrees(a.Y + ((b.Y - a.Y) * part), a.X + ((b.X - a.X) * part));
                }
            }
        }
    }
}
