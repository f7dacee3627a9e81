using MaritimeWatch.Intake.Ais;

namespace MaritimeWatch.Scenario;

/// <summary>
/// Ships that call at a port once a round, where lawful life changes what they say: sold and renamed, a new voyage, cargo
/// worked; and one whose officer types the draught hours after sailing.
/// </summary>
internal static class PortShips
{
    private const int Parts = 4;
    private const string Port = "DKFDH-B";

    private static readonly string[] NewNames = ["SIM ELISE", "SIM BRIGITTA", "SIM ANNA MARIA", "SIM KAROLINE"];

    /// <summary>Adds them.</summary>
    public static void Join(IdentityCrew crew)
    {
        for (var part = 0; part < Parts; part++)
        {
            var random = crew.Chance();
            var script = new Script((crew.Ship(100 + random.Below(60), 70, random) with { Destination = "DKFDH" })
                .WithEta(crew.At(0, 0.4)));
            var departures = new List<(long, long)>();
            for (var round = 0; round < crew.Rounds; round++)
            {
                departures.Add((crew.At(round, random.Between(0.2, 0.28)), (long)(crew.Hours * random.Between(0.09, 0.12) * IdentityCrew.HourMs)));
            }

            var faults = new Faults();
            var plan = new CallRoundPlan(crew.World, faults, random, Patch.Grove, Port, departures);
            for (var round = 0; round < plan.Calls.Count; round++)
            {
                Play(script, part, round, plan.Calls[round], random);
            }

            crew.Add(script, ShipClass.Cargo, plan, faults);
        }
    }

    private static void Play(Script script, int part, int round, Stretch call, SimRandom random)
    {
        var middle = (call.FromAtMs + call.ToAtMs) / 2;
        switch (part)
        {
            case 0: // sold
                script.From(middle, said => said with
                {
                    Name = NewNames[round % NewNames.Length], CallSign = NewCallSign(said.CallSign!),
                });
                break;
            case 1: // the next voyage, and cargo worked, both typed before sailing
                script.From(middle, said => (said with { Destination = round % 2 == 0 ? "NLRTM" : "DKFDH" })
                    .WithEta(call.ToAtMs + random.Hours(40, 60)));
                script.From(middle + (20 * IdentityCrew.MinuteMs), said => Worked(said, round));
                break;
            case 2: // cargo worked, typed when the pilot has gone
                script.From(call.ToAtMs + (3 * IdentityCrew.MinuteMs), said => Worked(said, round));
                break;
            default: // ... and five hours later
                script.From(call.ToAtMs + random.Hours(4, 6), said => Worked(said, round));
                break;
        }
    }

    private static string NewCallSign(string old) => old[0] == 'S' ? "Z" + old[1..] : "S" + old[1..];

    private static StaticReport Worked(StaticReport said, int round) =>
        said with { DraughtDecimetres = (short)(said.DraughtDecimetres! + (round % 2 == 0 ? 14 : -14)) };
}
