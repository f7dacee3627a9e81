using System.Buffers;
using System.Text;
using System.Text.Json;
using MaritimeWatch.Functions.Learning;
using MaritimeWatch.Functions.Watch;
using MaritimeWatch.Log;
using MaritimeWatch.Reference;
using MaritimeWatch.Reference.Lanes;
using MaritimeWatch.Tests.Reference.Lanes;
using Microsoft.Extensions.Logging.Abstractions;

namespace MaritimeWatch.Tests.Learning;

/// <summary>A store whose watch says what a test wants it to say: voyages that were made, hour by hour.</summary>
internal sealed class LearningWorld
{
    public const long Hour = 3_600_000;

    private static readonly GroupWorkerOptions Small = new() { EntriesPerCommit = 1, TailMax = 7 };

    private LearningWorld(IBlobStore store, WatchStore watch, TimeProvider time) => (Store, Watch, Time) = (store, watch, time);

    public IBlobStore Store { get; }

    public WatchStore Watch { get; }

    public TimeProvider Time { get; }

    public static LearningBounds Bounds { get; } = new() { PackBytes = 20_000, AtOnce = 3, LearnEvery = TimeSpan.Zero };

    public static async Task<LearningWorld> OpenAsync(IBlobStore? store = null, TimeProvider? time = null)
    {
        store ??= new MemoryStore();
        time ??= TimeProvider.System;
        return new(store, await WatchStore.OpenOrCreateAsync(store, Vaults.ForTests, null, simulated: true, time, default), time);
    }

    /// <summary>The same bytes in a store of their own.</summary>
    public static async Task<MemoryStore> CopyAsync(IBlobStore from)
    {
        var copy = new MemoryStore();
        await foreach (var entry in from.ListAsync("", default))
        {
            await copy.PutAsync(entry.Name, (await from.GetAsync(entry.Name, default))!.Value.Bytes, PutCondition.IfAbsent, default);
        }

        return copy;
    }

    /// <summary>Learns as the timer does.</summary>
    public Task<LearningReport> RunAsync(LearningBounds? bounds = null, CancellationToken cancel = default) =>
        new LearningRun(Watch, bounds ?? Bounds, Time, NullLogger.Instance).RunAsync(cancel);

    /// <summary>Voyages are made and seen; then all groups are heard for some hours more.</summary>
    public async Task SailAsync(IReadOnlyList<SailedVoyage> voyages, double hoursAfter = 12)
    {
        foreach (var voyage in voyages)
        {
            var (who, id) = (voyage.Subject, $"{voyage.Subject}-{voyage.DepartAtMs}");
            var half = voyage.Points.Take(voyage.Points.Count / 2).ToList();
            var stay = VoyageLines.Stay($"{id}-s", voyage.Points[0].Where, voyage.DepartAtMs - (5 * Hour), voyage.DepartAtMs - Hour, who);
            await TellAsync(who, ("stays", stay), ("port-calls", VoyageLines.Call($"{id}-a", voyage.From.Id, voyage.DepartAtMs - Hour, voyage.DepartAtMs, who)));
            await TellAsync(who, ("vessels", VoyageLines.Vessel(who)), ("tracks", VoyageLines.Track(id, half, who)));
            await TellAsync(who, ("vessels", VoyageLines.Vessel(who)), ("counts", """{"id":"watch"}"""));
            await TellAsync(
                who, ("vessels", VoyageLines.Vessel(who)), ("tracks", VoyageLines.Track(id, voyage.Points, who)),
                ("port-calls", VoyageLines.Call($"{id}-b", voyage.To.Id, voyage.ArriveAtMs, voyage.ArriveAtMs + 1, who)));
        }

        var endMs = voyages.Max(voyage => voyage.ArriveAtMs) + (long)(hoursAfter * Hour);
        for (var group = 0; group < Watch.Format.Groups; group++)
        {
            await HearAsync(group, endMs);
        }

        await FoldAsync();
    }

    /// <summary>Somebody in port is heard in a group.</summary>
    public Task HearAsync(int group, long untilMs) => TellAsync(
        $"mmsi:{900_000_000 + group}",
        ("tracks", VoyageLines.Track($"in-port-{group}-{untilMs}", [new VoyagePoint(Sailings.West, untilMs - Hour, 0), new VoyagePoint(Sailings.West, untilMs, 0)], $"mmsi:{900_000_000 + group}")));

