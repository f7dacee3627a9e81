namespace MaritimeWatch.Scenario;

/// <summary>
/// Near misses at sea: what is typed changes, and yet nobody has become another, sails elsewhere or has loaded. Each ship
/// has one of identity, one of voyage and one of draught in a round.
/// </summary>
internal static class SteadyShips
{
    private const int Parts = 7;

    private static readonly Patch[] Waters = [Patch.Fladen, Patch.Grove, Patch.Bank];

    /// <summary>Adds them.</summary>
    public static void Join(IdentityCrew crew)
    {
        for (var part = 0; part < Parts; part++)
        {
            var random = crew.Chance();
            var classB = part == 4;
            var said = crew.Ship(classB ? 16 : 100 + random.Below(90), classB ? (byte)36 : (byte)70, random) with
            {
                Destination = classB ? null : "SEGOT",
            };
            if (classB)
            {
                said = said with { ImoNumber = null, DraughtDecimetres = null };
            }
            else
            {
                said = (said with { DraughtDecimetres = part == 3 ? (short)150 : said.DraughtDecimetres })
                    .WithEta(part == 3
                        ? NewYear(crew.World.EndAtMs) - (2 * IdentityCrew.HourMs)
                        : crew.World.StartAtMs + random.Hours(160, 220));
            }

            var script = new Script(part == 2 ? said with { Name = "SIM PATER NOSTER EXPRESS ONE" } : said);
            for (var round = 0; round < crew.Rounds; round++)
            {
                Play(crew, random, script, part, round);
            }

            var faults = new Faults();
            var plan = new RoamPlan(
                crew.World, faults, random, Waters[part % Waters.Length], crew.World.StartAtMs - (2 * IdentityCrew.HourMs));
            crew.Add(script, classB ? ShipClass.Yacht : ShipClass.Cargo, plan, faults, classB: classB);
        }
    }

    private static void Play(IdentityCrew crew, SimRandom random, Script script, int part, int round)
    {
        // Said once or not at all: shorter than the time between two static reports.
        var once = crew.StaticEveryMs * 8 / 10;
        var hours = (long)(crew.Hours / 9 * IdentityCrew.HourMs);
        var identity = crew.At(round, random.Between(0.15, 0.25));
        var voyage = crew.At(round, random.Between(0.45, 0.52));
        var draught = crew.At(round, random.Between(0.72, 0.78));
        switch (part)
        {
            case 0: // one letter put right; an ETA two hours later; a hand's breadth
                script.From(identity, said => said with { Name = OneLetter(said.Name!) });
                script.From(voyage, said => said.WithEta(SaidTimes.EtaAtMs(said, voyage)!.Value + (2 * IdentityCrew.HourMs)));
                script.From(draught, said => said with { DraughtDecimetres = (short)(said.DraughtDecimetres! + (round % 2 == 0 ? 3 : -3)) });
                break;
            case 1: // measured again; spelt otherwise; typed wrong once
                script.From(identity, said => said with { ToBowM = (short)(said.ToBowM! + (round % 2 == 0 ? 1 : -1)) });
                script.From(voyage, said => said with { Destination = round % 2 == 0 ? "GOTHENBURG" : "SE GOT" });
                script.For(draught, once, said => said with { DraughtDecimetres = (short)(said.DraughtDecimetres! + 40) });
                break;
            case 2: // what is cut off after the twentieth letter; spelt otherwise; rounded to half a metre
                script.From(identity, said => said with { Name = round % 2 == 0 ? "SIM PATER NOSTER EXPRESS TWO" : "SIM PATER NOSTER EXPRESS ONE" });
                script.From(voyage, said => said with { Destination = round % 2 == 0 ? "SE GOT" : "SEGOT" });
                script.From(draught, said => said with { DraughtDecimetres = (short)(said.DraughtDecimetres! + (round % 2 == 0 ? 4 : -4)) });
                break;
            case 3: // the call sign is not said for hours; new year; deep ships: half a metre is little of fifteen
                script.For(identity, hours, said => said with { CallSign = null });
                script.From(voyage, said => said.WithEta(NewYear(crew.World.EndAtMs) + ((round % 2 == 0 ? 2 : -2) * IdentityCrew.HourMs)));
                script.From(draught, said => said with { DraughtDecimetres = (short)(said.DraughtDecimetres! + (round % 2 == 0 ? 6 : -6)) });
                break;
            case 4: // class B: part B does not come for hours
                script.For(identity, hours, said => said with
                {
                    CallSign = null, ShipType = null, ToBowM = null, ToSternM = null, ToPortM = null, ToStarboardM = null,
                });
                break;
            case 5: // another kind of cargo; an ETA that is past, put to another that is past; not said for hours
                script.From(identity, said => said with { ShipType = (byte)(round % 2 == 0 ? 71 : 70) });
                script.From(crew.At(round, 0.02), said => said.WithEta(crew.At(round, 0.01)));
                script.From(voyage, said => said.WithEta(voyage - (3 * IdentityCrew.HourMs)));
                script.For(draught, hours, said => said with { DraughtDecimetres = null });
                break;
            default: // everything typed wrong once; so is the destination; nothing of the draught
                script.For(identity, once, said => said with { Name = "SIM TEST TEST TEST", CallSign = "TEST1" });
                script.For(voyage, hours, said => said with { Destination = null });
                break;
        }
    }

    private static string OneLetter(string name)
    {
        var letters = name.ToCharArray();
        letters[6] = letters[6] == 'A' ? 'E' : 'A';
        return new string(letters);
    }

    private static long NewYear(long atMs) =>
        new DateTimeOffset(DateTimeOffset.FromUnixTimeMilliseconds(atMs).Year + 1, 1, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();
}
