using System.Text.Json;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Findings.UnlikelyMotion;

/// <summary>A line of the collection ways as the stage reads it.</summary>
internal sealed record WayRow
{
    public required string Subject { get; init; }

    public uint? Mmsi { get; init; }

    public string? Name { get; init; }

    /// <summary>A whole ten minutes, milliseconds since 1970 UTC.</summary>
    public required long AtMs { get; init; }

    public required long KnownAtMs { get; init; }

    public required Position Where { get; init; }

    /// <summary>0.1 knot, -1 where nobody said.</summary>
    public required int SpeedDeciKnots { get; init; }

    /// <summary>0.1 degree, -1 where nobody said.</summary>
    public required int CourseDeciDegrees { get; init; }

    public required int Hull { get; init; }

    public required bool IsSimulated { get; init; }

    /// <summary>Reads a line; null for what is no such line.</summary>
    public static WayRow? Read(ReadOnlyMemory<byte> line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            var of = document.RootElement.GetProperty("properties");
            var point = document.RootElement.GetProperty("geometry").GetProperty("coordinates");
            var mmsi = of.GetProperty("mmsi");
            return new WayRow
            {
                Subject = of.GetProperty("subject").GetString()!,
                Mmsi = mmsi.ValueKind == JsonValueKind.Number ? mmsi.GetUInt32() : null,
                Name = of.GetProperty("name").GetString(),
                AtMs = TimeOf(of, "at"),
                KnownAtMs = TimeOf(of, "known_at"),
                Where = Position.FromDegrees(point[1].GetDouble(), point[0].GetDouble()),
                SpeedDeciKnots = TenthsOf(of, "speed_knots"),
                CourseDeciDegrees = TenthsOf(of, "course_degrees"),
                Hull = of.GetProperty("hull").GetInt32(),
                IsSimulated = of.GetProperty("simulated").GetBoolean(),
            };
        }
        catch (Exception fault) when (fault is JsonException or KeyNotFoundException or InvalidOperationException
            or FormatException or OverflowException or ArgumentOutOfRangeException or IndexOutOfRangeException)
        {
            return null;
        }
    }

    private static int TenthsOf(JsonElement of, string property) =>
        of.GetProperty(property) is { ValueKind: JsonValueKind.Number } number ? (int)Math.Round(number.GetDecimal() * 10) : -1;

    private static long TimeOf(JsonElement of, string property) => of.GetProperty(property).GetDateTimeOffset().ToUnixTimeMilliseconds();
}
