using MaritimeWatch.Findings.DarkShip;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Functions.Intake;

/// <summary>One kept point of a track.</summary>
/// <param name="AtMs">When, milliseconds since 1970 UTC.</param>
/// <param name="Where">Where.</param>
/// <param name="SpeedDeciKnots">Speed over ground by its report, 0.1 knot, or null.</param>
/// <param name="CourseDeciDegrees">Course over ground by its report, 0.1 degree, or null.</param>
internal readonly record struct TrackFix(long AtMs, Position Where, int? SpeedDeciKnots = null, int? CourseDeciDegrees = null);

/// <summary>
/// Where a vessel was at a time, from its kept points. Before its first report or after its last one it went on steadily, or it
/// has turned, or changed much: the chance of that grows with the time, sooner where it was turning before. Between two reports
/// it came steadily from one to the other, or it changed once, before or after the time asked for (where the ways from both
/// meet tells when), or more often. Each way has an uncertainty of its own, in shares of the way gone.
/// </summary>
internal static class VesselPlace
{
    /// <summary>A vessel last heard longer ago than this may be anywhere.</summary>
    public const long SilenceMsMax = 12 * 3_600_000;

    private const double SigmaMetresMax = 60_000;

    // The antenna's own error, and the swing of a ship at anchor.
    private const double FixMetres = 20;
    private const double SwingMetres = 70;

    // Of a steady way: along it the speed is unsure, across it the course.
    private const double AlongShare = 0.03;
    private const double AcrossShare = 0.025;
    private const double DerivedCourseShare = 0.04;

    // Within so many seconds one in e changes: a ship on passage, one that turns about, and one at anchor.
    private const double PassageSeconds = 4_800;
    private const double TurningSeconds = 900;
    private const double AnchoredSeconds = 28_800;

    // Of ships that have changed so many have only turned somewhat; where they are is unsure by these shares of the way.
    private const double TurnedSomewhat = 0.6;
    private const double TurnedShare = 0.1;
    private const double ChangedShare = 0.33;
    private const double ChangedShareTurning = 0.5;
    private const double LeavingMetresPerSecond = 1.5;
    private const double CourseSeconds = 7_200;
    private const double BridgeShare = 0.15;

    // From this chance on one way alone tells how sure the place is; the others still count where pairs are weighed.
    private const int SureMilli = 900;

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
            (true, true) => Between(fixes, after, atMs),
            (true, false) => Beyond(fixes, after - 1, -1, atMs),
            (false, true) => Beyond(fixes, after, +1, atMs),
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

    private static PlacedVessel Between(IReadOnlyList<TrackFix> fixes, int next, long atMs)
    {
        var (before, after) = (fixes[next - 1], fixes[next]);
        var (sinceS, untilS) = ((atMs - before.AtMs) / 1000.0, (after.AtMs - atMs) / 1000.0);
        var (beforeS, afterS) = ((int)sinceS, (int)untilS);
        var (left, arrived) = (VesselMotion.At(fixes, next - 1, -1), VesselMotion.At(fixes, next, +1));
        var seconds = sinceS + untilS;
        var to = FlatVector.Of(before.Where, after.Where);
        var way = to.Length / seconds;

        // Of a report that tells no speed, with none beside it, only the way to the other one is known.
        left = before.SpeedDeciKnots is null && left.Speed == 0 ? left with { Speed = way, Course = to.Bearing } : left;
        arrived = after.SpeedDeciKnots is null && arrived.Speed == 0 ? arrived with { Speed = way, Course = to.Bearing } : arrived;
        var speed = Math.Max(way, Math.Max(left.Speed, arrived.Speed));
        var nearest = Math.Min(sinceS, untilS);
        var chord = before.Where.Moved(to * (sinceS / seconds));
        if (speed < VesselMotion.StoppedMetresPerSecond)
        {
            var left1 = Chance(nearest, AnchoredSeconds);
            return Placed(
                chord, beforeS, afterS,
                Way(1 - left1, chord, 0, 0, SwingMetres, SwingMetres), null, null,
                Way(left1, chord, null, speed, SwingMetres + (LeavingMetresPerSecond / 2 * nearest), 0));
        }

        // Onward from the one, and back from the other; where the two ways meet it changed, if it changed once.
        var (onward, back) = (left.Velocity * sinceS, to - (arrived.Velocity * untilS));
        var (gap, turn) = (to - (arrived.Velocity * seconds), left.Velocity - arrived.Velocity);
        var meetS = turn.Squared < 0.01 ? seconds / 2 : Math.Clamp(gap.Dot(turn) / turn.Squared, 0, seconds);
        var apart = (gap - (turn * meetS)).Length;
        var within = left.IsTurning || arrived.IsTurning ? TurningSeconds : PassageSeconds;
        var (sigmaAll, sigmaOnce) = (FixMetres + (AlongShare * 1.5 * speed * seconds), FixMetres * 2 + (AlongShare * 2 * speed * seconds));
        var broad = 100 + (ChangedShare * speed * seconds);

        // Prior chances of no change, one and more, each by how well the two reports agree with it.
        var expected = seconds / within;
        var none = Math.Exp(-expected) * Bell((left.Velocity * seconds - to).Length, sigmaAll);
        var once = expected * Math.Exp(-expected) * Bell(apart, sigmaOnce) * sigmaOnce / broad;
        var more = Math.Max(0.02, 1 - ((1 + expected) * Math.Exp(-expected))) * Bell(Math.Min(apart, 2 * broad), broad);
        var all = none + once + more;
        var (sigmaNear, meetSigmaS) = (AlongShare * speed * nearest, 30 + (sigmaOnce / Math.Max(0.3, turn.Length)));
        var isBefore = 1 / (1 + Math.Exp(-1.7 * (sinceS - meetS) / meetSigmaS));
        var bulge = Math.Sqrt(Math.Max(0, ((speed * speed) - (way * way)) * sinceS * untilS));
        var course = to.Length < 1 ? left.Course : to.Bearing;
        var bridge = (onward * untilS + back * sinceS) * (1 / seconds);
        return Placed(
            chord, beforeS, afterS,
            Way(none / all, chord, course, way, FixMetres + sigmaNear, FixMetres + (AcrossShare * speed * nearest)),
            Way(once / all * isBefore, before.Where.Moved(back), arrived.Course, arrived.Speed, FixMetres + (AlongShare * speed * untilS), FixMetres + (arrived.AcrossShare(AcrossShare, DerivedCourseShare) * speed * untilS)),
            Way(once / all * (1 - isBefore), before.Where.Moved(onward), left.Course, left.Speed, FixMetres + (AlongShare * speed * sinceS), FixMetres + (left.AcrossShare(AcrossShare, DerivedCourseShare) * speed * sinceS)),
            Way(more / all, before.Where.Moved((bridge + (to * (sinceS / seconds))) * 0.5), null, speed, SwingMetres + (BridgeShare * speed * nearest) + (bulge / 3), 0));
    }

