using MaritimeWatch.Reference.Lanes;
using MaritimeWatch.Scenario;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Tests.Reference.Lanes;

/// <summary>The ways that the simulator gives its ships, and how far a learned lane lies off them.</summary>
internal static class TrueWays
{
    /// <summary>Ships keep to starboard of the middle by 0.2 to 1 of the width: this much on average.</summary>
    public const double Middle = 0.6;

    private const double PortMetres = 4_000;
    private static readonly LaneGraph Graph = new();

    /// <summary>Outside the circle in which a ship is in port.</summary>
    public static bool IsAtSea(Position at) => World.NearestStop(Of(at), PortMetres).Nearest is null;

    /// <summary>Nautical miles from a lane to one way, where it lies farthest off.</summary>
    public static double MilesOff(TrafficLane lane, List<GeoPoint> way) =>
        lane.Stations.Where(station => IsAtSea(station.Place)).Max(station => MetresOff(way, Of(station.Place))) / SimMaths.MetresPerNm;

    /// <summary>... to the way between its ports, or out to sea to the best of all ways; by whichever berths.</summary>
    public static double MilesOff(TrafficLane lane)
    {
        var off = from start in NodesOf(lane.From)
                  from end in NodesOf(lane.To)
                  where start != end
                  select MilesOff(lane, Graph.Way(start, end, Middle));
        return off.Min();
    }

    private static IEnumerable<string> NodesOf(string port) => port == TrafficLane.Sea
        ? Geography.Nodes.Select(node => node.Name)
        : Geography.Stops.Where(stop => stop.Locode == port).Select(stop => stop.Id);

    private static double MetresOff(List<GeoPoint> way, GeoPoint at)
    {
        const int Parts = 100;
        return Enumerable.Range(1, way.Count - 1).Min(i => Enumerable.Range(0, Parts + 1)
            .Min(part => SimMaths.Metres(at, way[i - 1].Toward(way[i], part / (double)Parts))));
    }

    private static GeoPoint Of(Position at) => new(at.LatitudeE7 / 1e7, at.LongitudeE7 / 1e7);
}
