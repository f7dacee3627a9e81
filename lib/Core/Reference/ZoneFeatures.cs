using System.Globalization;
using MaritimeWatch.GeoJson;
using MaritimeWatch.Terms;
using NetTopologySuite.Geometries;
using NetTopologySuite.Operation.Union;
using NetTopologySuite.Operation.Valid;
using Position = MaritimeWatch.Terms.Position;

namespace MaritimeWatch.Reference;

/// <summary>Checks a zone: an area whose rings do not cross, cut at the antimeridian.</summary>
internal static class ZoneFeatures
{
    private static readonly GeometryFactory Factory = new(new PrecisionModel(Position.UnitsPerDegree));

    public static StoredFeature Take(GeoJsonFeature feature, List<string> notes)
    {
        var properties = feature.ReadProperties();
        var shape = Shape(feature, notes);
        var given = FeatureText.GivenId(feature, properties)
            ?? FeatureText.First(properties, "name", "Name", "NAME")
            ?? "zone-" + feature.Number.ToString(CultureInfo.InvariantCulture);
        var id = FeatureText.Bend(given);
        if (id != given)
        {
            notes.Add($"feature {feature.Number}: the id \"{given}\" is kept as {id}");
        }

        if (FeatureText.First(properties, "severity") is { } severity && !Enum.TryParse<Severity>(severity, ignoreCase: true, out _))
        {
            notes.Add($"feature {feature.Number}: severity \"{severity}\" is none of info, low, medium, high: low is taken");
        }

        return new StoredFeature(id, shape, properties);
    }

    /// <summary>A zone as views know it, from a stored feature.</summary>
    public static Zone ToZone(GeoJsonFeature feature)
    {
        var properties = feature.ReadProperties();
        var name = FeatureText.First(properties, "name", "Name", "NAME", "title", "label") ?? feature.Id!;
        var isKnown = Enum.TryParse<Severity>(FeatureText.First(properties, "severity"), ignoreCase: true, out var severity);
        return new Zone(feature.Id!, name, isKnown && Enum.IsDefined(severity) ? severity : Severity.Low);
    }

    private static Geometry Shape(GeoJsonFeature feature, List<string> notes)
    {
        var polygons = feature.Geometry switch
        {
            Polygon polygon => [polygon],
            MultiPolygon several => several.Geometries.OfType<Polygon>().ToArray(),
            null => throw new ReferenceException("it has no geometry; a zone is a Polygon or MultiPolygon"),
            var other => throw new ReferenceException($"it is a {other.GeometryType}; a zone is a Polygon or MultiPolygon"),
        };
        var pieces = new List<Polygon>();
        foreach (var polygon in polygons.Where(polygon => !polygon.IsEmpty))
        {
            var rings = TopologyWriter.RingsOf(polygon);
            if (rings.Any(ring => RingPath.Crosses(ring)))
            {
                notes.Add($"feature {feature.Number}: taken as crossing the antimeridian and cut there");
            }

            var whole = PolygonPieces.Whole(rings);
            Check(whole);
            pieces.AddRange(PolygonPieces.Windows(whole));
        }

        return pieces.Count == 0 ? throw new ReferenceException("it encloses nothing") : Joined(pieces, feature.Number, notes);
    }

    private static Geometry Joined(List<Polygon> pieces, int number, List<string> notes)
    {
        Geometry shape = pieces.Count == 1 ? pieces[0] : Factory.CreateMultiPolygon([.. pieces]);
        if (pieces.Count == 1 || shape.IsValid)
        {
            return shape;
        }

        notes.Add($"feature {number}: its polygons overlap and are joined");
        return UnaryUnionOp.Union(pieces);
    }

    private static void Check(Polygon polygon)
    {
        var check = new IsValidOp(polygon);
        if (check.ValidationError is { } error)
        {
            var what = error.Message.ToLowerInvariant() switch
            {
                "self-intersection" or "ring self-intersection" => "its ring crosses itself",
                var other => "its polygon is unsound: " + other,
            };
            throw new ReferenceException(string.Create(
                CultureInfo.InvariantCulture, $"{what} near {error.Coordinate.X:0.#######},{error.Coordinate.Y:0.#######}"));
        }
    }
}
