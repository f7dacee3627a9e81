using System.Text.Json;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Findings.Encounter;

/// <summary>A line of the collection slow as the stage of encounters reads it.</summary>
internal sealed record SlowRow(
    string Id, string Subject, uint? Mmsi, string? Name, int ShipType, Position Where, long AtMs, int SpeedDeciKnots, bool IsSimulated)
{
    /// <summary>Reads a line; null for what is no such line.</summary>
    public static SlowRow? Read(ReadOnlyMemory<byte> line, out long knownAtMs, out bool isFar)
    {
        (knownAtMs, isFar) = (0, false);
        try
        {
            using var document = JsonDocument.Parse(line);
            var of = document.RootElement.GetProperty("properties");
            knownAtMs = TimeOf(of, "known_at");
            isFar = of.GetProperty("far_from_anchorage").GetBoolean();
            var point = document.RootElement.GetProperty("geometry").GetProperty("coordinates");
            var mmsi = of.GetProperty("mmsi");
            var type = of.GetProperty("ship_type");
            return new SlowRow(
                of.GetProperty("id").GetString()!,
                of.GetProperty("subject").GetString()!,
                mmsi.ValueKind == JsonValueKind.Number ? mmsi.GetUInt32() : null,
                of.GetProperty("name").GetString(),
                type.ValueKind == JsonValueKind.Number ? type.GetInt32() : 0,
                Position.FromDegrees(point[1].GetDouble(), point[0].GetDouble()),
                TimeOf(of, "at"),
                (int)Math.Round(of.GetProperty("speed_knots").GetDecimal() * 10),
                of.GetProperty("simulated").GetBoolean());
        }
        catch (Exception fault) when (fault is JsonException or KeyNotFoundException or InvalidOperationException
            or FormatException or OverflowException or ArgumentOutOfRangeException or IndexOutOfRangeException)
        {
            return null;
        }
    }

    private static long TimeOf(JsonElement of, string property) => of.GetProperty(property).GetDateTimeOffset().ToUnixTimeMilliseconds();
}
