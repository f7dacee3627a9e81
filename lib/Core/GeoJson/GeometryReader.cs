using System.Globalization;
using System.Text;
using System.Text.Json;
using NetTopologySuite.Geometries;
using Position = MaritimeWatch.Terms.Position;

namespace MaritimeWatch.GeoJson;

/// <summary>Reads geometry objects within bounds. One instance reads one file, for the sum of positions.</summary>
internal sealed class GeometryReader(GeoJsonLimits limits)
{
    private const int ElementsMax = 8;
    private static readonly GeometryFactory Factory = new(new PrecisionModel(Position.UnitsPerDegree), 4326);
    private int verticesOfFile;
    private int verticesOfFeature;

    public static bool IsKnown(string type) => type is "Point" or "MultiPoint" or "LineString" or "MultiLineString"
        or "Polygon" or "MultiPolygon" or "GeometryCollection";

    /// <summary>Reads the geometry of one feature: an object or null.</summary>
    public Geometry? Read(ReadOnlyMemory<byte> bytes)
    {
        verticesOfFeature = 0;
        return ReadAny(bytes);
    }

    private Geometry? ReadAny(ReadOnlyMemory<byte> bytes)
    {
        var span = bytes.Span;
        if (span[0] == (byte)'n')
        {
            return null;
        }

        var members = JsonSlices.Members(span, "its geometry", limits.DepthMax);
        var type = JsonSlices.Text(span, members, "type")
            ?? throw new GeoJsonException("its geometry has no \"type\"");
        if (!IsKnown(type))
        {
            throw new GeoJsonException($"its geometry is a \"{JsonSlices.Short(type)}\", which GeoJSON does not have");
        }

        var list = type == "GeometryCollection" ? "geometries" : "coordinates";
        if (!members.TryGetValue(list, out var range) || span[range][0] != (byte)'[')
        {
            throw new GeoJsonException($"its {type} has no list of \"{list}\"");
        }

        return type == "GeometryCollection" ? ReadCollection(bytes[range]) : ReadCoordinates(type, span[range]);
    }

    private GeometryCollection ReadCollection(ReadOnlyMemory<byte> list)
    {
        var parts = new List<Geometry>();
        foreach (var item in JsonSlices.Items(list, limits.DepthMax))
        {
            if (ReadAny(item) is { } part)
            {
                parts.Add(part);
            }
        }

        return Factory.CreateGeometryCollection([.. parts]);
    }

    private Geometry? ReadCoordinates(string type, ReadOnlySpan<byte> bytes)
    {
        var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { MaxDepth = limits.DepthMax });
        _ = reader.Read();
        _ = reader.Read();
        if (reader.TokenType == JsonTokenType.EndArray)
        {
            return null;
        }

