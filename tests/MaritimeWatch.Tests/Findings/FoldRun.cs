using System.Buffers;
using System.Text;
using System.Text.Json;
using MaritimeWatch.Findings;
using MaritimeWatch.Intake.Ais;
using MaritimeWatch.Log;
using MaritimeWatch.Tracks;

namespace MaritimeWatch.Tests.Findings;

/// <summary>Runs a fold over entries and keeps its lines.</summary>
internal sealed class FoldRun : IFoldOutput, IDisposable
{
    private readonly ListSource _source = new();
    private WatchFold? _other;
    private int _otherAt;
    private readonly TestReference? _reference;
    private readonly WatchOptions _options;
    private long _number;

    public FoldRun(TestReference? reference = null, params string[] profiles)
        : this(new WatchOptions { Profiles = profiles.Length == 0 ? ["default"] : profiles }, reference)
    {
    }

    public FoldRun(WatchOptions options, TestReference? reference)
    {
        _reference = reference;
        _options = options;
        Fold = New();
        if (reference is not null)
        {
            Entry(EntryKind.Reference, """{"kind":"zones","version":1,"hash":""}"""u8.ToArray());
            Entry(EntryKind.Reference, """{"kind":"ports","version":1,"hash":""}"""u8.ToArray());
        }
    }

    public WatchFold Fold { get; private set; }

    public List<(string Collection, string Line)> Lines { get; } = [];

    /// <summary>Where given, every entry is folded in random pieces with saves, kills and restores in between.</summary>
    public Random? Chaos { get; init; }

    /// <summary>How many deltas were applied to a fold that had folded itself.</summary>
    public int HandOvers { get; private set; }

    /// <summary>All revisions of all findings.</summary>
    public IReadOnlyList<JsonElement> Revisions =>
        [.. Lines.Where(l => l.Collection == "findings").Select(l => JsonDocument.Parse(l.Line).RootElement.GetProperty("properties"))];

    /// <summary>The latest revision of each finding of a kind that is not retracted.</summary>
    public IReadOnlyList<JsonElement> Of(string kind, string profile = "default") =>
        [.. Revisions.Where(r => r.Text("kind") == kind && r.Text("profile") == profile)
            .GroupBy(r => r.Text("id")).Select(g => g.Last()).Where(r => r.Text("state") != "retracted")];

    public string FindingBytes => string.Join('\n', Lines.Where(l => l.Collection == "findings").Select(l => l.Line));

    public string BytesBut(params string[] collections) =>
        string.Join('\n', Lines.Where(l => !collections.Contains(l.Collection)).Select(l => $"{l.Collection} {l.Line}"));

    public static FoldRun Replay(Traffic traffic, TestReference? reference = null, params string[] profiles)
    {
        var run = new FoldRun(reference, profiles);
        run.Set(traffic);
        return run;
    }

    /// <summary>Folds the traffic as a sorted replay.</summary>
    public void Set(Traffic traffic)
    {
        var folder = Path.Combine(TestContext.CurrentContext.WorkDirectory, $"set-{TestContext.CurrentContext.Test.ID}-{_number}");
        var sources = new SourceTable();
        sources.IndexOf("test");
        using var sorter = new ReplaySorter(new GroupMap(1), sources, new ReplaySorterOptions { TemporaryFolder = folder, MemoryBytes = 8 << 20 });
        sorter.AddLanding(new LandingName("landing/test/2026-03-01/abc", "abc"));
        traffic.Statics.ForEach(sorter.Add);
        traffic.Reports.ForEach(report => sorter.Add(in report));
        using var sorted = sorter.Finish(default);
        _source.Replay = sorted;
        Entry(EntryKind.Set, new ReplaySet { Id = $"set-{_number}", Files = [] }.ToBytes());
    }

    /// <summary>Folds reports as one live batch, in the order given.</summary>
    public void Batch(
        IEnumerable<PositionReport> reports, long receivedAtMs, string hash, IEnumerable<StaticReport>? statics = null)
    {
        var writer = new RecordBatchWriter(new GroupMap(1));
        foreach (var said in statics ?? [])
        {
            writer.Add(said);
        }

        foreach (var report in reports)
        {
            writer.Add(in report);
        }

        var body = writer.Complete(receivedAtMs, [new LandingName($"landing/test/2026-03-01/{hash}", hash)], ["test"])[0];
        Entry(EntryKind.Batch, body);
    }

