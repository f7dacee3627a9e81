namespace MaritimeWatch.Scenario;

/// <summary>
/// Spoofing, rule on-land: three and more heard positions in a row, over 10 minutes and more, 2 km and more inland. Lawful:
/// who truly lies there (a river berth: in a coarse coast line rivers are land), and where the coast line is too coarse to
/// tell. An aircraft may be over land.
/// </summary>
internal sealed class OnLandTruth(IReadOnlyList<SimVessel> fleet) : HeardTruth<OnLandTruth.Run>(fleet)
{
    private const double LeastM = 2000;
    private const long LeastMs = 10 * 60_000;
    private const int ReportsMin = 3;
    private const double SameM = 300;
    private const double TrulyThereM = 1000;

    protected override void Look(SimVessel vessel, in Transmission sent, ref Run? run, List<TruthEntry> truth)
    {
        var at = new GeoPoint(sent.Reported.Position.LatitudeDegrees, sent.Reported.Position.LongitudeDegrees);
        run ??= new Run { LookedAt = new GeoPoint(-90, 0) };
        if (SimMaths.Metres(run.LookedAt, at) > SameM)
        {
            run.LookedAt = at;
            run.InlandM = Shore.Here.IsLand(at) ? Shore.Here.InlandM(at) ?? 0 : 0;
        }

        if (run.InlandM <= LeastM - Shore.ErrorM)
        {
            if (run.Reports > 0)
            {
                Close(vessel, run, truth);
                run.Reports = 0;
            }

            return;
        }

        if (run.Reports == 0)
        {
            run.StartAtMs = sent.AtMs;
            run.LargestM = 0;
            run.TrulyThere = 0;
        }

        run.Reports++;
        run.EndAtMs = sent.AtMs;
        run.LargestM = Math.Max(run.LargestM, run.InlandM);
        run.TrulyThere += SimMaths.Metres(sent.True.At, at) < TrulyThereM ? 1 : 0;
    }

    protected override void Close(SimVessel vessel, Run run, List<TruthEntry> truth)
    {
        if (run.Reports < ReportsMin || run.EndAtMs - run.StartAtMs < LeastMs || vessel.Identity.IsAircraft)
        {
            return;
        }

        var lawful = run.TrulyThere * 2 > run.Reports ? "truly there: a berth on a river"
            : run.LargestM < LeastM + Shore.ErrorM ? "as far inland as the coast line is good"
            : null;
        truth.Add(Entry("spoofing", vessel, (run.StartAtMs, run.EndAtMs), (run.LargestM / 1000, "km"), "on-land", lawful));
    }

    /// <summary>Where a ship says that it is, against the land.</summary>
    internal sealed class Run
    {
        public GeoPoint LookedAt { get; set; }

        public double InlandM { get; set; }

        public long StartAtMs { get; set; }

        public long EndAtMs { get; set; }

        public int Reports { get; set; }

        public int TrulyThere { get; set; }

        public double LargestM { get; set; }
    }
}
