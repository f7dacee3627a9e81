using MaritimeWatch.Geodesy;
using MaritimeWatch.Intake.Ais;
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
    private const int SailingDeciKnots = 30;
    private const double BriefHours = 0.1;
    private const long TightMs = 3_600_000;
    private const double ImpossibleMetresMin = 3704;
    private const double NoiseMetres = 926;
    private const double ImpossibleKnots = 60;

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

    /// <summary>
    /// Continues at the speed that it says, whatever its course says: within an hour and no farther on than the faster
    /// of both reports, a little faster, and 200 m. Cheap; of several hulls it tells the one that was just there.
    /// </summary>
    public static bool IsTight(in StoredReport last, in StoredReport next)
    {
        var afterMs = next.EventAtMs - last.EventAtMs;
        if (afterMs is < 0 or > TightMs)
        {
            return false;
        }

        var isUnknown = last.SpeedDeciKnots < 0 || next.SpeedDeciKnots < 0;
        var deciKnots = isUnknown ? 300 : Math.Max(last.SpeedDeciKnots, next.SpeedDeciKnots) + 30;
        var limit = FlatDistance.UnitsOf(200 + (deciKnots * afterMs * (MetresPerKnotHour / 36_000_000)));
        return FlatDistance.SquaredUnits(last.Position, next.Position) <= limit * limit;
    }

    /// <summary>0 is a perfect continuation, up to <see cref="WorstMatch"/> a possible one, more is none.</summary>
    public static int Match(in StoredReport last, in StoredReport next)
    {
        var hours = Math.Abs(next.EventAtMs - last.EventAtMs) / 3_600_000.0;
        var metres = Distance(last.Position, next.Position);
        if (IsImpossible(in last, in next, metres, hours))
        {
            return int.MaxValue;
        }

        var travelled = hours / (1 + Math.Sqrt(Math.Max(hours, 0) / PenaltyHours));
        var expected = Reckon(last.Position, in last, travelled);
        var origin = Reckon(next.Position, in next, -travelled);
        var reckoned = (Distance(expected, next.Position) + Distance(origin, last.Position)) / 2;

        // What says twice that it sails has not lain here all the time.
        var isSailing = Math.Min(last.SpeedDeciKnots, next.SpeedDeciKnots) >= SailingDeciKnots && hours > BriefHours;
        var discrepancy = isSailing ? reckoned : Math.Min(reckoned, metres * StayedPutFactor);
        var allowed = Math.Sqrt((hours * hours) + (BufferHours * BufferHours)) * DiscrepancyKnotsMax * MetresPerKnotHour;
        return (int)Math.Min(int.MaxValue, Math.Round(WorstMatch * discrepancy / allowed));
    }

    // The same bounds as impossible movements have: 2 NM, half a mile of noise, two seconds of rounding, 60 kn. In whole
    // metres, so that it is the same everywhere. Nearer than that a displaced fix that was taken for the hull's own would
    // drive the hull's next report out.
    private static bool IsImpossible(in StoredReport last, in StoredReport next, double metres, double hours)
    {
        if (metres < ImpossibleMetresMin || last.Has(ReportTraits.Aircraft) || next.Has(ReportTraits.Aircraft))
        {
            return false;
        }

        var isAssumed = last.Has(ReportTraits.TimeAssumed) || next.Has(ReportTraits.TimeAssumed);
        var allowedHours = hours + ((isAssumed ? 120 : 2) / 3600.0);
        return Math.Round(metres) - NoiseMetres > Math.Round(allowedHours * ImpossibleKnots * MetresPerKnotHour);
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
