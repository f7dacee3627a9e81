using System.Globalization;
using System.Text.Json;
using MaritimeWatch.GeoJson;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Reference.Cameras;

/// <summary>
/// The file of kind <c>cameras</c>:
/// <code>
/// { "cameras": [ { "id", "name"?, "lat", "lon", "direction"?, "watched_area"?: bool, "port"?: LOCODE } ],
///   "links":   [ { "from", "to", "distance_m", "free_flow_s"? } ],
///   "routes":  [ { "id", "cameras": [id, id, ...] } ] }
/// </code>
/// Degrees on WGS 84; metres; seconds. Links go one way. Links and routes may be absent.
/// </summary>
public static class CameraFile
{
    private const int CamerasMax = 50_000;
    private const int LinksMax = 500_000;
    private const int RoutesMax = 50_000;
    private const int RouteCamerasMax = 500;
    private const int DistanceMetresMax = 1_000_000;
    private const double FreeFlowSecondsMax = 86_400;

    /// <summary>Reads a file.</summary>
    /// <param name="utf8">The JSON.</param>
    /// <param name="version">The version that it is.</param>
    /// <exception cref="ReferenceException">It is no such file; says where and what.</exception>
    public static CameraNetwork Parse(ReadOnlyMemory<byte> utf8, int version = 1)
    {
        try
        {
            var options = new JsonDocumentOptions { MaxDepth = GeoJsonLimits.Default.DepthMax, AllowDuplicateProperties = false };
            using var document = SoundJson.Parse(utf8, options);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("cameras", out _))
            {
                throw new ReferenceException("cameras: the file is no object with a list \"cameras\"");
            }

            var cameras = new Dictionary<string, Camera>(StringComparer.Ordinal);
            foreach (var camera in Items(root, "cameras", CamerasMax).Select(item => CameraOf(item.Value, item.Where)))
            {
                if (!cameras.TryAdd(camera.Id, camera))
                {
                    throw new ReferenceException($"cameras: the id {camera.Id} appears twice");
                }
            }

            var links = new Dictionary<(string, string), CameraLink>();
            foreach (var (link, where) in Items(root, "links", LinksMax))
            {
                var read = LinkOf(link, where, cameras);
                if (!links.TryAdd((read.From, read.To), read))
                {
                    throw new ReferenceException($"{where}: there is a link from {read.From} to {read.To} already");
                }
            }

            var routes = Items(root, "routes", RoutesMax).Select(item => RouteOf(item.Value, item.Where, cameras)).ToList();
            return new CameraNetwork(version, [.. cameras.Values], [.. links.Values], routes);
        }
        catch (JsonException fault)
        {
            throw new ReferenceException($"cameras: {JsonSlices.Describe(fault, GeoJsonLimits.Default.DepthMax)}", fault);
        }
        catch (InvalidOperationException fault)
        {
            // Half of a surrogate pair in an escape, which no text can hold.
            throw new ReferenceException("cameras: the file holds a text that is no Unicode", fault);
        }
    }

    private static Camera CameraOf(JsonElement item, string where)
    {
        var id = Id(item, "id", where);
        var (latitude, longitude) = (Number(item, "lat", where, -90, 90), Number(item, "lon", where, -180, 180));
        var isWatched = item.TryGetProperty("watched_area", out var watched) && watched.ValueKind == JsonValueKind.True;
        return new Camera(
            id, Text(item, "name", 200) ?? id, Position.FromDegrees(latitude, longitude), Text(item, "direction", 32), isWatched, Text(item, "port", 5));
    }

    private static CameraLink LinkOf(JsonElement item, string where, Dictionary<string, Camera> cameras)
    {
        var (from, to) = (Known(item, "from", where, cameras), Known(item, "to", where, cameras));
        var metres = (int)Math.Round(Number(item, "distance_m", where, 1, DistanceMetresMax));
        long? freeFlow = item.TryGetProperty("free_flow_s", out var free) && free.ValueKind != JsonValueKind.Null
            ? (long)Math.Round(Number(item, "free_flow_s", where, 0, FreeFlowSecondsMax) * 1000)
            : null;
        return new CameraLink(from, to, metres, freeFlow);
    }

    private static CameraRoute RouteOf(JsonElement item, string where, Dictionary<string, Camera> cameras)
    {
        var id = Id(item, "id", where);
        if (!item.TryGetProperty("cameras", out var list) || list.ValueKind != JsonValueKind.Array
            || list.GetArrayLength() is < 2 or > RouteCamerasMax)
        {
            throw new ReferenceException($"{where}: a route has 2 to {RouteCamerasMax} cameras");
        }

        var ids = list.EnumerateArray().Select(camera => camera.ValueKind == JsonValueKind.String ? camera.GetString()! : "").ToList();
        return ids.Find(camera => !cameras.ContainsKey(camera)) is { } unknown
            ? throw new ReferenceException($"{where}: there is no camera \"{Short(unknown)}\"")
            : new CameraRoute(id, ids);
    }

    private static IEnumerable<(JsonElement Value, string Where)> Items(JsonElement root, string name, int most)
    {
        if (!root.TryGetProperty(name, out var list) || list.ValueKind == JsonValueKind.Null)
        {
            return [];
        }

        if (list.ValueKind != JsonValueKind.Array || list.GetArrayLength() > most)
        {
            throw new ReferenceException($"cameras: \"{name}\" is no list of at most {most}");
        }

        return list.EnumerateArray().Select((item, i) => item.ValueKind == JsonValueKind.Object
            ? (item, $"cameras: {name}[{i}]")
            : throw new ReferenceException($"cameras: {name}[{i}] is no object"));
    }

    private static string Id(JsonElement item, string name, string where) =>
        Text(item, name, 64) is { Length: > 0 } id && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-')
            ? id
            : throw new ReferenceException($"{where}: \"{name}\" is no id of 1 to 64 of A-Z a-z 0-9 . _ -");

    private static string Known(JsonElement item, string name, string where, Dictionary<string, Camera> cameras) =>
        Text(item, name, 64) is { } id && cameras.ContainsKey(id)
            ? id
            : throw new ReferenceException($"{where}: \"{name}\" names no camera of the file");

    private static double Number(JsonElement item, string name, string where, double from, double to) =>
        item.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number
        && value.TryGetDouble(out var number) && number >= from && number <= to
            ? number
            : throw new ReferenceException(string.Create(CultureInfo.InvariantCulture, $"{where}: \"{name}\" is no number from {from} to {to}"));

    private static string? Text(JsonElement item, string name, int lengthMax) =>
        item.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text
            ? Short(text, lengthMax)
            : null;

    private static string Short(string text, int lengthMax = 40) => text.Length > lengthMax ? text[..lengthMax] : text;
}
