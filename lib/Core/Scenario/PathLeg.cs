namespace MaritimeWatch.Scenario;

/// <summary>
/// Along a line of points with rounded corners, with one speed and even acceleration at both ends.
/// </summary>
internal sealed class PathLeg : Leg
{
    private readonly PathShape shape;
    private readonly SpeedProfile profile;
    private readonly byte status;
    private int segment;

    private PathLeg(long startAtMs, PathShape shape, SpeedProfile profile, byte status)
        : base(startAtMs, startAtMs + (long)(profile.Seconds * 1000))
    {
        this.shape = shape;
        this.profile = profile;
        this.status = status;
    }

    /// <summary>Plans a leg.</summary>
    /// <param name="startAtMs">When it begins.</param>
    /// <param name="points">At least two places.</param>
    /// <param name="speeds">Speeds at the start, on the way and at the end, knots.</param>
    /// <param name="accelerationMs2">Metres per second squared.</param>
    /// <param name="status">Navigation status.</param>
    public static PathLeg Plan(
        long startAtMs, List<GeoPoint> points, (double Start, double Way, double End) speeds, double accelerationMs2, byte status)
    {
        var shape = new PathShape(points);
        var profile = new SpeedProfile(
            shape.LengthM, speeds.Start * SimMaths.KnotMs, speeds.Way * SimMaths.KnotMs, speeds.End * SimMaths.KnotMs, accelerationMs2);
        return new PathLeg(startAtMs, shape, profile, status);
    }

    public override Motion StateAt(long atMs)
    {
        var (distance, speed) = profile.At((atMs - StartAtMs) / 1000.0);
        segment = shape.SegmentAt(distance, segment);
        var course = shape.CourseOf(segment);
        var turn = segment + 1 < shape.Segments ? Turn(course, shape.CourseOf(segment + 1)) : 0;
        var length = shape.LengthOf(segment);
        return new Motion
        {
            At = shape.PlaceAt(distance, segment),
            SpeedKnots = speed / SimMaths.KnotMs,
            CourseDegrees = course,
            HeadingDegrees = course,
            TurnDegreesPerMinute = length < 400 ? Math.Clamp(turn * speed / length * 60, -700, 700) : 0,
            Status = status,
            Present = true,
        };
    }

    private static double Turn(double from, double to)
    {
        var turn = to - from;
        return turn > 180 ? turn - 360 : turn < -180 ? turn + 360 : turn;
    }
}

/// <summary>Distance as a function of time: faster, steady, slower.</summary>
internal readonly struct SpeedProfile
{
    private readonly double startMs;
    private readonly double wayMs;
    private readonly double endMs;
    private readonly double acceleration;
    private readonly double riseS;
    private readonly double steadyS;
    private readonly double fallS;
    private readonly double lengthM;

    public SpeedProfile(double lengthM, double startMs, double wayMs, double endMs, double acceleration)
    {
        this.lengthM = lengthM;
        this.acceleration = acceleration;

        // A way too short for the speed: the peak at which rising and falling meet.
        var peak = Math.Sqrt((acceleration * lengthM) + (((startMs * startMs) + (endMs * endMs)) / 2));
        this.wayMs = Math.Min(wayMs, peak);
        this.startMs = Math.Min(startMs, this.wayMs);
        this.endMs = Math.Min(endMs, this.wayMs);
        riseS = (this.wayMs - this.startMs) / acceleration;
        fallS = (this.wayMs - this.endMs) / acceleration;
        var risenM = riseS * (this.startMs + this.wayMs) / 2;
        var fallenM = fallS * (this.endMs + this.wayMs) / 2;
        steadyS = Math.Max(0, lengthM - risenM - fallenM) / this.wayMs;
    }

    /// <summary>How long it all takes.</summary>
    public double Seconds => riseS + steadyS + fallS;

    /// <summary>Metres gone and metres per second after so many seconds.</summary>
    public (double DistanceM, double SpeedMs) At(double seconds)
    {
        if (seconds < riseS)
        {
            return (seconds * (startMs + (acceleration * seconds / 2)), startMs + (acceleration * seconds));
        }

        var risen = riseS * (startMs + wayMs) / 2;
        if (seconds < riseS + steadyS)
        {
            return (risen + ((seconds - riseS) * wayMs), wayMs);
        }

        var left = Math.Max(0, Seconds - seconds);
        return (lengthM - (left * (endMs + (acceleration * left / 2))), endMs + (acceleration * left));
    }
}
