using System.Buffers.Text;
using System.Globalization;
using System.Text;
using MaritimeWatch.Functions.Operations;
using MaritimeWatch.Functions.Watch;
using MaritimeWatch.Log;
using MaritimeWatch.Reference;
using MaritimeWatch.Reference.Lanes;
using MaritimeWatch.Reference.Learning;

namespace MaritimeWatch.Functions.Learning;

/// <summary>
/// Learns anchorages, berths and lanes from what a store that goes on has seen, and puts them in force: what the function
/// <c>LearnTimer</c> and the daily loop of an embedded host call. Safe to repeat, to kill and to run twice at once: packs and
/// versions are created if absent, the same content is the same version, and a version is told to all groups or completed
/// by the next run. Lanes that are learned up to an earlier instant never take the place of later ones.
/// </summary>
/// <param name="watch">The store.</param>
/// <param name="bounds">How much one run does.</param>
/// <param name="time">For the bound of time, and for waiting between tries.</param>
/// <param name="log">Told what was learned, in numbers.</param>
internal sealed class LearningRun(WatchStore watch, LearningBounds bounds, TimeProvider time, ILogger log)
{
    // When was learned last, by our clock.
    private const string MarkBlob = "learning/learned";

    private static readonly string[] Kinds = [ReferenceKinds.Anchorages, ReferenceKinds.Berths, ReferenceKinds.Lanes];

    /// <summary>Gathers, learns, and puts in force; gives up when its time is over.</summary>
    /// <param name="cancel">Whoever called has gone: stops between two steps, with nothing half in force.</param>
    /// <returns>What it came to.</returns>
    /// <exception cref="StoreException">Trouble in the store; what was gathered is kept.</exception>
    public async Task<LearningReport> RunAsync(CancellationToken cancel)
    {
        var report = new LearningReport();
        var store = new CountedReads(watch.Blobs);
        using var limit = new CancellationTokenSource(bounds.WorkFor, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancel);
        try
        {
            await WorkAsync(store, report, either.Token);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancel.IsCancellationRequested)
        {
            report.Outcome = LearningOutcome.GivenUp;
        }
        finally
        {
            (report.Requests, report.Bytes) = (store.Requests, store.Bytes);
            LearningMeters.OnRun(report);
        }

        Say(report);
        return report;
    }

