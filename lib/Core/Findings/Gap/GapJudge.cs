using MaritimeWatch.Geodesy;
using MaritimeWatch.Intake.Ais;
using MaritimeWatch.Terms;
using MaritimeWatch.Tracks;

namespace MaritimeWatch.Findings.Gap;

/// <summary>The questions behind a gap: is it of interest, could it have been heard, how much does it matter.</summary>
internal sealed class GapJudge(WatchState state)
{
    private const int UnderWayDeciKnots = 5;
    private const double KilometresPerNauticalMile = 1.852;

    /// <summary>In enough of the intervals since it fell silent others were heard around its last place.</summary>
    public static bool IsObservable(in VesselState vessel, GapThresholds thresholds) =>
        vessel.SilenceBuckets > 0
        && vessel.SilenceHeard * 100L >= (long)thresholds.ReceptionPercent * vessel.SilenceBuckets;

    /// <summary>Silence of this one is of no interest to any profile.</summary>
    public bool IsExempt(int slot)
    {
        ref var vessel = ref state.Table.Vessels[slot];
        if (!WatchState.IsShip(vessel.Vessel))
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
    }

    /// <summary>An alarm for a class A ship under way; less for others.</summary>
    public Severity SeverityOf(int slot, GapThresholds thresholds, long untilMs)
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

        var length = state.Table.Cards[slot].LengthM;
        if (vessel.Last.Has(ReportTraits.ClassB) || (length > 0 && length < thresholds.DutyLengthM))
        {
            return Severity.Low;
        }

        return vessel.Last.SpeedDeciKnots >= UnderWayDeciKnots
            || (vessel.Last.SpeedDeciKnots < 0 && !vessel.Last.SaysItLiesStill)
                ? Severity.Medium
                : Severity.Info;
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

    private bool IsFarEnough(Position place, int nauticalMiles) =>
        nauticalMiles == 0 || (OffshoreNm(place) is { } offshore && offshore >= nauticalMiles);

    private bool LiesInPort(in VesselState vessel, GapThresholds gap) =>
        (vessel.Last.SaysItLiesStill || vessel.Last.SpeedDeciKnots >= 0)
        && vessel.Last.SpeedDeciKnots < gap.StillDeciKnots
        && state.Reference.View.NearestAnchorage(vessel.Last.Position, gap.InPortMetres, out _) >= 0;
}
