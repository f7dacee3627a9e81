using System.Text.Json;

namespace MaritimeWatch.Scenario;

/// <summary>A camera of the simulated roads round the port of Gothenburg.</summary>
internal sealed record RoadCamera(string Id, string Name, double Lat, double Lon, string Direction, bool IsWatched, bool IsGate);

/// <summary>A road from one camera to the next, one way.</summary>
internal sealed record RoadLink(string From, string To, int Metres, int FreeFlowSeconds);

/// <summary>
/// Cameras and roads, drawn by hand near the real ones. Out of the port a vehicle passes a gate-out camera and then the
/// outbound camera of each place on its way; inward likewise. Two cameras stand in a quarter of summer houses where no
/// lorry of the port has any business.
/// </summary>
internal static class RoadMap
{
    private static readonly (string Place, string Name, double Lat, double Lon)[] Places =
    [
        ("HIS", "Hisingsleden", 57.7125, 11.8690), ("LUN", "Lundbyleden", 57.7075, 11.9140), ("TIN", "Tingstad", 57.7225, 11.9880),
        ("E6N1", "E6 Backa", 57.7600, 11.9990), ("E6N2", "E6 Kungalv", 57.8650, 11.9950), ("E20A", "E20 Partille", 57.7390, 12.1050),
        ("E20B", "E20 Alingsas", 57.9230, 12.5100), ("R40A", "R40 Molnlycke", 57.6690, 12.1180), ("R40B", "R40 Boras", 57.7180, 12.8900),
        ("E6S1", "E6 Molndal", 57.6560, 12.0130), ("E6S2", "E6 Kungsbacka", 57.4930, 12.0780), ("E45", "E45 Nol", 57.9160, 12.0660),
    ];

    private static readonly (string A, string B, int Metres, int Seconds)[] Roads =
    [
        ("GATE1", "HIS", 4100, 250), ("GATE1", "LUN", 4700, 300), ("GATE2", "HIS", 4600, 275), ("GATE2", "LUN", 5300, 335), ("HIS", "TIN", 9800, 500),
        ("LUN", "TIN", 5200, 275), ("HIS", "E6N1", 13_900, 660), ("TIN", "E6N1", 4700, 205), ("E6N1", "E6N2", 12_400, 450),
        ("TIN", "E20A", 7900, 370), ("E20A", "E20B", 37_500, 1450), ("TIN", "E6S1", 9200, 445), ("E6S1", "R40A", 8200, 385),
        ("R40A", "R40B", 48_800, 1850), ("E6S1", "E6S2", 20_300, 760), ("TIN", "E45", 24_200, 1010),
        ("GATE1", "SHORE1", 9900, 720), ("SHORE1", "SHORE2", 4300, 390), ("SHORE2", "HIS", 12_900, 900),
    ];

    /// <summary>Ways out of the port, without the gate: from the road behind the gate to the last camera.</summary>
    public static readonly string[][] Ways =
    [
        ["LUN", "TIN", "E6N1", "E6N2"], ["HIS", "E6N1", "E6N2"], ["LUN", "TIN", "E20A", "E20B"], ["LUN", "TIN", "E6S1", "E6S2"],
        ["LUN", "TIN", "E6S1", "R40A", "R40B"], ["LUN", "TIN", "E45"],
    ];

    /// <summary>The way of the story's lorry: through the watched quarter, where it stops, and then on.</summary>
    public static readonly string[] OddWay = ["SHORE1", "SHORE2", "HIS", "E6N1", "E6N2"];

    /// <summary>Every camera.</summary>
    public static IReadOnlyList<RoadCamera> Cameras { get; } = MakeCameras();

    /// <summary>Every road, both ways where there are two.</summary>
    public static IReadOnlyList<RoadLink> Links { get; } = MakeLinks();

    /// <summary>Outbound camera of a place.</summary>
    public static string Out(string place) => "SIM-" + place + "-OUT";

