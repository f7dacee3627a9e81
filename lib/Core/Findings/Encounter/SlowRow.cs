using System.Text.Json;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Findings.Encounter;

/// <summary>A line of the collection slow as the stage of contacts reads it.</summary>
internal sealed record SlowRow(
    string Id, string Subject, uint? Mmsi, string? Name, int ShipType, Position Where, long AtMs, int SpeedDeciKnots, bool IsSimulated)
{
    /// <summary>When the place could be known, milliseconds since 1970 UTC.</summary>
    public long KnownAtMs { get; init; }

    /// <summary>Far from every stopping place.</summary>
    public bool IsFar { get; init; }

    /// <summary>Which of two is named first: the smaller MMSI; ids that are no MMSI after those that are.</summary>
    public static bool IsBefore(SlowRow one, SlowRow other) => (one.Mmsi, other.Mmsi) switch
    {
        ({ } a, { } b) => a < b,
        ({ }, null) => true,
        (null, { }) => false,
        _ => string.CompareOrdinal(one.Subject, other.Subject) < 0,
    };

    /// <summary>Reads a line; null for what is no such line.</summary>
    public static SlowRow? Read(ReadOnlyMemory<byte> line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            var of = document.RootElement.GetProperty("properties");
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
                of.GetProperty("simulated").GetBoolean())
            {
                KnownAtMs = TimeOf(of, "known_at"),
                IsFar = of.GetProperty("far_from_anchorage").GetBoolean(),
            };
        }
        catch (Exception fault) when (fault is JsonException or KeyNotFoundException or InvalidOperationException
            or FormatException or OverflowException or ArgumentOutOfRangeException or IndexOutOfRangeException)
        {
            return null;
        }
    }

    private static long TimeOf(JsonElement of, string property) => of.GetProperty(property).GetDateTimeOffset().ToUnixTimeMilliseconds();
}
