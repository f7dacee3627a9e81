using System.Text;
using MaritimeWatch.GeoJson;
using NetTopologySuite.Geometries;

namespace MaritimeWatch.Tests.GeoJson;

public sealed class GeoJsonReaderTests
{
    [Test]
    public void A_ring_that_is_not_closed_is_named_with_its_feature_and_the_others_are_kept()
    {
        var contents = Read(Collection(
            Feature(Square), Feature(Square), Feature("""{"type":"Polygon","coordinates":[[[11.2,57.6],[11.4,57.6],[11.4,57.8],[11.3,57.6]]]}""")));
        Assert.Multiple(() =>
        {
            Assert.That(contents.Features, Has.Count.EqualTo(2));
            Assert.That(contents.Faults.Single().Message, Is.EqualTo(
                "feature 3: ring 0 is not closed: first 11.2,57.6, last 11.3,57.6"));
        });
    }

    [TestCase("""{"type":"Polygon","coordinates":[[[0,0],[1,1],[0,0]]]}""", "feature 1: ring 0 has 3 positions; a ring needs 4")]
    [TestCase("""{"type":"Point","coordinates":[57.6,111]}""", "feature 1: latitude 111 is outside -90 to 90 (the order is longitude, latitude)")]
    [TestCase("""{"type":"Point","coordinates":[1e999,0]}""", "feature 1: a coordinate is too large: 1e999")]
    [TestCase("""{"type":"Point","coordinates":[400,0]}""", "feature 1: longitude 400 is outside -180 to 180")]
    [TestCase("""{"type":"Point","coordinates":[1]}""", "feature 1: a position has fewer than two numbers")]
    [TestCase("""{"type":"Point","coordinates":["1","2"]}""", "feature 1: a position holds something that is not a number")]
    [TestCase("""{"type":"LineString","coordinates":[[1,2]]}""", "feature 1: it has 1 positions; it needs 2")]
    [TestCase("""{"type":"LineString","coordinates":[1,2]}""", "feature 1: a position is not a list")]
    [TestCase("""{"type":"MultiPolygon","coordinates":[[[[0,0],[1,0],[1,1],[0,0]]],[[[0,0],[1,0],[1,1],[2,2]]]]}""",
        "feature 1: polygon 1 ring 0 is not closed: first 0,0, last 2,2")]
    [TestCase("""{"type":"Circle","coordinates":[1,2]}""", "feature 1: its geometry is a \"Circle\", which GeoJSON does not have")]
    [TestCase("""{"type":"Point"}""", "feature 1: its Point has no list of \"coordinates\"")]
    [TestCase("""{"type":"Point","type":"Polygon","coordinates":[1,2]}""", "feature 1: the key \"type\" appears twice in one object")]
    public void An_unsound_geometry_says_what_is_wrong(string geometry, string message) =>
        Assert.That(Read(Collection(Feature(geometry))).Faults.Single().Message, Is.EqualTo(message));

    [TestCase("", "not sound JSON at line 1")]
    [TestCase("hello", "not sound JSON at line 1")]
    [TestCase("[1,2]", "the file is not a JSON object")]
    [TestCase("""{"type":"Topology","arcs":[]}""", "\"type\" is \"Topology\", which GeoJSON does not have")]
    [TestCase("""{"a":1}""", "the file is JSON but has no \"type\"")]
    [TestCase("""{"type":"FeatureCollection"}""", "has no list of \"features\"")]
    [TestCase("""{"type":"FeatureCollection","features":[]} x""", "not sound JSON at line 1")]
    [TestCase("""{"type":"FeatureCollection","features":[],"features":[]}""", "the key \"features\" appears twice")]
    [TestCase("""{"type":"FeatureCollection","features":[{"type":"Feature","geometry":{"type":"Point","coordinates":[NaN,1]}}]}""", "not sound JSON")]
    [TestCase("""{"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"EPSG:3857"}},"features":[]}""", "another reference system")]
    [TestCase("""{"type":"FeatureCollection","features":[{"type":"Feature","geometry":null,"properties":{"a":1}}""", "not sound JSON")]
    public void A_file_that_is_no_GeoJSON_is_refused_with_the_reason(string text, string message) =>
        Assert.That(() => Read(text), Throws.InstanceOf<GeoJsonException>().With.Message.Contains(message));

    [Test]
    public void Deep_nesting_is_refused_by_its_depth()
    {
        var deep = Collection(Feature("null", new string('[', 10_000) + new string(']', 10_000)));
        Assert.That(() => Read(deep), Throws.InstanceOf<GeoJsonException>().With.Message.Contains("nested more than 32 deep"));
    }

    [Test]
    public void Bytes_that_are_no_text_are_refused() => Assert.That(
        () => GeoJsonReader.Read(new byte[] { (byte)'{', 0xff, 0xfe, (byte)'}' }),
        Throws.InstanceOf<GeoJsonException>().With.Message.Contains("UTF-8"));

    [Test]
    public void An_escape_that_is_no_character_refuses_its_feature_alone()
    {
        var contents = Read(Collection(Feature(Square, """{"name":"\ud800"}"""), Feature(Square)));
        Assert.That(contents.Faults.Single().Message, Is.EqualTo("feature 1: it holds an escape that is no character"));
        Assert.That(contents.Features, Has.Count.EqualTo(1));
    }

