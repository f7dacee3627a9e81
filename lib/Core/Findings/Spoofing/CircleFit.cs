using MaritimeWatch.Geodesy;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Findings.Spoofing;

/// <summary>
/// The circle that places lie on: algebraic least squares (Kasa, A circle fitting procedure and its error analysis, IEEE
/// Transactions on Instrumentation and Measurement 25, 1976). Sums and products alone, so it is the same everywhere.
/// </summary>
/// <param name="RadiusDecimetres">Radius, decimetres; 0 where the places lie on no circle.</param>
/// <param name="SpreadPerMille">Root mean square distance from it, per mille of the radius.</param>
internal readonly record struct CircleFit(int RadiusDecimetres, int SpreadPerMille)
{
    private const double MetresMax = 50_000;

    public static CircleFit Of(ReadOnlySpan<Position> places)
    {
        var origin = places[0];
        var cosine = FlatDistance.CosineOfLatitude(origin.LatitudeE7);
        double sx = 0, sy = 0, sxx = 0, syy = 0, sxy = 0, sxz = 0, syz = 0, sz = 0;
        foreach (var place in places)
        {
            var (x, y) = At(origin, cosine, place);
            var z = (x * x) + (y * y);
            sx += x;
            sy += y;
            sxx += x * x;
            syy += y * y;
            sxy += x * y;
            sxz += x * z;
            syz += y * z;
            sz += z;
        }

        double n = places.Length;
        var a = (n * sxx) - (sx * sx);
        var b = (n * sxy) - (sx * sy);
        var c = (n * syy) - (sy * sy);
        var d = 0.5 * ((n * sxz) - (sx * sz));
        var e = 0.5 * ((n * syz) - (sy * sz));
        var determinant = (a * c) - (b * b);
        if (determinant <= 0)
        {
            return default;
        }

        var centreX = ((d * c) - (b * e)) / determinant;
        var centreY = ((a * e) - (b * d)) / determinant;
        return Around(places, origin, cosine, centreX, centreY);
    }

    private static CircleFit Around(ReadOnlySpan<Position> places, Position origin, double cosine, double centreX, double centreY)
    {
        double sum = 0;
        double squares = 0;
        foreach (var place in places)
        {
            var (x, y) = At(origin, cosine, place);
            var radius = Math.Sqrt(((x - centreX) * (x - centreX)) + ((y - centreY) * (y - centreY)));
            sum += radius;
            squares += radius * radius;
        }

        var mean = sum / places.Length;
        if (mean is < 1 or > MetresMax)
        {
            return default;
        }

        var variance = Math.Max(0, (squares / places.Length) - (mean * mean));
        return new CircleFit((int)Math.Round(mean * 10), (int)Math.Round(Math.Sqrt(variance) / mean * 1000));
    }

    private static (double East, double North) At(Position origin, double cosine, Position place) => (
        Longitudes.Delta(origin.LongitudeE7, place.LongitudeE7) * cosine * FlatDistance.MetresPerUnit,
        (place.LatitudeE7 - (double)origin.LatitudeE7) * FlatDistance.MetresPerUnit);
}
