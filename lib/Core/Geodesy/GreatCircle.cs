using MaritimeWatch.Terms;

namespace MaritimeWatch.Geodesy;

/// <summary>
/// Great circles on a sphere of the mean earth radius. Against the WGS 84 ellipsoid a distance is off by at most
/// 0.56 % (short north-south lines near the equator and the poles are the worst), a bearing by at most 0.2 degree.
/// Sines differ in the last bit between processors: a caller whose result meets a threshold quantises it first
/// (<see cref="DistanceDecimetres"/>) or takes <see cref="FlatDistance"/>, which is the same everywhere.
/// </summary>
/// <remarks>Haversine: R. W. Sinnott, Sky and Telescope 68 (2), 1984: exact to rounding for small distances too.</remarks>
public static class GreatCircle
{
    /// <summary>Mean radius of the earth (IUGG R1), metres.</summary>
    public const double EarthRadiusMetres = 6_371_008.8;

    /// <summary>Metres in a nautical mile.</summary>
    public const double MetresPerNauticalMile = 1852;

    private const double RadiansPerUnit = Math.PI / 180 / Position.UnitsPerDegree;
    private const double DegreesPerRadian = 180 / Math.PI;

    /// <summary>Distance along the great circle, metres, 0 to about 20,015,115.</summary>
    public static double DistanceMetres(Position from, Position to)
    {
        var latitudeHalf = Math.Sin((to.LatitudeE7 - (double)from.LatitudeE7) * (RadiansPerUnit / 2));
        var longitudeHalf = Math.Sin(LongitudeDelta(from, to) * (RadiansPerUnit / 2));
        var cosines = Math.Cos(from.LatitudeE7 * RadiansPerUnit) * Math.Cos(to.LatitudeE7 * RadiansPerUnit);
        var chord = (latitudeHalf * latitudeHalf) + (cosines * longitudeHalf * longitudeHalf);
        return 2 * EarthRadiusMetres * Math.Asin(Math.Sqrt(Math.Min(1, chord)));
    }

    /// <summary>Distance in tenths of a metre, rounded: an integer that may meet a threshold.</summary>
    public static long DistanceDecimetres(Position from, Position to) => (long)Math.Round(DistanceMetres(from, to) * 10);

    /// <summary>The course at the start of the shortest way, degrees true, 0 up to 360; 0 where both are one place.</summary>
    public static double InitialBearingDegrees(Position from, Position to)
    {
        var bearing = InitialBearingRadians(from, to) * DegreesPerRadian;
        return bearing < 0 ? Math.Min(bearing + 360, 359.999_999_999_999_9) : bearing;
    }

    /// <summary>Where one comes after a distance on a great circle.</summary>
    /// <param name="from">The start.</param>
    /// <param name="bearingDegrees">Initial course, degrees true.</param>
    /// <param name="metres">Distance, metres; negative goes backwards.</param>
    public static Position Destination(Position from, double bearingDegrees, double metres)
    {
        var (sinLatitude, cosLatitude) = Math.SinCos(from.LatitudeE7 * RadiansPerUnit);
        var (sinAngle, cosAngle) = Math.SinCos(metres / EarthRadiusMetres);
        var (sinBearing, cosBearing) = Math.SinCos(bearingDegrees / DegreesPerRadian);
        var sine = Math.Clamp((sinLatitude * cosAngle) + (cosLatitude * sinAngle * cosBearing), -1, 1);
        var turn = Math.Atan2(sinBearing * sinAngle * cosLatitude, cosAngle - (sinLatitude * sine));
        var longitude = Longitudes.Wrap(from.LongitudeE7 + (long)Math.Round(turn / RadiansPerUnit));
        return new Position((int)Math.Round(Math.Asin(sine) / RadiansPerUnit), longitude);
    }

    /// <summary>How far a place lies off the great circle through two others, metres; right of it is positive.</summary>
    /// <param name="start">A place on the circle.</param>
    /// <param name="end">Another place on it, not the same.</param>
    /// <param name="place">The place that is judged.</param>
    public static double CrossTrackMetres(Position start, Position end, Position place)
    {
        var angle = DistanceMetres(start, place) / EarthRadiusMetres;
        var turn = InitialBearingRadians(start, place) - InitialBearingRadians(start, end);
        return Math.Asin(Math.Clamp(Math.Sin(angle) * Math.Sin(turn), -1, 1)) * EarthRadiusMetres;
    }

    /// <summary>How far along the great circle the foot of a place lies, metres from the start; behind is negative.</summary>
    /// <param name="start">A place on the circle.</param>
    /// <param name="end">Another place on it, not the same.</param>
    /// <param name="place">The place that is judged.</param>
    public static double AlongTrackMetres(Position start, Position end, Position place)
    {
        var angle = DistanceMetres(start, place) / EarthRadiusMetres;
        var turn = InitialBearingRadians(start, place) - InitialBearingRadians(start, end);
        return Math.Atan2(Math.Sin(angle) * Math.Cos(turn), Math.Cos(angle)) * EarthRadiusMetres;
    }

    private static double InitialBearingRadians(Position from, Position to)
    {
        var (sinFrom, cosFrom) = Math.SinCos(from.LatitudeE7 * RadiansPerUnit);
        var (sinTo, cosTo) = Math.SinCos(to.LatitudeE7 * RadiansPerUnit);
        var (sinDelta, cosDelta) = Math.SinCos(LongitudeDelta(from, to) * RadiansPerUnit);
        return Math.Atan2(sinDelta * cosTo, (cosFrom * sinTo) - (sinFrom * cosTo * cosDelta));
    }

    private static double LongitudeDelta(Position from, Position to) => Longitudes.Delta(from.LongitudeE7, to.LongitudeE7);
}
