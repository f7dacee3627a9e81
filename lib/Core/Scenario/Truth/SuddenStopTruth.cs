namespace MaritimeWatch.Scenario;

/// <summary>
/// Sudden stop: heard at more than 7 knots, and within 30 seconds at less than 1 knot, and so for 60 seconds on. Reports are
/// no more than 30 seconds apart from before it to the end of that minute; else nobody can tell.
/// </summary>
internal sealed class SuddenStopTruth(IReadOnlyList<SimVessel> fleet) : HeardTruth<SuddenStopTruth.Run>(fleet)
{
    private const int FastDeciKnots = 70;
    private const int StoppedDeciKnots = 10;
    private const long WithinMs = 30_000;
    private const long HeldMs = 60_000;

    protected override void Look(SimVessel vessel, in Transmission sent, ref Run? run, List<TruthEntry> truth)
    {
        int speed = sent.Reported.SpeedDeciKnots;
        if (run is null)
        {
            if (speed > FastDeciKnots && !vessel.Identity.IsAircraft)
            {
                run = new Run { FastAtMs = sent.AtMs, FastDeciKnots = speed, BeforeDeciKnots = speed, HeardAtMs = sent.AtMs };
            }

            return;
        }

        var apart = sent.AtMs - run.HeardAtMs;
        run.HeardAtMs = sent.AtMs;
        if (speed > FastDeciKnots)
        {
            run.BeforeDeciKnots = run.FastDeciKnots;
            run.FastDeciKnots = speed;
            run.FastAtMs = sent.AtMs;
            run.StoppedAtMs = 0;
        }
        else if (run.StoppedAtMs == 0)
        {
            run.StoppedAtMs = speed < StoppedDeciKnots && apart <= WithinMs && sent.AtMs - run.FastAtMs <= WithinMs ? sent.AtMs : 0;
            run = run.StoppedAtMs == 0 && sent.AtMs - run.FastAtMs > WithinMs ? null : run;
        }
        else if (speed >= StoppedDeciKnots || apart > WithinMs)
        {
            run = null;
        }
        else if (sent.AtMs - run.StoppedAtMs >= HeldMs)
        {
            truth.Add(Entry(
                "sudden-stop", vessel, (run.FastAtMs, sent.AtMs),
                (Math.Max(run.FastDeciKnots, run.BeforeDeciKnots) / 10.0, "knots"), null, null));
            run = null;
        }
    }

    protected override void Close(SimVessel vessel, Run state, List<TruthEntry> truth)
    {
    }

    /// <summary>A ship that was fast just now.</summary>
    internal sealed class Run
    {
        public long HeardAtMs { get; set; }

        public long FastAtMs { get; set; }

        public int FastDeciKnots { get; set; }

        public int BeforeDeciKnots { get; set; }

        public long StoppedAtMs { get; set; }
    }
}
