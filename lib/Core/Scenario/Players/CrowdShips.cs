namespace MaritimeWatch.Scenario;

/// <summary>
/// Two crowds of ships, each in one half-degree cell. Where satellite navigation is jammed or falsified all of a crowd jump
/// at once or are put to one place; near misses are three ships only, one alone, and a relay with a wrong clock. Some of
/// them also have numbers that cannot be, and some have numbers that are rare and right.
/// </summary>
internal static class CrowdShips
{
    private const int FladenShips = 9;
    private const int TrindelenShips = 6;

    /// <summary>Digits of no country, and those of countries that few lists hold.</summary>
    private static readonly int[] NoCountry = [289, 499, 599];

    private static readonly int[] RareCountry = [637, 374, 501];

    /// <summary>Parts of a round, how many ships, to one place or moved together.</summary>
    private static readonly (double Part, int Ships, bool OnePlace)[] FladenEvents =
        [(0.2, FladenShips, false), (0.47, 5, true), (0.78, 3, false)];

    private static readonly (double Part, int Ships, bool OnePlace)[] TrindelenEvents =
        [(0.1, TrindelenShips, true), (0.36, 1, false), (0.6, 5, false)];

    /// <summary>Adds them.</summary>
    public static void Join(IdentityCrew crew)
    {
        var random = new SimRandom(crew.Options.Seed, 0x1DE7_C80D_0000UL + (ulong)crew.Number);
        Join(crew, Patch.Fladen, FladenShips, Events(crew, random, Patch.Fladen, FladenEvents), Geography.At("K3"), null, FladenSays);
        var relay = new List<Stretch>();
        for (var round = 0; round < crew.Rounds; round++)
        {
            var at = crew.At(round, 0.85);
            relay.Add(new Stretch(at, at + random.Minutes(35, 55)));
        }

        Join(
            crew, Patch.Trindelen, TrindelenShips, Events(crew, random, Patch.Trindelen, TrindelenEvents), Geography.At("NE"),
            new LateRelay(relay, 6 * IdentityCrew.MinuteMs), TrindelenSays);
    }

    private static void Join(
        IdentityCrew crew, Patch patch, int ships, List<Disturbance> events, GeoPoint falsePlace, LateRelay? relay,
        Func<IdentityCrew, int, SimRandom, Script> says)
    {
        var (east, north) = SimMaths.Offset(patch.Centre, falsePlace);
        for (var ship = 0; ship < ships; ship++)
        {
            var random = crew.Chance();
            var script = says(crew, ship, random);
            var faults = new Faults();
            foreach (var one in events)
            {
                var from = one.When.FromAtMs + random.Minutes(0, 5);
                if (ship >= one.Ships)
                {
                    continue;
                }

                if (one.OnePlace)
                {
                    faults.Put(from, one.When.ToAtMs, falsePlace);
                }
                else
                {
                    faults.Move(from, one.When.ToAtMs, east, north);
                }
            }

            var plan = new RoamPlan(crew.World, faults, random, patch, crew.World.StartAtMs - (2 * IdentityCrew.HourMs));
            crew.Add(script, ShipClass.Cargo, plan, faults, relay);
        }
    }

    // In order, none overlapping another, each where the water is well heard.
    private static List<Disturbance> Events(
        IdentityCrew crew, SimRandom random, Patch patch, (double Part, int Ships, bool OnePlace)[] parts)
    {
        var events = new List<Disturbance>();
        var free = long.MinValue;
        for (var round = 0; round < crew.Rounds; round++)
        {
            foreach (var (part, ships, onePlace) in parts)
            {
                var lasts = (long)random.Skewed(22 * IdentityCrew.MinuteMs, 115 * IdentityCrew.MinuteMs);
                if (patch.HeardFrom(crew.World, Math.Max(free, crew.At(round, part)), lasts) is { } at)
                {
                    events.Add(new Disturbance(new Stretch(at, at + lasts), ships, onePlace));
                    free = at + lasts + (2 * IdentityCrew.HourMs);
                }
            }
        }

        return events;
    }

    private static Script FladenSays(IdentityCrew crew, int ship, SimRandom random)
    {
        var said = crew.Ship(80 + random.Below(140), 70, random, ship is >= 3 and <= 5 ? RareCountry[ship - 3] : 0);
        switch (ship)
        {
            case < 3: // the last digit wrong, two that changed places, the first wrong
                var imo = said.ImoNumber!.Value;
                return new Script(said with { ImoNumber = ship == 0 ? Wrong(imo) : ship == 1 ? Swapped(imo) : imo - 1_000_000 });
            case 6: // the number of a national register, which AIS has room for
                return new Script(said with { ImoNumber = 24_000_000 + crew.Number });
            case 7: // ships below 300 GT have none
                return new Script(said with { ImoNumber = null });
            case 8: // typed wrong and put right before it is said twice
                return new Script(said).For(
                    crew.At(0, 0.4), crew.StaticEveryMs * 8 / 10, was => was with { ImoNumber = Wrong(was.ImoNumber!.Value) });
            default:
                return new Script(said);
        }
    }

    private static Script TrindelenSays(IdentityCrew crew, int ship, SimRandom random) =>
        new(crew.Ship(80 + random.Below(140), 70, random, ship < NoCountry.Length ? NoCountry[ship] : 0));

    private static int Wrong(int imo) => imo % 10 == 9 ? imo - 3 : imo + 1;

    // Weights differ by one, so that two unequal digits that change places always show.
    private static int Swapped(int imo)
    {
        var (a, b) = (imo / 10 % 10, imo / 100 % 10);
        return a == b ? Wrong(imo) : imo + ((b - a) * 10) + ((a - b) * 100);
    }

    private sealed record Disturbance(Stretch When, int Ships, bool OnePlace);
}
