namespace MaritimeWatch.Scenario;

/// <summary>
/// Two hulls on one number, some miles and many miles apart; and what looks like it: positions that are off for some
/// minutes, a relay that delivers late, and a transmitter that goes from one ship to another in port.
/// </summary>
internal static class SharedShips
{
    private const long FarAheadMs = 400L * 24 * IdentityCrew.HourMs;

    /// <summary>Adds them.</summary>
    public static void Join(IdentityCrew crew)
    {
        JoinNear(crew);
        JoinFar(crew);
        JoinGlitch(crew);
        JoinLate(crew);
        JoinSwap(crew);
    }

    // The other hull keeps 2.4 to 8 miles off to the south-west.
    private static void JoinNear(IdentityCrew crew)
    {
        var random = crew.Chance();
        var script = new Script(crew.Ship(110 + random.Below(60), 70, random));
        var metres = random.Skewed(2.4, 8) * SimMaths.MetresPerNm;
        var bearing = random.Between(195, 250);
        var path = random.Next();
        var start = crew.World.StartAtMs - (2 * IdentityCrew.HourMs);
        var plan = new RoamPlan(crew.World, new Faults(), new SimRandom(path, 1), Patch.Fladen, start);
        var same = new RoamPlan(crew.World, new Faults(), new SimRandom(path, 1), Patch.Fladen, start);
        crew.Add(script, ShipClass.Cargo, plan, new Faults());
        var faults = OnAirNowAndThen(crew, random, 0.3, 0.75);
        var beside = new BesidePlan(
            same, metres * SimMaths.SinDegrees(bearing), metres * SimMaths.CosDegrees(bearing), crew.World, faults, random, start);
        crew.AddTwin(Other(script), ShipClass.Cargo, beside, faults);
    }

    private static void JoinFar(IdentityCrew crew)
    {
        var random = crew.Chance();
        var script = new Script(crew.Ship(110 + random.Below(60), 70, random));
        var start = crew.World.StartAtMs - (2 * IdentityCrew.HourMs);
        crew.Add(script, ShipClass.Cargo, new RoamPlan(crew.World, new Faults(), random, Patch.Grove, start), new Faults());
        var faults = OnAirNowAndThen(crew, random, 0.15, 0.6);
        var patch = random.Chance(0.5) ? Patch.Bank : Patch.Fladen;
        crew.AddTwin(Other(script), ShipClass.Cargo, new RoamPlan(crew.World, faults, random, patch, start), faults);
    }

    // Off by 2.5 to 4.5 miles for some minutes, three times a round: nobody else is there when it is off.
    private static void JoinGlitch(IdentityCrew crew)
    {
        var random = crew.Chance();
        var faults = new Faults();
        for (var round = 0; round < crew.Rounds; round++)
        {
            foreach (var part in new[] { 0.25, 0.3, 0.35 })
            {
                var at = crew.At(round, part + random.Between(0, 0.02));
                var metres = random.Between(2.5, 4.5) * SimMaths.MetresPerNm;
                var bearing = random.Between(0, 360);
                faults.Move(
                    at, at + random.Minutes(4, 11), metres * SimMaths.SinDegrees(bearing), metres * SimMaths.CosDegrees(bearing));
            }
        }

        var start = crew.World.StartAtMs - (2 * IdentityCrew.HourMs);
        crew.Add(
            new Script(crew.Ship(120, 80, random)), ShipClass.Tanker,
            new RoamPlan(crew.World, faults, random, Patch.Bank, start), faults);
    }

    private static void JoinLate(IdentityCrew crew)
    {
        var random = crew.Chance();
        var when = new List<Stretch>();
        for (var round = 0; round < crew.Rounds; round++)
        {
            foreach (var part in new[] { 0.2, 0.6 })
            {
                var at = crew.At(round, part + random.Between(0, 0.1));
                when.Add(new Stretch(at, at + random.Minutes(50, 100)));
            }
        }

        var relay = new LateRelay(when, (4 + random.Below(7)) * IdentityCrew.MinuteMs);
        var start = crew.World.StartAtMs - (2 * IdentityCrew.HourMs);
        crew.Add(
            new Script(crew.Ship(140, 70, random)), ShipClass.Cargo,
            new RoamPlan(crew.World, new Faults(), random, Patch.Grove, start), new Faults(), relay);
    }

    // The set is taken out of one ship and built into another that lies beside it: never two at once.
    private static void JoinSwap(IdentityCrew crew)
    {
        var random = crew.Chance();
        var script = new Script(crew.Ship(90, 70, random));
        var swapped = crew.At(0, random.Between(0.45, 0.55));
        var (off, on) = (new Faults(), new Faults());
        off.Silence(swapped, FarAheadMs + crew.World.EndAtMs);
        on.Silence(crew.World.StartAtMs - FarAheadMs, swapped + random.Minutes(20, 50));
        crew.Add(script, ShipClass.Cargo, new GivesSetPlan(crew.World, off, random, crew.At(0, 0.2), swapped), off);
        crew.AddTwin(script, ShipClass.Cargo, new TakesSetPlan(crew.World, on, random, swapped + random.Hours(3, 5)), on);
    }

    private static Script Other(Script one) => new(one.First with
    {
        Name = one.First.Name + " II",
        CallSign = "Z" + one.First.CallSign![1..],
        ToBowM = (short)(one.First.ToBowM! + 35),
        DraughtDecimetres = (short)(one.First.DraughtDecimetres! + 12),
    });

    // Silent but for a stretch of 1.5 to 9 hours after each of these parts of a round.
    private static Faults OnAirNowAndThen(IdentityCrew crew, SimRandom random, params double[] parts)
    {
        var faults = new Faults();
        var silentFrom = crew.World.StartAtMs - FarAheadMs;
        for (var round = 0; round < crew.Rounds; round++)
        {
            foreach (var part in parts)
            {
                var on = crew.At(round, part);
                faults.Silence(silentFrom, on);
                silentFrom = on + (long)(random.Skewed(1.5, 9) * crew.Hours / IdentityCrew.RoundHours * IdentityCrew.HourMs);
            }
        }

        faults.Silence(silentFrom, crew.World.EndAtMs + FarAheadMs);
        return faults;
    }

    private sealed class GivesSetPlan : RoamPlan
    {
        public GivesSetPlan(World world, Faults faults, SimRandom random, long leavesAtMs, long swappedAtMs)
            : base(world, faults, random, Patch.Grove, world.StartAtMs - (2 * HourMs))
        {
            Roam(leavesAtMs);
            Sail("DKFDH-B", 9);
            LieUntil(swappedAtMs + MinuteMs);
        }

        protected override void Extend() => Away(24 * HourMs, 0); // broken up
    }

    private sealed class TakesSetPlan : RoamPlan
    {
        public TakesSetPlan(World world, Faults faults, SimRandom random, long sailsAtMs)
            : base(world, faults, random, new Patch("DKFDH-B", Patch.Grove.Centre, Patch.Grove.RadiusM), world.StartAtMs - HourMs)
        {
            LieUntil(sailsAtMs);
            Sail("GROVE", 9, Knots);
        }
    }
}
