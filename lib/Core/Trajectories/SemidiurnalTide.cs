namespace MaritimeWatch.Trajectories;

/// <summary>
/// The half-daily tide as the moon and sun make it, the same for every place: a number that turns once in 12.42 hours and is
/// large at springs and small at neaps. What it does at a place (how high, how late, which way the stream runs) a model has
/// to learn. Sum of the constituents M2, S2, N2 and K2 with the sizes and lags that they have at Brest, which those of the
/// north-west European shelf are like; the nodal cycle of 18.6 years (4 % of M2) is left out. Good from 1900 to 2100.
/// </summary>
public static class SemidiurnalTide
{
    private const double J2000Ms = 946_728_000_000;
    private const double DayMs = 86_400_000;
    private const double DaysOfCentury = 36_525;

    /// <summary>The real and the imaginary part; its size is 0.33 at the weakest neaps and 1.67 at the highest springs. The phase is that of M2 at Greenwich, without a lag.</summary>
    /// <param name="atMs">When, milliseconds since 1970 UTC.</param>
    public static (double Real, double Imaginary) At(long atMs)
    {
        // Mean longitudes of the moon, the sun and the moon's perigee, degrees (Meeus, Astronomical Algorithms, chapters 25 and 47).
        var century = (atMs - J2000Ms) / DayMs / DaysOfCentury;
        var moon = 218.3164477 + (481_267.88123421 * century);
        var sun = 280.46646 + (36_000.76983 * century);
        var perigee = 83.3532465 + (4_069.0137287 * century);
        var turn = 360 * (atMs % (long)DayMs) / DayMs;
        var m2 = 2 * (turn - moon + sun);
        var (real, imaginary) = (0.0, 0.0);
        Add(1.0, m2);
        Add(0.366, (2 * turn) - 39.4);
        Add(0.205, m2 - moon + perigee + 18.9);
        Add(0.1, (2 * turn) + (2 * sun) - 37.0);
        return (real, imaginary);

        void Add(double size, double degrees)
        {
            var (sine, cosine) = Math.SinCos(Math.IEEERemainder(degrees, 360) * Math.PI / 180);
            (real, imaginary) = (real + (size * cosine), imaginary + (size * sine));
        }
    }
}
