using System.Globalization;
using MaritimeWatch.Findings.RouteDeviation;
using MaritimeWatch.Geodesy;
using MaritimeWatch.Reference.SeaLanes;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Findings.Arrival;

/// <summary>
/// When a ship comes into a port, with 10, 50 and 90 %: along its own earlier voyages, else by the lane of all ships that it keeps, else by
/// what it announces where that can be, else by the way by sea (the great circle where the sea lanes know none) and its speed. Whole numbers made of whole numbers and of
/// distances that every processor gives alike. The widths are those that held 80 % of simulated voyages (decisions/0028).
/// </summary>
internal static class ArrivalEstimator
{
    private const long MinuteMs = 60_000;
    private const long HourMs = 60 * MinuteMs;
    private const int MovesDeciKnots = 30;
    private const int KnownDeciKnots = 20;
    private const long DecimetresPerNm = 18_520;
    private const long OnWayDecimetres = 5 * DecimetresPerNm;
    private const long NearDecimetres = 40 * DecimetresPerNm;
    private const int AwayHundredths = -30;
    private const int TellsHundredths = 30;
    private const long DayMs = 24 * HourMs;
    private const long AheadMsMax = 60 * DayMs;

    // Announced ETAs of ships that came to Finnish ports in March 2025 (183 calls): 10 % an hour early, 90 % 1.75 h late.
    private const long AnnouncedEarlyMs = HourMs;
    private const long AnnouncedLateMs = 105 * MinuteMs;

    /// <summary>The estimate; null where nothing can be said: it goes away from the port, or its speed is not known.</summary>
    public static ArrivalEstimate? Of(in ArrivalQuestion asked) =>
        ByOwnVoyages(in asked) ?? ByLane(in asked) ?? ByAnnouncement(in asked, ByDistance(in asked));

    private static ArrivalEstimate? ByLane(in ArrivalQuestion asked) => asked.Lane is not { } lane ? null : From(
        in asked, lane.LowMs, lane.MidMs, lane.HighMs, null, ArrivalBy.Lane,
        string.Create(CultureInfo.InvariantCulture, $"by the times of {lane.Voyages} voyages on the lane {lane.Name}"));

    private static ArrivalEstimate? ByOwnVoyages(in ArrivalQuestion asked)
    {
        if (LeftOnOwnWay(in asked) is not { } left || SpeedOf(in asked) is not { } speed)
        {
            return null;
        }

        var sail = SailMs(left, speed);
        var wait = IsHeld(in asked) ? DayMs / 2 : 0;
        return From(
            in asked, sail * 94 / 100, (sail * 102 / 100) + (5 * MinuteMs), (sail * 115 / 100) + (15 * MinuteMs) + wait, left, ArrivalBy.OwnVoyages,
            $"{Nm(left)} NM along its own {Count(asked.OwnWays!.Count)} earlier voyages at {Knots(speed)} kn{(wait > 0 ? ", though it does not move now" : string.Empty)}");
    }

    private static long? LeftOnOwnWay(in ArrivalQuestion asked)
    {
        (long Off, long Left)? nearest = null;
        foreach (var way in asked.OwnWays ?? [])
        {
            var here = Way.LeftDecimetres(way, asked.Where);
            nearest = here.Off < OnWayDecimetres && (nearest is not { } other || here.Off < other.Off) ? here : nearest;
        }

        return nearest?.Left;
    }

    private static ArrivalEstimate? ByDistance(in ArrivalQuestion asked)
    {
        var straight = SteadyArc.Decimetres(asked.Where, asked.Port);
        var towards = Towards(in asked, asked.Port);
        if ((straight < NearDecimetres && towards < AwayHundredths) || SpeedOf(in asked) is not { } speed)
        {
            return null; // It has passed by, or nothing tells how fast it goes.
        }

        var wait = IsHeld(in asked) ? DayMs : 0;
        var still = wait > 0 ? "; it does not move now" : string.Empty;
        if (BySea(in asked) is { } sea)
        {
            var (least, most) = (SailMs(sea.Way.Decimetres, speed), SailMs(sea.Most, speed));
            var (half, late) = sea.Towards >= 85 ? (103, 120) : sea.Towards >= 30 ? (108, 140) : (125, 190);
            return From(
                in asked, least * 97 / 100, (least * half / 100) + (10 * MinuteMs),
                Math.Max(least * late / 100, most * 110 / 100) + (HourMs / 2) + wait, sea.Way.Decimetres, ArrivalBy.Distance,
                $"{Nm(sea.Way.Decimetres)} NM by the sea lanes{sea.Canal} at {Knots(speed)} kn{still}");
        }

        // The way by sea is longer than the great circle, much longer round a cape: then the course leads elsewhere.
        var sail = SailMs(straight, speed);
        var (mid, high) = towards >= 85 ? (106, 130) : towards >= 30 ? (118, 165) : (145, 230);
        return From(
            in asked, sail * 97 / 100, (sail * mid / 100) + (10 * MinuteMs), (sail * high / 100) + (HourMs / 2) + wait, straight, ArrivalBy.Distance,
            $"{Nm(straight)} NM by the great circle at {Knots(speed)} kn, and the sea's detours{still}");
    }