    public void Tick(long atMs) => Entry(EntryKind.Tick, Encoding.UTF8.GetBytes($$"""{"at":{{atMs}}}"""));

    /// <summary>A version of a kind of reference data comes into force.</summary>
    public void NameReference(string kind, int version) =>
        Entry(EntryKind.Reference, Encoding.UTF8.GetBytes($$"""{"kind":"{{kind}}","version":{{version}},"hash":""}"""));

    public void Publish() => Fold.Publish(this);

    public void WriteLine(string collection, ReadOnlySpan<byte> line) => Lines.Add((collection, Encoding.UTF8.GetString(line)));

    public void Dispose()
    {
        Fold.Dispose();
        _other?.Dispose();
    }

    private WatchFold New() => new(_options, _source, _reference);

    private void Entry(EntryKind kind, ReadOnlyMemory<byte> body)
    {
        var entry = new InboxEntry(++_number, kind, body);
        if (Chaos is null)
        {
            var step = Fold.FoldAsync(entry, 0, int.MaxValue, this, default).AsTask().GetAwaiter().GetResult();
            Assert.That(step.IsDone);
            return;
        }

        FoldInPieces(entry);
    }

    // Commits after some steps; others are lost: a new worker restores snapshot and deltas and folds again.
    private void FoldInPieces(InboxEntry entry)
    {
        var saved = new List<ReadOnlyMemory<byte>> { Save(whole: true) };
        _otherAt = 0;
        long next = 0;
        var isDone = false;
        while (!isDone)
        {
            var lines = Lines.Count;
            var step = Fold.FoldAsync(entry, next, Chaos!.Next(1, 400), this, default).AsTask().GetAwaiter().GetResult();
            switch (Chaos.Next(8))
            {
                case 0: // killed before the commit
                    Lines.RemoveRange(lines, Lines.Count - lines);
                    Restore(saved);
                    continue;
                case 1: // committed with a snapshot, then killed
                    saved = [Save(whole: true)];
                    _otherAt = 0;
                    Restore(saved);
                    break;
                case 2: // committed with a delta, then killed
                    saved.Add(Save(whole: false));
                    Restore(saved);
                    break;
                case 3 or 4: // committed, and a worker that had stood still goes on with the deltas that it lacks
                    saved.Add(Save(whole: false));
                    HandOver(saved);
                    break;
                default:
                    saved.Add(Save(whole: false));
                    break;
            }

            if (Chaos.Next(3) == 0)
            {
                Publish();
            }

            next = step.NextRecord;
            isDone = step.IsDone;
        }
    }

    private ReadOnlyMemory<byte> Save(bool whole)
    {
        var buffer = new ArrayBufferWriter<byte>();
        if (whole)
        {
            Fold.SaveSnapshot(buffer);
        }
        else
        {
            Fold.SaveDelta(buffer);
        }

        return buffer.WrittenMemory;
    }

    private void Restore(List<ReadOnlyMemory<byte>> saved)
    {
        Fold.Dispose();
        Fold = Restored(saved);
    }

    private WatchFold Restored(List<ReadOnlyMemory<byte>> saved)
    {
        var fold = New();
        fold.Reset();
        fold.RestoreSnapshot(saved[0].Span);
        foreach (var delta in saved.Skip(1))
        {
            fold.RestoreDelta(delta.Span);
        }

        return fold;
    }

    // Two workers by turns: the one that takes over stands where it was when it was saved last.
    private void HandOver(List<ReadOnlyMemory<byte>> saved)
    {
        if (_otherAt == 0)
        {
            _other?.Dispose();
            _other = Restored(saved);
        }

        foreach (var delta in _otherAt == 0 ? [] : saved.Skip(_otherAt))
        {
            _other!.RestoreDelta(delta.Span);
            HandOvers++;
        }

        (Fold, _other, _otherAt) = (_other!, Fold, saved.Count);
    }

    private sealed class ListSource : IRecordSource
    {
        public SortedReplay? Replay { get; set; }

        public ValueTask<IRecordStream> OpenAsync(ReplaySet set, long fromRecord, CancellationToken cancel) =>
            Replay!.Source(0).OpenAsync(set, fromRecord, cancel);
    }
}

/// <summary>Short ways into JSON.</summary>
internal static class JsonReading
{
    public static string? Text(this JsonElement element, string property) => element.GetProperty(property).GetString();

    public static decimal Number(this JsonElement element, string within, string property) =>
        element.GetProperty(within).GetProperty(property).GetDecimal();
}
