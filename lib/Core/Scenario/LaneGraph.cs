namespace MaritimeWatch.Scenario;

/// <summary>Shortest ways over the hand-drawn lanes.</summary>
internal sealed class LaneGraph
{
    private readonly Dictionary<string, int> indexOf = [];
    private readonly int[][] next;

    public LaneGraph()
    {
        var count = Geography.Nodes.Length;
        var metres = new double[count][];
        next = new int[count][];
        for (var from = 0; from < count; from++)
        {
            indexOf[Geography.Nodes[from].Name] = from;
            metres[from] = new double[count];
            next[from] = new int[count];
            for (var to = 0; to < count; to++)
            {
                metres[from][to] = from == to ? 0 : 1e12;
                next[from][to] = -1;
            }
        }

        foreach (var lane in Geography.Lanes)
        {
            var names = lane.Split(' ');
            var (a, b) = (indexOf[names[0]], indexOf[names[1]]);
            metres[a][b] = metres[b][a] = SimMaths.Metres(PlaceOf(a), PlaceOf(b));
            next[a][b] = b;
            next[b][a] = a;
        }

        for (var via = 0; via < count; via++)
        {
            for (var from = 0; from < count; from++)
            {
                for (var to = 0; to < count; to++)
                {
                    if (metres[from][via] + metres[via][to] < metres[from][to] - 1e-6)
                    {
                        metres[from][to] = metres[from][via] + metres[via][to];
                        next[from][to] = next[from][via];
                    }
                }
            }
        }
    }

    /// <summary>
    /// The way from node to node, ends included. Between the ends a ship keeps to starboard of the middle by
    /// <paramref name="keepRight"/> (0 to 1) of each node's width.
    /// </summary>
    public List<GeoPoint> Way(string from, string to, double keepRight)
    {
        var nodes = new List<int> { indexOf[from] };
        while (nodes[^1] != indexOf[to])
        {
            nodes.Add(next[nodes[^1]][indexOf[to]]);
        }

        var way = new List<GeoPoint>(nodes.Count);
        for (var index = 0; index < nodes.Count; index++)
        {
            var place = PlaceOf(nodes[index]);
            if (index > 0 && index < nodes.Count - 1)
            {
                var (east, north) = SimMaths.Offset(PlaceOf(nodes[index - 1]), PlaceOf(nodes[index + 1]));
                var length = Math.Sqrt((east * east) + (north * north));
                var shift = keepRight * Geography.Nodes[nodes[index]].WidthM / length;
                place = place.Moved(north * shift, -east * shift);
            }

            way.Add(place);
        }

        return way;
    }

    private static GeoPoint PlaceOf(int index) => new(Geography.Nodes[index].Lat, Geography.Nodes[index].Lon);
}
