using MaritimeWatch.Geodesy;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Tracks;

/// <summary>
/// Says how well a report continues a hull, after Global Fishing Watch's gpsdio-segment: the distance between where
/// dead reckoning puts the ship and where it is, forward and backward, set against how far it could have come.
/// The result is an integer, so that it is the same everywhere.
/// </summary>
internal static class HullMatcher
{
    /// <summary>A result above this is no match.</summary>
    public const int WorstMatch = 10_000;

    private const double DiscrepancyKnotsMax = 25;
    private const double BufferHours = 0.25;
    private const double PenaltyHours = 4;
    private const double StayedPutFactor = 4;
    private const double MetresPerKnotHour = GreatCircle.MetresPerNauticalMile;
    private const double FarMetres = 400_000;

    /// <summary>
    /// Continues without doubt: less than half a mile on, or no faster than 30 kn. The usual case, and cheap.
    /// </summary>
    public static bool IsPlain(in StoredReport last, in StoredReport next)
    {
        var units = FlatDistance.SquaredUnits(last.Position, next.Position);
        var afterMs = next.EventAtMs - last.EventAtMs;
        var metres = 900 + (Math.Max(0, afterMs) * (30 * MetresPerKnotHour / 3_600_000));
        var limit = FlatDistance.UnitsOf(Math.Min(metres, 20_000));
        return units <= limit * limit;
    }

    /// <summary>0 is a perfect continuation, up to <see cref="WorstMatch"/> a possible one, more is none.</summary>
    public static int Match(in StoredReport last, in StoredReport next)
    {
        var hours = Math.Abs(next.EventAtMs - last.EventAtMs) / 3_600_000.0;
        var metres = Distance(last.Position, next.Position);
        var travelled = hours / (1 + Math.Sqrt(Math.Max(hours, 0) / PenaltyHours));
        var expected = Reckon(last.Position, in last, travelled);
        var origin = Reckon(next.Position, in next, -travelled);
        var reckoned = (Distance(expected, next.Position) + Distance(origin, last.Position)) / 2;
        var discrepancy = Math.Min(reckoned, metres * StayedPutFactor);
        var allowed = Math.Sqrt((hours * hours) + (BufferHours * BufferHours)) * DiscrepancyKnotsMax * MetresPerKnotHour;
        return (int)Math.Min(int.MaxValue, Math.Round(WorstMatch * discrepancy / allowed));
    }

    private static double Distance(Position from, Position to)
    {
        var flat = FlatDistance.Metres(from, to);
        return flat < FarMetres ? flat : GreatCircle.DistanceMetres(from, to);
    }

    private static Position Reckon(Position from, in StoredReport report, double hours) =>
        report.SpeedDeciKnots <= 0 || report.CourseDeciDegrees < 0
            ? from
            : GreatCircle.Destination(
                from, report.CourseDeciDegrees / 10.0, report.SpeedDeciKnots / 10.0 * hours * MetresPerKnotHour);
}
