using MaritimeWatch.Geodesy;
using MaritimeWatch.Reference.Cameras;

namespace MaritimeWatch.Findings.Vehicles;

/// <summary>What the network and the learned ways say about going from one camera to another.</summary>
internal sealed class RoadSense(GateState state, GateThresholds thresholds)
{
    public CameraNetwork Network { get; set; } = CameraNetwork.Empty;

    /// <summary>Least metres between two cameras: by road where a link is known, else as the crow flies; null where a camera is unknown.</summary>
    public long? MetresBetween(string from, string to)
    {
        if (from == to)
        {
            return 0;
        }

        if (Network.Link(from, to) is { } link)
        {
            return link.DistanceMetres;
        }

        return Network.Find(from) is { } left && Network.Find(to) is { } right
            ? (long)FlatDistance.Metres(left.Place, right.Place)
            : null;
    }

    /// <summary>True where a vehicle can have gone from one to the other in that time.</summary>
    public bool IsPossible(string from, string to, long travelMs) =>
        MetresBetween(from, to) is not { } metres || metres * 3_600L <= thresholds.SpeedKmhMax * (travelMs + thresholds.ClockSkewMs);

    /// <summary>The network ends at a camera: whoever was read there has left.</summary>
    public bool IsEnd(string camera) => Network.Links.Count > 0 && Network.Find(camera) is not null && Network.Onward(camera).Count == 0;

    /// <summary>The median travel time where enough is known, milliseconds; in the same quarter of the day if possible.</summary>
    public (long MedianMs, long MostMs)? UsualMs(Way? way, long atMs)
    {
        if (way is null || way.Times.Total < thresholds.PassagesMin)
        {
            return null;
        }

        var quarter = TravelTimes.QuarterOf(atMs);
        quarter = way.Times.CountOf(quarter) >= thresholds.PassagesMin ? quarter : -1;
        return (way.Times.QuantileMs(quarter, 500), way.Times.QuantileMs(quarter, 980));
    }

    /// <summary>
    /// True where going from one camera to another is explained by cameras in between that missed the vehicle: a chain of
    /// links, none of which is odd itself.
    /// </summary>
    public bool IsUsualWithMisses(string from, string to) => Reaches(from, to, thresholds.MissedMax + 1, isFirst: true);

    private bool Reaches(string from, string to, int steps, bool isFirst)
    {
        foreach (var next in Network.Onward(from))
        {
            if (IsOddStep(from, next))
            {
                continue;
            }

            if ((next == to && !isFirst) || (steps > 1 && next != to && Reaches(next, to, steps - 1, isFirst: false)))
            {
                return true;
            }
        }

        return false;
    }

    private bool IsOddStep(string from, string to)
    {
        var departures = state.Ways.DeparturesFrom(from);
        return departures >= thresholds.DeparturesMin
            && (state.Ways.Find(from, to)?.Count ?? 0) * 1000 < thresholds.OddPermille * departures;
    }

    /// <summary>The name of a camera for people.</summary>
    public string NameOf(string camera) => Network.Find(camera)?.Name ?? camera;
}
