using System.Buffers;
using System.Globalization;
using System.Text.Json;
using MaritimeWatch.Geodesy;
using MaritimeWatch.GeoJson;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Reference;

/// <summary>
/// Turns the ports of the npm package sea-ports (UN/LOCODE to name and [longitude, latitude]) into reference data. Its
/// positions were looked up by name, so a few are absurd. Left out: ports without a position, and ports far from every
/// other port of their country whose position is that of a port elsewhere. Turned round: ports far from their country
/// (of three ports or more) that lie in it once latitude and longitude change places. Kept, with a <c>position_doubt</c>:
/// the others that are far from the next port of their country, some of them islands and rightly so.
/// </summary>
public static class SeaPorts
{
    private const double FarMetres = 1_500_000;
    private const double NearMetres = 1_000_000;

    /// <summary>True for a UN/LOCODE in capitals: two letters of a country and three of a place (2 to 9 may stand there too).</summary>
    /// <param name="text">Any text.</param>
    public static bool IsLocode(string text) => PlaceFeatures.IsLocode(text);

    /// <summary>GeoJSON of kind ports, and what was left out, turned round or doubted.</summary>
    /// <param name="portsJson">The bytes of <c>sea-ports/lib/ports.json</c>.</param>
    /// <exception cref="ReferenceException">The bytes are not such a file.</exception>
    public static (ReadOnlyMemory<byte> GeoJson, IReadOnlyList<string> Notes) ToGeoJson(ReadOnlyMemory<byte> portsJson)
    {
        try
        {
            using var document = JsonDocument.Parse(portsJson);
            var notes = new List<string>();
            var ports = Read(document.RootElement, notes);
            return (Write(Judge(ports, notes)), notes);
        }
        catch (Exception fault) when (fault is JsonException or KeyNotFoundException or InvalidOperationException
            or FormatException or ArgumentOutOfRangeException or IndexOutOfRangeException)
        {
            throw new ReferenceException($"the ports are not those of sea-ports: {fault.Message}", fault);
        }
    }

    private static List<Port> Read(JsonElement root, List<string> notes)
    {
        var ports = new List<Port>();
        foreach (var entry in root.EnumerateObject())
        {
            if (!PlaceFeatures.IsLocode(entry.Name))
            {
                notes.Add($"{entry.Name}: left out, not a UN/LOCODE");
            }
            else if (!entry.Value.TryGetProperty("coordinates", out var pair) || pair.GetArrayLength() != 2)
            {
                notes.Add($"{entry.Name}: left out, no position");
            }
            else
            {
                var name = entry.Value.GetProperty("name").GetString() ?? entry.Name;
                var country = entry.Value.TryGetProperty("country", out var text) ? text.GetString() : null;
                ports.Add(new Port(entry.Name, name, country, Position.FromDegrees(pair[1].GetDouble(), pair[0].GetDouble()), null));
            }
        }

        return ports;
    }

    private static List<Port> Judge(List<Port> ports, List<string> notes)
    {
        var byCountry = ports.ToLookup(port => port.Locode[..2]);
        var byPlace = ports.ToLookup(port => port.Where);
        var kept = new List<Port>();
        foreach (var port in ports.OrderBy(port => port.Locode, StringComparer.Ordinal))
        {
            var others = byCountry[port.Locode[..2]].Where(other => other.Locode != port.Locode).ToList();
            if (NearestMetres(port.Where, others) <= FarMetres)
            {
                kept.Add(port);
            }
            else if (others.Count > 1 && Turned(port) is { } turned && NearestMetres(turned, others) <= NearMetres)
            {
                notes.Add($"{port.Locode}: latitude and longitude were exchanged, turned round to {turned}");
                kept.Add(port with { Where = turned });
            }
            else if (byPlace[port.Where].FirstOrDefault(other => other.Locode[..2] != port.Locode[..2]) is { } twin)
            {
                notes.Add($"{port.Locode}: left out, its position is that of {twin.Locode}");
            }
            else
            {
                kept.Add(port);
            }
        }

        return [.. kept.Select(port => Doubted(port, kept, notes))];
    }

    private static Port Doubted(Port port, List<Port> kept, List<string> notes)
    {
        var country = port.Locode[..2];
        var away = NearestMetres(port.Where, kept.Where(other => other.Locode[..2] == country && other.Locode != port.Locode));
        if (away <= FarMetres)
        {
            return port;
        }

        var doubt = string.Create(CultureInfo.InvariantCulture, $"{away / 1000:F0} km from the next port of {country}");
        notes.Add($"{port.Locode}: kept in doubt, {doubt}");
        return port with { Doubt = doubt };
    }

    /// <summary>Metres to the nearest of some ports; 0 where there is none, so that a lone port is not doubted.</summary>
    private static double NearestMetres(Position where, IEnumerable<Port> others) =>
        others.Select(other => GreatCircle.DistanceMetres(where, other.Where)).DefaultIfEmpty(0).Min();

    private static Position? Turned(Port port) => Math.Abs(port.Where.LongitudeDegrees) <= 90
        ? Position.FromDegrees(port.Where.LongitudeDegrees, port.Where.LatitudeDegrees)
        : null;

    private static ReadOnlyMemory<byte> Write(List<Port> ports)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new GeoJsonWriter(buffer);
        json.StartCollection();
        json.StartFeatures();
        foreach (var port in ports)
        {
            json.StartFeature(port.Locode);
            json.WritePoint(port.Where);
            json.StartProperties();
            json.Json.WriteString("name"u8, port.Name);
            if (port.Country is not null)
            {
                json.Json.WriteString("country"u8, port.Country);
            }

            json.Json.WriteString("source"u8, "npm sea-ports (MIT)"u8);
            if (port.Doubt is not null)
            {
                json.Json.WriteString("position_doubt"u8, port.Doubt);
            }

            json.EndFeature();
        }

        json.EndFeatures();
        json.EndCollection();
        return buffer.WrittenMemory;
    }

    private sealed record Port(string Locode, string Name, string? Country, Position Where, string? Doubt);
}