    /// <summary>Inbound camera of a place.</summary>
    public static string In(string place) => "SIM-" + place + "-IN";

    /// <summary>The road between two cameras.</summary>
    public static RoadLink Between(string from, string to) =>
        Links.FirstOrDefault(link => link.From == from && link.To == to) ?? throw new KeyNotFoundException($"{from} {to}");

    /// <summary>reference/cameras.json, as <see cref="Reference.Cameras.CameraFile"/> reads it.</summary>
    public static void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteBoolean("simulated", true);
        json.WriteStartArray("cameras");
        foreach (var camera in Cameras)
        {
            json.WriteStartObject();
            json.WriteString("id", camera.Id);
            json.WriteString("name", "SIM " + camera.Name);
            json.WriteNumber("lat", camera.Lat);
            json.WriteNumber("lon", camera.Lon);
            json.WriteString("direction", camera.Direction);
            if (camera.IsWatched)
            {
                json.WriteBoolean("watched_area", true);
            }

            if (camera.IsGate)
            {
                json.WriteString("port", "SEGOT");
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("links");
        foreach (var link in Links)
        {
            json.WriteStartObject();
            json.WriteString("from", link.From);
            json.WriteString("to", link.To);
            json.WriteNumber("distance_m", link.Metres);
            json.WriteNumber("free_flow_s", link.FreeFlowSeconds);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        WriteRoutes(json);
        json.WriteEndObject();
    }

    private static void WriteRoutes(Utf8JsonWriter json)
    {
        json.WriteStartArray("routes");
        foreach (var gate in new[] { "GATE1", "GATE2" })
        {
            foreach (var way in Ways)
            {
                Route(json, $"{gate}-{way[^1]}-{way[0]}-out", [Out(gate), .. way.Select(Out)]);
                Route(json, $"{gate}-{way[^1]}-{way[0]}-in", [.. way.AsEnumerable().Reverse().Select(In), In(gate)]);
            }
        }

        json.WriteEndArray();
    }

    private static void Route(Utf8JsonWriter json, string id, IEnumerable<string> cameras)
    {
        json.WriteStartObject();
        json.WriteString("id", id);
        json.WriteStartArray("cameras");
        foreach (var camera in cameras)
        {
            json.WriteStringValue(camera);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static List<RoadCamera> MakeCameras()
    {
        var all = new List<RoadCamera>();
        foreach (var (gate, lat, lon) in new[] { ("GATE1", 57.6935, 11.8560), ("GATE2", 57.6890, 11.8455) })
        {
            all.Add(new RoadCamera(Out(gate), gate + " out", lat, lon, "out", false, true));
            all.Add(new RoadCamera(In(gate), gate + " in", lat + 0.0001, lon + 0.0002, "in", false, true));
        }

        foreach (var (place, name, lat, lon) in Places)
        {
            all.Add(new RoadCamera(Out(place), name + " outward", lat, lon, "out", false, false));
            all.Add(new RoadCamera(In(place), name + " inward", lat + 0.0001, lon + 0.0002, "in", false, false));
        }

        all.Add(new RoadCamera(Out("SHORE1"), "Shore road, summer houses", 57.7170, 11.7440, "out", true, false));
        all.Add(new RoadCamera(Out("SHORE2"), "Shore road, boat harbour", 57.7410, 11.7290, "out", true, false));
        return all;
    }

    private static List<RoadLink> MakeLinks()
    {
        var all = new List<RoadLink>();
        foreach (var (a, b, metres, seconds) in Roads)
        {
            all.Add(new RoadLink(Out(a), Out(b), metres, seconds));
            if (!a.StartsWith("SHORE", StringComparison.Ordinal) && !b.StartsWith("SHORE", StringComparison.Ordinal))
            {
                all.Add(new RoadLink(In(b), In(a), metres, seconds));
            }
        }

        return all;
    }
}
