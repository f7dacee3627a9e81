using System.Text;
using MaritimeWatch.Functions.Watch;
using MaritimeWatch.Log;

namespace MaritimeWatch.Tests.Watch;

/// <summary>Replays into a store in memory, for tests that look at what came out.</summary>
internal static class Replays
{
    /// <summary>Makes a store.</summary>
    public static Task<WatchStore> NewStoreAsync(bool simulated = true, IReadOnlyList<string>? profiles = null) =>
        WatchStore.OpenOrCreateAsync(new MemoryStore(), Vaults.ForTests, profiles, simulated, TimeProvider.System, CancellationToken.None);

    /// <summary>Replays files and folders.</summary>
    public static async Task<ReplaySummary> RunAsync(
        WatchStore store, IEnumerable<string> paths, long? startAtMs = null, int cores = 2, int recordsPerCommit = 500_000, KillPoint? kill = null)
    {
        var run = new ReplayRun(store, TimeProvider.System, _ => { }) { Cores = cores, RecordsPerCommit = recordsPerCommit, Kill = kill };
        return await run.RunAsync(RecordingInputs.Find(paths), startAtMs, Path.GetTempPath(), CancellationToken.None);
    }

    /// <summary>All revisions of all findings, group after group, as text.</summary>
    public static async Task<string> FindingsOfAsync(WatchStore store)
    {
        var text = new StringBuilder();
        await foreach (var line in store.Output.LinesAsync("findings", CancellationToken.None))
        {
            text.Append(Encoding.UTF8.GetString(line.Span)).Append('\n');
        }

        return text.ToString();
    }
}