    [Test]
    public void A_key_twice_in_the_properties_refuses_its_feature_alone() => Assert.That(
        Read(Collection(Feature(Square, """{"a":{"b":1,"b":2}}"""), Feature(Square))).Faults.Single().Message,
        Is.EqualTo("feature 1: the key \"b\" appears twice in one object"));

    [Test]
    public void A_million_vertices_are_refused()
    {
        var ring = new StringBuilder("[0,0]");
        for (var i = 1; i < 1_000_000; i++)
        {
            ring.Append(",[").Append(i % 90).Append(",1]");
        }

        var contents = Read(Collection(Feature($$"""{"type":"Polygon","coordinates":[[{{ring}},[0,0]]]}"""), Feature(Square)));
        Assert.That(contents.Faults.Single().Message, Does.StartWith("feature 1: it has more than 250000 positions"));
        Assert.That(contents.Features, Has.Count.EqualTo(1));
    }

    [Test]
    public void What_is_lawful_though_unusual_is_read()
    {
        var contents = Read("\uFEFF" + Collection(
            """{"id":7,"properties":null,"geometry":null,"type":"Feature","extra":[1]}""",
            Feature("""{"coordinates":[1,2,30],"type":"Point"}"""),
            Feature("""{"type":"Polygon","coordinates":[]}"""),
            Feature("""{"type":"GeometryCollection","geometries":[{"type":"Point","coordinates":[1,2]}]}"""),
            Feature("""{"type":"Polygon","coordinates":[[[0,0],[0,1],[1,1],[0,0]]]}""")));
        Assert.Multiple(() =>
        {
            Assert.That(contents.Faults, Is.Empty);
            Assert.That(contents.Features[0].Id, Is.EqualTo("7"));
            Assert.That(contents.Features[0].Geometry, Is.Null);
            Assert.That(contents.Features[1].Geometry, Is.InstanceOf<Point>());
            Assert.That(contents.Features[2].Geometry, Is.Null);
            Assert.That(contents.Features[3].Geometry, Is.InstanceOf<GeometryCollection>());
        });
    }

    [Test]
    public void Random_damage_never_escapes_as_another_exception()
    {
        const int Seed = 11;
        TestContext.Out.WriteLine($"seed {Seed}");
        var random = new Random(Seed);
        var sound = Encoding.UTF8.GetBytes(Collection(
            Feature(Square, """{"name":"a\u00e9","n":1.5}"""),
            Feature("""{"type":"MultiPolygon","coordinates":[[[[0,0],[1,0],[1,1],[0,0]]]]}"""),
            Feature("""{"type":"LineString","coordinates":[[1,2],[3,4]]}""")));
        var read = 0;
        for (var i = 0; i < 30_000; i++)
        {
            var bytes = sound.ToArray();
            for (var hit = random.Next(1, 4); hit > 0; hit--)
            {
                bytes[random.Next(bytes.Length)] = random.Next(3) == 0 ? (byte)random.Next(256) : (byte)"[]{},:\"0e-.tn"[random.Next(13)];
            }

            try
            {
                read += GeoJsonReader.Read(bytes.AsMemory(0, random.Next(2) == 0 ? bytes.Length : random.Next(bytes.Length))).Features.Count;
            }
            catch (GeoJsonException)
            {
                // A clear refusal is what is wanted; any other exception fails the test.
            }
        }

        Assert.That(read, Is.Positive);
    }

    [Test]
    public void What_is_written_reads_back_the_same()
    {
        const int Seed = 5;
        var random = new Random(Seed);
        var factory = new GeometryFactory();
        for (var i = 0; i < 2_000; i++)
        {
            var (x, y) = (random.Next(-1_600_000_000, 1_600_000_000) / 1e7, random.Next(-800_000_000, 800_000_000) / 1e7);
            Geometry shape = random.Next(4) switch
            {
                0 => factory.CreatePoint(new Coordinate(x, y)),
                1 => factory.CreateLineString([new(x, y), new(x + 1, y), new(x + 1, y + 2)]),
                2 => factory.CreatePolygon([new(x, y), new(x + 2, y), new(x + 2, y + 2), new(x, y + 2), new(x, y)]),
                _ => factory.CreateMultiPoint([factory.CreatePoint(new Coordinate(x, y)), factory.CreatePoint(new Coordinate(y, y))]),
            };
            var text = GeoJsonWriterTests.Written(json =>
            {
                json.StartFeature("x");
                json.WriteGeometry(shape);
                json.StartProperties();
                json.EndFeature();
            });
            var back = Read(text).Features.Single().Geometry!;
            Assert.That(back.EqualsExact(shape, 1.1e-7), $"seed {Seed}, case {i}: {shape} became {back}");
        }
    }

    private const string Square = """{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,1],[0,0]]]}""";

    private static string Feature(string geometry, string properties = "{}") =>
        $$"""{"type":"Feature","geometry":{{geometry}},"properties":{{properties}}}""";

    private static string Collection(params string[] features) =>
        $$"""{"type":"FeatureCollection","features":[{{string.Join(',', features)}}]}""";

    private static GeoJsonContents Read(string text) => GeoJsonReader.Read(Encoding.UTF8.GetBytes(text));
}