    // From the last report on, or from the first one back: the same, with time turned round.
    private static PlacedVessel Beyond(IReadOnlyList<TrackFix> fixes, int at, int earlier, long atMs)
    {
        var last = fixes[at];
        var seconds = Math.Abs(atMs - last.AtMs) / 1000.0;
        var motion = VesselMotion.At(fixes, at, earlier);
        int? beforeS = last.AtMs <= atMs ? (int)seconds : null;
        int? afterS = beforeS is null ? (int)seconds : null;
        if (motion.Speed < VesselMotion.StoppedMetresPerSecond)
        {
            var left = Chance(seconds, AnchoredSeconds);
            return Placed(
                last.Where, beforeS, afterS,
                Way(1 - left, last.Where, 0, 0, SwingMetres, SwingMetres), null, null,
                Way(left, last.Where, null, LeavingMetresPerSecond, SwingMetres + (LeavingMetresPerSecond * seconds), 0));
        }

        var sign = earlier > 0 ? -1 : 1;
        var where = last.Where.Moved(motion.Velocity * (sign * seconds));
        var kept = last.Where.Moved(motion.Velocity * (sign * KeptSeconds(seconds, motion.IsTurning)));
        var changed = Chance(seconds, motion.IsTurning ? TurningSeconds : PassageSeconds);
        var somewhat = motion.IsTurning ? 0 : TurnedSomewhat;
        var path = motion.Speed * seconds;
        return Placed(
            where, beforeS, afterS,
            Way(1 - changed, where, motion.Course, motion.Speed, FixMetres + (AlongShare * path), FixMetres + (motion.AcrossShare(AcrossShare, DerivedCourseShare) * path)),
            Way(changed * somewhat, where, motion.Course, motion.Speed, FixMetres + (TurnedShare * path), FixMetres + (TurnedShare * path)),
            null,
            Way(changed * (1 - somewhat), kept, null, motion.Speed, (SwingMetres / 2) + ((motion.IsTurning ? ChangedShareTurning : ChangedShare) * path), 0));
    }

    private static double Bell(double metres, double sigma) => Math.Exp(-metres * metres / (2 * sigma * sigma)) / (sigma * sigma);

    private static double Chance(double seconds, double within) => 1 - Math.Exp(-seconds / within);

    // Nobody keeps a course for ever: the way of one that has changed falls off with a time of its own.
    private static double KeptSeconds(double seconds, bool isTurning)
    {
        var kept = isTurning ? TurningSeconds : CourseSeconds;
        return kept * (1 - Math.Exp(-seconds / kept));
    }

    private static CandidateWay? Way(double chance, Position where, double? course, double speed, double along, double across) =>
        chance < 0.0005 ? null : new CandidateWay(
            (int)Math.Round(chance * 1000), where.LatitudeE7, where.LongitudeE7,
            course is { } degrees ? (int)Math.Round(degrees + 360) % 360 : null,
            (int)Math.Round(speed / VesselMotion.MetresPerSecondOfDeciKnot), Rounded(along), Rounded(course is null ? along : across));

    private static PlacedVessel Placed(
        Position where, int? beforeS, int? afterS, CandidateWay? steady, CandidateWay? turned, CandidateWay? later, CandidateWay? changed)
    {
        var ways = new CandidateWays(steady, turned, later, changed);
        var best = ways.All.MaxBy(way => way.Milli)!;
        var likely = best.Milli >= SureMilli ? [best] : ways.All.ToArray();
        var variance = likely.Sum(way =>
            way.Milli * ((((double)way.AlongM * way.AlongM) + ((double)way.AcrossM * way.AcrossM)) / 2)) / likely.Sum(way => way.Milli);
        return new PlacedVessel(beforeS is null || afterS is null ? where : best.Where, Rounded(Math.Sqrt(variance)), beforeS, afterS) { Ways = ways };
    }

    private static int Rounded(double metres) => (int)Math.Round(Math.Min(SigmaMetresMax, metres));
}

/// <summary>Where a vessel is taken to have been.</summary>
/// <param name="Where">The place.</param>
/// <param name="SigmaMetres">Standard deviation in each direction.</param>
/// <param name="BeforeS">Age of the report before, seconds, or null.</param>
/// <param name="AfterS">Time to the report after, seconds, or null.</param>
internal readonly record struct PlacedVessel(Position Where, int SigmaMetres, int? BeforeS, int? AfterS)
{
    /// <summary>The ways in which it may have come or gone there.</summary>
    public CandidateWays? Ways { get; init; }
}
