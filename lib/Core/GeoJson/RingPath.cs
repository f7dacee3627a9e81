using System.Text.Json;
using MaritimeWatch.Geodesy;
using MaritimeWatch.Terms;

namespace MaritimeWatch.GeoJson;

/// <summary>A ring as positions: closing, turning right-handed, and whether it crosses the antimeridian.</summary>
internal static class RingPath
{
    /// <summary>The ring without a repeated last place.</summary>
    public static ReadOnlySpan<Position> Open(ReadOnlySpan<Position> ring) =>
        ring.Length > 1 && ring[0] == ring[^1] ? ring[..^1] : ring;

    /// <summary>True where there are at least three places that enclose something.</summary>
    public static bool HasArea(ReadOnlySpan<Position> ring) => Open(ring).Length >= 3;

    /// <summary>True where an edge jumps over the antimeridian.</summary>
    public static bool Crosses(ReadOnlySpan<Position> ring)
    {
        for (var i = 0; i < ring.Length; i++)
        {
            if (StepsOver(ring[i].LongitudeE7, ring[(i + 1) % ring.Length].LongitudeE7))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// True where an edge is shorter over the antimeridian. From 180 to -180 exactly it is the edge of a world map.
    /// </summary>
    public static bool StepsOver(long fromE7, long toE7) =>
        Math.Abs(toE7 - fromE7) is > Longitudes.HalfTurn and < Longitudes.WholeTurn;

    /// <summary>Writes the ring closed: outer rings counter-clockwise, holes clockwise (RFC 7946, 3.1.6).</summary>
    public static void Write(Utf8JsonWriter json, ReadOnlySpan<Position> ring, bool isExterior)
    {
        var open = Open(ring);
        json.WriteStartArray();
        if (IsCounterClockwise(open) == isExterior)
        {
            GeoJsonGeometry.WritePositions(json, open);
        }
        else
        {
            CoordinateText.Write(json, open[0].LongitudeE7, open[0].LatitudeE7);
            for (var i = open.Length - 1; i > 0; i--)
            {
                CoordinateText.Write(json, open[i].LongitudeE7, open[i].LatitudeE7);
            }
        }

        CoordinateText.Write(json, open[0].LongitudeE7, open[0].LatitudeE7);
        json.WriteEndArray();
    }

    private static bool IsCounterClockwise(ReadOnlySpan<Position> open)
    {
        // Twice the area, relative to the first place; 128 bits because one product alone can pass 2^62.
        Int128 twice = 0;
        for (var i = 1; i + 1 < open.Length; i++)
        {
            var ax = (long)open[i].LongitudeE7 - open[0].LongitudeE7;
            var ay = (long)open[i].LatitudeE7 - open[0].LatitudeE7;
            var bx = (long)open[i + 1].LongitudeE7 - open[0].LongitudeE7;
            var by = (long)open[i + 1].LatitudeE7 - open[0].LatitudeE7;
            twice += ((Int128)ax * by) - ((Int128)bx * ay);
        }

        return twice >= 0;
    }
}
