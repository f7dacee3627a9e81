using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using MaritimeWatch.Log;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Tests.Alerts;

/// <summary>Lines of earlier stages, made by hand, as the relay would bring them.</summary>
internal sealed class NewsLines
{
    public const uint Feeder = 257_111_000;
    public const uint Coaster = 265_222_000;

    public static readonly long Start = DateTimeOffset.Parse("2026-03-01T00:00:00Z", CultureInfo.InvariantCulture).ToUnixTimeMilliseconds();

    public static readonly Position Larvik = Position.FromDegrees(59.04, 10.04);
    public static readonly Position Gothenburg = Position.FromDegrees(57.69, 11.86);

    public List<(long KnownAtMs, NewsRow Row)> Rows { get; } = [];

    public static long At(double hours) => Start + (long)(hours * 3_600_000);

    public static string Text(double hours) => Instants.ToText(At(hours));

    /// <summary>In the order in which they became known, as the relay sorts them.</summary>
    public IReadOnlyList<NewsRow> Sorted => [.. Rows.OrderBy(row => row.KnownAtMs).Select(row => row.Row)];

    public NewsLines Finding(
        string kind, string id, string subject, double startHours, double? endHours, double knownHours, string severity = "medium",
        string state = "closed", string reason = "Something unusual happened.", string? because = null, string stage = "watch",
        Position? first = null, Position? last = null, string profile = "default", string? about = null, uint? mmsi = null, double silentChance = 0) => Add("findings", knownHours, id, first, last, new JsonObject
        {
            ["revision"] = 1,
            ["state"] = state,
            ["settled"] = false,
            ["kind"] = kind,
            ["severity"] = severity,
            ["subject"] = subject,
            ["object"] = about,
            ["mmsi"] = mmsi,
            ["measure"] = new JsonObject { ["silent_vessel_probability"] = silentChance },
            ["start_at"] = Text(startHours),
            ["end_at"] = endHours is { } end ? Text(end) : null,
            ["reason"] = reason,
            ["profile"] = profile,
            ["retracted_because"] = because,
            ["position"] = new JsonObject { ["group"] = 0, ["entry"] = 1, ["record"] = 0, ["stage"] = stage },
        });

    public NewsLines PortCall(string id, uint mmsi, string? port, double arrivalHours, double? departureHours, double? knownHours = null, string state = "closed", Position? place = null, string? name = null) =>
        Add("port-calls", knownHours ?? departureHours ?? (arrivalHours + 0.5), id, place ?? (port == "NOLAR" ? Larvik : port == "SEGOT" ? Gothenburg : null), null, new JsonObject
        {
            ["mmsi"] = mmsi,
            ["subject"] = $"mmsi:{mmsi}",
            ["name"] = name,
            ["port"] = port,
            ["port_name"] = port ?? "a bay",
            ["arrival_at"] = Text(arrivalHours),
            ["stop_at"] = Text(arrivalHours + 0.4),
            ["departure_at"] = departureHours is { } left ? Text(left) : null,
            ["state"] = state,
        });

    public NewsLines Declared(
        string id, uint? mmsi, string port, double etaHours, double knownHours, string? voyage = null, string? lastPort = null,
        string status = "expected", int? imo = null, string? callSign = null, string? name = null, string? subject = null) => Add("declared-calls", knownHours, id, port == "SEGOT" ? Gothenburg : null, null, new JsonObject
        {
            ["subject"] = subject ?? Call(port, mmsi ?? 0, etaHours),
            ["port"] = port,
            ["mmsi"] = mmsi,
            ["imo"] = imo,
            ["call_sign"] = callSign,
            ["name"] = name,
            ["voyage"] = voyage,
            ["eta_at"] = Text(etaHours),
            ["etd_at"] = null,
            ["last_port"] = lastPort,
            ["status"] = status,
            ["received_at"] = Text(knownHours),
        });

    public NewsLines Consignment(
        string id, uint? mmsi, string loading, string discharge, double arrivalHours, double knownHours, string[] boxes,
        string? voyage = null, int? imo = null, string? callSign = null, string? name = null, string? original = null) => Add("consignments", knownHours, id, null, null, new JsonObject
        {
            ["manifest"] = "M1",
            ["mmsi"] = mmsi,
            ["imo"] = imo,
            ["call_sign"] = callSign,
            ["vessel_name"] = name,
            ["voyage"] = voyage,
            ["port_of_loading"] = loading,
            ["port_of_discharge"] = discharge,
            ["port_of_original_loading"] = original,
            ["arrival_port"] = discharge,
            ["declared_arrival_at"] = Text(arrivalHours),
            ["containers"] = new JsonArray([.. boxes.Select(box => (JsonNode)box)]),
            ["parties"] = new JsonArray(new JsonObject { ["role"] = "CN", ["token"] = "party-token" }),
            ["landing"] = "landing/manifests/2026-03-05/ab",
            ["hash"] = "ab",
        });

