using System.Diagnostics;
using System.Text.Json;
using MaritimeWatch.Functions.Intake;
using MaritimeWatch.Functions.Watch.Stages;
using MaritimeWatch.Log;
using MaritimeWatch.Log.Sealing;
using MaritimeWatch.Reference;
using MaritimeWatch.Tracks;

namespace MaritimeWatch.Functions.Watch;

/// <summary>
/// Watches recordings in event time: lands the files, names them in one entry per group, folds every group up to its end,
/// and then the stages after the watch, with the documents that belong to their doors. A run that was cut off is completed by the next one; nothing is done twice.
/// </summary>
/// <param name="store">The store.</param>
/// <param name="time">The clock.</param>
/// <param name="progress">Told in words what is being done.</param>
internal sealed class ReplayRun(WatchStore store, TimeProvider time, Action<string> progress)
{
    /// <summary>Groups folded at once; the result does not depend on it.</summary>
    public int Cores { get; init; } = Environment.ProcessorCount;

    /// <summary>Records folded per commit; the result does not depend on it.</summary>
    public int RecordsPerCommit { get; init; } = 500_000;

    /// <summary>Called at the named moments of a commit; null in production.</summary>
    public KillPoint? Kill { get; init; }

    /// <summary>Runs to the end.</summary>
    /// <param name="inputs">What to watch.</param>
    /// <param name="startAtMs">The time that untimed lines take, or null.</param>
    /// <param name="temporaryFolder">For the sort.</param>
    /// <param name="cancel">Stops the run; it can be taken up again.</param>
    public async Task<ReplaySummary> RunAsync(
        RecordingInputs inputs, long? startAtMs, string temporaryFolder, CancellationToken cancel)
    {
        var watch = Stopwatch.StartNew();
        var files = await LandAsync(inputs, cancel);
        var inboxes = store.Groups.Select(group => new Inbox(store.Blobs, group, time)).ToList();
        var sets = await ReplaySets.CompleteAsync(
            inboxes, files, startAtMs, inputs.Simulated, () => AddReferencesAsync(inputs, cancel), cancel);

        using var records = new LandedRecords(
            store.Blobs, store.Format.Map(), temporaryFolder, counts => progress($"decoded {counts.Lines:N0} lines"));
        await Parallel.ForEachAsync(
            store.Groups,
            new ParallelOptions { MaxDegreeOfParallelism = Cores, CancellationToken = cancel },
            async (group, stop) => await FoldAsync(group, records, stop));
        var outcomes = await FollowAsync(inputs, cancel);
        progress("forecasts");
        using (var forecasts = new ForecastDesk(store.Blobs, store.Format.Groups))
        {
            await forecasts.IssueDaysAsync(null, cancel);
        }

        var summary = await SummariseAsync(sets, records, outcomes, watch, cancel);
        await PlaceLearning.RunAsync(store, time, cancel);
        progress("lanes");
        await LanesLearned.RunAsync(store, time, cancel);
        return summary;
    }

    private async Task<IReadOnlyList<LandedOutcome>> FollowAsync(RecordingInputs inputs, CancellationToken cancel)
    {
        if (inputs.EpochKeyPath is { } key && store.Format.Simulated)
        {
            await store.Keys.ImportEpochAsync(SimulatedEpochKey.Parse(await File.ReadAllTextAsync(key, cancel)), cancel);
        }

        var landing = new DocumentLanding(store, time);
        var notes = new List<LandedNote>();
        foreach (var (door, path) in inputs.Documents)
        {
            progress($"landing {Path.GetFileName(path)}");
            notes.Add(await landing.LandAsync(door, path, inputs.Simulated, cancel));
        }

        var stages = new StagesRun(store.Blobs, StagePlans.Of(store), StageDoors.DecodersOf(store, time), time, progress) { Kill = Kill };
        var end = await StoreWatermark.ReadAsync(store, last: null, cancel);
        return await stages.RunAsync(notes, end?.ToUnixTimeMilliseconds(), cancel);
    }

    private async Task AddReferencesAsync(RecordingInputs inputs, CancellationToken cancel)
    {
        foreach (var (kind, path) in inputs.References)
        {
            await ReferenceEntries.AddAsync(store.Blobs, store.Format, kind, await File.ReadAllBytesAsync(path, cancel), time, cancel);
        }
    }

