using MaritimeWatch.Terms;

namespace MaritimeWatch.Geodesy;

/// <summary>
/// A fast distance for hot paths: the earth taken as flat around the mean latitude. Within 100 km and 70 degrees of
/// latitude it is off the great circle by less than 0.05 % (within 20 km and 80 degrees by less than 0.02 %); farther
/// it only tells near from far. It is made of additions, products and one square root alone, so every processor gives
/// the same bits.
/// </summary>
public static class FlatDistance
{
    /// <summary>Metres of one unit (1e-7 degree) of latitude on the sphere of the mean radius.</summary>
    public const double MetresPerUnit = GreatCircle.EarthRadiusMetres * Math.PI / 180 / Position.UnitsPerDegree;

    /// <summary>Distance in metres; see the class for its error.</summary>
    public static double Metres(Position from, Position to) => Math.Sqrt(SquaredUnits(from, to)) * MetresPerUnit;

    /// <summary>
    /// Distance squared in units of 1e-7 degree of latitude, without the square root: compare it with the square of
    /// <see cref="UnitsOf"/>.
    /// </summary>
    public static double SquaredUnits(Position from, Position to)
    {
        double north = (double)to.LatitudeE7 - from.LatitudeE7;
        var east = Longitudes.Delta(from.LongitudeE7, to.LongitudeE7)
            * CosineOfLatitude(0.5 * ((double)from.LatitudeE7 + to.LatitudeE7));
        return (north * north) + (east * east);
    }

    /// <summary>Metres as units of 1e-7 degree of latitude.</summary>
    public static double UnitsOf(double metres) => metres / MetresPerUnit;

    /// <summary>
    /// Cosine of a latitude by a polynomial (Taylor to the 14th power, error below 1e-10), the same on every processor.
    /// </summary>
    /// <param name="latitudeE7">Latitude, 1e-7 degree, -900,000,000 to 900,000,000.</param>
    public static double CosineOfLatitude(double latitudeE7)
    {
        var x = latitudeE7 * (Math.PI / 180 / Position.UnitsPerDegree);
        var y = x * x;
        var sum = 1 - (y / (13 * 14));
        sum = 1 - (y * sum / (11 * 12));
        sum = 1 - (y * sum / (9 * 10));
        sum = 1 - (y * sum / (7 * 8));
        sum = 1 - (y * sum / (5 * 6));
        sum = 1 - (y * sum / (3 * 4));
        return 1 - (y * sum / 2);
    }
}
