namespace MaritimeWatch.Scenario;

/// <summary>When each hull was last heard stopped (below half a knot, within 5 km of a stopping point).</summary>
internal sealed class HeardStops(int vessels) : TruthWatch
{
    private const double StoppedKnots = 0.5;
    private const double NearM = 5000;

    private readonly long[] lastAtMs = Filled(vessels);

    public override void OnHeard(SimVessel vessel, in Transmission sent, List<TruthEntry> truth)
    {
        if (sent.Said.SpeedKnots < StoppedKnots && World.NearestStop(sent.Believed, NearM).Nearest is not null)
        {
            lastAtMs[vessel.Index] = sent.AtMs;
        }
    }

    /// <summary>True where a stop was heard since an instant.</summary>
    public bool AnySince(SimVessel vessel, long sinceMs) => lastAtMs[vessel.Index] >= sinceMs;

    private static long[] Filled(int count)
    {
        var filled = new long[count];
        Array.Fill(filled, long.MinValue);
        return filled;
    }
}
