namespace MaritimeWatch.Scenario;

/// <summary>Something that a transmitter says wrongly for a while.</summary>
/// <param name="when">From when until when.</param>
internal abstract class FalseReport(Stretch when)
{
    /// <summary>From when until when.</summary>
    public Stretch When { get; } = when;

    /// <summary>True where only the first report of the stretch is false.</summary>
    public bool IsOnce { get; init; }

    /// <summary>True once it was told.</summary>
    public bool IsSpent { get; set; }

    /// <summary>Changes what is sent.</summary>
    public abstract void Tell(ref Transmission sent);
}

/// <summary>The position goes round a circle, whatever the ship does.</summary>
internal sealed class CircleReport(Stretch when, GeoPoint centre, double radiusM, double turnSeconds, double startDegrees)
    : FalseReport(when)
{
    public override void Tell(ref Transmission sent)
    {
        // A negative number of seconds goes round to port.
        var bearing = startDegrees + (360 * ((sent.AtMs - When.FromAtMs) / 1000.0 / turnSeconds));
        sent.Believed = centre.Moved(radiusM * SimMaths.SinDegrees(bearing), radiusM * SimMaths.CosDegrees(bearing));
    }
}

/// <summary>The position stands still to its last digit while speed and course go on.</summary>
internal sealed class FrozenReport(Stretch when) : FalseReport(when)
{
    private GeoPoint? at;
    private double knots;
    private double degrees;

    /// <summary>True where it tells a way of 4 knots and more all the time; else its true speed.</summary>
    public bool KeepsSpeed { get; init; }

    public override void Tell(ref Transmission sent)
    {
        if (at is null)
        {
            at = sent.Believed;
            knots = Math.Max(4, sent.Said.SpeedKnots);
            degrees = sent.Said.CourseDegrees;
        }

        sent.Believed = at.Value;
        sent.IsExact = true;
        if (KeepsSpeed)
        {
            sent.Said.SpeedKnots = knots;
            sent.Said.CourseDegrees = sent.Said.HeadingDegrees = degrees;
        }
    }
}

/// <summary>Every second position is the one before, to its last digit.</summary>
internal sealed class StaleReport(Stretch when) : FalseReport(when)
{
    private GeoPoint last;
    private int count;

    public override void Tell(ref Transmission sent)
    {
        sent.IsExact = true;
        if ((count++ & 1) == 0)
        {
            last = sent.Believed;
        }

        sent.Believed = last;
    }
}

/// <summary>The position advances along a line by dead reckoning, without any noise.</summary>
internal sealed class LineReport(Stretch when) : FalseReport(when)
{
    private GeoPoint? from;
    private long fromAtMs;
    private double knots;
    private double degrees;

    public override void Tell(ref Transmission sent)
    {
        if (from is null)
        {
            from = sent.Believed;
            fromAtMs = sent.AtMs;
            knots = Math.Max(4, Math.Round(sent.Said.SpeedKnots, 1));
            degrees = Math.Round(sent.Said.CourseDegrees, 1);
        }

        var metres = (sent.AtMs - fromAtMs) / 1000.0 * knots * SimMaths.KnotMs;
        sent.Believed = from.Value.Moved(metres * SimMaths.SinDegrees(degrees), metres * SimMaths.CosDegrees(degrees));
        sent.Said.SpeedKnots = knots;
        sent.Said.CourseDegrees = sent.Said.HeadingDegrees = degrees;
        sent.IsExact = true;
    }
}

/// <summary>The transmitter's clock is off.</summary>
internal sealed class ClockReport(Stretch when, int seconds) : FalseReport(when)
{
    public override void Tell(ref Transmission sent) => sent.ClockOffS = seconds;
}

/// <summary>Somebody has typed another navigation status.</summary>
internal sealed class StatusReport(Stretch when, byte status) : FalseReport(when)
{
    public override void Tell(ref Transmission sent) => sent.Said.Status = status;
}

/// <summary>Another speed than the true one.</summary>
internal sealed class SpeedReport(Stretch when, double knots) : FalseReport(when)
{
    public override void Tell(ref Transmission sent) => sent.Said.SpeedKnots = knots;
}

/// <summary>The position is moved.</summary>
internal sealed class ShiftReport(Stretch when, double eastM, double northM) : FalseReport(when)
{
    public override void Tell(ref Transmission sent) => sent.Believed = sent.Believed.Moved(eastM, northM);
}
