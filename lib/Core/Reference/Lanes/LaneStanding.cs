using MaritimeWatch.Geodesy;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Reference.Lanes;

/// <summary>How a place stands with some lanes.</summary>
public enum LaneStand
{
    /// <summary>In one of them, or near the port at an end of one.</summary>
    In,

    /// <summary>Neither: at the edge of a lane, or where too little is known of one.</summary>
    Between,

    /// <summary>Beyond the edge of every one.</summary>
    Off,
}

/// <summary>When a place is off a lane; all in 0.1 m.</summary>
/// <param name="OffMin">A lane's edge is never nearer to its centre line than this.</param>
/// <param name="Ends">Nearer than this to the port at an end nothing is off.</param>
public readonly record struct LaneLimits(int OffMin, int Ends);

/// <summary>How a place stands with some lanes, and with which of them.</summary>
/// <param name="Stand">In, between or off.</param>
/// <param name="Lane">Index of the lane that it is in, or of the nearest one that it is off; -1 near a port and between.</param>
/// <param name="Place">Where it lies on that lane.</param>
public readonly record struct LaneStanding(LaneStand Stand, int Lane, LanePlace Place)
{
    /// <summary>Compares a place with every lane; lanes that lie far off cost a look at their box.</summary>
    /// <param name="lanes">The lanes that a ship may go by.</param>
    /// <param name="at">Where it is.</param>
    /// <param name="limits">What is off.</param>
    public static LaneStanding Of(ReadOnlySpan<TrafficLane> lanes, Position at, LaneLimits limits)
    {
        var (inLane, offLane) = (-1, -1);
        LanePlace inPlace = default, offPlace = default;
        var (least, isBetween) = (int.MaxValue, false);
        var cosine = FlatDistance.CosineOfLatitude(at.LatitudeE7);
        for (var i = 0; i < lanes.Length; i++)
        {
            // A lane out to sea says nothing past its end, however far: it is always looked at whole.
            var lane = lanes[i];
            var isSea = lane.From == TrafficLane.Sea || lane.To == TrafficLane.Sea;
            var within = isSea ? int.MaxValue : Math.Max(limits.Ends, Math.Max(limits.OffMin, lane.Off999Max));
            if (!lane.IsWithin(at, cosine, within, out var place))
            {
                offLane = offLane < 0 ? i : offLane;
                continue;
            }

            if (lane.IsNearPort(at, place.AlongDecimetres, limits.Ends))
            {
                return new LaneStanding(LaneStand.In, -1, place);
            }

            var width = lane.Off999(place.AlongDecimetres);
            if (width < 0 || (place.IsBeyond && lane.IsSeaAt(place.AlongDecimetres)))
            {
                isBetween = true;
                continue;
            }

            var edge = Math.Max(limits.OffMin, width);
            if (place.Off <= Math.Max(edge / 2, lane.Off99(place.AlongDecimetres)))
            {
                (inLane, inPlace) = inLane < 0 || place.Off < inPlace.Off ? (i, place) : (inLane, inPlace);
            }

            isBetween |= place.Off <= edge;
            if (place.Off < least)
            {
                (offLane, offPlace, least) = (i, place, place.Off);
            }
        }

        if (inLane >= 0)
        {
            return new LaneStanding(LaneStand.In, inLane, inPlace);
        }

        return isBetween || offLane < 0
            ? new LaneStanding(LaneStand.Between, -1, default)
            : new LaneStanding(LaneStand.Off, offLane, least == int.MaxValue ? lanes[offLane].PlaceOf(at) : offPlace);
    }
}
