namespace MaritimeWatch.Scenario;

/// <summary>
/// Loitering: heard slower than 2 knots for 4 hours and more, 10 km and more from every stopping point and 2 km and more off
/// the coast. It lasts from the first slow report to the last; 20 minutes of faster reports, or 2 hours of silence, end it.
/// Lawful: at anchor and saying so, fishing and saying so, ships whose work it is, hove to in a storm, and where the coast
/// line is too coarse to tell.
/// </summary>
internal sealed class LoiteringTruth(World world, IReadOnlyList<SimVessel> fleet) : HeardTruth<LoiteringTruth.Run>(fleet)
{
    private const int SlowDeciKnots = 20;
    private const double OffStopsM = 10_000;
    private const double OffCoastM = 2000;
    private const long LeastMs = 4 * 3_600_000;
    private const long FasterMs = 20 * 60_000;
    private const long SilenceMs = 2 * 3_600_000;

    protected override void Look(SimVessel vessel, in Transmission sent, ref Run? run, List<TruthEntry> truth)
    {
        var slow = sent.Reported.SpeedDeciKnots < SlowDeciKnots;
        if (run is null && !slow)
        {
            return;
        }

        if (run is not null && (sent.AtMs - run.HeardAtMs > SilenceMs || (!slow && sent.AtMs - run.EndAtMs > FasterMs)))
        {
            Close(vessel, run, truth);
            run = null;
        }

        if (vessel.Identity.IsAircraft || vessel.Identity.IsBeacon)
        {
            return;
        }

        if (slow)
        {
            run = Slow(vessel, sent, run, truth);
        }

        if (run is not null)
        {
            run.SpeedSum += sent.Reported.SpeedDeciKnots * (double)Math.Min(sent.AtMs - run.HeardAtMs, FasterMs);
            run.SpanMs += Math.Min(sent.AtMs - run.HeardAtMs, FasterMs);
            run.HeardAtMs = sent.AtMs;
        }
    }

    protected override void Close(SimVessel vessel, Run run, List<TruthEntry> truth)
    {
        if (run.EndAtMs - run.StartAtMs < LeastMs || run.SpeedSum >= SlowDeciKnots * run.SpanMs)
        {
            return;
        }

        var stormMs = world.Storm is { } storm ? Math.Min(run.EndAtMs, storm.ToAtMs) - Math.Max(run.StartAtMs, storm.FromAtMs) : 0;
        var lawful = run.AtAnchor * 2 > run.Slow ? "at anchor, and says so"
            : run.Fishing * 2 > run.Slow ? "a fishing boat that says that it fishes"
            : vessel.Identity.About.ShipType is not 30 && ShipWork.OddMovesBecause(vessel.Identity.About.ShipType) is { } work ? work
            : stormMs * 2 > run.EndAtMs - run.StartAtMs ? "hove to in a storm"
            : run.IsNearLimit ? "as near to the coast as the coast line is good"
            : null;
        truth.Add(Entry(
            "loitering", vessel, (run.StartAtMs, run.EndAtMs), ((run.EndAtMs - run.StartAtMs) / 3_600_000.0, "hours"), null, lawful));
    }

    private Run? Slow(SimVessel vessel, in Transmission sent, Run? run, List<TruthEntry> truth)
    {
        var at = new GeoPoint(sent.Reported.Position.LatitudeDegrees, sent.Reported.Position.LongitudeDegrees);
        if (IsUnderPort(at, out var isNearLimit))
        {
            if (run is not null)
            {
                Close(vessel, run, truth);
            }

            return null;
        }

        run ??= new Run { StartAtMs = sent.AtMs, HeardAtMs = sent.AtMs };
        run.EndAtMs = sent.AtMs;
        run.Slow++;
        run.AtAnchor += sent.Reported.NavigationStatus is 1 or 5 ? 1 : 0;
        run.Fishing += sent.Reported.NavigationStatus is 7 && vessel.Identity.Class == ShipClass.Fishing ? 1 : 0;
        run.IsNearLimit |= isNearLimit;
        return run;
    }

    private static bool IsUnderPort(GeoPoint at, out bool isNearLimit)
    {
        isNearLimit = false;
        if (World.NearestStop(at, OffStopsM).Nearest is not null)
        {
            return true;
        }

        if (Shore.Here.InlandM(at) is not { } inland)
        {
            return false;
        }

        isNearLimit = Math.Abs(inland + OffCoastM) < Shore.ErrorM;
        return inland > -OffCoastM + Shore.ErrorM;
    }

    /// <summary>A ship that has been slow for a while.</summary>
    internal sealed class Run
    {
        public long StartAtMs { get; init; }

        public long EndAtMs { get; set; }

        public long HeardAtMs { get; set; }

        public int Slow { get; set; }

        public int AtAnchor { get; set; }

        public int Fishing { get; set; }

        public double SpeedSum { get; set; }

        public long SpanMs { get; set; }

        public bool IsNearLimit { get; set; }
    }
}
