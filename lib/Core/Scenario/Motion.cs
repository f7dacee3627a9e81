namespace MaritimeWatch.Scenario;

/// <summary>The true movement of a vessel at an instant.</summary>
internal struct Motion
{
    public GeoPoint At;
    public double SpeedKnots;
    public double CourseDegrees;
    public double HeadingDegrees;

    /// <summary>Degrees per minute, starboard positive.</summary>
    public double TurnDegreesPerMinute;

    /// <summary>Navigation status as transmitted.</summary>
    public byte Status;

    /// <summary>False where the vessel is out of this world altogether (between two visits).</summary>
    public bool Present;
}

/// <summary>One piece of a vessel's plan, asked for its state at ascending instants.</summary>
internal abstract class Leg(long startAtMs, long endAtMs)
{
    public long StartAtMs { get; } = startAtMs;

    public long EndAtMs { get; } = endAtMs;

    /// <summary>The state at an instant of the leg; instants ascend.</summary>
    public abstract Motion StateAt(long atMs);
}

/// <summary>Out of the scenario's waters.</summary>
internal sealed class AwayLeg(long startAtMs, long endAtMs, GeoPoint where) : Leg(startAtMs, endAtMs)
{
    public override Motion StateAt(long atMs) => new() { At = where, Present = false };
}

/// <summary>Made fast at a berth, or stopped dead in the water.</summary>
internal sealed class LieLeg(long startAtMs, long endAtMs, GeoPoint where, double headingDegrees, byte status)
    : Leg(startAtMs, endAtMs)
{
    public override Motion StateAt(long atMs) => new()
    {
        At = where,
        CourseDegrees = headingDegrees,
        HeadingDegrees = headingDegrees,
        Status = status,
        Present = true,
    };
}

/// <summary>At anchor: swings with the tide on 100 m of chain, at less than 0.1 knot.</summary>
internal sealed class AnchorLeg(long startAtMs, long endAtMs, GeoPoint dropped, double phaseDegrees)
    : Leg(startAtMs, endAtMs)
{
    private const double ChainM = 100;
    private const double SwingDegrees = 55;
    private const double TideMs = 6.2 * 3_600_000;

    private readonly GeoPoint anchor = dropped.Moved(
        -ChainM * SimMaths.SinDegrees(phaseDegrees), -ChainM * SimMaths.CosDegrees(phaseDegrees));

    public override Motion StateAt(long atMs)
    {
        var tide = 360 * ((atMs - StartAtMs) / TideMs);
        var bearing = phaseDegrees + (SwingDegrees * SimMaths.SinDegrees(tide));
        var pace = SwingDegrees * SimMaths.CosDegrees(tide); // degrees per radian of tide
        var speedMs = Math.Abs(pace) / 57.2957795 * ChainM * (6.283185307 / (TideMs / 1000));
        return new Motion
        {
            At = anchor.Moved(ChainM * SimMaths.SinDegrees(bearing), ChainM * SimMaths.CosDegrees(bearing)),
            SpeedKnots = speedMs / SimMaths.KnotMs,
            CourseDegrees = Wrap(bearing + (pace >= 0 ? 90 : 270)),
            HeadingDegrees = Wrap(bearing + 180),
            Status = 1,
            Present = true,
        };
    }

    private static double Wrap(double degrees) => degrees - (360 * Math.Floor(degrees / 360));
}

/// <summary>Stopped engines in a current: slower than a knot, with some metres of sway.</summary>
internal sealed class DriftLeg(long startAtMs, long endAtMs, GeoPoint from, double knots, double bearingDegrees, double phaseDegrees)
    : Leg(startAtMs, endAtMs)
{
    private const double SwayM = 12;
    private const double SwayMs = 47 * 60_000.0;

    public override Motion StateAt(long atMs)
    {
        var metres = (atMs - StartAtMs) / 1000.0 * knots * SimMaths.KnotMs;
        var sway = SwayM * (SimMaths.SinDegrees(phaseDegrees + (360 * (atMs - StartAtMs) / SwayMs)) - SimMaths.SinDegrees(phaseDegrees));
        var (east, north) = (SimMaths.SinDegrees(bearingDegrees), SimMaths.CosDegrees(bearingDegrees));
        return new Motion
        {
            At = from.Moved((east * metres) - (north * sway), (north * metres) + (east * sway)),
            SpeedKnots = knots,
            CourseDegrees = bearingDegrees,
            HeadingDegrees = (bearingDegrees + 70) % 360,
            Present = true,
        };
    }
}

/// <summary>Made fast to a ship at anchor: swings with it.</summary>
internal sealed class AlongsideLeg(long startAtMs, long endAtMs, AnchorLeg host) : Leg(startAtMs, endAtMs)
{
    private const double OffM = 32;

    public override Motion StateAt(long atMs)
    {
        var at = host.StateAt(atMs);
        at.At = at.At.Moved(OffM * SimMaths.CosDegrees(at.HeadingDegrees), -OffM * SimMaths.SinDegrees(at.HeadingDegrees));
        at.Status = 0;
        return at;
    }
}
