using System.Globalization;
using MaritimeWatch.Intake.Ais;

namespace MaritimeWatch.Scenario;

/// <summary>
/// Ships at sea that become somebody else, change their voyage and grow lighter or deeper where nobody loads: once each in
/// a round, over a range of sizes.
/// </summary>
internal static class ChangingShips
{
    private static readonly string[] Names =
        ["SIM NIGHT HERON", "SIM GOLDEN WAVE", "SIM OCTOBER STAR", "SIM IRON BRIDGE", "SIM QUIET RIVER", "SIM WINTER SUN"];

    private static readonly string[] Far = ["NLRTM", "DEHAM", "BE ANR", "FRLEH", "GDYNIA", "RIGA"];

    private static readonly Patch[] Waters = [Patch.Fladen, Patch.Bank, Patch.Grove, Patch.Fladen, Patch.Bank];

    /// <summary>Adds them.</summary>
    public static void Join(IdentityCrew crew)
    {
        for (var part = 0; part < Waters.Length; part++)
        {
            var random = crew.Chance();
            var script = new Script(crew.Ship(95 + random.Below(120), 70, random) with { Destination = Far[part] });
            script = new Script(script.First.WithEta(crew.World.StartAtMs + random.Hours(100, 200)));
            for (var round = 0; round < crew.Rounds; round++)
            {
                Play(crew, random, script, part, round);
            }

            var faults = new Faults();
            var plan = new RoamPlan(crew.World, faults, random, Waters[part], crew.World.StartAtMs - (2 * IdentityCrew.HourMs));
            crew.Add(script, ShipClass.Cargo, plan, faults);
        }
    }

    private static void Play(IdentityCrew crew, SimRandom random, Script script, int part, int round)
    {
        var name = Names[(part + (round * 2)) % Names.Length];
        var callSign = string.Create(CultureInfo.InvariantCulture, $"SX{crew.Number % 1000:D3}{round % 10}");
        var imo = Identity.ImoWith(870_000 + (crew.Number * 4 % 10_000) + (round % 4));
        script.From(crew.At(round, random.Between(0.18, 0.26)), said => Become(said, part, name, callSign, imo));
        var voyage = crew.At(round, random.Between(0.42, 0.52));
        script.From(voyage, said => Divert(said, voyage, part, round, random));
        // 0.6 to 4.5 m, as often small as large, up and down.
        var decimetres = (6 + (int)random.Skewed(0, 40)) * (random.Chance(0.5) ? 1 : -1);
        script.From(crew.At(round, random.Between(0.68, 0.78)), said => Load(said, decimetres));
    }

    private static StaticReport Become(StaticReport said, int part, string name, string callSign, int imo) => part switch
    {
        0 => said with { Name = name },
        1 => said with { ImoNumber = imo },
        2 => said with { ToBowM = (short)(said.ToBowM! + (said.ToBowM > 160 ? -40 : 35)) },
        3 => said with { Name = name, CallSign = callSign },
        _ => said with
        {
            Name = name,
            CallSign = callSign,
            ImoNumber = imo,
            ToBowM = (short)(said.ToBowM! + (said.ToBowM > 160 ? -40 : 35)),
        },
    };

    // Another place, or the same later or earlier by 6.6 to 70 hours; what was said lies far enough ahead for both.
    private static StaticReport Divert(StaticReport said, long atMs, int part, int round, SimRandom random)
    {
        if ((part + round) % 5 < 2)
        {
            var old = Array.IndexOf(Far, said.Destination);
            return said with { Destination = Far[(old + 1 + random.Below(Far.Length - 1)) % Far.Length] };
        }

        var hours = (long)Math.Round(random.Skewed(7, 70));
        var eta = SaidTimes.EtaAtMs(said, atMs)!.Value;
        return said.WithEta(eta - (hours * IdentityCrew.HourMs) > atMs + (8 * IdentityCrew.HourMs) && random.Chance(0.4)
            ? eta - (hours * IdentityCrew.HourMs)
            : Math.Max(eta, atMs) + (hours * IdentityCrew.HourMs));
    }

    private static StaticReport Load(StaticReport said, int decimetres)
    {
        var draught = (int)said.DraughtDecimetres!.Value;
        var wanted = draught + decimetres;
        return said with { DraughtDecimetres = (short)(wanted < 25 || wanted > 160 ? draught - decimetres : wanted) };
    }
}
