namespace MaritimeWatch.Scenario;

/// <summary>
/// Distress: a beacon (MMSI 970, 972, 974) heard with navigation status 14, or a ship heard with it for a minute and more.
/// Two hours without end it. Lawful: tests of a beacon (status 15), and a ship's status in a single message.
/// </summary>
internal sealed class DistressTruth(IReadOnlyList<SimVessel> fleet) : HeardTruth<DistressTruth.Run>(fleet)
{
    private const byte Active = 14;
    private const long SilenceMs = 2 * 3_600_000;
    private const long LeastShipMs = 60_000;

    protected override void Look(SimVessel vessel, in Transmission sent, ref Run? run, List<TruthEntry> truth)
    {
        var active = sent.Reported.NavigationStatus == Active;
        if (!active && !vessel.Identity.IsBeacon)
        {
            return;
        }

        if (run is not null && (sent.AtMs - run.EndAtMs > SilenceMs || run.IsActive != active))
        {
            Close(vessel, run, truth);
            run = null;
        }

        run ??= new Run { StartAtMs = sent.AtMs, IsActive = active };
        run.EndAtMs = sent.AtMs;
    }

    protected override void Close(SimVessel vessel, Run run, List<TruthEntry> truth)
    {
        var lawful = !run.IsActive ? "a test of a beacon"
            : !vessel.Identity.IsBeacon && run.EndAtMs - run.StartAtMs < LeastShipMs ? "one message only: typed by mistake"
            : null;
        truth.Add(Entry("distress", vessel, (run.StartAtMs, run.EndAtMs), ((run.EndAtMs - run.StartAtMs) / 60_000.0, "minutes"), null, lawful));
    }

    /// <summary>A beacon or ship that calls for help.</summary>
    internal sealed class Run
    {
        public long StartAtMs { get; init; }

        public bool IsActive { get; init; }

        public long EndAtMs { get; set; }
    }
}
