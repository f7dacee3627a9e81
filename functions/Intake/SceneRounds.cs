using MaritimeWatch.Findings.DarkShip;
using MaritimeWatch.Log;

namespace MaritimeWatch.Functions.Intake;

/// <summary>
/// Brings scenes up again for the reports that have come since: one, two, three, six, twelve hours after it was taken, and at
/// last after a day, when what is said of it is settled. Which scenes are open is read from the inbox of their stage, so that
/// nothing is lost with a process; several processes may do so at once, because the fold takes each check once.
/// </summary>
/// <param name="store">The store.</param>
/// <param name="decoder">Looks at a scene again.</param>
/// <param name="time">The clock.</param>
#pragma warning disable CA1001 // Nobody asks for the handle of its gate, so that there is nothing to dispose of.
internal sealed class SceneRounds(IBlobStore store, SceneDecoder decoder, TimeProvider time)
{
    /// <summary>How often to look whether one is due, where nobody else keeps time.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromMinutes(10);

    /// <summary>The most scenes that are looked at in one round; the rest come in the next.</summary>
    public const int ScenesMax = 8;

    /// <summary>A process that begins reads so many of the newest entries; older ones are of scenes that are settled long since.</summary>
    public const int EntriesMax = 1_024;

    private static readonly long[] DueMs = [.. new[] { 1, 2, 3, 6, 12, 24 }.Select(hours => hours * 3_600_000L)];

    private readonly Inbox inbox = new(store, new GroupName(StageNames.Scenes, 0), time);
    private readonly SemaphoreSlim gate = new(1, 1);
    private readonly SortedDictionary<string, OpenScene> open = new(StringComparer.Ordinal);
    private long read;

    /// <summary>Looks again at the scenes that are due.</summary>
    /// <param name="cancel">Stops; the next round goes on.</param>
    /// <returns>The entries that were appended to the stage's inbox.</returns>
    /// <exception cref="StoreException">Trouble in the store; the next round goes on.</exception>
    public async Task<IReadOnlyList<long>> RunAsync(CancellationToken cancel)
    {
        await gate.WaitAsync(cancel);
        try
        {
            await ReadOnAsync(cancel);
            var nowMs = time.GetUtcNow().ToUnixTimeMilliseconds();
            var appended = new List<long>();
            foreach (var (hash, scene) in open.Where(pair => pair.Value.IsDue(nowMs)).Take(ScenesMax).ToList())
            {
                if (await inbox.ReadAsync(scene.Number, cancel) is { } entry
                    && await decoder.CheckAgainAsync(SceneEntry.Parse(entry.Body.Span), cancel) is { } number)
                {
                    appended.Add(number);
                }

                open[hash] = scene with { CheckedAtMs = nowMs };
            }

            return appended;
        }
        finally
        {
            gate.Release();
        }
    }

    private async Task ReadOnAsync(CancellationToken cancel)
    {
        if (read == 0)
        {
            read = Math.Max(0, await inbox.LastNumberAsync(cancel) - EntriesMax);
        }

        await foreach (var entry in inbox.EntriesAsync(read + 1, cancel))
        {
            read = entry.Number;
            if (entry.Kind != EntryKind.Batch)
            {
                continue;
            }

            var scene = SceneEntry.Parse(entry.Body.Span);
            if (scene.IsLast)
            {
                open.Remove(scene.Hash);
            }
            else if (!open.TryGetValue(scene.Hash, out var known) || scene.Check > known.Check)
            {
                open[scene.Hash] = new OpenScene(entry.Number, scene.Check, scene.AtMs, Math.Max(scene.KnownAtMs, known?.CheckedAtMs ?? 0));
            }
        }
    }

    /// <summary>A scene that is not settled.</summary>
    /// <param name="Number">Its latest entry.</param>
    /// <param name="Check">How often it was checked before.</param>
    /// <param name="AtMs">When it was taken.</param>
    /// <param name="CheckedAtMs">When it was looked at last.</param>
    private sealed record OpenScene(long Number, int Check, long AtMs, long CheckedAtMs)
    {
        public bool IsDue(long nowMs) => DueMs.Any(due => AtMs + due <= nowMs && AtMs + due > CheckedAtMs);
    }
}
