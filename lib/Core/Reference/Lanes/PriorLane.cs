using System.Text.Json;
using MaritimeWatch.GeoJson;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Reference.Lanes;

/// <summary>
/// The way by the network of sea lanes between two ports of which too few voyages are known for a lane. It is there to be
/// seen: nobody made it, it may lie twenty miles off what ships keep to, and nobody is judged by it.
/// </summary>
/// <param name="From">Port of departure: its UN/LOCODE or id.</param>
/// <param name="FromName">What people call it.</param>
/// <param name="To">Port of arrival.</param>
/// <param name="ToName">What people call it.</param>
/// <param name="Voyages">Voyages that were made between them; 1 or more, fewer than make a lane.</param>
/// <param name="Vessels">Different ships that made them.</param>
/// <param name="LastEndAtMs">When the last of them ended, milliseconds since 1970 UTC.</param>
/// <param name="IsSimulated">A report of them was simulated.</param>
/// <param name="LengthDecimetres">Length by the network, 0.1 m.</param>
/// <param name="Line">The way; 2 to 400 places.</param>
public sealed record PriorLane(
    string From,
    string FromName,
    string To,
    string ToName,
    int Voyages,
    int Vessels,
    long LastEndAtMs,
    bool IsSimulated,
    int LengthDecimetres,
    IReadOnlyList<Position> Line)
{
    /// <summary>Its id: <c>lane:FROM-TO:prior</c>.</summary>
    public string Id => $"lane:{From}-{To}:prior";

    /// <summary>Writes it as a feature as the feed shows it.</summary>
    internal void WriteShown(Utf8JsonWriter json) => Write(json, isShown: true);

    /// <summary>Writes it as a feature as the file keeps it.</summary>
    internal void Write(Utf8JsonWriter json) => Write(json, isShown: false);

    private void Write(Utf8JsonWriter json, bool isShown)
    {
        json.WriteStartObject();
        json.WriteString("type"u8, "Feature"u8);
        json.WriteString("id"u8, Id);
        json.WritePropertyName("geometry"u8);
        GeoJsonGeometry.WriteLineString(json, [.. Line]);
        json.WriteStartObject("properties"u8);
        json.WriteString("id"u8, Id);
        json.WriteString("lane"u8, Id);
        json.WriteNull("mmsi"u8);
        json.WriteNull("subject"u8);
        json.WriteString("name"u8, $"{FromName}-{ToName}");
        json.WriteString("ship_type"u8, ShipClass.All);
        json.WriteString("from"u8, From);
        json.WriteString("from_name"u8, FromName);
        json.WriteString("to"u8, To);
        json.WriteString("to_name"u8, ToName);
        json.WriteBoolean("prior"u8, true);
        json.WriteNumber("voyages"u8, Voyages);
        json.WriteNumber("vessels"u8, Vessels);
        json.WriteNumber("length_nm"u8, Math.Round(LengthDecimetres / 1852m) / 10);
        json.WriteNull("half_width_nm"u8);
        json.WriteString("known_at"u8, Instants.ToText(LastEndAtMs));
        json.WriteBoolean("simulated"u8, IsSimulated);
        if (!isShown)
        {
            WriteKept(json);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private void WriteKept(Utf8JsonWriter json)
    {
        json.WriteNumber("last_end_at_ms"u8, LastEndAtMs);
        json.WriteNumber("length_dm"u8, LengthDecimetres);
        json.WriteStartArray("places_e7"u8);
        foreach (var place in Line)
        {
            json.WriteNumberValue(place.LongitudeE7);
            json.WriteNumberValue(place.LatitudeE7);
        }

        json.WriteEndArray();
    }

    /// <summary>Reads a feature.</summary>
    /// <exception cref="FormatException">A number is out of its range.</exception>
    internal static PriorLane Read(JsonElement feature)
    {
        var of = feature.GetProperty("properties");
        var numbers = of.GetProperty("places_e7").EnumerateArray().Select(number => number.GetInt32()).ToArray();
        var line = numbers.Chunk(2).Select(pair => new Position(pair[1], pair[0])).ToArray();
        return line.Length is >= 2 and <= TrafficLane.StationsMax
            && Array.TrueForAll(line, at => at.LatitudeE7 is >= -900_000_000 and <= 900_000_000 && at.LongitudeE7 is >= -1_800_000_000 and <= 1_800_000_000)
            ? new PriorLane(
                of.GetProperty("from").GetString()!, of.GetProperty("from_name").GetString()!, of.GetProperty("to").GetString()!,
                of.GetProperty("to_name").GetString()!, of.GetProperty("voyages").GetInt32(), of.GetProperty("vessels").GetInt32(),
                of.GetProperty("last_end_at_ms").GetInt64(), of.GetProperty("simulated").GetBoolean(), of.GetProperty("length_dm").GetInt32(), line)
            : throw new FormatException("a prior lies nowhere on earth, or has too many places");
    }
}
