using System.Buffers;
using MaritimeWatch.Intake.Ais;
using MaritimeWatch.Log;
using MaritimeWatch.Terms;
using MaritimeWatch.Tracks;

namespace MaritimeWatch.Tests.Tracks;

internal sealed class RecordTests
{
    [Test]
    public void A_batch_reads_back_what_was_written([Range(1, 5)] int seed)
    {
        TestContext.Out.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var groups = new GroupMap(3);
        var writer = new RecordBatchWriter(groups);
        var reports = Enumerable.Range(0, 500).Select(_ => RandomReport(random)).ToArray();
        var named = new StaticReport
        {
            EventAtMs = 1000,
            Vessel = reports[0].Vessel,
            Name = "ÆRØ Ærøskøbing",
            CallSign = "OXYZ",
            Destination = "SEGOT",
            ImoNumber = 9_074_729,
            ShipType = 70,
            ToBowM = 100,
            ToSternM = 20,
            DraughtDecimetres = 61,
            EtaHour = 0,
            Offset = 12,
            Length = 34,
        };
        foreach (var report in reports)
        {
            writer.Add(in report);
        }

        writer.Add(named);
        var bodies = writer.Complete(123_456, [new LandingName("landing/a", "a")], ["x", "y"]);
        var read = new List<PositionReport>();
        var statics = new List<StaticReport>();
        var marks = new List<HeardMark>[3];
        for (var group = 0; group < 3; group++)
        {
            var batch = RecordBatch.Read(bodies[group]);
            Assert.That(batch.ReceivedAtMs, Is.EqualTo(123_456));
            marks[group] = [];
            var reader = new RecordReader(batch.Records.Span);
            var count = 0;
            for (; reader.MoveNext(); count++)
            {
                switch (reader.Kind)
                {
                    case RecordKind.Position:
                        reader.Position(out var report);
                        Assert.That(groups.GroupOf(report.Vessel.Shard), Is.EqualTo(group));
                        read.Add(report);
                        break;
                    case RecordKind.Static:
                        statics.Add(reader.Static());
                        break;
                    default:
                        marks[group].Add(reader.Heard());
                        break;
                }
            }

            Assert.That(count, Is.EqualTo(batch.RecordCount));
        }

        Assert.Multiple(() =>
        {
            Assert.That(read, Is.EquivalentTo(reports));
            Assert.That(statics.Single(), Is.EqualTo(named));
            Assert.That(marks[1], Is.EqualTo(marks[0]));
            Assert.That(marks[0].Sum(m => m.Reports), Is.EqualTo(500));
        });
    }

    [Test]
    public void Damaged_or_newer_batches_are_refused()
    {
        var body = new ArrayBufferWriter<byte>();
        new RecordBatch { ReceivedAtMs = 0, Landings = [], Sources = [], RecordCount = 0, Records = default }.Write(body);
        var newer = body.WrittenSpan.ToArray();
        newer[4] = 99;
        Assert.Multiple(() =>
        {
            Assert.That(() => RecordBatch.Read(newer), Throws.InstanceOf<InvalidDataException>());
            Assert.That(() => RecordBatch.Read(body.WrittenSpan[..7].ToArray()), Throws.InstanceOf<InvalidDataException>());
            Assert.That(() => RecordBatch.Read("not a batch at all"u8.ToArray()), Throws.InstanceOf<InvalidDataException>());
        });
    }

    [Test]
    public void Shuffled_files_and_rows_sort_to_the_same_records_with_spills_or_without()
    {
        var random = new Random(5);
        var reports = Enumerable.Range(0, 60_000).Select(_ => RandomReport(random) with { Offset = 0, Length = 0, LandingIndex = 0 }).ToArray();
        var expected = Sorted(reports, 64 << 20);
        random.Shuffle(reports);
        var spilled = Sorted(reports, ReplaySorterOptions.MemoryBytesMin);
        Assert.Multiple(() =>
        {
            Assert.That(spilled, Has.Count.EqualTo(expected.Count));
            Assert.That(spilled, Is.EqualTo(expected));
            Assert.That(expected.Select(r => r.EventAtMs), Is.Ordered);
        });
    }

