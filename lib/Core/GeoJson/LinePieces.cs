using System.Text.Json;
using MaritimeWatch.Geodesy;
using MaritimeWatch.Terms;

namespace MaritimeWatch.GeoJson;

/// <summary>Cuts a line at the antimeridian without a buffer: one pass that keeps the place before.</summary>
internal static class LinePieces
{
    /// <summary>True where a step jumps over the antimeridian.</summary>
    public static bool IsSplit(ReadOnlySpan<Position> line)
    {
        for (var i = 1; i < line.Length; i++)
        {
            if (Jumps(line[i - 1], line[i]))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Writes each piece as an array of positions; a piece of one place alone is left out.</summary>
    public static void Write(Utf8JsonWriter json, ReadOnlySpan<Position> line)
    {
        var piece = new Piece(json, line[0]);
        for (var i = 1; i < line.Length; i++)
        {
            if (Jumps(line[i - 1], line[i]))
            {
                var edge = line[i - 1].LongitudeE7 > 0 ? Longitudes.HalfTurn : -Longitudes.HalfTurn;
                var latitude = LatitudeAtEdge(line[i - 1], line[i]);
                piece.Add(new Position(latitude, edge));
                piece.End();
                piece = new Piece(json, new Position(latitude, -edge));
            }

            piece.Add(line[i]);
        }

        piece.End();
    }

    /// <summary>Where a step over the antimeridian meets it, on the straight line of the map (RFC 7946, 3.1.1).</summary>
    public static int LatitudeAtEdge(Position from, Position to)
    {
        var whole = Math.Abs(Longitudes.Delta(from.LongitudeE7, to.LongitudeE7));
        var first = Longitudes.HalfTurn - Math.Abs((long)from.LongitudeE7);
        return whole == 0
            ? from.LatitudeE7
            : (int)(from.LatitudeE7 + Math.Round(((double)to.LatitudeE7 - from.LatitudeE7) * first / whole));
    }

    private static bool Jumps(Position from, Position to) =>
        Math.Abs((long)to.LongitudeE7 - from.LongitudeE7) > Longitudes.HalfTurn;

    /// <summary>Holds the first place back until a second, different one makes it a line.</summary>
    private struct Piece(Utf8JsonWriter json, Position first)
    {
        private Position last = first;
        private bool isOpen;

        public void Add(Position place)
        {
            if (place == last)
            {
                return;
            }

            if (!isOpen)
            {
                json.WriteStartArray();
                CoordinateText.Write(json, last.LongitudeE7, last.LatitudeE7);
                isOpen = true;
            }

            CoordinateText.Write(json, place.LongitudeE7, place.LatitudeE7);
            last = place;
        }

        public readonly void End()
        {
            if (isOpen)
            {
                json.WriteEndArray();
            }
        }
    }
}
