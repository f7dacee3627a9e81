namespace MaritimeWatch.Scenario;

/// <summary>
/// Silences of 6 h and more of one MMSI whose transmitter was off. A gap where it was off for nine tenths of the
/// silence, and while it was off some receiver would have heard it for four fifths of the time and heard others nearby
/// in four fifths of the 10-minute stretches. Lawful where it has class B, or lay in a port for half of the time.
/// </summary>
internal sealed class GapTruth(string subject, bool classB)
{
    private const long LeastMs = 6 * 3_600_000;
    private const long StretchMs = 600_000;

    private long heardAtMs = long.MinValue;
    private long offTicks;
    private long coveredTicks;
    private long portTicks;
    private long stretches;
    private long heardStretches;
    private long stretchAtMs;

    /// <summary>The transmitter is off at this instant.</summary>
    public void OnOff(World world, HeardGrid heard, in Motion now, long atMs)
    {
        if (heardAtMs == long.MinValue)
        {
            return;
        }

        offTicks++;
        if (world.Sky.Covers(now.At, atMs, classB))
        {
            coveredTicks++;
        }

        if (now.SpeedKnots < 0.2 && World.NearestStop(now.At, 4000).Nearest is not null)
        {
            portTicks++;
        }

        if (atMs - stretchAtMs >= StretchMs)
        {
            stretchAtMs = atMs;
            stretches++;
            heardStretches += heard.AnySince(now.At, atMs - StretchMs) ? 1 : 0;
        }
    }

    /// <summary>Heard again (or the recording ends).</summary>
    public void OnHeard(long atMs, List<TruthEntry> truth)
    {
        if (offTicks > 0 && atMs - heardAtMs >= LeastMs && offTicks * LineQueue.SlotMs * 10 >= (atMs - heardAtMs) * 9)
        {
            var inPort = portTicks * 2 >= offTicks;
            var decidable = coveredTicks * 5 >= offTicks * 4 && heardStretches * 5 >= stretches * 4;
            if (classB || inPort || decidable)
            {
                truth.Add(new TruthEntry(
                    "gap", subject, heardAtMs, atMs, Math.Round((atMs - heardAtMs) / 3_600_000.0, 2), "hours", classB || inPort, null,
                    inPort ? "switched off while made fast" : classB ? "class B has no duty to transmit" : null));
            }
        }

        heardAtMs = atMs;
        stretchAtMs = atMs;
        offTicks = coveredTicks = portTicks = stretches = heardStretches = 0;
    }
}
