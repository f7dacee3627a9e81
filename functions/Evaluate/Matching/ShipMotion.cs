namespace MaritimeWatch.Functions.Evaluate.Matching;

/// <summary>What a simulated ship does.</summary>
internal enum ShipDoing
{
    /// <summary>At anchor or moored; swings.</summary>
    Lying,

    /// <summary>At work: slow, with a turn every some minutes.</summary>
    Working,

    /// <summary>On passage: legs with small turns, some changes of speed.</summary>
    Passing,
}

/// <summary>Where a simulated ship is: metres east and north of where it is at the scene's time, its speed and its course.</summary>
internal readonly record struct ShipState(double East, double North, double MetresPerSecond, double CourseDegrees);

/// <summary>
/// The way of a simulated ship in steps of 20 seconds: legs of random length; at the end of a leg it turns by a heavy-tailed
/// angle, now and then changes speed or stops; on a leg course and speed wander. The matcher knows none of this: it has one
/// chance that something has changed, and two bell curves.
/// </summary>
internal sealed class ShipMotion
{
    private const double StepSeconds = 20;
    private const double WanderSeconds = 600;
    private const double KnotsToMetres = 1852.0 / 3600;

    private readonly ShipDoing doing;
    private readonly Chance chance;
    private readonly double swingRadius;
    private readonly double usual;
    private double speed;
    private double course;
    private double legLeft;
    private double wanderCourse;
    private double wanderSpeed;
    private double swing;

    private ShipMotion(ShipDoing doing, double usual, double speed, double course, double swingRadius, double swing, Chance chance)
    {
        (this.doing, this.usual, this.speed, this.course, this.swingRadius, this.swing, this.chance) =
            (doing, usual, speed, course, swingRadius, swing, chance);
        legLeft = Leg();
        wanderCourse = chance.Normal(WanderDegrees);
        wanderSpeed = chance.Normal(0.025);
    }

    /// <summary>What it does.</summary>
    public ShipDoing Doing => doing;

    private double WanderDegrees => doing == ShipDoing.Passing ? 1.5 : 5;

    /// <summary>The state at time 0, at the origin.</summary>
    public ShipState Start => new(0, 0, Speed, Course);

    private double Speed => doing == ShipDoing.Lying ? 0 : Math.Max(0, speed * (1 + wanderSpeed));

    private double Course => course + wanderCourse;

    /// <summary>A ship as they are met at that distance from shore, and with its next neighbour that far off.</summary>
    /// <param name="shoreKm">Kilometres.</param>
    /// <param name="neighbourMetres">Nobody passes at 12 knots through a raft of boats, nor swings through his neighbour.</param>
    /// <param name="chance">Draws.</param>
    public static ShipMotion Draw(double shoreKm, double neighbourMetres, Chance chance)
    {
        var u = chance.Unit();
        var lying = neighbourMetres < 300 ? 0.85 : neighbourMetres < 1_000 ? 0.6 : shoreKm < 25 ? 0.4 : 0.15;
        var working = neighbourMetres < 300 ? 0.1 : 0.15;
        var doing = u < lying ? ShipDoing.Lying : u < lying + working ? ShipDoing.Working : ShipDoing.Passing;
        var knots = doing switch
        {
            ShipDoing.Lying => 0,
            ShipDoing.Working => chance.Between(0.5, 5),
            _ => Math.Clamp(12 + chance.Normal(3.2), 5, 22),
        };
        var swing = Math.Min(chance.Between(20, 120), neighbourMetres / 4);
        return new ShipMotion(doing, knots * KnotsToMetres, knots * KnotsToMetres, chance.Between(0, 360), swing, chance.Between(0, 360), chance);
    }

    /// <summary>Another draw of how the same ship may go on from a state.</summary>
    public ShipMotion From(ShipState state, Chance other) =>
        new(doing, usual, state.MetresPerSecond, state.CourseDegrees, swingRadius, swing, other);

    /// <summary>The way over so many seconds, a state every 20; the same law forwards and backwards.</summary>
    /// <param name="seconds">How long.</param>
    /// <param name="sign">1 for what comes after, -1 for what was before.</param>
    public List<ShipState> Walk(double seconds, int sign)
    {
        var states = new List<ShipState> { Start };
        var now = (speed, course, legLeft, wanderCourse, wanderSpeed);
        var (east, north, angle) = (0.0, 0.0, swing);
        var (startEast, startNorth) = (swingRadius * Sin(swing), swingRadius * Cos(swing));
        for (double at = 0; at < seconds; at += StepSeconds)
        {
            Step();
            if (doing == ShipDoing.Lying && speed == 0)
            {
                angle += chance.Normal(3);
                states.Add(new ShipState(east + (swingRadius * Sin(angle)) - startEast, north + (swingRadius * Cos(angle)) - startNorth, 0, angle));
                continue;
            }

            east += sign * Speed * StepSeconds * Sin(Course);
            north += sign * Speed * StepSeconds * Cos(Course);
            states.Add(new ShipState(east, north, Speed, Course));
        }

        // What came before and what comes after begin with one and the same state.
        (speed, course, legLeft, wanderCourse, wanderSpeed) = now;
        return states;
    }

    /// <summary>The state so many seconds along a way.</summary>
    public static ShipState At(List<ShipState> way, double seconds)
    {
        var part = seconds / StepSeconds;
        var index = Math.Min((int)part, way.Count - 2);
        if (index < 0)
        {
            return way[0];
        }

        var share = Math.Min(1, part - index);
        var (a, b) = (way[index], way[index + 1]);
        return b with { East = a.East + (share * (b.East - a.East)), North = a.North + (share * (b.North - a.North)) };
    }

    private void Step()
    {
        const double Keep = 1 - (StepSeconds / WanderSeconds);
        var fresh = Math.Sqrt(1 - (Keep * Keep));
        wanderCourse = (Keep * wanderCourse) + chance.Normal(WanderDegrees * fresh);
        wanderSpeed = (Keep * wanderSpeed) + chance.Normal(0.025 * fresh);
        legLeft -= StepSeconds;
        if (legLeft > 0)
        {
            return;
        }

        legLeft = Leg();
        if (doing == ShipDoing.Working)
        {
            course += chance.Between(-120, 120);
            speed = usual * chance.Between(0.4, 1.3);
        }
        else if (doing == ShipDoing.Passing)
        {
            course += chance.Laplace(12);
            var what = chance.Unit();
            speed = what < 0.02 ? 0 : what < 0.2 ? usual * chance.Between(0.6, 1.15) : speed;
        }
    }

    // Means: passages 90 minutes, work 12 minutes; who lies at anchor stays.
    private double Leg() => doing switch
    {
        ShipDoing.Working => chance.Waiting(360) + chance.Waiting(360),
        ShipDoing.Passing => chance.Waiting(2_700) + chance.Waiting(2_700),
        _ => double.MaxValue,
    };

    private static double Sin(double degrees) => Math.Sin(degrees * Math.PI / 180);

    private static double Cos(double degrees) => Math.Cos(degrees * Math.PI / 180);
}
