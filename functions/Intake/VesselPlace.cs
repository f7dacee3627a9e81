using MaritimeWatch.Geodesy;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Functions.Intake;

/// <summary>One kept point of a track.</summary>
internal readonly record struct TrackFix(long AtMs, Position Where);

/// <summary>
/// Where a vessel was at a time, from its kept points: between two reports on the straight way, before or after them by its
/// last known motion. The standard deviation grows with the time to the nearest report and with how fast it may go.
/// </summary>
internal static class VesselPlace
{
    /// <summary>A vessel last heard longer ago than this may be anywhere.</summary>
    public const long SilenceMsMax = 12 * 3_600_000;

    private const long SteadyMs = 10 * 60_000;
    private const long MotionMsMax = 30 * 60_000;
    private const double BaseMetres = 40;
    private const double SteadyShare = 0.04;
    private const double CourseSeconds = 2_700;
    private const double SilentShare = 0.4;
    private const double SilentMetresPerSecond = 3;
    private const double SigmaMetresMax = 60_000;

    /// <summary>Where it was.</summary>
    /// <param name="fixes">In order of time, none after what was known.</param>
    /// <param name="atMs">When.</param>
    /// <returns>Null where it was not heard for too long.</returns>
    public static PlacedVessel? At(IReadOnlyList<TrackFix> fixes, long atMs)
    {
        var after = FirstAfter(fixes, atMs);
        var hasBefore = after > 0 && atMs - fixes[after - 1].AtMs <= SilenceMsMax;
        var hasAfter = after < fixes.Count && fixes[after].AtMs - atMs <= SilenceMsMax;
        return (hasBefore, hasAfter) switch
        {
            (true, true) => Between(fixes[after - 1], fixes[after], atMs),
            (true, false) => Beyond(fixes[after - 1], after > 1 ? fixes[after - 2] : null, atMs),
            (false, true) => Beyond(fixes[after], after + 1 < fixes.Count ? fixes[after + 1] : null, atMs),
            _ => null,
        };
    }

    private static int FirstAfter(IReadOnlyList<TrackFix> fixes, long atMs)
    {
        var (low, high) = (0, fixes.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = fixes[middle].AtMs <= atMs ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private static PlacedVessel Between(TrackFix before, TrackFix after, long atMs)
    {
        var span = after.AtMs - before.AtMs;
        var metres = GreatCircle.DistanceMetres(before.Where, after.Where);
        var share = (double)(atMs - before.AtMs) / span;
        var where = metres < 1
            ? before.Where
            : GreatCircle.Destination(before.Where, GreatCircle.InitialBearingDegrees(before.Where, after.Where), metres * share);
        var nearest = Math.Min(atMs - before.AtMs, after.AtMs - atMs);
        return new PlacedVessel(
            where,
            Sigma(nearest, span, metres / (span / 1000.0)),
            (int)((atMs - before.AtMs) / 1000),
            (int)((after.AtMs - atMs) / 1000));
    }

    private static PlacedVessel Beyond(TrackFix last, TrackFix? other, long atMs)
    {
        var away = Math.Abs(atMs - last.AtMs);
        var (bearing, speed) = other is { } second && Math.Abs(second.AtMs - last.AtMs) is > 0 and <= MotionMsMax
            ? (GreatCircle.InitialBearingDegrees(second.Where, last.Where),
                GreatCircle.DistanceMetres(second.Where, last.Where) / (Math.Abs(second.AtMs - last.AtMs) / 1000.0))
            : (0, 0);
        var where = speed < 0.25 ? last.Where : GreatCircle.Destination(last.Where, bearing, speed * KeptSeconds(away));
        var isBefore = last.AtMs <= atMs;
        return new PlacedVessel(
            where, Sigma(away, away * 2, speed), isBefore ? (int)(away / 1000) : null, isBefore ? null : (int)(away / 1000));
    }

    // Nobody keeps a course for ever: after the steady minutes the expected way falls off with a time of its own.
    private static double KeptSeconds(long awayMs)
    {
        var beyond = Math.Max(0, awayMs - SteadyMs) / 1000.0;
        return (Math.Min(awayMs, SteadyMs) / 1000.0) + (CourseSeconds * (1 - Math.Exp(-beyond / CourseSeconds)));
    }

    // Points are kept at every turn and change of speed, so the way between near points is straight; in a silence it need not be.
    private static int Sigma(long nearestMs, long spanMs, double metresPerSecond)
    {
        var steady = Math.Min(nearestMs, SteadyMs) / 1000.0;
        var silent = spanMs <= 2 * MotionMsMax ? 0 : Math.Max(0, nearestMs - SteadyMs) / 1000.0;
        var sigma = BaseMetres + (SteadyShare * metresPerSecond * steady)
            + (SilentShare * Math.Max(metresPerSecond, SilentMetresPerSecond) * silent);
        return (int)Math.Round(Math.Min(SigmaMetresMax, sigma));
    }
}

/// <summary>Where a vessel is taken to have been.</summary>
/// <param name="Where">The place.</param>
/// <param name="SigmaMetres">Standard deviation in each direction.</param>
/// <param name="BeforeS">Age of the report before, seconds, or null.</param>
/// <param name="AfterS">Time to the report after, seconds, or null.</param>
internal readonly record struct PlacedVessel(Position Where, int SigmaMetres, int? BeforeS, int? AfterS);