    // Where a canal can be gone round by a way up to half as long again, the course says which it is; where it says neither,
    // the canal, with room for the way round.
    private static (SeaWay Way, long Most, int Towards, string Canal)? BySea(in ArrivalQuestion asked)
    {
        if (asked.SeaLanes?.Ways(asked.Where, asked.Port) is not ({ } way, var other))
        {
            return null;
        }

        var towards = Towards(in asked, way.Next);
        if (other is not { } round || round.Decimetres * 2 > way.Decimetres * 3)
        {
            return (way, way.Decimetres, towards, string.Empty);
        }

        var towardsRound = Towards(in asked, round.Next);
        return towardsRound > towards + TellsHundredths ? (round, round.Decimetres, towardsRound, " round the canal")
            : (way, towards > towardsRound + TellsHundredths ? way.Decimetres : round.Decimetres, towards, " through the canal");
    }

    private static int Towards(in ArrivalQuestion asked, Position place) =>
        asked.CourseDeciDegrees is >= 0 and < 3600 && !IsHeld(in asked)
            ? SteadyArc.Towards(asked.Where, asked.CourseDeciDegrees, place)
            : 100;

    // An announced time is believed where the distance bears it out, or where nothing else tells.
    private static ArrivalEstimate? ByAnnouncement(in ArrivalQuestion asked, ArrivalEstimate? distance)
    {
        if (asked.Announced is not { } said || said.EtaAtMs <= asked.AtMs || said.EtaAtMs > asked.AtMs + AheadMsMax
            || asked.AtMs - said.SaidAtMs > DayMs)
        {
            return distance;
        }

        var ahead = said.EtaAtMs - asked.AtMs;
        var (early, late) = (Math.Max(AnnouncedEarlyMs, ahead / 10), Math.Max(AnnouncedLateMs, ahead * 15 / 100));
        if (distance is null)
        {
            return SteadyArc.Decimetres(asked.Where, asked.Port) < NearDecimetres ? null : From(
                in asked, ahead - early, ahead, ahead + late, null, ArrivalBy.Announced, "as it announces; nothing tells how far it has to go and how fast");
        }

        if (said.EtaAtMs < distance.LowAtMs - AnnouncedEarlyMs)
        {
            return distance with { Why = $"{distance.Why}; what it announces is sooner than it can be there" };
        }

        if (said.EtaAtMs > distance.HighAtMs + (distance.HighAtMs - asked.AtMs))
        {
            return distance with { Why = $"{distance.Why}; what it announces is far later" };
        }

        var low = Math.Max(ahead - early, Math.Min(ahead, distance.LowAtMs - asked.AtMs));
        return From(in asked, low, ahead, ahead + late, distance.DistanceDecimetres, ArrivalBy.Announced, "as it announces, which its distance and speed bear out");
    }

    private static ArrivalEstimate From(
        in ArrivalQuestion asked, long lowMs, long midMs, long highMs, long? decimetres, string by, string why)
    {
        var mid = Math.Clamp(midMs, 0, AheadMsMax);
        return new ArrivalEstimate(
            WholeMinute(asked.AtMs + Math.Clamp(lowMs, 0, mid)), WholeMinute(asked.AtMs + mid),
            WholeMinute(asked.AtMs + Math.Clamp(highMs, mid, 2 * AheadMsMax)), by, why, decimetres);
    }

    private static long WholeMinute(long atMs) => atMs / MinuteMs * MinuteMs;

    // What it makes now, and a little of what it makes usually; where it hardly moves, what it makes usually.
    private static int? SpeedOf(in ArrivalQuestion asked) =>
        IsHeld(in asked) ? (asked.UsualDeciKnots >= KnownDeciKnots ? asked.UsualDeciKnots : null)
        : asked.UsualDeciKnots >= KnownDeciKnots ? ((asked.SpeedDeciKnots * 2) + asked.UsualDeciKnots) / 3
        : asked.SpeedDeciKnots;

    private static bool IsHeld(in ArrivalQuestion asked) => asked.LiesStill || asked.SpeedDeciKnots < MovesDeciKnots;

    private static long SailMs(long decimetres, int deciKnots) => decimetres * (10 * HourMs) / (deciKnots * DecimetresPerNm);

    private static string Count(int count) => count.ToString(CultureInfo.InvariantCulture);

    private static string Nm(long decimetres) => Figure.NauticalMiles("nm", decimetres).ToString();

    private static string Knots(int deciKnots) => new Figure("kn", deciKnots, 1).ToString();
}
