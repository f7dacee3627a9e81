using System.Globalization;
using MaritimeWatch.Feeds;
using NetTopologySuite.Geometries;
using NetTopologySuite.Geometries.Utilities;

namespace MaritimeWatch.Tests.Feeds;

/// <summary>
/// The index against a filter that looks at every feature with another library's geometry. Coordinates lie on a coarse
/// grid, so that edges and corners touch often.
/// </summary>
public sealed class FeedQueryPropertyTests
{
    private const int Features = 3_000;
    private const int Queries = 250;

    private static readonly string[] Kinds = ["gap", "encounter", "zone-entry"];
    private static readonly GeometryFactory Factory = new();

    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    public async Task Counts_and_rows_agree_with_a_look_at_every_feature(int seed)
    {
        await TestContext.Out.WriteLineAsync($"seed {seed}");
        var random = new Random(seed);
        var world = new FeedWorld();
        var expected = new Dictionary<string, Known>();
        for (var batch = 0; batch < 6; batch++)
        {
            var lines = new List<string>();
            for (var i = 0; i < Features / 6; i++)
            {
                var known = Known.Make(random, expected);
                expected[known.Id] = known;
                lines.Add(known.Line);
            }

            await world.AddAsync("findings", [.. lines]);
        }

        var matchedInAll = 0;
        for (var i = 0; i < Queries; i++)
        {
            var ask = Ask.Make(random, world.Model);
            var page = world.Model.Current.Query(FeedCollections.Findings, ask.Query);
            var wanted = expected.Values.Where(ask.Wants).Select(k => k.Id).ToHashSet();
            Assert.That(page.Matched, Is.EqualTo(wanted.Count), $"query {i}: {ask}");
            matchedInAll += page.Matched;

            if (i % 10 == 0)
            {
                var ids = await world.IdsAsync(world.Model.Current, ask.Query with { Limit = Features });
                Assert.That(ids, Is.Unique.And.EquivalentTo(wanted), $"query {i}: {ask}");
            }
        }

        Assert.That(matchedInAll, Is.GreaterThan(Queries), "the queries must find something");
    }

    private sealed record Known(
        string Id, int Revision, string Line, Geometry? Shape, long Start, long End, string Kind, bool Settled)
    {
        public static Known Make(Random random, Dictionary<string, Known> before)
        {
            var id = $"f{random.Next(Features)}";
            var revision = before.TryGetValue(id, out var last) ? last.Revision + 1 : 1;
            var shape = random.Next(12) == 0 ? null : MakeShape(random);
            var start = random.Next(10) == 0 ? (int?)null : random.Next(1000);
            int? end = random.Next(10) == 0 ? null : (start ?? 0) + (random.Next(3) == 0 ? 0 : random.Next(200));
            var kind = Kinds[random.Next(Kinds.Length)];
            var settled = random.Next(2) == 0;
            var line = FeedWorld.Finding(
                id, revision, shape is null ? "null" : Text(shape), start is { } s ? Time(s) : null,
                end is { } e ? Time(e) : null, kind, settled: settled);
            return new Known(
                id, revision, line, shape, start is { } s1 ? s1 * 1000L : long.MinValue,
                end is { } e1 ? e1 * 1000L : long.MaxValue, kind, settled);
        }

        private static Geometry MakeShape(Random random)
        {
            var (x, y) = (random.Next(-18, 19) * 10, random.Next(-9, 10) * 10);
            var at = new Coordinate(x, y);
            Coordinate Near() => new(Math.Clamp(x + random.Next(-30, 31), -180, 180), Math.Clamp(y + random.Next(-30, 31), -90, 90));
            switch (random.Next(6))
            {
                case 0:
                    return Factory.CreateLineString([at, Near()]);
                case 1:
                    return Factory.CreateLineString([at, Near(), Near(), Near()]);
                case 2:
                    return Factory.CreateMultiLineString(
                        [Factory.CreateLineString([at, Near()]), Factory.CreateLineString([Near(), Near()])]);
                case 3:
                    var (w, s) = (Math.Min(x, 140), Math.Min(y, 60));
                    return Factory.CreatePolygon(Box(w, s, w + 40, s + 30), [Box(w + 10, s + 10, w + 30, s + 20)]);
                case 4:
                    var (a, b) = (Near(), Near());
                    return Area(at, a, b) == 0 ? Factory.CreatePoint(at) : Factory.CreatePolygon([at, a, b, at]);
                default:
                    return Factory.CreatePoint(at);
            }
        }

        private static double Area(Coordinate a, Coordinate b, Coordinate c) =>
            ((b.X - a.X) * (c.Y - a.Y)) - ((b.Y - a.Y) * (c.X - a.X));

        private static LinearRing Box(double w, double s, double e, double n) =>
            Factory.CreateLinearRing([new(w, s), new(e, s), new(e, n), new(w, n), new(w, s)]);

        private static string Time(int second) =>
            DateTime.UnixEpoch.AddSeconds(second).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

        private static string Text(Geometry shape) => shape switch
        {
            Point p => $$"""{"type":"Point","coordinates":{{At(p.Coordinate)}}}""",
            LineString l => $$"""{"type":"LineString","coordinates":{{Row(l)}}}""",
            MultiLineString m => $$"""{"type":"MultiLineString","coordinates":[{{string.Join(',', m.Geometries.Select(Row))}}]}""",
            Polygon p => $$"""{"type":"Polygon","coordinates":[{{string.Join(',', ((IEnumerable<Geometry>)[p.ExteriorRing, .. p.InteriorRings]).Select(Row))}}]}""",
            _ => throw new NotSupportedException(),
        };

        private static string Row(Geometry line) => $"[{string.Join(',', line.Coordinates.Select(At))}]";

        private static string At(Coordinate c) => string.Create(CultureInfo.InvariantCulture, $"[{c.X},{c.Y}]");
    }

