using MaritimeWatch.Reference;
using MaritimeWatch.Tracks;

namespace MaritimeWatch.Findings.Arrival;

/// <summary>What the lanes of the traffic say of the time left to a port.</summary>
internal static class LaneTimes
{
    /// <summary>Time left on the lane that a ship keeps; null where there is none, or it keeps none.</summary>
    public static LaneTimeLeft? Of(IReferenceView view, string? from, string to, int shipType, in StoredReport report)
    {
        _ = (view, from, to, shipType, report);
        return null;
    }
}
