namespace MaritimeWatch.Scenario;

/// <summary>
/// Heard positions of one MMSI that no ship can join: at least 2 NM apart at more than 60 knots, with half a mile taken off
/// for noise and two seconds added for rounded times. Jumps within an hour of one another are one episode, from the report
/// before the first to the report after the last. An aircraft's flight is a lawful look-alike.
/// </summary>
internal sealed class JumpTruth(string subject, bool aircraft)
{
    private const double LeastNm = 2;
    private const double NoiseNm = 0.5;
    private const long RoundingMs = 2_000;
    private const double FastestKnots = 60;
    private const long SameEpisodeMs = 3_600_000;
    private const long SameFlightMs = 2 * 3_600_000;

    private long lastAtMs = long.MinValue;
    private GeoPoint last;
    private bool open;
    private long startAtMs;
    private long endAtMs;
    private double largestNm;

    /// <summary>A report was heard; instants ascend.</summary>
    public void OnHeard(GeoPoint believed, long atMs, List<TruthEntry> truth)
    {
        if (aircraft)
        {
            if (open && atMs - endAtMs > SameFlightMs)
            {
                Close(truth);
            }

            startAtMs = open ? startAtMs : atMs;
            endAtMs = atMs;
            open = true;
            return;
        }

        if (lastAtMs != long.MinValue && atMs > lastAtMs)
        {
            var nm = SimMaths.Metres(last, believed) / SimMaths.MetresPerNm;
            if (nm >= LeastNm && (nm - NoiseNm) * 3_600_000.0 > FastestKnots * (atMs - lastAtMs + RoundingMs))
            {
                if (open && lastAtMs - endAtMs > SameEpisodeMs)
                {
                    Close(truth);
                }

                startAtMs = open ? startAtMs : lastAtMs;
                endAtMs = atMs;
                largestNm = Math.Max(largestNm, nm);
                open = true;
            }
        }

        lastAtMs = atMs;
        last = believed;
    }

    /// <summary>Ends what is open.</summary>
    public void Close(List<TruthEntry> truth)
    {
        if (open)
        {
            truth.Add(new TruthEntry(
                "impossible-movement", subject, startAtMs, endAtMs, Math.Round(aircraft ? 140 : largestNm, 2),
                aircraft ? "knots" : "nm", aircraft, null, aircraft ? "an aircraft" : null));
        }

        open = false;
        largestNm = 0;
    }
}
