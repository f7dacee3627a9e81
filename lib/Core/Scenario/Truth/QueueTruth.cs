namespace MaritimeWatch.Scenario;

/// <summary>
/// Ships that wait at anchor for a port, counted at whole hours: congestion while they are one and a half times the median of
/// all hours before, and three more than it, for three hours and longer; three days must be known first. What is usual is
/// fixed when it begins; one hour below does not end it. Size is the most ships that waited.
/// </summary>
internal sealed class QueueTruth : TruthWatch
{
    private const long HourMs = 3_600_000;
    private const int HoursKnown = 72;
    private const int HoursHeld = 3;
    private const int ShipsMore = 3;
    private const double AnchoredM = 3000;
    private const double StoppedKnots = 0.2;

    private readonly SortedDictionary<string, Port> ports = new(
        Geography.Stops.Where(stop => stop.Kind == Reference.StoppingPlace.Anchorage)
            .ToDictionary(stop => stop.Locode, _ => new Port()), StringComparer.Ordinal);

    private long countedAtMs;

    public override void OnTick(SimVessel vessel, in Motion now, long atMs, List<TruthEntry> truth)
    {
        if (atMs % HourMs != 0)
        {
            return;
        }

        if (atMs != countedAtMs)
        {
            Judge(truth);
            countedAtMs = atMs;
        }

        if (now.Present && now.SpeedKnots < StoppedKnots && !vessel.IsTwin && !vessel.Identity.IsAircraft
            && !vessel.Faults.IsSilent(atMs)
            && World.NearestStop(now.At, AnchoredM).Nearest is { Kind: Reference.StoppingPlace.Anchorage } stop)
        {
            ports[stop.Locode].Waiting++;
        }
    }

    public override void OnEnd(long atMs, List<TruthEntry> truth)
    {
        Judge(truth);
        foreach (var (locode, port) in ports)
        {
            Close(locode, port, truth);
        }
    }

    // The hour that was counted last.
    private void Judge(List<TruthEntry> truth)
    {
        if (countedAtMs == 0)
        {
            return;
        }

        foreach (var (locode, port) in ports)
        {
            var usual = port.SinceAtMs > 0 ? port.Usual : port.Past.Count < HoursKnown ? double.MaxValue : Median(port.Past);
            if (port.Waiting >= usual * 1.5 && port.Waiting >= usual + ShipsMore)
            {
                (port.SinceAtMs, port.Usual) = (port.SinceAtMs > 0 ? port.SinceAtMs : countedAtMs, usual);
                port.HighAtMs = countedAtMs;
                port.Most = Math.Max(port.Most, port.Waiting);
            }
            else if (port.SinceAtMs > 0 && countedAtMs - port.HighAtMs >= 2 * HourMs)
            {
                Close(locode, port, truth);
            }

            port.Past.Add(port.Waiting);
            port.Waiting = 0;
        }
    }

    private static void Close(string locode, Port port, List<TruthEntry> truth)
    {
        if (port.SinceAtMs > 0 && port.HighAtMs - port.SinceAtMs >= HoursHeld * HourMs)
        {
            truth.Add(new TruthEntry(
                "congestion", $"port:{locode}", port.SinceAtMs, port.HighAtMs, port.Most, "ships waiting", false, locode, null));
        }

        port.SinceAtMs = 0;
        port.Most = 0;
    }

    private static double Median(List<int> values)
    {
        var sorted = values.Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2.0;
    }

    private sealed class Port
    {
        public int Waiting { get; set; }

        public List<int> Past { get; } = [];

        public long SinceAtMs { get; set; }

        public long HighAtMs { get; set; }

        public double Usual { get; set; }

        public int Most { get; set; }
    }
}
