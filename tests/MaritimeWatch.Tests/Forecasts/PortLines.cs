using System.Text;
using System.Text.Json;
using MaritimeWatch.Forecasts.Calls;
using MaritimeWatch.Reference;

namespace MaritimeWatch.Tests.Forecasts;

/// <summary>Lines of calls at a made-up port with one anchorage (<c>NOSIM-A</c>) and one berth (<c>NOSIM-B</c>).</summary>
internal sealed class PortLines
{
    public const string Port = "NOSIM";
    public static readonly DateTimeOffset Start = new(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);

    public static readonly IReadOnlyDictionary<string, StoppingPlace> Places = new Dictionary<string, StoppingPlace>(StringComparer.Ordinal)
    {
        ["NOSIM-A"] = StoppingPlace.Anchorage,
        ["NOSIM-B"] = StoppingPlace.Berth,
    };

    private int visits;

    public List<(string Collection, ReadOnlyMemory<byte> Line)> Lines { get; } = [];

    /// <summary>A visit: one line when it stops, and one when it goes. Hours are counted from <see cref="Start"/>.</summary>
    public PortLines Visit(string place, int mmsi, double fromH, double? toH, string port = Port)
    {
        var id = $"v{++visits:d5}";
        Add("port-calls", Call(id, place, mmsi, port, fromH, null, fromH + 0.2));
        if (toH is { } gone)
        {
            Add("port-calls", Call(id, place, mmsi, port, fromH, gone, gone));
        }

        return this;
    }

    /// <summary>A ship that waits and then berths.</summary>
    public PortLines Wait(int mmsi, double fromH, double berthH, double? goneH) =>
        Visit("NOSIM-A", mmsi, fromH, berthH - 0.5).Visit("NOSIM-B", mmsi, berthH, goneH);

    public PortLines Announce(int mmsi, double knownH, double etaH, string status = "expected")
    {
        Add("declared-calls", new
        {
            id = $"call:{Port}:{mmsi}", subject = $"call:{Port}:{mmsi}", port = Port, mmsi, name = $"SIM {mmsi}", voyage = $"V{mmsi}",
            eta_at = Text(etaH), known_at = Text(knownH), status, simulated = true,
        });
        return this;
    }

    /// <summary>Weeks of arrivals by chance: half of the ships wait some hours first.</summary>
    public PortLines Traffic(int seed, int days, double arrivalsPerDay = 6)
    {
        TestContext.Out.WriteLine($"seed {seed}");
        var chance = new Random(seed);
        var at = 0.0;
        for (var mmsi = 219_000_000; ; mmsi++)
        {
            at -= 24 / arrivalsPerDay * Math.Log(1 - chance.NextDouble());
            if (at > days * 24)
            {
                return this;
            }

            var stay = 6 + (20 * chance.NextDouble());
            if (chance.Next(2) == 0)
            {
                Visit("NOSIM-B", mmsi, at, at + stay);
            }
            else
            {
                var wait = 2 + (10 * chance.NextDouble());
                Wait(mmsi, at, at + wait, at + wait + stay);
            }
        }
    }

    public PortHistory History()
    {
        var history = new PortHistory(Places);
        foreach (var (collection, line) in Lines)
        {
            history.Add(collection, line);
        }

        return history;
    }

    public static DateTimeOffset At(double hours) => Start.AddHours(hours);

    private static string Text(double hours) => MaritimeWatch.Terms.Instants.ToText(At(hours).ToUnixTimeMilliseconds());

    private static object Call(string id, string place, int mmsi, string port, double fromH, double? toH, double knownH) => new
    {
        id, mmsi, subject = $"mmsi:{mmsi}", name = $"SIM {mmsi}", port, port_name = "Simport", anchorage = place,
        arrival_at = Text(fromH), stop_at = Text(fromH + 0.2), restart_at = (string?)null, departure_at = toH is { } gone ? Text(gone) : null,
        confidence = 4, state = toH is null ? "open" : "closed", known_at = Text(knownH), simulated = true,
    };

    private void Add(string collection, object properties) => Lines.Add((collection, Encoding.UTF8.GetBytes(JsonSerializer.Serialize(
        new { type = "Feature", id = "x", geometry = (object?)null, properties }))));
}
