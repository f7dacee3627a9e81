namespace MaritimeWatch.Scenario;

/// <summary>Carried by wind and current: straight on, with the bow pointing elsewhere.</summary>
internal sealed class CarriedLeg(
    long startAtMs, long endAtMs, GeoPoint from, (double Knots, double Bearing, double Heading) way, byte status) : Leg(startAtMs, endAtMs)
{
    private const double YawDegrees = 6;
    private const double YawMs = 7 * 60_000.0;

    public override Motion StateAt(long atMs)
    {
        var metres = (atMs - StartAtMs) / 1000.0 * way.Knots * SimMaths.KnotMs;
        var heading = way.Heading + (YawDegrees * SimMaths.SinDegrees(360 * (atMs - StartAtMs) / YawMs));
        return new Motion
        {
            At = from.Moved(metres * SimMaths.SinDegrees(way.Bearing), metres * SimMaths.CosDegrees(way.Bearing)),
            SpeedKnots = way.Knots,
            CourseDegrees = way.Bearing,
            HeadingDegrees = heading - (360 * Math.Floor(heading / 360)),
            Status = status,
            Present = true,
        };
    }
}

/// <summary>From its speed to none within seconds, straight ahead: aground, or run into something.</summary>
internal sealed class HaltLeg(long startAtMs, double seconds, GeoPoint from, double knots, double courseDegrees)
    : Leg(startAtMs, startAtMs + (long)(seconds * 1000))
{
    /// <summary>Where it stands then.</summary>
    public GeoPoint StopsAt => StateAt(EndAtMs).At;

    public override Motion StateAt(long atMs)
    {
        var passed = Math.Clamp((atMs - StartAtMs) / 1000.0, 0, seconds);
        var left = 1 - (passed / seconds);
        var metres = knots * SimMaths.KnotMs * seconds * (1 - (left * left)) / 2;
        return new Motion
        {
            At = from.Moved(metres * SimMaths.SinDegrees(courseDegrees), metres * SimMaths.CosDegrees(courseDegrees)),
            SpeedKnots = knots * left,
            CourseDegrees = courseDegrees,
            HeadingDegrees = courseDegrees,
            Present = true,
        };
    }
}

/// <summary>Goes round and round in truth: a tug that turns a tow, a fishing boat round its net.</summary>
internal sealed class RoundLeg(
    long startAtMs, long endAtMs, GeoPoint centre, (double RadiusM, double Knots, double StartDegrees) round, byte status)
    : Leg(startAtMs, endAtMs)
{
    public override Motion StateAt(long atMs)
    {
        var turned = (atMs - StartAtMs) / 1000.0 * round.Knots * SimMaths.KnotMs / round.RadiusM * 57.295779513;
        var bearing = round.StartDegrees + turned;
        var course = bearing + 90;
        return new Motion
        {
            At = centre.Moved(round.RadiusM * SimMaths.SinDegrees(bearing), round.RadiusM * SimMaths.CosDegrees(bearing)),
            SpeedKnots = round.Knots,
            CourseDegrees = course - (360 * Math.Floor(course / 360)),
            HeadingDegrees = course - (360 * Math.Floor(course / 360)),
            Status = status,
            Present = true,
        };
    }
}

/// <summary>At anchor in a stream: sheers from side to side faster than a knot.</summary>
internal sealed class SheerLeg(long startAtMs, long endAtMs, GeoPoint middle, double headingDegrees) : Leg(startAtMs, endAtMs)
{
    private const double SheerM = 85;
    private const double SheerMs = 9 * 60_000.0;

    public override Motion StateAt(long atMs)
    {
        var phase = 360 * (atMs - StartAtMs) / SheerMs;
        var aside = SheerM * SimMaths.SinDegrees(phase);
        var metresPerSecond = SheerM * SimMaths.CosDegrees(phase) * 6.283185307 / (SheerMs / 1000);
        var course = headingDegrees + (metresPerSecond >= 0 ? 90 : 270);
        return new Motion
        {
            At = middle.Moved(aside * SimMaths.CosDegrees(headingDegrees), -aside * SimMaths.SinDegrees(headingDegrees)),
            SpeedKnots = Math.Abs(metresPerSecond) / SimMaths.KnotMs,
            CourseDegrees = course - (360 * Math.Floor(course / 360)),
            HeadingDegrees = headingDegrees,
            Status = 1,
            Present = true,
        };
    }
}
