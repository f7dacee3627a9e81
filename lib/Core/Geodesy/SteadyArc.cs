using MaritimeWatch.Terms;

namespace MaritimeWatch.Geodesy;

/// <summary>
/// Great circles of any length for folds: made of additions, products, quotients and square roots alone, so that every
/// processor gives the same bits (<see cref="GreatCircle"/> takes the machine's sines). Distances are off by less than
/// 10 m beyond 100 km; nearer than that <see cref="FlatDistance"/> is used, which is off by less than 0.05 %.
/// </summary>
public static class SteadyArc
{
    private const int QuarterTurnE7 = 900_000_000;
    private const double FlatUnitsMax = 9_000_000;

    /// <summary>Distance along the great circle, 0.1 m, 0 to about 200,151,150.</summary>
    /// <param name="from">One end; poles and the antimeridian are places like any other.</param>
    /// <param name="to">The other end.</param>
    public static long Decimetres(Position from, Position to)
    {
        var flat = FlatDistance.SquaredUnits(from, to);
        if (flat < FlatUnitsMax * FlatUnitsMax && Math.Max(Math.Abs(from.LatitudeE7), Math.Abs(to.LatitudeE7)) < 750_000_000)
        {
            return (long)Math.Round(Math.Sqrt(flat) * FlatDistance.MetresPerUnit * 10);
        }

        var (sinFrom, cosFrom) = OfLatitude(from.LatitudeE7);
        var (sinTo, cosTo) = OfLatitude(to.LatitudeE7);
        var (_, cosTurn) = OfTurn(Longitudes.Delta(from.LongitudeE7, to.LongitudeE7));
        var cosine = Math.Clamp((sinFrom * sinTo) + (cosFrom * cosTo * cosTurn), -1, 1);
        return (long)Math.Round(2 * HalfAngle(cosine) * GreatCircle.EarthRadiusMetres * 10);
    }

    /// <summary>
    /// How far a course leads towards a place: the cosine of the angle between the course and the great circle to it,
    /// hundredths, -100 (straight away from it) to 100 (straight towards it); 0 where both are one place.
    /// </summary>
    /// <param name="from">Where the ship is.</param>
    /// <param name="courseDeciDegrees">Its course, 0.1 degree true, 0 to 3,599.</param>
    /// <param name="to">The place.</param>
    public static int Towards(Position from, int courseDeciDegrees, Position to)
    {
        var (sinFrom, cosFrom) = OfLatitude(from.LatitudeE7);
        var (sinTo, cosTo) = OfLatitude(to.LatitudeE7);
        var (sinTurn, cosTurn) = OfTurn(Longitudes.Delta(from.LongitudeE7, to.LongitudeE7));
        var east = cosTo * sinTurn;
        var north = (cosFrom * sinTo) - (sinFrom * cosTo * cosTurn);
        var length = Math.Sqrt((east * east) + (north * north));
        var (sinCourse, cosCourse) = OfTurn((((courseDeciDegrees + 1800L) % 3600) - 1800) * 1_000_000);
        return length < 1e-7 ? 0 : (int)Math.Round(100 * ((east * sinCourse) + (north * cosCourse)) / length);
    }

    private static (double Sine, double Cosine) OfLatitude(int latitudeE7)
    {
        var cosine = FlatDistance.CosineOfLatitude(latitudeE7);
        var sine = FlatDistance.CosineOfLatitude(QuarterTurnE7 - Math.Abs((double)latitudeE7));
        return (latitudeE7 < 0 ? -sine : sine, cosine);
    }

    // Of -180 to 180 degrees: the polynomial reaches a quarter turn to either side.
    private static (double Sine, double Cosine) OfTurn(long angleE7)
    {
        var size = Math.Abs((double)angleE7);
        var cosine = size <= QuarterTurnE7
            ? FlatDistance.CosineOfLatitude(size)
            : -FlatDistance.CosineOfLatitude((2.0 * QuarterTurnE7) - size);
        var sine = FlatDistance.CosineOfLatitude(QuarterTurnE7 - size);
        return (angleE7 < 0 ? -sine : sine, cosine);
    }

    // Half the angle of a cosine: its tangent is sqrt((1 - c) / (1 + c)); halved three times it is small enough for the series.
    private static double HalfAngle(double cosine)
    {
        if (cosine <= -1 + 1e-15)
        {
            return Math.PI / 2;
        }

        var x = Math.Sqrt((1 - cosine) / (1 + cosine));
        for (var halved = 0; halved < 3; halved++)
        {
            x = x / (1 + Math.Sqrt(1 + (x * x)));
        }

        var y = x * x;
        var sum = 0.0;
        for (var power = 25; power >= 1; power -= 2)
        {
            sum = (1.0 / power) - (y * sum);
        }

        return 8 * x * sum;
    }
}
