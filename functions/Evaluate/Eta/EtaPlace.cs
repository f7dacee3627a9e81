using System.Globalization;
using System.Text.Json;
using MaritimeWatch.GeoJson;
using MaritimeWatch.Terms;
using Point = NetTopologySuite.Geometries.Point;

namespace MaritimeWatch.Functions.Evaluate.Eta;

/// <summary>A circle that ships come into.</summary>
/// <param name="Where">Its middle.</param>
/// <param name="RadiusNm">Its radius, nautical miles, over 0 up to 100.</param>
internal readonly record struct EtaPlace(Position Where, double RadiusNm)
{
    /// <summary>The largest radius, nautical miles.</summary>
    public const double RadiusNmMax = 100;

    private const int PlacesMax = 10_000;

    /// <summary>Reads <c>LAT,LON,RADIUS_NM</c>.</summary>
    /// <returns>The circle, or null where it is none.</returns>
    public static EtaPlace? Of(string text)
    {
        var numbers = new double[3];
        var parts = text.Split(',', StringSplitOptions.TrimEntries);
        for (var at = 0; at < numbers.Length; at++)
        {
            if (parts.Length != numbers.Length || !double.TryParse(parts[at], NumberStyles.Float, CultureInfo.InvariantCulture, out numbers[at]))
            {
                return null;
            }
        }

        return Math.Abs(numbers[0]) <= 90 && Math.Abs(numbers[1]) <= 180 && IsRadius(numbers[2])
            ? new EtaPlace(Position.FromDegrees(numbers[0], numbers[1]), numbers[2])
            : null;
    }

    /// <summary>Reads the points of a GeoJSON file, each with its property <c>radius_nm</c> where it has one.</summary>
    /// <param name="utf8">The file.</param>
    /// <param name="radiusNm">The radius of the others.</param>
    /// <exception cref="InvalidDataException">It is no such file, or a feature of it is no such point.</exception>
    public static IReadOnlyList<EtaPlace> Read(ReadOnlyMemory<byte> utf8, double radiusNm)
    {
        try
        {
            var contents = GeoJsonReader.Read(utf8, new GeoJsonLimits { FeaturesMax = PlacesMax });
            return contents.Faults.Count > 0
                ? throw new InvalidDataException(contents.Faults[0].Message)
                : [.. contents.Features.Select(feature => OfFeature(feature, radiusNm))];
        }
        catch (GeoJsonException fault)
        {
            throw new InvalidDataException($"the places cannot be read: {fault.Message}", fault);
        }
    }

    /// <summary>True for a radius that is taken.</summary>
    public static bool IsRadius(double radiusNm) => radiusNm is > 0 and <= RadiusNmMax;

    private static EtaPlace OfFeature(GeoJsonFeature feature, double radiusNm)
    {
        var properties = feature.ReadProperties();
        if (properties.ValueKind == JsonValueKind.Object && properties.TryGetProperty("radius_nm", out var own))
        {
            radiusNm = own.ValueKind == JsonValueKind.Number ? own.GetDouble() : double.NaN;
        }

        return feature.Geometry is Point point && !point.IsEmpty && IsRadius(radiusNm)
            ? new EtaPlace(Position.FromDegrees(point.Y, point.X), radiusNm)
            : throw new InvalidDataException($"feature {feature.Number} of the places is no point with a radius over 0 up to {RadiusNmMax} NM");
    }
}
