using System.Text.Json;

namespace MaritimeWatch.Forecasts.Calls;

/// <summary>
/// Where a ship under way is bound for and when it will be there, as a line of <c>expected-arrivals</c> says it: observed and
/// estimated, where an announced call is declared.
/// </summary>
public sealed record ExpectedRevision
{
    /// <summary>The ship.</summary>
    public required string Subject { get; init; }

    /// <summary>UN/LOCODE of the likeliest port; null once it has come or nothing can be said any more.</summary>
    public string? Port { get; init; }

    /// <summary>Its MMSI, or null.</summary>
    public uint? Mmsi { get; init; }

    /// <summary>Its name, or null.</summary>
    public string? Name { get; init; }

    /// <summary>How likely it is bound for that port, 0 to 1.</summary>
    public double Probability { get; init; }

    /// <summary>There before this with a chance of 10 %, milliseconds since 1970 UTC.</summary>
    public long LowAtMs { get; init; }

    /// <summary>There before this with a chance of 50 %.</summary>
    public long EtaAtMs { get; init; }

    /// <summary>There before this with a chance of 90 %.</summary>
    public long HighAtMs { get; init; }

    /// <summary>By what: lane, own-voyages, announced, distance.</summary>
    public string By { get; init; } = string.Empty;

    /// <summary>When this could be known.</summary>
    public required long KnownAtMs { get; init; }

    /// <summary>It is simulated.</summary>
    public bool IsSimulated { get; init; }

    /// <summary>Reads a line; null where it is none, or names no ship, or lacks a time.</summary>
    /// <param name="line">One feature of <c>expected-arrivals</c>.</param>
    public static ExpectedRevision? Parse(ReadOnlyMemory<byte> line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            var of = document.RootElement.GetProperty("properties");
            if (LineText.Of(of, "subject") is not { } subject || LineText.AtMs(of, "known_at") is not { } known)
            {
                return null;
            }

            var isUnderWay = LineText.Of(of, "state") == "under-way";
            var (low, mid, high) = (LineText.AtMs(of, "eta_low_at"), LineText.AtMs(of, "eta_at"), LineText.AtMs(of, "eta_high_at"));
            return isUnderWay && (LineText.Of(of, "destination_locode") is null || low is null || mid is null || high is null) ? null : new ExpectedRevision
            {
                Subject = subject,
                Port = isUnderWay ? LineText.Of(of, "destination_locode") : null,
                Mmsi = of.TryGetProperty("mmsi", out var number) && number.ValueKind == JsonValueKind.Number ? number.GetUInt32() : null,
                Name = LineText.Of(of, "name"),
                Probability = isUnderWay ? Math.Clamp(of.GetProperty("destination_probability").GetDouble(), 0, 1) : 0,
                LowAtMs = low ?? 0,
                EtaAtMs = mid ?? 0,
                HighAtMs = high ?? 0,
                By = LineText.Of(of, "eta_by") ?? string.Empty,
                KnownAtMs = known,
                IsSimulated = LineText.IsTrue(of, "simulated"),
            };
        }
        catch (Exception fault) when (fault is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }
}
