using MaritimeWatch.Intake.Ais;

namespace MaritimeWatch.Scenario;

/// <summary>One hull: who it is, what it does, what its transmitter does, and when it sends next.</summary>
internal sealed class SimVessel
{
    private readonly Plan plan;
    private Leg leg;

    public SimVessel(int index, Identity identity, Plan plan, Faults faults, SimRandom random, bool isTwin)
    {
        Index = index;
        Identity = identity;
        this.plan = plan;
        Faults = faults;
        Random = random;
        IsTwin = isTwin;
        leg = plan.Next();
    }

    /// <summary>Its place in the fleet.</summary>
    public int Index { get; }

    public Identity Identity { get; }

    public Faults Faults { get; }

    /// <summary>Chance for noise and clocks, apart from the chance that plans.</summary>
    public SimRandom Random { get; }

    /// <summary>True for the second hull of an MMSI.</summary>
    public bool IsTwin { get; }

    /// <summary>True for a ship of the story, whose chance is apart from that of the traffic.</summary>
    public bool IsCast => Troop == Troop.Cast;

    /// <summary>Who put it there.</summary>
    public Troop Troop { get; init; }

    /// <summary>The part that it plays, for those who look at how a scenario was made; truth never looks at it.</summary>
    public string? Plays { get; init; }

    /// <summary>What it says of itself at an instant; null for what its identity says, always.</summary>
    public Func<long, StaticReport>? SaysAt { get; init; }

    /// <summary>What it says of itself at an instant.</summary>
    public StaticReport AboutAt(long atMs) => SaysAt?.Invoke(atMs) ?? Identity.About;

    /// <summary>A relay that delivers its positions a second time, late and under the wrong time; null for none.</summary>
    public LateRelay? Relay { get; init; }

    public long NextPositionAtMs { get; set; }

    public long NextStaticAtMs { get; set; }

    /// <summary>The storm that holds it up; null for one that goes by the clock.</summary>
    public Storm? HeldUpBy { get; init; }

    /// <summary>The instant of its plan that is reached at an instant.</summary>
    public long PlanTime(long atMs) => HeldUpBy?.PlanTime(atMs) ?? atMs;

    /// <summary>True where its transmitter is off.</summary>
    public bool IsSilent(long atMs) => Faults.IsSilent(PlanTime(atMs));

    /// <summary>True movement at an instant; instants ascend.</summary>
    public Motion StateAt(long atMs)
    {
        var planAtMs = PlanTime(atMs);
        while (leg.EndAtMs <= planAtMs)
        {
            leg = plan.Next();
        }

        var now = leg.StateAt(Math.Max(planAtMs, leg.StartAtMs));
        if (HeldUpBy is { } storm)
        {
            now.SpeedKnots *= storm.PaceAt(atMs);
        }

        return now;
    }

    /// <summary>
    /// Milliseconds until the next position: ITU-R M.1371-5, tables 1 and 2, or what the network keeps if that is more. A
    /// ship that a traffic service watches closely is not thinned: its service keeps every report.
    /// </summary>
    public long IntervalMs(in Motion now, int thinningSeconds)
    {
        var seconds = Math.Max(WireSeconds(now), Faults.IsWatched(NextPositionAtMs) ? 1 : thinningSeconds);
        return (long)(seconds * 1000 * Random.Between(0.94, 1.06));
    }

    /// <summary>Seconds between two positions by class, speed and turn.</summary>
    public double WireSeconds(in Motion now)
    {
        if (Identity.IsAircraft)
        {
            return 10;
        }

        if (Identity.IsBeacon)
        {
            return 60; // eight messages in a burst a minute; one of a burst is kept
        }

        if (Identity.IsClassB)
        {
            return now.SpeedKnots < 2 ? 180 : 30;
        }

        var turning = Math.Abs(now.TurnDegreesPerMinute) > 10;
        return now.SpeedKnots switch
        {
            < 3 when now.Status is 1 or 5 => 180,
            <= 14 => turning ? 10 / 3.0 : 10,
            <= 23 => turning ? 2 : 6,
            _ => 2,
        };
    }
}
