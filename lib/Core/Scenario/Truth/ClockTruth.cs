namespace MaritimeWatch.Scenario;

/// <summary>
/// Spoofing, rule wrong-clock: for 30 minutes and ten reports and more the second that a ship sends is 10 seconds and more
/// (of 60, either way) off the time. A receiver whose own clock is off is another matter: all ships that it hears are off.
/// </summary>
internal sealed class ClockTruth(IReadOnlyList<SimVessel> fleet) : HeardTruth<ClockTruth.Run>(fleet)
{
    private const int LeastS = 10;
    private const long LeastMs = 30 * 60_000;
    private const int ReportsMin = 10;

    protected override void Look(SimVessel vessel, in Transmission sent, ref Run? run, List<TruthEntry> truth)
    {
        var off = ((sent.ClockOffS % 60) + 60) % 60;
        off = Math.Min(off, 60 - off);
        if (off < LeastS)
        {
            if (run is not null)
            {
                Close(vessel, run, truth);
                run = null;
            }

            return;
        }

        run ??= new Run { StartAtMs = sent.AtMs };
        run.EndAtMs = sent.AtMs;
        run.Seconds = Math.Max(run.Seconds, off);
        run.Reports++;
    }

    protected override void Close(SimVessel vessel, Run run, List<TruthEntry> truth)
    {
        if (run.Reports >= ReportsMin && run.EndAtMs - run.StartAtMs >= LeastMs)
        {
            truth.Add(Entry("spoofing", vessel, (run.StartAtMs, run.EndAtMs), (run.Seconds, "seconds"), "wrong-clock", null));
        }
    }

    /// <summary>A ship whose clock is off.</summary>
    internal sealed class Run
    {
        public long StartAtMs { get; init; }

        public long EndAtMs { get; set; }

        public int Seconds { get; set; }

        public int Reports { get; set; }
    }
}