    /// <summary>Folds what was told.</summary>
    public async Task FoldAsync()
    {
        foreach (var group in Watch.Groups)
        {
            var worker = new GroupWorker(Store, group, new LinesFold(), Small, Time);
            while (await worker.RunOnceAsync() != WorkerStep.Idle)
            {
            }
        }
    }

    /// <summary>The lanes that the store's lines give, read all at once.</summary>
    public async Task<ReadOnlyMemory<byte>> AllAtOnceAsync()
    {
        var reader = new VoyageReader(Bounds.SettledAfter);
        foreach (var (collection, take) in new (string, Action<ReadOnlyMemory<byte>, int>)[]
        {
            ("vessels", (line, _) => reader.AddVessel(line)), ("port-calls", (line, _) => reader.AddCall(line)), ("tracks", (line, group) => reader.AddTrack(line, group)),
        })
        {
            foreach (var group in Watch.Groups)
            {
                await foreach (var line in new StoreOutput(Store, [group]).LinesAsync(collection, default))
                {
                    take(line, group.Group);
                }
            }
        }

        return LaneFile.Write(LaneLearning.Learn(reader.Voyages()));
    }

    /// <summary>The newest version of a kind, 0 for none.</summary>
    public async Task<int> VersionAsync(string kind = ReferenceKinds.Lanes) =>
        (await new ReferenceStore(Store).LatestVersionsAsync(default)).GetValueOrDefault(kind);

    /// <summary>The newest lanes as they are stored.</summary>
    public async Task<ReadOnlyMemory<byte>> LanesAsync() =>
        (await new ReferenceStore(Store).GetAsync(ReferenceKinds.Lanes, await VersionAsync(), default))!.Value;

    /// <summary>The version of a kind that each group of the watch was told of last; 0 for none.</summary>
    public async Task<int[]> ToldAsync(string kind = ReferenceKinds.Lanes)
    {
        var told = new int[Watch.Format.Groups];
        foreach (var group in Watch.Groups)
        {
            await foreach (var entry in Store.ListAsync(group.InboxPrefix, default))
            {
                var bytes = (await Store.GetAsync(entry.Name, default))!.Value.Bytes;
                if (bytes.Span[0] == (byte)EntryKind.Reference && JsonSerializer.Deserialize<JsonElement>(bytes.Span[1..]) is var body
                    && body.GetProperty("kind").GetString() == kind)
                {
                    told[group.Group] = body.GetProperty("version").GetInt32();
                }
            }
        }

        return told;
    }

    private async Task TellAsync(string who, params (string Collection, string Line)[] lines)
    {
        var group = Watch.Groups[int.Parse(who.AsSpan(5), System.Globalization.CultureInfo.InvariantCulture) % Watch.Format.Groups];
        var body = string.Join('\n', lines.Select(line => $"{line.Collection}\t{line.Line}"));
        await new Inbox(Store, group, Time).AppendAsync(EntryKind.Batch, Encoding.UTF8.GetBytes(body));
    }

    /// <summary>Says what its entries hold.</summary>
    private sealed class LinesFold : IFold
    {
        public void Reset()
        {
        }

        public void RestoreSnapshot(ReadOnlySpan<byte> snapshot)
        {
        }

        public void RestoreDelta(ReadOnlySpan<byte> delta)
        {
        }

        public void SaveSnapshot(IBufferWriter<byte> target) => target.Write("-"u8);

        public void SaveDelta(IBufferWriter<byte> target) => target.Write("-"u8);

        public void Publish(IFoldOutput output)
        {
        }

        public ValueTask<FoldStep> FoldAsync(InboxEntry entry, long fromRecord, int budget, IFoldOutput output, CancellationToken cancel)
        {
            foreach (var line in entry.Kind == EntryKind.Batch ? Encoding.UTF8.GetString(entry.Body.Span).Split('\n') : [])
            {
                var at = line.IndexOf('\t', StringComparison.Ordinal);
                output.WriteLine(line[..at], Encoding.UTF8.GetBytes(line[(at + 1)..]));
            }

            return new(FoldStep.EntryDone);
        }
    }
}
