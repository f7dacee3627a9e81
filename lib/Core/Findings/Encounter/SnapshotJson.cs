using System.Text.Json;
using MaritimeWatch.Log;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Findings.Encounter;

/// <summary>What the states of both stages write and read in the same way.</summary>
internal static class SnapshotJson
{
    /// <summary>Reads a state and turns whatever is wrong with it into one exception.</summary>
    /// <exception cref="InvalidDataException">It is damaged, or of a newer format.</exception>
    /// <exception cref="OlderFormatException">It is of an older format.</exception>
    public static T Read<T>(ReadOnlySpan<byte> bytes, string stage, int formatNow, Func<JsonElement, T> take)
    {
        try
        {
            var reader = new Utf8JsonReader(bytes);
            var root = JsonElement.ParseValue(ref reader);
            OlderFormatException.Check($"the state of {stage}", root.GetProperty("format").GetInt32(), formatNow);
            return take(root);
        }
        catch (Exception fault) when (fault is JsonException or KeyNotFoundException or InvalidOperationException
            or FormatException or IndexOutOfRangeException or ArgumentException)
        {
            throw new InvalidDataException($"the state of {stage} is damaged: {fault.Message}", fault);
        }
    }

    public static void Numbers(Utf8JsonWriter json, string property, params ReadOnlySpan<long> numbers)
    {
        json.WriteStartArray(property);
        foreach (var number in numbers)
        {
            json.WriteNumberValue(number);
        }

        json.WriteEndArray();
    }

    public static void WriteParty(Utf8JsonWriter json, Party party)
    {
        json.WriteStartArray();
        json.WriteStringValue(party.Subject);
        json.WriteNumberValue(party.Mmsi ?? 0);
        json.WriteStringValue(party.Name);
        json.WriteNumberValue(party.ShipType);
        json.WriteEndArray();
    }

    public static Party ReadParty(JsonElement of)
    {
        var mmsi = of[1].GetUInt32();
        return new Party(of[0].GetString()!, mmsi == 0 ? null : mmsi, of[2].GetString(), of[3].GetInt32());
    }

    public static Position PositionOf(JsonElement of, int from) => new(of[from].GetInt32(), of[from + 1].GetInt32());

    public static void WriteCounts(Utf8JsonWriter json, EncounterCounts counts) =>
        Numbers(json, "counts", counts.Rows, counts.Late, counts.Refused, counts.LeftOut);

    public static void ReadCounts(JsonElement root, EncounterCounts counts)
    {
        var counted = root.GetProperty("counts");
        (counts.Rows, counts.Late, counts.Refused, counts.LeftOut) =
            (counted[0].GetInt64(), counted[1].GetInt64(), counted[2].GetInt64(), counted[3].GetInt64());
    }
}