    private async Task<List<LandedFile>> LandAsync(RecordingInputs inputs, CancellationToken cancel)
    {
        var landing = new Landing(store.Blobs);
        var files = new List<LandedFile>();
        foreach (var path in inputs.Files)
        {
            progress($"landing {Path.GetFileName(path)}");
            await using var file = File.OpenRead(path);
            var source = RecordingInputs.SourceOf(path);
            var landed = await landing.LandAsync(source, time.GetUtcNow(), file, cancel);
            files.Add(new LandedFile(landed.Name, landed.Hash, source));
        }

        return files;
    }

    private async ValueTask FoldAsync(GroupName group, LandedRecords records, CancellationToken cancel)
    {
        var options = GroupWorkerOptions.Replay with { RecordsPerCommit = RecordsPerCommit, DeltasMax = 0 };
        using var fold = store.Fold(group.Group, records);
        var worker = new GroupWorker(store.Blobs, group, fold, options, time, Kill);
        while (await worker.RunOnceAsync(cancel) != WorkerStep.Idle)
        {
            progress($"group {group.Group}: entry {worker.Checkpoint?.NextEntry}, record {worker.Checkpoint?.NextRecord:N0}");
        }
    }

    private async Task<ReplaySummary> SummariseAsync(
        IReadOnlyList<ReplaySet> sets,
        LandedRecords records,
        IReadOnlyList<LandedOutcome> outcomes,
        Stopwatch watch,
        CancellationToken cancel)
    {
        var counts = outcomes.Aggregate(new LineCounts(), (sum, outcome) => sum.Plus(LineCounts.Of(outcome)));
        foreach (var set in sets)
        {
            counts = counts.Plus(await LineCounts.KeepAsync(store.Blobs, set, records.CountsOf(set.Id), cancel));
        }

        var output = store.Output;
        var standing = (await output.LatestAsync("findings", cancel)).Values
            .Select(FindingTally.Read).Where(finding => finding.Stands)
            .OrderByDescending(finding => finding.IsAlarm).ThenBy(finding => finding.StartAt, StringComparer.Ordinal).ToList();
        var alerts = await AlertsFile.ReadAsync(output, cancel);
        var watched = await WatchCountsAsync(output, cancel);
        return new ReplaySummary
        {
            Lines = counts.Lines,
            Used = counts.Used,
            Refused = counts.Plus(new LineCounts { Refused = new Dictionary<string, long> { ["time_ahead"] = watched("time_ahead") } }).Refused,
            Ignored = counts.Ignored,
            NoTime = counts.NoTime,
            Reports = counts.Reports,
            Vessels = await output.CountAsync("vessels", cancel),
            Findings = new SortedDictionary<string, int>(
                standing.GroupBy(finding => finding.Kind).ToDictionary(kind => kind.Key, kind => kind.Count()), StringComparer.Ordinal),
            Alarms = standing.Count(finding => finding.IsAlarm),
            Alerts = alerts.Count,
            AlertList = alerts,
            Duplicates = watched("duplicates"),
            Late = watched("late"),
            NotObservable = await NotObservableAsync(output, cancel),
            Seconds = Math.Round(watch.Elapsed.TotalSeconds, 2),
            ReportsPerSecond = Math.Round(counts.Reports / Math.Max(watch.Elapsed.TotalSeconds, 1e-3)),
            PeakMemoryMb = Process.GetCurrentProcess().PeakWorkingSet64 >> 20,
            Standing = standing,
            Profiles = store.Profiles.Count > 1 ? ProfileComparison.Of(store.Profiles, standing) : null,
        };
    }

    private static async Task<SortedDictionary<string, int>> NotObservableAsync(StoreOutput output, CancellationToken cancel)
    {
        var kinds = (await output.LatestAsync("not-observable", cancel)).Values
            .Select(line => JsonSerializer.Deserialize<JsonElement>(line.Span).GetProperty("properties").GetProperty("kind").GetString()!);
        var counts = new SortedDictionary<string, int>(kinds.GroupBy(kind => kind).ToDictionary(kind => kind.Key, kind => kind.Count()), StringComparer.Ordinal);
        counts.TryAdd("gap", 0);
        return counts;
    }

    private static async Task<Func<string, long>> WatchCountsAsync(StoreOutput output, CancellationToken cancel)
    {
        var groups = (await output.LatestAsync("counts", cancel)).Values
            .Select(line => JsonSerializer.Deserialize<JsonElement>(line.Span)).ToList();
        return name => groups.Sum(group => group.TryGetProperty(name, out var value) ? value.GetInt64() : 0);
    }
}
