using System.Diagnostics;
using MaritimeWatch.StandIn.Load;

namespace MaritimeWatch.Benchmarks.Azure;

/// <summary>Sends reports at a steady pace, as receivers do: a few milliseconds' worth at a time.</summary>
internal static class Pacing
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(20);

    /// <summary>Sends.</summary>
    /// <param name="target">The door.</param>
    /// <param name="load">The ships; each reports in its turn.</param>
    /// <param name="reports">How many.</param>
    /// <param name="perSecond">The pace; 0 for as fast as the door takes them.</param>
    /// <param name="plants">Which planted ships are inside the zone; null for none.</param>
    /// <param name="first">Reports sent before, so that ships go on from there.</param>
    public static async Task SendAsync(Stream target, AlertLoad load, int reports, int perSecond, Plants? plants, int first = 0)
    {
        using var tick = new PeriodicTimer(Step);
        using var lines = new MemoryStream();
        var watch = Stopwatch.StartNew();
        for (var sent = 0; sent < reports;)
        {
            if (perSecond > 0)
            {
                await tick.WaitForNextTickAsync();
            }

            var due = perSecond > 0 ? (int)Math.Min(reports, watch.Elapsed.TotalSeconds * perSecond) : Math.Min(reports, sent + 1_000);
            lines.SetLength(0);
            for (; sent < due; sent++)
            {
                var (vessel, round) = ((first + sent) % load.Vessels, (first + sent) / load.Vessels);

                // One in a hundred comes three seconds late.
                var tag = plants is not null && sent % 100 == 99 ? plants.Now - 3 : -1;
                load.Report(lines, vessel, round, plants?.IsInside(vessel, round) ?? false, vessel < (plants?.Count ?? 0) ? -1 : tag);
            }

            await target.WriteAsync(lines.GetBuffer().AsMemory(0, (int)lines.Length));
            await target.FlushAsync();
        }
    }
}

/// <summary>When which planted ship enters the zone: so many in each round of reports, evenly.</summary>
/// <param name="count">Planted ships.</param>
/// <param name="perRound">Of them in each round, after the first few rounds.</param>
internal sealed class Plants(int count, int perRound)
{
    private const int QuietRounds = 5;

    private readonly Dictionary<int, DateTimeOffset> sentAt = [];
    private readonly Lock gate = new();

    public int Count => count;

    public long Now => TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();

    /// <summary>True where the ship is inside; the first time is remembered.</summary>
    public bool IsInside(int vessel, int round)
    {
        // Spread over the round, so that they come one by one.
        if (vessel >= count || round < QuietRounds + (vessel / perRound))
        {
            return false;
        }

        lock (gate)
        {
            sentAt.TryAdd(AlertLoad.MmsiOf(vessel), TimeProvider.System.GetUtcNow());
        }

        return true;
    }

    /// <summary>When the report that matters was handed to the door.</summary>
    public DateTimeOffset? SentAt(int mmsi)
    {
        lock (gate)
        {
            return sentAt.TryGetValue(mmsi, out var at) ? at : null;
        }
    }
}
