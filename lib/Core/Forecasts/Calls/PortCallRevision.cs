using System.Globalization;
using System.Text.Json;

namespace MaritimeWatch.Forecasts.Calls;

/// <summary>One revision of a visit to a stopping place, as a line of <c>port-calls</c> says it.</summary>
public sealed record PortCallRevision
{
    /// <summary>The visit; later revisions have the same id.</summary>
    public required string Id { get; init; }

    /// <summary>UN/LOCODE of the port.</summary>
    public required string Port { get; init; }

    /// <summary>Who: <c>mmsi:N</c> or a source-local id.</summary>
    public required string Subject { get; init; }

    /// <summary>The port's name, or null.</summary>
    public string? PortName { get; init; }

    /// <summary>The stopping place, or null where it is the port's published point.</summary>
    public string? Place { get; init; }

    /// <summary>When it came in, milliseconds since 1970 UTC.</summary>
    public required long ArrivalAtMs { get; init; }

    /// <summary>When it stopped, or null.</summary>
    public long? StopAtMs { get; init; }

    /// <summary>When it went out, or null while it is there.</summary>
    public long? DepartureAtMs { get; init; }

    /// <summary>When this revision could be known.</summary>
    public required long KnownAtMs { get; init; }

    /// <summary>The visit was taken back.</summary>
    public bool IsRetracted { get; init; }

    /// <summary>It stands on simulated reports.</summary>
    public bool IsSimulated { get; init; }

    /// <summary>Reads a line; null where it is none, or names no port, or ends before it begins.</summary>
    /// <param name="line">One feature of <c>port-calls</c>.</param>
    public static PortCallRevision? Parse(ReadOnlyMemory<byte> line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            var of = document.RootElement.GetProperty("properties");
            if (LineText.Of(of, "port") is not { } port || LineText.AtMs(of, "arrival_at") is not { } arrival)
            {
                return null;
            }

            var (stop, departure) = (LineText.AtMs(of, "stop_at"), LineText.AtMs(of, "departure_at"));
            return departure < arrival ? null : new PortCallRevision
            {
                Id = of.GetProperty("id").GetString()!,
                Port = port,
                Subject = of.GetProperty("subject").GetString()!,
                PortName = LineText.Of(of, "port_name"),
                Place = LineText.Of(of, "anchorage"),
                ArrivalAtMs = arrival,
                StopAtMs = stop,
                DepartureAtMs = departure,

                // Stores of before known_at was written: the last thing that the line knows of.
                KnownAtMs = LineText.AtMs(of, "known_at") ?? departure ?? stop ?? arrival,
                IsRetracted = LineText.Of(of, "state") == "retracted",
                IsSimulated = LineText.IsTrue(of, "simulated"),
            };
        }
        catch (Exception fault) when (fault is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }
}

/// <summary>Reads members of a line's properties.</summary>
internal static class LineText
{
    public static string? Of(JsonElement properties, string name) =>
        properties.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    public static bool IsTrue(JsonElement properties, string name) =>
        properties.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True;

    public static long? AtMs(JsonElement properties, string name) =>
        Of(properties, name) is { } text
            ? DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal).ToUnixTimeMilliseconds()
            : null;
}
