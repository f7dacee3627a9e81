using MaritimeWatch.Terms;

namespace MaritimeWatch.Scenario;

/// <summary>A convex polygon of open water, with the distance to its edge in metres.</summary>
internal sealed class ConvexZone
{
    private readonly double[] east;
    private readonly double[] north;
    private readonly double reachM;

    /// <param name="id">Stable id.</param>
    /// <param name="name">What people call it; says SIM.</param>
    /// <param name="severity">Severity of an entry.</param>
    /// <param name="centre">Its middle.</param>
    /// <param name="corners">Corners in metres east and north of the middle, anticlockwise.</param>
    public ConvexZone(string id, string name, Severity severity, GeoPoint centre, (double East, double North)[] corners)
    {
        Id = id;
        Name = name;
        EntrySeverity = severity;
        Centre = centre;
        east = Array.ConvertAll(corners, corner => corner.East);
        north = Array.ConvertAll(corners, corner => corner.North);
        Corners = Array.ConvertAll(corners, corner => centre.Moved(corner.East, corner.North));
        foreach (var (x, y) in corners)
        {
            reachM = Math.Max(reachM, Math.Sqrt((x * x) + (y * y)));
        }
    }

    public string Id { get; }

    public string Name { get; }

    public Severity EntrySeverity { get; }

    public GeoPoint Centre { get; }

    public GeoPoint[] Corners { get; }

    /// <summary>Metres from the middle to the farthest corner.</summary>
    public double ReachM => reachM;

    /// <summary>Metres inside the edge (positive) or outside it (negative); far away only a bound.</summary>
    public double DepthM(GeoPoint at)
    {
        var y = (at.Lat - Centre.Lat) * SimMaths.MetresPerDegree;
        if (Math.Abs(y) > reachM + 5000)
        {
            return reachM - Math.Abs(y);
        }

        var x = (at.Lon - Centre.Lon) * SimMaths.MetresPerDegree * SimMaths.CosDegrees(Centre.Lat);
        var away = Math.Sqrt((x * x) + (y * y));
        return away > reachM + 5000 ? reachM - away : DepthM(x, y);
    }

    /// <summary>
    /// The two ends of a line that runs beside an edge, <paramref name="depthM"/> inside it (negative: outside), drawn
    /// <paramref name="beyondM"/> past the polygon on both sides.
    /// </summary>
    public (GeoPoint From, GeoPoint To) LineBeside(int edge, double depthM, double beyondM)
    {
        var next = (edge + 1) % east.Length;
        var dx = east[next] - east[edge];
        var dy = north[next] - north[edge];
        var length = Math.Sqrt((dx * dx) + (dy * dy));
        dx /= length;
        dy /= length;
        var x = east[edge] - (dy * depthM); // the inside lies to the left of an anticlockwise edge
        var y = north[edge] + (dx * depthM);
        var low = double.MaxValue;
        var high = double.MinValue;
        for (var index = 0; index < east.Length; index++)
        {
            var along = ((east[index] - x) * dx) + ((north[index] - y) * dy);
            low = Math.Min(low, along);
            high = Math.Max(high, along);
        }

        low -= beyondM;
        high += beyondM;
        return (Centre.Moved(x + (dx * low), y + (dy * low)), Centre.Moved(x + (dx * high), y + (dy * high)));
    }

    /// <summary>How many edges.</summary>
    public int Edges => east.Length;

    private double DepthM(double x, double y)
    {
        var inside = double.MaxValue;
        var outside = double.MaxValue;
        for (var index = 0; index < east.Length; index++)
        {
            var next = (index + 1) % east.Length;
            var dx = east[next] - east[index];
            var dy = north[next] - north[index];
            var square = (dx * dx) + (dy * dy);
            var px = x - east[index];
            var py = y - north[index];
            inside = Math.Min(inside, ((dx * py) - (dy * px)) / Math.Sqrt(square));
            var along = Math.Clamp(((px * dx) + (py * dy)) / square, 0, 1);
            var rx = px - (along * dx);
            var ry = py - (along * dy);
            outside = Math.Min(outside, Math.Sqrt((rx * rx) + (ry * ry)));
        }

        return inside >= 0 ? inside : -outside;
    }
}
