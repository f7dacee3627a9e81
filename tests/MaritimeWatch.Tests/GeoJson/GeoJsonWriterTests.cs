using System.Buffers;
using System.Text;
using MaritimeWatch.Geodesy;
using MaritimeWatch.GeoJson;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Tests.GeoJson;

public sealed class GeoJsonWriterTests
{
    [Test]
    public void A_feature_is_written_without_trailing_noise()
    {
        var text = Written(json =>
        {
            json.StartFeature("a");
            json.WriteBbox(GeoBox.FromDegrees(178.5, -1, -179.25, 0.5));
            json.WritePoint(Position.FromDegrees(-0.0000001, 57.1230000));
            json.StartProperties();
            json.Json.WriteString("name", "Göteborg <1+2>");
            json.EndFeature();
        });
        Assert.That(text, Is.EqualTo(
            """{"type":"Feature","id":"a","bbox":[178.5,-1,-179.25,0.5],"geometry":{"type":"Point","coordinates":[57.123,-0.0000001]},"properties":{"name":"Göteborg <1+2>"}}"""));
    }

    [Test]
    public void A_line_over_the_antimeridian_is_split_where_it_meets_it() => Assert.That(
        Line((0, 170), (10, -170), (20, -160)),
        Is.EqualTo("""{"type":"MultiLineString","coordinates":[[[170,0],[180,5]],[[-180,5],[-170,10],[-160,20]]]}"""));

    [Test]
    public void A_line_that_touches_the_antimeridian_makes_no_piece_of_one_place() => Assert.Multiple(() =>
    {
        Assert.That(Line((0, 170), (1, 180), (2, -170)),
            Is.EqualTo("""{"type":"MultiLineString","coordinates":[[[170,0],[180,1]],[[-180,1],[-170,2]]]}"""));
        Assert.That(Line((1, 180), (2, -170), (3, -160)),
            Is.EqualTo("""{"type":"MultiLineString","coordinates":[[[-180,1],[-170,2],[-160,3]]]}"""));
    });

    [Test]
    public void Too_few_places_for_a_line_become_a_point_or_null() => Assert.Multiple(() =>
    {
        Assert.That(Line((1, 2)), Is.EqualTo("""{"type":"Point","coordinates":[2,1]}"""));
        Assert.That(Line(), Is.EqualTo("null"));
        Assert.That(Line((1, 2), (1, 2)), Is.EqualTo("""{"type":"LineString","coordinates":[[2,1],[2,1]]}"""));
    });

    [Test]
    public void A_clockwise_open_ring_is_turned_and_closed() => Assert.That(
        Area((0, 0), (1, 0), (1, 1), (0, 1)),
        Is.EqualTo("""{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,1],[0,0]]]}"""));

    [Test]
    public void A_cell_is_a_polygon_of_five_places()
    {
        var ring = new Position[5];
        GridCells.RingOf(GridCells.Of(Position.FromDegrees(57.6, 11.3)), ring);
        Assert.That(
            Written(json => GeoJsonGeometry.WritePolygon(json.Json, ring)),
            Is.EqualTo("""{"type":"Polygon","coordinates":[[[11.25,57.5],[11.5,57.5],[11.5,57.75],[11.25,57.75],[11.25,57.5]]]}"""));
    }

    [Test]
    public void A_polygon_over_the_antimeridian_is_cut_in_two()
    {
        var text = Area((0, 179), (0, -179), (2, -179), (2, 179));
        Assert.That(text, Does.StartWith("""{"type":"MultiPolygon","coordinates":[[["""));
        Assert.That(text, Does.Contain("[180,0]").And.Contain("[-180,0]").And.Contain("[-180,2]").And.Contain("[180,2]"));
    }

    [Test]
    public void A_ring_around_the_pole_is_closed_over_the_pole()
    {
        var text = Area((80, 0), (80, 120), (80, -120));
        Assert.That(text, Does.Contain("[-180,90]").And.Contain("[180,90]"));
    }

    [Test]
    public void A_collection_streams_features_as_they_were_stored()
    {
        var text = Written(json =>
        {
            json.StartCollection();
            json.StartFeatures();
            json.WriteStoredFeature("""{"type":"Feature","geometry":null,"properties":{}}"""u8);
            json.WriteStoredFeature("""{"type":"Feature","geometry":null,"properties":{"a":1}}"""u8);
            json.EndFeatures();
            json.WriteLinks([new GeoJsonLink("http://x/", "self", "application/geo+json")]);
            json.Json.WriteNumber("numberReturned", 2);
            json.EndCollection();
        });
        Assert.That(text, Is.EqualTo(
            """{"type":"FeatureCollection","features":[{"type":"Feature","geometry":null,"properties":{}},{"type":"Feature","geometry":null,"properties":{"a":1}}],"links":[{"href":"http://x/","rel":"self","type":"application/geo+json"}],"numberReturned":2}"""));
    }

    internal static string Written(Action<GeoJsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new GeoJsonWriter(buffer);
        write(json);
        json.Flush();
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static string Line(params (double Latitude, double Longitude)[] way) =>
        Written(json => GeoJsonGeometry.WriteLineString(json.Json, Places(way)));

    private static string Area(params (double Latitude, double Longitude)[] ring) =>
        Written(json => GeoJsonGeometry.WritePolygon(json.Json, Places(ring)));

    private static Position[] Places((double Latitude, double Longitude)[] way) =>
        [.. way.Select(p => Position.FromDegrees(p.Latitude, p.Longitude))];
}