    private async Task WorkAsync(CountedReads store, LearningReport report, CancellationToken cancel)
    {
        foreach (var kind in Kinds)
        {
            await ReferenceEntries.CompleteAsync(store, watch.Format, kind, time, cancel);
        }

        // To each group its share: where much is new no group waits for ever.
        var (gatherer, groups) = (new PackGatherer(store, bounds, report), watch.Groups);
        for (var i = 0; i < groups.Count; i++)
        {
            using var enough = new CancellationTokenSource(bounds.GatherFor / groups.Count, time);
            var packs = await PacksAsync(store, groups[i].Group, cancel);
            await gatherer.GatherAsync(groups[i], packs, bounds.RequestsMax * (i + 1L) / groups.Count, enough.Token, cancel);
        }

        var mark = await store.GetAsync(MarkBlob, cancel);
        if (mark is { } made && IsFresh(made.Bytes.Span))
        {
            return;
        }

        var chosen = await ChosenAsync(store, report, cancel);
        if (chosen.Count == 0)
        {
            return;
        }

        var (voyages, stays) = await ReadAsync(store, chosen, cancel);
        var isNew = await PlaceLearning.LearnAsync(store, watch.Format, stays, time, cancel);
        var lanes = LanesLearned.Learn(voyages, await LanesLearned.InForceAsync(store, cancel), cancel, out var sailed);
        isNew |= await LanesLearned.PutInForceAsync(store, watch.Format, lanes, time, cancel);
        (report.Voyages, report.Lanes, report.Stays) = (sailed, lanes.All.Count, stays.Count);
        (report.Points, report.Packs) = (voyages.Points, chosen.Count);
        report.Outcome = isNew ? LearningOutcome.Learned : LearningOutcome.Same;
        var now = Encoding.ASCII.GetBytes(time.GetUtcNow().ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture));
        await store.PutAsync(MarkBlob, now, mark is { } old ? PutCondition.IfMatch(old.ETag) : PutCondition.IfAbsent, cancel);
    }

    // A mark that lies ahead, or does not read, holds nothing back.
    private bool IsFresh(ReadOnlySpan<byte> mark) =>
        Utf8Parser.TryParse(mark, out long learnedMs, out var read) && read == mark.Length
        && time.GetUtcNow().ToUnixTimeMilliseconds() - learnedMs is var sinceMs && sinceMs >= 0 && sinceMs < (long)bounds.LearnEvery.TotalMilliseconds;

    private static async Task<List<LinePack>> PacksAsync(CountedReads store, int group, CancellationToken cancel)
    {
        var packs = new List<LinePack>();
        await foreach (var blob in store.ListAsync(LinePack.PrefixOf(group), cancel))
        {
            if (LinePack.Parse(blob.Name, blob.Length) is { } pack)
            {
                packs.Add(pack);
            }
        }

        return packs;
    }

    // The newest that fit. How old too old is, is told by what every group has heard: one false time alone makes nothing old.
    private async Task<List<LinePack>> ChosenAsync(CountedReads store, LearningReport report, CancellationToken cancel)
    {
        var all = new List<LinePack>();
        foreach (var group in watch.Groups)
        {
            all.AddRange(await PackMerge.MergeAsync(store, await PacksAsync(store, group.Group, cancel), cancel));
        }

        var heardMs = all.GroupBy(pack => pack.Group).Select(group => group.Max(pack => pack.LastMs)).DefaultIfEmpty(0).Min();
        var forgottenMs = heardMs - (long)bounds.ForgetAfter.TotalMilliseconds;
        var newest = all.GroupBy(pack => pack.Group).ToDictionary(group => group.Key, group => group.Max(pack => pack.To));
        foreach (var pack in all.Where(pack => pack.LastMs > 0 && pack.LastMs < forgottenMs && pack.To < newest[pack.Group]))
        {
            await store.DeleteAsync(pack.Blob, cancel);
        }

        var (bytes, chosen) = (0L, new List<LinePack>());
        foreach (var pack in all.Where(pack => pack.LastMs >= forgottenMs).OrderByDescending(pack => pack.LastMs).ThenBy(pack => pack.Blob, StringComparer.Ordinal))
        {
            bytes += pack.Length;
            if (bytes > bounds.LearnBytesMax)
            {
                report.PacksLeftOut++;
            }
            else
            {
                chosen.Add(pack);
            }
        }

        return [.. chosen.OrderBy(pack => pack.Group).ThenBy(pack => pack.To)];
    }

    private async Task<(VoyageReader Voyages, List<Stay> Stays)> ReadAsync(
        CountedReads store, List<LinePack> packs, CancellationToken cancel)
    {
        var (voyages, stays) = (new VoyageReader(bounds.SettledAfter), new Dictionary<string, Stay>(StringComparer.Ordinal));
        foreach (var pack in packs)
        {
            foreach (var line in LinePack.Lines(await pack.HeadAsync(store, cancel)))
            {
                Take(line, voyages, stays);
            }
        }

        foreach (var pack in packs)
        {
            foreach (var line in LinePack.Lines(await pack.TracksAsync(store, cancel)))
            {
                voyages.AddTrack(line, pack.Group);
            }
        }

        return (voyages, [.. stays.Values]);
    }

    private static void Take(ReadOnlyMemory<byte> line, VoyageReader voyages, Dictionary<string, Stay> stays)
    {
        var (letter, json) = (line.Span[0], line[1..]);
        switch (letter)
        {
            case (byte)'v':
                voyages.AddVessel(json);
                break;
            case (byte)'c':
                voyages.AddCall(json);
                break;
            default:
                if (Stay.Parse(json) is { } stay)
                {
                    stays[StoreOutput.IdOf(json.Span)] = stay; // Packs may overlap.
                }

                break;
        }
    }

    private void Say(LearningReport report)
    {
        if (report.Outcome == LearningOutcome.GivenUp)
        {
            log.LogWarning(
                LogEvents.LearningGivenUp, "Learning gave up after {Minutes} min: {Gathered} commits gathered, {Requests} requests; nothing new is in force",
                bounds.WorkFor.TotalMinutes, report.CommitsGathered, report.Requests);
            return;
        }

        log.LogInformation(
            LogEvents.Learned,
            "Learning ended ({Outcome}): {Lanes} lanes of {Voyages} voyages ({Points} points), {Stays} stays; {Gathered} commits gathered, {Behind} left, "
            + "{Packs} packs read, {LeftOut} left out, {Cut} groups cut, {Gone} segments gone; {Requests} requests, {Bytes} bytes",
            report.OutcomeText, report.Lanes, report.Voyages, report.Points, report.Stays, report.CommitsGathered, report.CommitsBehind,
            report.Packs, report.PacksLeftOut, report.Cut, report.Gone, report.Requests, report.Bytes);
    }
}
