using MaritimeWatch.Geodesy;
using MaritimeWatch.Intake.Ais;
using MaritimeWatch.Terms;
using MaritimeWatch.Tracks;

namespace MaritimeWatch.Findings.Gap;

/// <summary>The questions behind a gap: is it of interest, could it have been heard, how much does it matter.</summary>
internal sealed class GapJudge(WatchState state)
{
    /// <summary>How many places near ahead are asked about.</summary>
    public const int PlacesNear = 15;

    /// <summary>From this speed on a ship goes somewhere, 0.1 knot.</summary>
    public const int SailingDeciKnots = 10;

    private const byte DistressStatus = 14;
    private const int UnderWayDeciKnots = 5;
    private const int NearSquares = 3;
    private const int NearMilesFrom = 5;
    private const int NearMilesTo = 13;
    private const int AheadMilesStep = 4;
    private const int AsideDegrees = 30;
    private const int AheadSquares = 1;
    private const int AheadHours = 6;
    private const double KilometresPerNauticalMile = 1.852;

    /// <summary>In enough of the intervals since it fell silent others were heard around its last place.</summary>
    public static bool IsObservable(in VesselState vessel, GapThresholds thresholds) =>
        vessel.SilenceBuckets > 0
        && vessel.SilenceHeard * 100L >= (long)thresholds.ReceptionPercent * vessel.SilenceBuckets
        && vessel.SilenceHoursHeard * 100L >= (long)thresholds.ReceptionPercent * vessel.SilenceHours;

