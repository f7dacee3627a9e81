using System.Text.Json;

namespace MaritimeWatch.Forecasts.Calls;

/// <summary>One revision of an announced call, as a line of <c>declared-calls</c> says it.</summary>
public sealed record DeclaredRevision
{
    /// <summary>UN/LOCODE of the port.</summary>
    public required string Port { get; init; }

    /// <summary>The call: a new expected time of the same call replaces the old one.</summary>
    public required string Key { get; init; }

    /// <summary>The ship, or null where the notice does not say.</summary>
    public uint? Mmsi { get; init; }

    /// <summary>Its name, or null.</summary>
    public string? Name { get; init; }

    /// <summary>When it is expected, milliseconds since 1970 UTC.</summary>
    public required long EtaAtMs { get; init; }

    /// <summary>When this revision could be known.</summary>
    public required long KnownAtMs { get; init; }

    /// <summary>Called off.</summary>
    public bool IsCancelled { get; init; }

    /// <summary>Its own notices say that it has arrived.</summary>
    public bool HasCome { get; init; }

    /// <summary>It is simulated.</summary>
    public bool IsSimulated { get; init; }

    /// <summary>Who, as port calls say it.</summary>
    public string? Subject => Mmsi is { } mmsi ? System.FormattableString.Invariant($"mmsi:{mmsi}") : null;

    /// <summary>Reads a line; null where it is none, or has no port, expected time or time of knowledge.</summary>
    /// <param name="line">One feature of <c>declared-calls</c>.</param>
    public static DeclaredRevision? Parse(ReadOnlyMemory<byte> line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            var of = document.RootElement.GetProperty("properties");
            var known = LineText.AtMs(of, "known_at") ?? LineText.AtMs(of, "received_at");
            if (LineText.Of(of, "port") is not { } port || LineText.AtMs(of, "eta_at") is not { } eta || known is null)
            {
                return null;
            }

            uint? mmsi = of.TryGetProperty("mmsi", out var number) && number.ValueKind == JsonValueKind.Number ? number.GetUInt32() : null;
            var status = LineText.Of(of, "status");
            return new DeclaredRevision
            {
                Port = port,
                Key = of.GetProperty("id").GetString()!,
                Mmsi = mmsi,
                Name = LineText.Of(of, "name"),
                EtaAtMs = eta,
                KnownAtMs = known.Value,
                IsCancelled = status == "cancelled",
                HasCome = status is "arrived" or "berthed" or "departed",
                IsSimulated = LineText.IsTrue(of, "simulated"),
            };
        }
        catch (Exception fault) when (fault is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }
}