    private sealed record Ask(FeedQuery Query, double[]? Box, string? Kind, bool? Settled)
    {
        public static Ask Make(Random random, ReadModel model)
        {
            var query = new FeedQuery { Limit = 0 };
            double[]? box = null;
            if (random.Next(4) > 0)
            {
                // West may be east of east: then the box crosses the antimeridian.
                var south = random.Next(-90, 91);
                box = [random.Next(-18, 19) * 10, south, random.Next(-18, 19) * 10, random.Next(south, 91)];
                query = query with { Area = FeedArea.Of(box[0], box[1], box[2], box[3]) };
            }

            if (random.Next(3) > 0)
            {
                var from = random.Next(1200);
                query = random.Next(3) switch
                {
                    0 => query with { FromMs = from * 1000L },
                    1 => query with { ToMs = from * 1000L },
                    _ => query with { FromMs = from * 1000L, ToMs = (from + random.Next(100)) * 1000L },
                };
            }

            var kind = random.Next(3) == 0 ? Kinds[random.Next(Kinds.Length)] : null;
            var settled = random.Next(4) == 0 ? random.Next(2) == 0 : (bool?)null;
            var filters = new List<FeedFilter>();
            if (kind is not null)
            {
                filters.Add(model.Filter(FeedCollections.Findings, "kind", [kind])!);
            }

            if (settled is { } s)
            {
                filters.Add(model.Filter(FeedCollections.Findings, "settled", [s ? "true" : "false"])!);
            }

            return new Ask(query with { Filters = filters }, box, kind, settled);
        }

        public bool Wants(Known known) =>
            (Kind is null || known.Kind == Kind) && (Settled is null || known.Settled == Settled)
            && known.Start <= Query.ToMs && known.End >= Query.FromMs
            && (Box is null || known.Shape is null || MeetsBox(known.Shape));

        public override string ToString() => $"{string.Join(',', Box ?? [])} {Query.FromMs}/{Query.ToMs} {Kind} {Settled}";

        // On the globe: the box unrolled to the east, and the shape once here, once a turn west and once a turn east.
        private bool MeetsBox(Geometry shape)
        {
            var (west, east) = (Box![0], Box[2] < Box[0] ? Box[2] + 360 : Box[2]);
            var box = Factory.ToGeometry(new Envelope(west, east, Box[1], Box[3]));
            return new[] { -360, 0, 360 }.Any(turn =>
                AffineTransformation.TranslationInstance(turn, 0).Transform(shape).Intersects(box));
        }
    }
}