    /// <summary>Silence of this one is of no interest to any profile.</summary>
    public bool IsExempt(int slot)
    {
        ref var vessel = ref state.Table.Vessels[slot];
        if (!WatchState.IsShip(vessel.Vessel) || vessel.Last.NavigationStatus == DistressStatus)
        {
            return true;
        }

        foreach (var profile in state.Profiles)
        {
            if (profile.Gap is { } gap
                && vessel.Reports >= gap.ReportsMin
                && vessel.Last.EventAtMs - vessel.FirstAtMs >= gap.HeardForMs
                && !LiesInPort(in vessel, gap))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Counts the intervals up to a bucket, and those in which others were heard near by.</summary>
    public void CountReception(ref VesselState vessel, int toBucket)
    {
        var from = Math.Max(vessel.SilenceNextBucket, toBucket - CoverageMap.BucketsKept + 1);
        if (from > toBucket)
        {
            return;
        }

        var cell = GridCells.Of(vessel.Last.Position);
        vessel.SilenceHeard += state.Coverage.BucketsHeardAround(cell, from, toBucket);
        vessel.SilenceBuckets += toBucket - vessel.SilenceNextBucket + 1;
        vessel.SilenceNextBucket = toBucket + 1;
        CountHours(ref vessel, HeardCell.HourOf(toBucket + 1) - 1);
    }

    /// <summary>
    /// Of 15 places five to thirteen miles ahead and up to 30 degrees aside, in how many was anybody heard in the two hours
    /// in which it would have come there? A hole in reception that it may have sailed into shows there.
    /// </summary>
    public static int PlacesHeardNear(WatchState state, in StoredReport last, ushort like)
    {
        if (!IsSailing(in last))
        {
            return PlacesNear;
        }

        var heard = 0;
        for (var miles = NearMilesFrom; miles <= NearMilesTo; miles += AheadMilesStep)
        {
            var fromHour = HourOf(in last) + 1 + Math.Min(AheadHours - 2, miles * 10 / last.SpeedDeciKnots);
            heard += PlacesHeard(state, in last, miles, miles, fromHour, fromHour + 1, like);
        }

        return heard;
    }

    /// <summary>It goes somewhere, and says where.</summary>
    public static bool IsSailing(in StoredReport last) => last.SpeedDeciKnots >= SailingDeciKnots && last.CourseDeciDegrees >= 0;

    /// <summary>An alarm for a class A ship under way whose silence is likely deliberate; less for others.</summary>
    public Severity SeverityOf(int slot, GapThresholds thresholds, long untilMs, int permille)
    {
        ref var vessel = ref state.Table.Vessels[slot];
        if (untilMs - vessel.Last.EventAtMs < thresholds.AlarmAfterMs
            || ReportsBefore(slot) < thresholds.AlarmReportsBefore
            || !IsFarEnough(vessel.Last.Position, thresholds.AlarmOffshoreNm)
            || (thresholds.AlarmAreaReportsPerDay > 0
                && state.Coverage.ReportsPerDay(GridCells.Of(vessel.Last.Position)) <= thresholds.AlarmAreaReportsPerDay))
        {
            return Severity.Info;
        }

        // Whoever comes into a port may switch off when made fast.
        if (state.Reference.View.NearestAnchorage(vessel.Last.Position, thresholds.InPortMetres, out _) >= 0)
        {
            return Severity.Info;
        }

        var length = state.Table.Cards[slot].LengthM;
        if (vessel.Last.Has(ReportTraits.ClassB) || (length > 0 && length < thresholds.DutyLengthM))
        {
            return Severity.Low;
        }

        var isUnderWay = vessel.Last.SpeedDeciKnots >= UnderWayDeciKnots
            || (vessel.Last.SpeedDeciKnots < 0 && !vessel.Last.SaysItLiesStill);
        var showsItsEnd = vessel.UsualIntervalMs <= thresholds.AlarmIntervalMs;
        return !isUnderWay ? Severity.Info
            : showsItsEnd && permille >= thresholds.AlarmPermille ? Severity.Medium
            : Severity.Low;
    }

    /// <summary>Reports in the twelve hours that ended with the last one.</summary>
    public int ReportsBefore(int slot)
    {
        ref var vessel = ref state.Table.Vessels[slot];
        var sum = 0;
        foreach (var count in vessel.Hourly)
        {
            sum += count;
        }

        return sum;
    }

    /// <summary>Nautical miles from the coast, rounded; null where no coastline is known.</summary>
    public int? OffshoreNm(Position place) =>
        state.Reference.View.KilometresOffshore(place) is { } kilometres
            ? (int)Math.Round(kilometres / KilometresPerNauticalMile)
            : null;

    /// <summary>
    /// How its last eight or so intervals compare with the usual ones, percent: at the edge of reception fewer and fewer
    /// reports are heard, while a transmitter that is switched off ends at once.
    /// </summary>
    public static int FadingPercent(in VesselState vessel) =>
        (int)Math.Clamp(vessel.RecentIntervalMs * 100L / Math.Max(1, vessel.UsualIntervalMs), 0, 10_000);

    private static int HourOf(in StoredReport report) => HeardCell.HourOf(HeardMark.BucketOf(report.EventAtMs));

    private static int PlacesHeard(
        WatchState state, in StoredReport report, int fromMiles, int toMiles, int fromHour, int toHour, ushort like)
    {
        if (!IsSailing(in report))
        {
            return PlacesNear;
        }

        var course = report.CourseDeciDegrees / 10.0;
        var heard = 0;
        for (var miles = fromMiles; miles <= toMiles; miles += AheadMilesStep)
        {
            for (var aside = -AsideDegrees; aside <= AsideDegrees; aside += AsideDegrees / 2)
            {
                var place = GreatCircle.Destination(
                    report.Position, course + aside, miles * GreatCircle.MetresPerNauticalMile);
                heard += state.Coverage.HoursHeardNear(place, AheadSquares, fromHour, toHour, like) > 0 ? 1 : 0;
            }
        }

        return heard;
    }

    private void CountHours(ref VesselState vessel, int toHour)
    {
        var from = Math.Max(vessel.SilenceNextHour, toHour - HeardCell.HoursKept + 1);
        if (from <= toHour)
        {
            vessel.SilenceHoursHeard += state.Coverage.HoursHeardNear(
                vessel.Last.Position, NearSquares, from, toHour, GapSigns.LikeOf(in vessel.Last));
            vessel.SilenceHours += toHour - vessel.SilenceNextHour + 1;
            vessel.SilenceNextHour = toHour + 1;
        }
    }

    private bool IsFarEnough(Position place, int nauticalMiles) =>
        nauticalMiles == 0 || (OffshoreNm(place) is { } offshore && offshore >= nauticalMiles);

    private bool LiesInPort(in VesselState vessel, GapThresholds gap) =>
        (vessel.Last.SaysItLiesStill || vessel.Last.SpeedDeciKnots >= 0)
        && vessel.Last.SpeedDeciKnots < gap.StillDeciKnots
        && state.Reference.View.NearestAnchorage(vessel.Last.Position, gap.InPortMetres, out _) >= 0;
}
