namespace MaritimeWatch.Scenario;

/// <summary>
/// Two hulls that are heard under one MMSI at the same time: what is heard goes from one to the other three times and more,
/// each time two miles or more away and faster than any ship goes, with no more than an hour between two such changes. Size is
/// the farthest that they were apart, nautical miles.
/// </summary>
internal sealed class SharedTruth(int vessels) : TruthWatch
{
    private const double LeastNm = 2;
    private const double FastestKnots = 60;
    private const int AlternationsLeast = 3;
    private const long SameEpisodeMs = 3_600_000;

    private readonly Episode?[] ships = new Episode?[vessels];

    public override void OnHeard(SimVessel vessel, in Transmission sent, List<TruthEntry> truth)
    {
        // A second hull follows its first in the fleet.
        var ship = ships[vessel.IsTwin ? vessel.Index - 1 : vessel.Index] ??= new Episode(vessel.Identity.About.Vessel.Subject);
        var previousAtMs = ship.LastAtMs;
        if (previousAtMs > 0 && ship.LastIsTwin != vessel.IsTwin && sent.AtMs > previousAtMs)
        {
            var nm = SimMaths.Metres(ship.Last, sent.Believed) / SimMaths.MetresPerNm;
            if (nm >= LeastNm && nm * 3_600_000 > FastestKnots * (sent.AtMs - previousAtMs))
            {
                if (ship.Alternations > 0 && sent.AtMs - ship.EndAtMs > SameEpisodeMs)
                {
                    Close(ship, truth);
                }

                ship.StartAtMs = ship.Alternations == 0 ? previousAtMs : ship.StartAtMs;
                ship.EndAtMs = sent.AtMs;
                ship.FarthestNm = Math.Max(ship.FarthestNm, nm);
                ship.Alternations++;
            }
        }

        ship.Last = sent.Believed;
        ship.LastAtMs = sent.AtMs;
        ship.LastIsTwin = vessel.IsTwin;
    }

    public override void OnEnd(long atMs, List<TruthEntry> truth)
    {
        foreach (var ship in ships)
        {
            if (ship is not null)
            {
                Close(ship, truth);
            }
        }
    }

    private static void Close(Episode ship, List<TruthEntry> truth)
    {
        if (ship.Alternations >= AlternationsLeast)
        {
            truth.Add(new TruthEntry(
                "shared-identity", ship.Subject, ship.StartAtMs, ship.EndAtMs, Math.Round(ship.FarthestNm, 2), "nm", false, null, null));
        }

        ship.Alternations = 0;
        ship.FarthestNm = 0;
    }

    private sealed class Episode(string subject)
    {
        public string Subject { get; } = subject;

        public GeoPoint Last { get; set; }

        public long LastAtMs { get; set; }

        public bool LastIsTwin { get; set; }

        public int Alternations { get; set; }

        public long StartAtMs { get; set; }

        public long EndAtMs { get; set; }

        public double FarthestNm { get; set; }
    }
}