    public NewsLines Pickup(string id, string box, string token, double hours) => Add("pickups", hours, id, null, null, new JsonObject
    {
        ["container"] = box,
        ["token"] = token,
        ["port"] = "SEGOT",
        ["at"] = Text(hours),
    });

    public NewsLines Journey(string id, string token, double startHours, double endHours) => Add("journeys", endHours, id, Gothenburg, null, new JsonObject
    {
        ["subject"] = $"plate:{token}",
        ["token"] = token,
        ["start_at"] = Text(startHours),
        ["end_at"] = Text(endHours),
    });

    public NewsLines Detection(string subject, double hours, double knownHours, Position place, string status = "dark", double duty = 0.97) =>
        Add("detections", knownHours, subject["detection:".Length..], place, null, new JsonObject
        {
            ["subject"] = subject,
            ["at"] = Text(hours),
            ["length_m"] = 128,
            ["status"] = status,
            ["mmsi"] = null,
            ["duty_odds"] = duty,
        });

    public NewsLines Unheard(uint mmsi, double sinceHours, double judgedHours) => Add("not-observable", judgedHours, $"mmsi:{mmsi}-{sinceHours}", null, null, new JsonObject
    {
        ["subject"] = $"mmsi:{mmsi}",
        ["silent_since"] = Text(sinceHours),
        ["judged_at"] = Text(judgedHours),
    });

    /// <summary>The feeder's days: Larvik in the evening, Gothenburg in the morning, each called at and declared.</summary>
    public NewsLines Rounds(int days, uint mmsi = Feeder, string name = "SIM FEEDER")
    {
        for (var day = 0; day < days; day++)
        {
            Declared($"n{mmsi}-{day}", mmsi, "SEGOT", (day * 24) + 18, (day * 24) + 2, $"V{day}", "NOLAR", name: name, imo: 9_347_346, callSign: "LAAB7");
            PortCall($"p{mmsi}-{day}-l", mmsi, "NOLAR", (day * 24) + 3, (day * 24) + 7, name: name);
            PortCall($"p{mmsi}-{day}-g", mmsi, "SEGOT", (day * 24) + 18.2, (day * 24) + 22, name: name);
        }

        return this;
    }

    public static string Call(string port, uint mmsi, double etaHours) => $"call:{port}:{mmsi}:{Text(etaHours)}";

    /// <summary>Entries of news with so many rows each.</summary>
    public static IEnumerable<InboxEntry> Entries(IReadOnlyList<NewsRow> rows, Func<int> rowsPerEntry, long firstNumber = 1, long plan = 1)
    {
        var (at, part) = (0, 0);
        while (at < rows.Count)
        {
            var count = Math.Min(rows.Count - at, Math.Max(1, rowsPerEntry()));
            yield return new InboxEntry(firstNumber + part, EntryKind.News, new NewsEntry(plan, part, [.. rows.Skip(at).Take(count)]).ToBytes());
            (at, part) = (at + count, part + 1);
        }
    }

    private NewsLines Add(string collection, double knownHours, string id, Position? first, Position? last, JsonObject properties)
    {
        properties["id"] = id;
        properties["known_at"] = Text(knownHours);
        properties["simulated"] = true;
        JsonNode? geometry = first is not { } a ? null
            : last is not { } b ? new JsonObject { ["type"] = "Point", ["coordinates"] = Pair(a) }
            : new JsonObject { ["type"] = "LineString", ["coordinates"] = new JsonArray(Pair(a), Pair(b)) };
        var feature = new JsonObject { ["type"] = "Feature", ["id"] = id, ["geometry"] = geometry, ["properties"] = properties };
        Rows.Add((At(knownHours), new NewsRow(collection, Encoding.UTF8.GetBytes(feature.ToJsonString(Compact)))));
        return this;
    }

    private static readonly JsonSerializerOptions Compact = new() { WriteIndented = false };

    private static JsonArray Pair(Position place) => new(place.LongitudeDegrees, place.LatitudeDegrees);
}
