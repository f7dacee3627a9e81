using MaritimeWatch.Intake.Ais;
using MaritimeWatch.Terms;
using MaritimeWatch.Tracks;

namespace MaritimeWatch.Findings.Statics;

/// <summary>Where a vessel is when it says something: under way since when, lying where, away for how long.</summary>
internal sealed class Whereabouts(WatchState state)
{
    /// <summary>Lying still: below this, 0.1 knot (Global Fishing Watch restarts visits at 0.5).</summary>
    public const int StillDeciKnots = 5;

    /// <summary>Silent for longer than this it may have called anywhere, milliseconds.</summary>
    public const long AwayMs = 4 * 3_600_000;

    private const int HullBelievedReports = 3;
    private const long StretchMs = 30 * 60_000;
    private const long HeardMs = 3_600_000;

    /// <summary>A report of a hull, before it replaces the hull's last and after the port was looked up.</summary>
    public static void OnReport(ref HullState hull, in StoredReport report)
    {
        if (report.EventAtMs - hull.Last.EventAtMs > AwayMs)
        {
            hull.Lying.AwayUntilMs = report.EventAtMs;
        }

        if (report.SpeedDeciKnots < StillDeciKnots && (report.SpeedDeciKnots >= 0 || report.SaysItLiesStill))
        {
            ref var lying = ref hull.Lying;
            lying.SinceMs = report.EventAtMs - lying.UntilMs > StretchMs ? report.EventAtMs : lying.SinceMs;
            lying.UntilMs = report.EventAtMs;
            lying.PortUntilMs = hull.Port.EntryAtMs != 0 ? report.EventAtMs : lying.PortUntilMs;
            (lying.LatitudeE7, lying.LongitudeE7) = (report.LatitudeE7, report.LongitudeE7);
        }
    }

    /// <summary>True where ports are known; else every stop may be one.</summary>
    public bool ArePortsKnown =>
        state.Reference.Versions.ContainsKey("ports") || state.Reference.Versions.ContainsKey("anchorages");

    /// <summary>The hull that was heard last, by its number in the pool; -1 before any.</summary>
    public int LatestHull(int slot)
    {
        ref var vessel = ref state.Table.Vessels[slot];
        var latest = -1;
        for (var i = 0; i < vessel.HullCount; i++)
        {
            var number = vessel.Hulls[i] - 1;
            if (latest < 0 || state.Table.Hulls[number].Last.EventAtMs > state.Table.Hulls[latest].Last.EventAtMs)
            {
                latest = number;
            }
        }

        return latest;
    }

    /// <summary>
    /// True where another hull than the one that was heard last may have said what a claim said before: two ships that differ
    /// are no ship that has changed. It was heard in the last half hour in which that was said, or later.
    /// </summary>
    public bool MayBeTwoHulls(int slot, Claim claim)
    {
        ref var vessel = ref state.Table.Vessels[slot];
        var latest = vessel.HullCount > 1 ? LatestHull(slot) : -1;
        for (var i = 0; i < vessel.HullCount && latest >= 0; i++)
        {
            ref var hull = ref state.Table.Hulls[vessel.Hulls[i] - 1];
            if (vessel.Hulls[i] - 1 != latest && hull.Reports >= HullBelievedReports
                && hull.Last.EventAtMs >= claim.BeforeBucket * StaticMemory.BucketMs)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The latest end of a stop that may have been a call; 0 for none.</summary>
    public long CalledUntilMs(in HullState hull) => ArePortsKnown ? hull.Lying.PortUntilMs : hull.Lying.UntilMs;

    /// <summary>Under way at sea: heard within the hour, not in a port, not lying still.</summary>
    public static bool IsAtSea(in HullState hull, long atMs) =>
        hull.Reports >= 3 && hull.Port.EntryAtMs == 0 && Math.Abs(atMs - hull.Last.EventAtMs) <= HeardMs
        && !hull.Last.SaysItLiesStill && hull.Last.SpeedDeciKnots is < 0 or >= StillDeciKnots
        && hull.Last.EventAtMs - hull.Lying.UntilMs > StretchMs;

    /// <summary>It lay still at sea: an hour or more, ten kilometres from every stopping place and two from the coast.</summary>
    public bool LayAtSea(in HullState hull, long afterMs)
    {
        ref readonly var lying = ref hull.Lying;
        var place = new Position(lying.LatitudeE7, lying.LongitudeE7);
        return ArePortsKnown && lying.UntilMs > afterMs && lying.UntilMs - lying.SinceMs >= 3_600_000
            && state.Reference.View.NearestAnchorage(place, 10_000, out _) < 0
            && state.Reference.View.KilometresOffshore(place) is >= 2;
    }

    /// <summary>Where it is now, for a finding.</summary>
    public void Place(int slot, Finding finding)
    {
        finding.Places.Clear();
        finding.Places.Add(state.Table.Vessels[slot].Last.Position);
    }
}
