namespace MaritimeWatch.Scenario;

/// <summary>
/// Pairs of ships that lie side by side at sea: for 2.2 to 9 hours, 50 to 430 metres apart, once across midnight UTC. Near
/// misses: too short, too far apart, too fast (a convoy), too near to an anchorage. Look-alike: two fishing boats.
/// </summary>
internal static class MeetingShips
{
    /// <summary>Eight kilometres from the anchorage of Gothenburg, out of the lanes.</summary>
    private static readonly GeoPoint NearAnchorage = new(57.545, 11.44);

    /// <summary>Parts of a round; hours together, from and to; metres apart, from and to; knots.</summary>
    private static readonly Meet[][] Pairs =
    [
        [new(24 / 72.0, 2.6, 3.4, 90, 260, 0.6) { AcrossMidnight = true }, new(0.6, 1.3, 1.5, 80, 200, 0.6), new(0.8, 5, 9, 60, 200, 0.7)],
        [new(0.14, 2.3, 2.8, 380, 430, 0.5), new(0.42, 3, 4, 680, 760, 0.5), new(0.7, 3, 4.5, 50, 110, 0.8)],
        [new(0.2, 2.4, 2.8, 150, 250, 3), new(0.5, 2.25, 2.6, 120, 300, 0.6), new(0.8, 0.7, 0.9, 90, 140, 0.5)],
        [new(0.25, 2.6, 3.2, 90, 160, 0.5) { IsNearAnchorage = true }, new(0.62, 2.6, 3.4, 90, 160, 0.5)],
    ];

    private static readonly Patch[] Waters = [Patch.Fladen, Patch.Grove, Patch.Bank, Patch.Grove];

    /// <summary>Adds them.</summary>
    public static void Join(IdentityCrew crew)
    {
        for (var pair = 0; pair < Pairs.Length; pair++)
        {
            var random = crew.Chance();
            var fishing = pair == 3;
            var meetings = Meetings(crew, random, Waters[pair], Pairs[pair]);
            for (var ship = 0; ship < 2; ship++)
            {
                var chance = crew.Chance();
                var said = crew.Ship(fishing ? 24 + ship : 90 + random.Below(60), fishing ? (byte)30 : (byte)(ship == 0 ? 70 : 80), chance);
                var faults = new Faults();
                var plan = new MeetPlan(
                    crew.World, faults, chance, Waters[pair], [.. meetings.Select(one => (one.Meeting, ship == 0 ? 0 : one.OffM))]);
                crew.Add(new Script(said), fishing ? ShipClass.Fishing : ship == 0 ? ShipClass.Cargo : ShipClass.Tanker, plan, faults);
            }
        }
    }

    private static List<(Rendezvous Meeting, double OffM)> Meetings(IdentityCrew crew, SimRandom random, Patch patch, Meet[] meets)
    {
        const long BetweenMs = 3 * IdentityCrew.HourMs;
        var meetings = new List<(Rendezvous, double)>();
        var free = crew.World.StartAtMs + BetweenMs;
        for (var round = 0; round < crew.Rounds; round++)
        {
            foreach (var meet in meets)
            {
                var forMs = random.Hours(meet.HoursFrom, meet.HoursTo);
                var offM = random.Between(meet.ApartFromM, meet.ApartToM);
                var bearing = Math.Floor(random.Between(0, 360));
                var where = meet.IsNearAnchorage ? NearAnchorage : patch.Centre.Moved(random.Between(-2500, 2500), random.Between(-2500, 2500));
                var wanted = Math.Max(free, crew.At(round, meet.Part));
                if (meet.AcrossMidnight)
                {
                    wanted = (((wanted / 86_400_000) + 1) * 86_400_000) - (forMs * (40 + random.Below(20)) / 100);
                }

                if (meet.Knots > 1)
                {
                    var metres = forMs / 2000.0 * meet.Knots * SimMaths.KnotMs;
                    where = patch.Centre.Moved(-metres * SimMaths.SinDegrees(bearing), -metres * SimMaths.CosDegrees(bearing));
                }

                var heard = meet.AcrossMidnight && wanted + forMs + IdentityCrew.HourMs < crew.World.EndAtMs
                    ? wanted : patch.HeardFrom(crew.World, wanted, forMs);
                if (heard is { } at)
                {
                    meetings.Add((new Rendezvous(new Stretch(at, at + forMs), where, meet.Knots, bearing), offM));
                    free = at + forMs + BetweenMs;
                }
            }
        }

        return meetings;
    }

    private sealed record Meet(double Part, double HoursFrom, double HoursTo, double ApartFromM, double ApartToM, double Knots)
    {
        public bool AcrossMidnight { get; init; }

        public bool IsNearAnchorage { get; init; }
    }
}