        switch (type)
        {
            case "Point":
                return Factory.CreatePoint(ReadPosition(ref reader, isOpen: true));
            case "MultiPoint":
                return Factory.CreateMultiPointFromCoords(ReadLine(ref reader, "it", 1));
            case "LineString":
                return Factory.CreateLineString(ReadLine(ref reader, "it", 2));
            case "MultiLineString":
                return Factory.CreateMultiLineString(
                    [.. ReadLists(ref reader, "line ", (ref r, name) => Factory.CreateLineString(Enter(ref r, name, 2)))]);
            case "Polygon":
                return ReadPolygon(ref reader, string.Empty);
            default:
                return Factory.CreateMultiPolygon(
                    [.. ReadLists(ref reader, "polygon ", (ref r, name) => ReadInnerPolygon(ref r, name))]);
        }
    }

    private Polygon ReadInnerPolygon(ref Utf8JsonReader reader, string name)
    {
        ExpectList(ref reader, name);
        _ = reader.Read();
        return ReadPolygon(ref reader, name + " ");
    }

    private Polygon ReadPolygon(ref Utf8JsonReader reader, string prefix)
    {
        var rings = ReadLists(ref reader, prefix + "ring ", ReadRing);
        return rings.Count == 0 ? Factory.CreatePolygon() : Factory.CreatePolygon(rings[0], [.. rings.Skip(1)]);
    }

    private LinearRing ReadRing(ref Utf8JsonReader reader, string name)
    {
        var ring = Enter(ref reader, name, 1);
        var (first, last) = (ring[0], ring[^1]);
        if (!first.Equals2D(last))
        {
            throw new GeoJsonException($"{name} is not closed: first {Show(first)}, last {Show(last)}");
        }

        return ring.Length >= 4
            ? Factory.CreateLinearRing(ring)
            : throw new GeoJsonException($"{name} has {ring.Length} positions; a ring needs 4");
    }

    private delegate T ItemReader<T>(ref Utf8JsonReader reader, string name);

    /// <summary>Reads lists up to the end of the list that holds them; the reader stands on the first.</summary>
    private static List<T> ReadLists<T>(ref Utf8JsonReader reader, string name, ItemReader<T> read)
    {
        var lists = new List<T>();
        while (reader.TokenType != JsonTokenType.EndArray)
        {
            lists.Add(read(ref reader, name + lists.Count.ToString(CultureInfo.InvariantCulture)));
            _ = reader.Read();
        }

        return lists;
    }

    private Coordinate[] Enter(ref Utf8JsonReader reader, string name, int least)
    {
        ExpectList(ref reader, name);
        _ = reader.Read();
        return ReadLine(ref reader, name, least);
    }

    private Coordinate[] ReadLine(ref Utf8JsonReader reader, string name, int least)
    {
        var line = new List<Coordinate>();
        while (reader.TokenType != JsonTokenType.EndArray)
        {
            line.Add(ReadPosition(ref reader, isOpen: false));
            _ = reader.Read();
        }

        return line.Count >= least
            ? [.. line]
            : throw new GeoJsonException($"{name} has {line.Count} positions; it needs {least}");
    }

    /// <summary>Reads one position; the reader stands on its bracket, or already inside (a Point).</summary>
    private Coordinate ReadPosition(ref Utf8JsonReader reader, bool isOpen)
    {
        Count();
        if (!isOpen)
        {
            ExpectList(ref reader, "a position");
            _ = reader.Read();
        }

        Span<double> values = stackalloc double[2];
        var count = 0;
        for (; reader.TokenType != JsonTokenType.EndArray; count++, _ = reader.Read())
        {
            var value = Number(ref reader);
            if (count < 2)
            {
                values[count] = value;
            }
            else if (count == ElementsMax)
            {
                throw new GeoJsonException($"a position has more than {ElementsMax} numbers");
            }
        }

        if (count < 2)
        {
            throw new GeoJsonException("a position has fewer than two numbers");
        }

        return Checked(values[0], values[1]);
    }

    private void Count()
    {
        if (++verticesOfFeature > limits.FeatureVerticesMax)
        {
            throw new GeoJsonException($"it has more than {limits.FeatureVerticesMax} positions: simplify it or cut it up");
        }

        if (++verticesOfFile > limits.VerticesMax)
        {
            throw new GeoJsonException($"the file has more than {limits.VerticesMax} positions") { IsWholeFile = true };
        }
    }

    private static Coordinate Checked(double longitude, double latitude)
    {
        if (Math.Abs(latitude) > 90)
        {
            throw new GeoJsonException(string.Create(
                CultureInfo.InvariantCulture, $"latitude {latitude} is outside -90 to 90 (the order is longitude, latitude)"));
        }

        if (Math.Abs(longitude) > 360)
        {
            throw new GeoJsonException(string.Create(CultureInfo.InvariantCulture, $"longitude {longitude} is outside -180 to 180"));
        }

        return new Coordinate(Math.Round(longitude * 1e7) / 1e7, Math.Round(latitude * 1e7) / 1e7);
    }

    private static double Number(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.Number)
        {
            throw new GeoJsonException("a position holds something that is not a number");
        }

        return reader.TryGetDouble(out var value) && double.IsFinite(value)
            ? value
            : throw new GeoJsonException($"a coordinate is too large: {JsonSlices.Short(Encoding.ASCII.GetString(reader.ValueSpan))}");
    }

    private static void ExpectList(ref Utf8JsonReader reader, string name)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw new GeoJsonException($"{name} is not a list");
        }
    }

    private static string Show(Coordinate at) => string.Create(CultureInfo.InvariantCulture, $"{at.X},{at.Y}");
}
