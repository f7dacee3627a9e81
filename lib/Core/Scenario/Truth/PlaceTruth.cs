namespace MaritimeWatch.Scenario;

/// <summary>
/// Visits of one hull to zones and ports, by its true position, as far as reports heard during the visit can decide it.
/// Zone: inside the polygon until more than 200 m outside for 5 minutes; two heard reports from inside.
/// Port: from within 3 km of a stopping point, with a stop below 0.2 knot, to beyond 4 km of all; three heard reports
/// from while it was stopped. Beginning and end are no further than 15 minutes from a heard report of the visit.
/// </summary>
internal sealed class PlaceTruth(string subject)
{
    private const double OutsideM = 200;
    private const long GoneMs = 300_000;
    private const double InPortM = 3000;
    private const double OutOfPortM = 4000;
    private const double StoppedKnots = 0.2;
    private const long NearReportMs = 900_000;

    private readonly ZoneVisit[] zones = [new(), new(), new()];
    private StoppingPoint? port;
    private long portStartAtMs;
    private long portFirstHeardAtMs;
    private long portLastHeardAtMs;
    private int heardStopped;
    private bool stopped;

    /// <summary>The true state at a tick.</summary>
    public void OnTick(in Motion now, long atMs, List<TruthEntry> truth)
    {
        for (var index = 0; index < zones.Length; index++)
        {
            Tick(index, now.At, atMs, truth);
        }

        var (_, nearest) = World.NearestStop(now.At, port is null ? InPortM : OutOfPortM);
        if (nearest is null || !now.Present)
        {
            ClosePort(atMs, truth);
            return;
        }

        if (port is null)
        {
            port = nearest;
            portStartAtMs = atMs;
            portFirstHeardAtMs = 0;
            heardStopped = 0;
            stopped = false;
        }

        if (now.SpeedKnots < StoppedKnots)
        {
            stopped = true;
            port = nearest;
        }
    }

    /// <summary>A position report was heard.</summary>
    public void OnHeard(in Motion now, long atMs)
    {
        for (var index = 0; index < zones.Length; index++)
        {
            var visit = zones[index];
            var depth = Geography.Zones[index].Zone.DepthM(now.At);
            if (depth > 0)
            {
                visit.FirstHeardAtMs = visit.Heard == 0 ? atMs : visit.FirstHeardAtMs;
                visit.LastHeardAtMs = atMs;
                visit.Heard++;
                visit.DepthM = Math.Max(visit.DepthM, depth);
            }
        }

        if (port is not null)
        {
            portFirstHeardAtMs = portFirstHeardAtMs == 0 ? atMs : portFirstHeardAtMs;
            portLastHeardAtMs = atMs;
            heardStopped += now.SpeedKnots < StoppedKnots ? 1 : 0;
        }
    }

    /// <summary>The recording ends.</summary>
    public void OnEnd(long atMs, List<TruthEntry> truth)
    {
        ClosePort(atMs, truth);
        for (var index = 0; index < zones.Length; index++)
        {
            CloseZone(index, atMs, truth);
        }
    }

    private void Tick(int index, GeoPoint at, long atMs, List<TruthEntry> truth)
    {
        var visit = zones[index];
        var depth = Geography.Zones[index].Zone.DepthM(at);
        if (depth > 0)
        {
            visit.StartAtMs = visit.IsOpen ? visit.StartAtMs : atMs;
            visit.IsOpen = true;
            visit.InsideAtMs = visit.NearAtMs = atMs;
        }
        else if (depth > -OutsideM)
        {
            visit.NearAtMs = atMs;
        }
        else if (visit.IsOpen && atMs - visit.NearAtMs >= GoneMs)
        {
            CloseZone(index, visit.InsideAtMs, truth);
        }
        else if (!visit.IsOpen && visit.Heard > 0)
        {
            zones[index] = new ZoneVisit(); // in and out between two ticks: nothing that anybody could see
        }
    }

    private void CloseZone(int index, long atMs, List<TruthEntry> truth)
    {
        const int HeardLeast = 2;
        var visit = zones[index];
        if (visit.IsOpen && visit.Heard >= HeardLeast)
        {
            truth.Add(new TruthEntry(
                "zone-entry", subject, Math.Max(visit.StartAtMs, visit.FirstHeardAtMs - NearReportMs),
                Math.Max(visit.LastHeardAtMs, Math.Min(atMs, visit.LastHeardAtMs + NearReportMs)),
                Math.Round(visit.DepthM), "metres", false, Geography.Zones[index].Zone.Id, null));
        }

        zones[index] = new ZoneVisit();
    }

    private void ClosePort(long atMs, List<TruthEntry> truth)
    {
        const int HeardLeast = 3;
        if (port is not null && stopped && heardStopped >= HeardLeast)
        {
            var start = Math.Max(portStartAtMs, portFirstHeardAtMs - NearReportMs);
            var end = Math.Min(atMs, portLastHeardAtMs + NearReportMs);
            truth.Add(new TruthEntry(
                "port-visit", subject, start, end, Math.Round((end - start) / 3_600_000.0, 2), "hours", false, port.Locode, null));
        }

        port = null;
    }

    private sealed class ZoneVisit
    {
        public bool IsOpen { get; set; }

        public long StartAtMs { get; set; }

        public long InsideAtMs { get; set; }

        public long NearAtMs { get; set; }

        public long FirstHeardAtMs { get; set; }

        public long LastHeardAtMs { get; set; }

        public int Heard { get; set; }

        public double DepthM { get; set; }
    }
}
