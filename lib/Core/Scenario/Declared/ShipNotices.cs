using System.Globalization;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Scenario;

/// <summary>One line of notices.ndjson with the instant at which it was sent.</summary>
internal sealed record SentLine(long SentAtMs, string Line);

/// <summary>
/// Port notices by the open port-call event schema (version 3.2.1): ETA 24 to 48 h ahead, revised ETAs, ETD, and what
/// happened. Ferries on a fixed line, fishing boats and yachts send none.
/// </summary>
internal static class ShipNotices
{
    private const long HourMs = 3_600_000;
    private const long MinuteMs = 60_000;

    /// <summary>Part of the calls at ports other than Gothenburg that are announced.</summary>
    private const double ShareElsewhere = 0.5;

    /// <summary>The first ETA of a call and when it was sent; null where none was.</summary>
    public sealed record Announced(SimCall Call, long EtaAtMs, long SentAtMs);

    /// <summary>Notices of all calls.</summary>
    /// <param name="calls">True calls.</param>
    /// <param name="world">The world.</param>
    /// <param name="times">The story.</param>
    /// <param name="seed">Seed.</param>
    /// <param name="announced">Takes the first ETA of each call.</param>
    public static List<SentLine> Of(
        IReadOnlyList<SimCall> calls, World world, StoryTimes times, ulong seed, List<Announced> announced)
    {
        var lines = new List<SentLine>();
        foreach (var call in calls)
        {
            var random = new SimRandom(seed, 0x570A_0000UL + (ulong)call.Number);
            if (call.Port == "SEGOT" || call.Part != ' ' || random.Chance(ShareElsewhere))
            {
                new Book(call, world, times, random, lines, announced).Write();
            }
        }

        return lines;
    }

    private sealed class Book(
        SimCall call, World world, StoryTimes times, SimRandom random, List<SentLine> lines, List<Announced> announced)
    {
        public void Write()
        {
            var first = FirstEta(out var sent);
            if (sent > 0)
            {
                announced.Add(new Announced(call, first, sent));
                Send("port.eta.agent", first, sent, "port");
                Send("berth.etd.agent", Leaves(first), sent + MinuteMs, "berth");
                Revise(first, sent);
            }

            if (call.AnchoredAtMs is { } anchored)
            {
                Send("anchorArea.ata.vessel", anchored, anchored + random.Minutes(2, 12), "anchorArea");
                Send("berth.eta.terminal", Whole(call.BerthedAtMs + random.Minutes(-45, 45)), anchored + random.Minutes(15, 50), "berth");
            }

            Send("berth.ata.terminal", call.BerthedAtMs, call.BerthedAtMs + random.Minutes(3, 20), "berth");
            if (call.LeftAtMs < long.MaxValue)
            {
                Send("berth.atd.terminal", call.LeftAtMs, call.LeftAtMs + random.Minutes(3, 20), "berth");
            }
        }

        private long FirstEta(out long sentAtMs)
        {
            var eta = call.Part switch
            {
                'f' => times.DepartedAtMs + (8 * HourMs) + random.Minutes(10, 40), // as if it kept to its lane
                'r' => call.ArrivedAtMs - random.Hours(10, 12),
                _ => call.ArrivedAtMs + (long)(random.Noise() * 1.1 * HourMs),
            };
            sentAtMs = call.Part switch
            {
                'f' => times.DepartedAtMs - random.Hours(16, 20),
                'd' => call.ArrivedAtMs - random.Hours(26, 32),
                _ => Math.Min(call.ArrivedAtMs, eta) - random.Hours(24, 47),
            };
            var soonest = world.StartAtMs + random.Minutes(1, 90);
            if (call.Part is not ('f' or 'r') && world.Storm is { } storm)
            {
                eta -= storm.LostMs(call.ArrivedAtMs) - storm.LostMs(sentAtMs); // who announced it did not count on the storm
            }

            sentAtMs = sentAtMs >= soonest ? sentAtMs : Math.Min(call.ArrivedAtMs, eta) - soonest > 3 * HourMs ? soonest : 0;
            return Whole(eta);
        }

        private void Revise(long first, long sent)
        {
            if (call.Part == 'f')
            {
                Send("port.eta.agent", Whole(times.AnchoredAtMs), times.HeardAgainAtMs + random.Minutes(20, 60), "port");
                return;
            }

            var off = Math.Abs(first - call.ArrivedAtMs);
            var late = call.ArrivedAtMs - (call.Part == 'r' ? random.Hours(20, 23) : random.Hours(5, 10));
            if ((off > 1.2 * HourMs || random.Chance(0.45)) && late > sent + HourMs)
            {
                Send("port.eta.agent", Whole(call.ArrivedAtMs + (long)(random.Noise() * 0.3 * HourMs)), late, "port");
            }
        }

        private long Leaves(long etaAtMs) =>
            Whole(call.LeftAtMs == long.MaxValue ? etaAtMs + random.Hours(10, 24) : call.LeftAtMs + (long)(random.Noise() * 2 * HourMs));

        private void Send(string type, long eventAtMs, long sentAtMs, string place)
        {
            if (sentAtMs < world.StartAtMs || sentAtMs >= world.EndAtMs)
            {
                return;
            }

            var sent = Whole(sentAtMs);
            lines.Add(new SentLine(sent, ScenarioJson.Line(json =>
            {
                json.WriteString("uuid", Uuid(random));
                json.WriteString("eventType", type);
                json.WriteString("eventTime", Instants.ToText(Whole(eventAtMs)));
                json.WriteString("recordTime", Instants.ToText(sent));
                json.WriteString("sent_at", Instants.ToText(sent));
                json.WriteString("port", call.Port);
                json.WriteString("portcallId", string.Create(CultureInfo.InvariantCulture, $"{call.Port}SIM-{call.Number:D5}"));
                json.WriteStartObject("ship");
                if (call.Identity.About.ImoNumber is { } imo)
                {
                    json.WriteString("imo", imo.ToString("D7", CultureInfo.InvariantCulture));
                }

                json.WriteString("mmsi", call.Identity.Mmsi.ToString("D9", CultureInfo.InvariantCulture));
                json.WriteString("name", call.Identity.About.Name);
                json.WriteEndObject();
                json.WriteStartObject("location");
                json.WriteString("type", place);
                if (place != "port")
                {
                    json.WriteString("name", place == "berth" ? $"SIM {call.Port} quay" : $"SIM {call.Port} roads");
                }

                json.WriteEndObject();
                json.WriteStartObject("context");
                json.WriteString("voyage", call.Voyage);
                json.WriteString("callSign", call.Identity.About.CallSign);
                if (call.LoadedIn is { } last)
                {
                    json.WriteString("lastPort", last);
                }

                json.WriteEndObject();
                json.WriteString("source", "SIMULATED");
                json.WriteString("version", "3.2.1");
                json.WriteBoolean("simulated", true);
            })));
        }

        private static long Whole(long atMs) => atMs / MinuteMs * MinuteMs;

        private static string Uuid(SimRandom random)
        {
            var (a, b) = (random.Next(), random.Next());
            return string.Create(
                CultureInfo.InvariantCulture,
                $"{a >> 32:x8}-{(a >> 16) & 0xFFFF:x4}-4{a & 0xFFF:x3}-{0x8000 | ((b >> 48) & 0x3FFF):x4}-{b & 0xFFFF_FFFF_FFFF:x12}");
        }
    }
}
