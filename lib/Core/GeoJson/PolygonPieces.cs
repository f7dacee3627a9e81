using System.Text.Json;
using MaritimeWatch.Geodesy;
using NetTopologySuite.Geometries;
using NetTopologySuite.Geometries.Utilities;
using Position = MaritimeWatch.Terms.Position;

namespace MaritimeWatch.GeoJson;

/// <summary>Cuts a polygon at the antimeridian: rings are unrolled, cut by whole turns, and shifted back.</summary>
internal static class PolygonPieces
{
    private static readonly GeometryFactory Factory = new(new PrecisionModel(Position.UnitsPerDegree));

    /// <summary>The pieces, each within -180 to 180; the first of the rings is the outer one.</summary>
    public static IReadOnlyList<Polygon> Cut(IReadOnlyList<Position[]> rings)
    {
        var whole = Whole(rings);
        return [.. Windows(whole.IsValid ? whole : GeometryFixer.Fix(whole))];
    }

    /// <summary>The polygon in longitudes that run on past 180 degrees, as drawn: it may be unsound.</summary>
    public static Polygon Whole(IReadOnlyList<Position[]> rings)
    {
        var shell = Unroll(rings[0]);
        var within = new LinearRing(shell).EnvelopeInternal;
        var holes = rings.Skip(1).Where(ring => RingPath.HasArea(ring)).Select(ring => Beside(Unroll(ring), within));
        return Factory.CreatePolygon(
            Factory.CreateLinearRing(shell), [.. holes.Select(hole => Factory.CreateLinearRing(hole))]);
    }

    /// <summary>The part of a geometry in unrolled longitudes that each turn of the earth shows, shifted into it.</summary>
    public static IEnumerable<Polygon> Windows(Geometry valid)
    {
        var box = valid.EnvelopeInternal;
        for (var turn = Turn(box.MinX); turn <= Turn(box.MaxX); turn++)
        {
            var west = (turn * 360.0) - 180;
            var window = Factory.ToGeometry(new Envelope(west, west + 360, -90, 90));
            var part = window.Covers(valid) ? valid : valid.Intersection(window);
            foreach (var polygon in PolygonExtracter.GetPolygons(part).OfType<Polygon>().Where(p => !p.IsEmpty))
            {
                yield return Shift(polygon, -360.0 * turn);
            }
        }
    }

    /// <summary>Writes a Polygon for one piece, else a MultiPolygon.</summary>
    public static void Write(Utf8JsonWriter json, IReadOnlyList<Polygon> pieces)
    {
        if (pieces.Count == 0)
        {
            json.WriteNullValue();
            return;
        }

        GeoJsonGeometry.Start(json, pieces.Count == 1 ? "Polygon"u8 : "MultiPolygon"u8);
        json.WriteStartArray();
        foreach (var piece in pieces)
        {
            if (pieces.Count > 1)
            {
                json.WriteStartArray();
            }

            GeoJsonGeometry.WriteRings(json, TopologyWriter.RingsOf(piece));
            if (pieces.Count > 1)
            {
                json.WriteEndArray();
            }
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>
    /// The ring with longitudes that run on past 180 degrees. A ring around a pole is closed over that pole.
    /// </summary>
    public static Coordinate[] Unroll(ReadOnlySpan<Position> ring)
    {
        var open = RingPath.Open(ring);
        var unrolled = new List<Coordinate>(open.Length + 3);
        long at = open[0].LongitudeE7;
        for (var i = 0; i < open.Length; i++)
        {
            unrolled.Add(new Coordinate(at / 1e7, open[i].LatitudeDegrees));
            var next = open[(i + 1) % open.Length].LongitudeE7;
            at += RingPath.StepsOver(open[i].LongitudeE7, next)
                ? Longitudes.Delta(open[i].LongitudeE7, next)
                : (long)next - open[i].LongitudeE7;
        }

        if (at != open[0].LongitudeE7)
        {
            var pole = unrolled.Average(c => c.Y) < 0 ? -90.0 : 90.0;
            unrolled.Add(new Coordinate(at / 1e7, open[0].LatitudeDegrees));
            unrolled.Add(new Coordinate(at / 1e7, pole));
            unrolled.Add(new Coordinate(open[0].LongitudeDegrees, pole));
        }

        unrolled.Add(unrolled[0].Copy());
        return [.. unrolled];
    }

    private static int Turn(double longitude) => (int)Math.Floor((longitude + 180) / 360);

    private static Coordinate[] Beside(Coordinate[] ring, Envelope shell)
    {
        for (var turn = -1; turn <= 1; turn++)
        {
            Coordinate[] moved = [.. ring.Select(c => new Coordinate(c.X + (360.0 * turn), c.Y))];
            if (shell.Covers(new LinearRing(moved).EnvelopeInternal))
            {
                return moved;
            }
        }

        return ring;
    }

    private static Polygon Shift(Polygon polygon, double degrees)
    {
        if (degrees == 0)
        {
            return polygon;
        }

        var copy = (Polygon)polygon.Copy();
        copy.Apply(new Shifter(degrees));
        copy.GeometryChanged();
        return copy;
    }

    private sealed class Shifter(double degrees) : ICoordinateFilter
    {
        public void Filter(Coordinate coord) => coord.X += degrees;
    }
}
