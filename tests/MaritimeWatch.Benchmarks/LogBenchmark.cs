using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using MaritimeWatch.Log;
using MaritimeWatch.Stores;

namespace MaritimeWatch.Benchmarks;

/// <summary>
/// What the log costs: appending entries of 64 KiB, and commits of one delta of 64 KiB and three segments of 256 KiB in
/// all, beside a program that appends the same bytes to one file and flushes it.
/// </summary>
public static class LogBenchmark
{
    private const int Entries = 100;
    private const int EntryBytes = 64 * 1024;
    private const int LinesPerEntry = 1024;
    private const int LineBytes = 256;

    public static void Run(TextWriter output)
    {
        output.WriteLine("| store | append, us per entry | fold and commit, us per entry |");
        output.WriteLine("|---|---|---|");
        var folder = Directory.CreateTempSubdirectory("maritimewatch-bench-").FullName;
        try
        {
            var baseline = MeasureBaseline(Path.Combine(folder, "baseline"));
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| one file, append and fsync (baseline) | {baseline.Append:F0} | {baseline.Commit:F0} |"));
            Report(output, "memory", new MemoryStore());
            Report(output, "folder, not flushed", DirectoryStore.Open(Path.Combine(folder, "a"), Durability.ProcessOnly));
            Report(output, "folder, flushed", DirectoryStore.Open(Path.Combine(folder, "b")));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Report(TextWriter output, string name, IBlobStore store)
    {
        var (append, commit) = MeasureAsync(store).GetAwaiter().GetResult();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {name} | {append:F0} | {commit:F0} |"));
    }

    private static async Task<(double Append, double Commit)> MeasureAsync(IBlobStore store)
    {
        var group = new GroupName("bench", 0);
        var inbox = new Inbox(store, group, TimeProvider.System);
        var body = new byte[EntryBytes];
        var watch = Stopwatch.StartNew();
        for (var i = 0; i < Entries; i++)
        {
            body[0] = (byte)i;
            await inbox.AppendAsync(EntryKind.Batch, body);
        }

        var append = watch.Elapsed;
        var worker = new GroupWorker(
            store, group, new CopyingFold(), new GroupWorkerOptions { EntriesPerCommit = 1 }, TimeProvider.System);
        watch.Restart();
        while (await worker.RunOnceAsync() != WorkerStep.Idle)
        {
        }

        return (append.TotalMicroseconds / Entries, watch.Elapsed.TotalMicroseconds / Entries);
    }

    private static (double Append, double Commit) MeasureBaseline(string path)
    {
        var entry = new byte[EntryBytes];
        var commit = new byte[EntryBytes + (LinesPerEntry * LineBytes)];
        using var file = File.Create(path);
        return (Write(file, entry), Write(file, commit));
    }

    private static double Write(FileStream file, byte[] bytes)
    {
        var watch = Stopwatch.StartNew();
        for (var i = 0; i < Entries; i++)
        {
            file.Write(bytes);
            file.Flush(flushToDisk: true);
        }

        return watch.Elapsed.TotalMicroseconds / Entries;
    }

    private sealed class CopyingFold : IFold
    {
        private static readonly string[] Collections = ["findings", "tracks", "vessels"];
        private static readonly byte[] Line = [.. Enumerable.Repeat((byte)'x', LineBytes - 1)];
        private byte[] state = new byte[EntryBytes];

        public void Reset() => state = new byte[EntryBytes];

        public void RestoreSnapshot(ReadOnlySpan<byte> snapshot) => state = snapshot.ToArray();

        public void RestoreDelta(ReadOnlySpan<byte> delta) => state = delta.ToArray();

        public void SaveSnapshot(IBufferWriter<byte> target) => target.Write(state);

        public void SaveDelta(IBufferWriter<byte> target) => target.Write(state);

        public ValueTask<FoldStep> FoldAsync(
            InboxEntry entry, long fromRecord, int budget, IFoldOutput output, CancellationToken cancel)
        {
            entry.Body.Span.CopyTo(state);
            for (var i = 0; i < LinesPerEntry; i++)
            {
                output.WriteLine(Collections[i % 3], Line);
            }

            return new(FoldStep.EntryDone);
        }

        public void Publish(IFoldOutput output)
        {
        }
    }
}
