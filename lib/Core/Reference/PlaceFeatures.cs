using System.Buffers;
using System.Globalization;
using MaritimeWatch.GeoJson;
using NetTopologySuite.Geometries;
using Position = MaritimeWatch.Terms.Position;

namespace MaritimeWatch.Reference;

/// <summary>Checks a stopping place: a point; a port has its UN/LOCODE as id.</summary>
internal static class PlaceFeatures
{
    private const int LocodeLength = 5;
    private static readonly SearchValues<char> PlaceLetters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ23456789");

    public static StoredFeature Take(string kind, GeoJsonFeature feature, List<string> notes)
    {
        var properties = feature.ReadProperties();
        var point = PointOf(feature, notes);
        var given = FeatureText.GivenId(feature, properties);
        if (kind == ReferenceKinds.Ports)
        {
            return new StoredFeature(Locode(given ?? FeatureText.First(properties, "locode", "unlocode", "LOCODE")), point, properties);
        }

        given ??= string.Create(CultureInfo.InvariantCulture, $"{kind[0]}-{point.Y:F4}-{point.X:F4}");
        var id = FeatureText.Bend(given);
        if (id != given)
        {
            notes.Add($"feature {feature.Number}: the id \"{given}\" is kept as {id}");
        }

        return new StoredFeature(id, point, properties);
    }

    /// <summary>A stopping place as views know it, from a stored feature.</summary>
    public static AnchoragePoint ToPlace(string kind, GeoJsonFeature feature)
    {
        var properties = feature.ReadProperties();
        var where = ((Point)feature.Geometry!).Coordinate;
        var isPort = kind == ReferenceKinds.Ports;
        var port = isPort ? feature.Id : FeatureText.First(properties, "port");
        return new AnchoragePoint(
            feature.Id!,
            Position.FromDegrees(where.Y, where.X),
            port is not null && IsLocode(port) ? port : null,
            FeatureText.First(properties, "port_name", "name", "label") ?? port ?? feature.Id!,
            SortOf(kind, FeatureText.First(properties, "kind")));
    }

    // A file may hold several sorts: then each place's own word decides.
    private static StoppingPlace SortOf(string kind, string? own) => (own, kind) switch
    {
        ("berth", _) => StoppingPlace.Berth,
        ("anchorage", _) => StoppingPlace.Anchorage,
        ("port", _) or (_, ReferenceKinds.Ports) => StoppingPlace.Port,
        (_, ReferenceKinds.Berths) => StoppingPlace.Berth,
        _ => StoppingPlace.Anchorage,
    };

    /// <summary>Two letters of a country and three of a place (digits 2 to 9 may stand there too).</summary>
    public static bool IsLocode(string text) => text.Length == LocodeLength
        && text.AsSpan(0, 2).IndexOfAnyExceptInRange('A', 'Z') < 0
        && text.AsSpan(2).IndexOfAnyExcept(PlaceLetters) < 0;

    private static string Locode(string? given)
    {
        var text = (given ?? string.Empty).Replace(" ", string.Empty, StringComparison.Ordinal).ToUpperInvariant();
        return IsLocode(text)
            ? text
            : throw new ReferenceException($"a port needs its UN/LOCODE as id, five characters such as SEGOT, not \"{given}\"");
    }

    private static Point PointOf(GeoJsonFeature feature, List<string> notes)
    {
        var point = feature.Geometry switch
        {
            Point at => at,
            Polygon or MultiPolygon when feature.Geometry.IsValid => feature.Geometry.InteriorPoint,
            null => throw new ReferenceException("it has no geometry; a stopping place is a Point"),
            var other => throw new ReferenceException($"it is a {other.GeometryType}; a stopping place is a Point"),
        };
        if (feature.Geometry is not Point)
        {
            notes.Add($"feature {feature.Number}: of its area only a point inside is kept");
        }

        return Math.Abs(point.X) <= 180
            ? point
            : throw new ReferenceException(string.Create(CultureInfo.InvariantCulture, $"longitude {point.X} is outside -180 to 180"));
    }
}