    [Test]
    public void A_stream_can_be_taken_up_at_any_record()
    {
        var random = new Random(6);
        using var sorter = NewSorter(8 << 20, 2);
        for (var i = 0; i < 90_000; i++)
        {
            var report = RandomReport(random) with { LandingIndex = 0 };
            sorter.Add(in report);
        }

        using var sorted = sorter.Finish(default);
        var all = Bytes(sorted, 1, 0);
        foreach (var from in new long[] { 1, 77, 4000, sorted.RecordCount(1) - 1, sorted.RecordCount(1), sorted.RecordCount(1) + 5 })
        {
            var rest = Bytes(sorted, 1, from);
            Assert.That(all.AsSpan(all.Length - rest.Length).SequenceEqual(rest), $"from record {from}");
            Assert.That(Count(rest), Is.EqualTo(Math.Max(0, sorted.RecordCount(1) - from)));
        }
    }

    [Test]
    public void The_earliest_static_data_of_a_vessel_count_from_its_first_position()
    {
        using var sorter = NewSorter(8 << 20, 1);
        var report = RandomReport(new Random(8)) with { EventAtMs = 5000, LandingIndex = 0 };
        sorter.Add(in report);
        sorter.Add(report with { EventAtMs = 9000 });
        sorter.Add(new StaticReport { EventAtMs = 9000, Vessel = report.Vessel, Name = "EARLY" });
        sorter.Add(new StaticReport { EventAtMs = 9500, Vessel = report.Vessel, Name = "LATER" });
        using var sorted = sorter.Finish(default);
        var statics = new List<(long, string?)>();
        var reader = new RecordReader(Bytes(sorted, 0, 0));
        while (reader.MoveNext())
        {
            if (reader.Kind == RecordKind.Static)
            {
                statics.Add((reader.Static().EventAtMs, reader.Static().Name));
            }
        }

        Assert.That(statics, Is.EqualTo(new[] { (5000L, "EARLY"), (9500L, "LATER") }));
    }

    private static int Count(byte[] records)
    {
        var reader = new RecordReader(records);
        var count = 0;
        while (reader.MoveNext())
        {
            count++;
        }

        return count;
    }

    private static byte[] Bytes(SortedReplay sorted, int group, long from)
    {
        var all = new ArrayBufferWriter<byte>();
        using var stream = sorted.Open(group, from);
        while (true)
        {
            var chunk = stream.ReadAsync(default).AsTask().GetAwaiter().GetResult();
            if (chunk.IsEmpty)
            {
                return all.WrittenSpan.ToArray();
            }

            all.Write(chunk.Span);
        }
    }

    private static List<PositionReport> Sorted(PositionReport[] reports, int memory)
    {
        using var sorter = NewSorter(memory, 1);
        foreach (var report in reports)
        {
            sorter.Add(in report);
        }

        using var sorted = sorter.Finish(default);
        var found = new List<PositionReport>();
        var reader = new RecordReader(Bytes(sorted, 0, 0));
        while (reader.MoveNext())
        {
            if (reader.Kind == RecordKind.Position)
            {
                reader.Position(out var report);
                found.Add(report);
            }
        }

        return found;
    }

    private static ReplaySorter NewSorter(int memory, int groups)
    {
        var sources = new SourceTable();
        sources.IndexOf("x");
        sources.IndexOf("y");
        var sorter = new ReplaySorter(
            new GroupMap(groups), sources, new ReplaySorterOptions { TemporaryFolder = TestContext.CurrentContext.WorkDirectory, MemoryBytes = memory });
        sorter.AddLanding(new LandingName("landing/a", "a"));
        return sorter;
    }

    private static PositionReport RandomReport(Random random) => new()
    {
        EventAtMs = 1_700_000_000_000 + (random.Next(7200) * 1000L),
        Vessel = VesselId.FromMmsi(200_000_000 + random.Next(50)),
        Position = new Position(random.Next(-900_000_000, 900_000_000), random.Next(-1_800_000_000, 1_800_000_000)),
        SpeedDeciKnots = (short)random.Next(-1, 1023),
        CourseDeciDegrees = (short)random.Next(-1, 3600),
        HeadingDegrees = (short)random.Next(-1, 360),
        RateOfTurn = (sbyte)random.Next(-128, 128),
        NavigationStatus = (byte)random.Next(16),
        UtcSecond = (sbyte)random.Next(-1, 64),
        MessageType = 1,
        SourceIndex = (ushort)random.Next(2),
        LandingIndex = 0,
        Offset = random.Next(),
        Length = (ushort)random.Next(100),
    };
}
