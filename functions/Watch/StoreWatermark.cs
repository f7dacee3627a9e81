using System.Text.Json;
using MaritimeWatch.Forecasts.Calls;

namespace MaritimeWatch.Functions.Watch;

/// <summary>Up to when a store has seen the world: its last report, whoever sent it.</summary>
internal static class StoreWatermark
{
    /// <summary>The time, or null where the store has seen nothing.</summary>
    /// <param name="store">The store.</param>
    /// <param name="history">What is known of its ports.</param>
    /// <param name="cancel">Stops the reading.</param>
    public static Task<DateTimeOffset?> ReadAsync(WatchStore store, PortHistory history, CancellationToken cancel) =>
        ReadAsync(store, history.LastKnownAtMs is { } known ? DateTimeOffset.FromUnixTimeMilliseconds(known) : null, cancel);

    /// <summary>The time of the last report, or a later one that is known already; null where there is neither.</summary>
    /// <param name="store">The store.</param>
    /// <param name="last">A time that is known already, or null.</param>
    /// <param name="cancel">Stops the reading.</param>
    public static async Task<DateTimeOffset?> ReadAsync(WatchStore store, DateTimeOffset? last, CancellationToken cancel)
    {
        await foreach (var line in store.Output.LinesAsync("vessels", cancel))
        {
            if (LastAt(line) is { } at && (last is null || at > last))
            {
                last = at;
            }
        }

        return last;
    }

    private static DateTimeOffset? LastAt(ReadOnlyMemory<byte> line)
    {
        using var document = JsonDocument.Parse(line);
        return document.RootElement.TryGetProperty("properties", out var of) && of.TryGetProperty("last_at", out var at)
            && at.ValueKind == JsonValueKind.String && at.TryGetDateTimeOffset(out var time) ? time : null;
    }
}
