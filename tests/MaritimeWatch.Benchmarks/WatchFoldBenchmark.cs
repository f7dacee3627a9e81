using System.Diagnostics;
using MaritimeWatch.Findings;
using MaritimeWatch.Geodesy;
using MaritimeWatch.Intake.Ais;
using MaritimeWatch.Log;
using MaritimeWatch.Terms;
using MaritimeWatch.Tracks;

namespace MaritimeWatch.Benchmarks;

/// <summary>Sort and fold of 2 million reports of 20,000 vessels, beside reading the records alone.</summary>
internal static class WatchFoldBenchmark
{
    private const int Vessels = 20_000;
    private const int ReportsEach = 100;
    private const int EveryMs = 60_000;

    public static void Run(TextWriter output)
    {
        var folder = Directory.CreateTempSubdirectory("watch-bench").FullName;
        var sources = new SourceTable();
        sources.IndexOf("SIM");
        using var sorter = new ReplaySorter(new GroupMap(1), sources, new ReplaySorterOptions { TemporaryFolder = folder });
        sorter.AddLanding(new LandingName("landing/bench", "bench"));
        var sortClock = Stopwatch.StartNew();
        for (var number = 0; number < ReportsEach; number++)
        {
            for (var vessel = 0; vessel < Vessels; vessel++)
            {
                sorter.Add(Report(vessel, number));
            }
        }

        using var sorted = sorter.Finish(default);
        Row(output, "make and sort", sortClock.Elapsed, sorted.Reports);
        var readClock = Stopwatch.StartNew();
        Row(output, "read records only (baseline)", readClock.Elapsed + Read(sorted), sorted.Reports);

        using var fold = new WatchFold(new WatchOptions(), sorted.Source(0));
        var entry = new InboxEntry(1, EntryKind.Set, new ReplaySet { Id = "bench", Files = [] }.ToBytes());
        var sink = new Sink();
        var foldClock = Stopwatch.StartNew();
        var before = GC.GetAllocatedBytesForCurrentThread();
        fold.FoldAsync(entry, 0, int.MaxValue, sink, default).AsTask().GetAwaiter().GetResult();
        Row(output, "fold", foldClock.Elapsed, sorted.Reports);
        output.WriteLine($"allocated {(GC.GetAllocatedBytesForCurrentThread() - before) / (double)sorted.Reports:F1} B/record, {sink.Lines} lines");
        var snapshot = new System.Buffers.ArrayBufferWriter<byte>();
        var saveClock = Stopwatch.StartNew();
        fold.SaveSnapshot(snapshot);
        output.WriteLine($"snapshot {snapshot.WrittenCount / (double)fold.VesselCount:F0} B/vessel in {saveClock.ElapsedMilliseconds} ms");
        var publishClock = Stopwatch.StartNew();
        fold.Publish(sink);
        output.WriteLine($"publish all {fold.VesselCount} vessels in {publishClock.ElapsedMilliseconds} ms, {sink.Bytes >> 20} MiB of lines in all");
        Directory.Delete(folder, recursive: true);
    }

    private static TimeSpan Read(SortedReplay sorted)
    {
        var clock = Stopwatch.StartNew();
        using var stream = sorted.Open(0, 0);
        long sum = 0;
        while (true)
        {
            var chunk = stream.ReadAsync(default).AsTask().GetAwaiter().GetResult();
            if (chunk.IsEmpty)
            {
                return sum == 0 ? TimeSpan.Zero : clock.Elapsed;
            }

            var reader = new RecordReader(chunk.Span);
            while (reader.MoveNext())
            {
                if (reader.Kind == RecordKind.Position)
                {
                    reader.Position(out var report);
                    sum += report.EventAtMs;
                }
            }
        }
    }

    private static PositionReport Report(int vessel, int number)
    {
        var start = Position.FromDegrees(50 + (vessel % 100 * 0.1), (vessel / 100 * 0.1) - 10);
        var metres = number * 12 * 1852 / 60.0;
        return new PositionReport
        {
            EventAtMs = 1_760_000_000_000 + ((long)number * EveryMs) + (vessel * 3),
            Vessel = VesselId.FromMmsi(200_000_000 + vessel),
            Position = GreatCircle.Destination(start, vessel % 360, metres),
            SpeedDeciKnots = 120,
            CourseDeciDegrees = (short)(vessel % 360 * 10),
            HeadingDegrees = (short)(vessel % 360),
            MessageType = 1,
            Traits = ReportTraits.Simulated,
            Offset = (long)number * 48,
            Length = 48,
        };
    }

    private static void Row(TextWriter output, string what, TimeSpan elapsed, long reports) =>
        output.WriteLine($"{what}: {elapsed.TotalNanoseconds / reports:F0} ns/record, {reports / elapsed.TotalSeconds / 1e6:F2} M/s");

    private sealed class Sink : IFoldOutput
    {
        public long Lines { get; private set; }

        public long Bytes { get; private set; }

        public void WriteLine(string collection, ReadOnlySpan<byte> line)
        {
            Lines++;
            Bytes += line.Length;
        }
    }
}
