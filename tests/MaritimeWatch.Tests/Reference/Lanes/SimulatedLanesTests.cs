using MaritimeWatch.Reference.Lanes;
using MaritimeWatch.Scenario;
using ShipClass = MaritimeWatch.Reference.Lanes.ShipClass;

namespace MaritimeWatch.Tests.Reference.Lanes;

/// <summary>Lanes learned from ships that sail the simulator's lanes, held to the ways that they were given.</summary>
internal sealed class SimulatedLanesTests
{
    private const ulong Seed = 4711;

    private static readonly (string From, string To, string Type)[] Lines =
    [
        ("NOLAR-B", "SEGOT-B", "cargo"), ("DKFDH-B", "SEGOT-B", "passenger"), ("SELYS-B", "DKSKA-B", "tanker"),
        ("DKHIR-B", "SEVAG-B", "cargo"), ("SEVAG-B", "NOLAR-B", "tanker"),
    ];

    [Test]
    public void Centre_lines_are_within_half_a_mile_of_the_true_ones_and_none_is_invented()
    {
        TestContext.Out.WriteLine($"seed {Seed}");
        var world = new World(new ScenarioOptions { Seed = Seed, Days = 30, Vessels = 10 });
        var voyages = new List<SailedVoyage>();
        for (var ship = 0; ship < Lines.Length * 3; ship++)
        {
            voyages.AddRange(Sailed(world, ship, Lines[ship % Lines.Length], 10));
        }

        var atlas = LaneLearning.Learn(voyages);
        var ends = Lines.SelectMany(line => new[] { (line.From, line.To), (line.To, line.From) }).ToDictionary(
            line => $"{line.Item1[..5]}-{line.Item2[..5]}", line => line);
        Assert.That(
            atlas.All.Where(lane => lane.Type == ShipClass.All).Select(lane => $"{lane.From}-{lane.To}"), Is.EquivalentTo(ends.Keys),
            "one lane for each line and way, and no other");
        Assert.That(atlas.Origins, Has.All.Property("Outside").EqualTo(0));
        var worst = 0.0;
        foreach (var lane in atlas.All)
        {
            var (from, to) = ends[$"{lane.From}-{lane.To}"];
            var off = TrueWays.MilesOff(lane, world.Lanes.Way(from, to, TrueWays.Middle));
            TestContext.Out.WriteLine($"{lane.Id}: {lane.Voyages} voyages, {off:F2} NM off the true lane at most");
            worst = Math.Max(worst, off);
        }

        Assert.That(worst, Is.LessThan(0.5));
    }

    [Test]
    public void Ordinary_voyages_stay_in_the_lanes_that_others_made()
    {
        TestContext.Out.WriteLine($"seed {Seed}");
        var world = new World(new ScenarioOptions { Seed = Seed, Days = 30, Vessels = 10 });
        var learned = Enumerable.Range(0, 15).SelectMany(ship => Sailed(world, ship, Lines[ship % Lines.Length], 10)).ToList();
        var atlas = LaneLearning.Learn(learned);
        var (off, count) = (0, 0);
        for (var ship = 100; ship < 150; ship++)
        {
            foreach (var voyage in Sailed(world, ship, Lines[ship % Lines.Length], 8))
            {
                count++;
                var looks = voyage.Points.Count(point => LaneStanding.Of(
                    atlas.From(voyage.From.Id, voyage.Type), point.Where, new LaneLimits(55_560, 148_160)).Stand == LaneStand.Off);
                off += looks > 0 ? 1 : 0;
            }
        }

        TestContext.Out.WriteLine($"{off} of {count} ordinary voyages were ever off");
        Assert.That(off * 100, Is.LessThanOrEqualTo(count));
    }

    /// <summary>Round trips of one ship, heard every few minutes.</summary>
    internal static List<SailedVoyage> Sailed(World world, int ship, (string From, string To, string Type) line, int trips)
    {
        var plan = new ShuttlePlan(world, new SimRandom(Seed, (ulong)ship + 1), line.From, line.To);
        var voyages = new List<SailedVoyage>();
        for (var trip = 0; trip < 2 * trips; trip++)
        {
            var leg = plan.NextSailing();
            var (from, to) = trip % 2 == 0 ? (line.From, line.To) : (line.To, line.From);
            var points = new List<VoyagePoint>();
            for (var at = leg.StartAtMs; at < leg.EndAtMs; at += 5 * 60_000)
            {
                var motion = leg.StateAt(at);
                if (TrueWays.IsAtSea(motion.At.ToPosition()))
                {
                    points.Add(new VoyagePoint(motion.At.ToPosition(), at, (int)Math.Round(motion.SpeedKnots * 10)));
                }
            }

            voyages.Add(new SailedVoyage(
                $"mmsi:{219_000_000 + ship}", line.Type, new LanePort(from[..5], from[..5]), new LanePort(to[..5], to[..5]),
                points[0].AtMs, points[^1].AtMs + 60_000, true, points));
        }

        return voyages;
    }

    private sealed class ShuttlePlan : Plan
    {
        private readonly string _home;
        private readonly string _other;

        public ShuttlePlan(World world, SimRandom random, string home, string other)
            : base(world, new Faults(), random, home, world.StartAtMs) => (_home, _other) = (home, other);

        /// <summary>The next leg under way.</summary>
        public Leg NextSailing()
        {
            Leg leg;
            do
            {
                leg = Next();
            }
            while (leg is not PathLeg);
            return leg;
        }

        protected override void Extend()
        {
            Lie(Random.Hours(3, 8));
            Sail(Node == _home ? _other : _home, Random.Between(11, 17));
        }
    }
}
