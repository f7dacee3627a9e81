using System.Globalization;
using System.Text.Json;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Findings.Congestion;

/// <summary>What a line of <c>port-calls</c> says of who lies where.</summary>
/// <param name="Id">The call.</param>
/// <param name="Port">UN/LOCODE.</param>
/// <param name="PortName">The port's name, or null.</param>
/// <param name="IsAtAnchorage">At an anchorage, so waiting; else at a berth or simply in port.</param>
/// <param name="SinceMs">When it stopped, or where that was not seen, when it came in.</param>
/// <param name="GoneAtMs">When it went out, or null while it is there.</param>
/// <param name="KnownAtMs">When this could be known.</param>
/// <param name="IsRetracted">The call was taken back.</param>
/// <param name="IsSimulated">It stands on simulated reports.</param>
/// <param name="Where">Where it stopped.</param>
internal sealed record CallNews(
    string Id,
    string Port,
    string? PortName,
    bool IsAtAnchorage,
    long SinceMs,
    long? GoneAtMs,
    long KnownAtMs,
    bool IsRetracted,
    bool IsSimulated,
    Position Where)
{
    /// <summary>Reads a line; null for what is no such line. A call at no known port reads with an empty port.</summary>
    public static CallNews? Read(ReadOnlyMemory<byte> line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            var of = document.RootElement.GetProperty("properties");
            var point = document.RootElement.GetProperty("geometry").GetProperty("coordinates");
            return new CallNews(
                of.GetProperty("id").GetString()!,
                of.GetProperty("port").GetString() ?? string.Empty,
                of.GetProperty("port_name").GetString(),
                of.TryGetProperty("place_kind", out var kind) && kind.GetString() == "anchorage",
                AtMs(of, "stop_at") ?? AtMs(of, "arrival_at") ?? throw new FormatException("no arrival_at"),
                AtMs(of, "departure_at"),
                AtMs(of, "known_at") ?? throw new FormatException("no known_at"),
                of.GetProperty("state").GetString() == FindingNames.Of(FindingLife.Retracted),
                of.GetProperty("simulated").GetBoolean(),
                Position.FromDegrees(point[1].GetDouble(), point[0].GetDouble()));
        }
        catch (Exception fault) when (fault is JsonException or KeyNotFoundException or InvalidOperationException
            or FormatException or IndexOutOfRangeException or ArgumentException)
        {
            return null;
        }
    }

    private static long? AtMs(JsonElement of, string name) =>
        of.GetProperty(name).GetString() is { } text
            ? DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal).ToUnixTimeMilliseconds()
            : null;
}
