namespace MaritimeWatch.Scenario;

/// <summary>A line over water whose corners are rounded, measured in metres from its start.</summary>
internal sealed class PathShape
{
    /// <summary>How far from a corner a turn begins, metres, where the legs are long enough.</summary>
    private const double TurnM = 900;

    private const int StepsPerTurn = 6;

    private readonly GeoPoint[] points;
    private readonly double[] fromStartM;
    private readonly double[] courses;

    public PathShape(List<GeoPoint> corners)
    {
        points = Rounded(corners);
        fromStartM = new double[points.Length];
        courses = new double[points.Length - 1];
        for (var index = 1; index < points.Length; index++)
        {
            var (east, north) = SimMaths.Offset(points[index - 1], points[index]);
            fromStartM[index] = fromStartM[index - 1] + Math.Max(0.01, Math.Sqrt((east * east) + (north * north)));
            courses[index - 1] = SimMaths.CourseDegrees(east, north);
        }
    }

    public double LengthM => fromStartM[^1];

    public int Segments => courses.Length;

    public double CourseOf(int segment) => courses[segment];

    public double LengthOf(int segment) => fromStartM[segment + 1] - fromStartM[segment];

    /// <summary>The segment that holds a distance, looked for from an earlier one on.</summary>
    public int SegmentAt(double distanceM, int from)
    {
        while (from < courses.Length - 1 && fromStartM[from + 1] < distanceM)
        {
            from++;
        }

        return from;
    }

    public GeoPoint PlaceAt(double distanceM, int segment) =>
        points[segment].Toward(
            points[segment + 1], Math.Clamp((distanceM - fromStartM[segment]) / LengthOf(segment), 0, 1));

    private static GeoPoint[] Rounded(List<GeoPoint> corners)
    {
        var rounded = new List<GeoPoint>(corners.Count * StepsPerTurn) { corners[0] };
        for (var index = 1; index < corners.Count - 1; index++)
        {
            var corner = corners[index];
            var before = SimMaths.Metres(corners[index - 1], corner);
            var after = SimMaths.Metres(corner, corners[index + 1]);
            if (before < 1 || after < 1)
            {
                continue;
            }

            var start = corner.Toward(corners[index - 1], Math.Min(0.45, TurnM / before));
            var end = corner.Toward(corners[index + 1], Math.Min(0.45, TurnM / after));
            for (var step = 0; step <= StepsPerTurn; step++)
            {
                var part = step / (double)StepsPerTurn;
                rounded.Add(start.Toward(corner, part).Toward(corner.Toward(end, part), part)); // a quadratic curve
            }
        }

        rounded.Add(corners[^1]);
        return [.. rounded];
    }
}
