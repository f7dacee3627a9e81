using System.Buffers;
using MaritimeWatch.Intake.Ais;
using MaritimeWatch.Log;

namespace MaritimeWatch.Tracks;

/// <summary>
/// Collects the reports of one landed blob in file order and splits them into one batch per group; every group gets
/// the same heard marks at its end. Reuse it: <see cref="Complete"/> empties it.
/// </summary>
public sealed class RecordBatchWriter
{
    private readonly GroupMap _groups;
    private readonly ArrayBufferWriter<byte>[] _records;
    private readonly int[] _counts;
    private readonly HeardCounter _heard = new();
    private readonly List<HeardMark> _marks = [];

    /// <summary>Splits by this map.</summary>
    public RecordBatchWriter(GroupMap groups)
    {
        _groups = groups;
        _records = new ArrayBufferWriter<byte>[groups.Groups];
        _counts = new int[groups.Groups];
        for (var group = 0; group < _records.Length; group++)
        {
            _records[group] = new ArrayBufferWriter<byte>();
        }
    }

    /// <summary>How many positions and static data have been added since the last <see cref="Complete"/>.</summary>
    public int RecordCount { get; private set; }

    /// <summary>Adds a position (a fixed station counts as heard only).</summary>
    public void Add(in PositionReport report)
    {
        _heard.Add(report.EventAtMs, report.Vessel, report.Position, report.SourceIndex, report.Traits);
        var group = _groups.GroupOf(report.Vessel.Shard);
        RecordWriter.Write(_records[group], in report);
        _counts[group]++;
        RecordCount++;
    }

    /// <summary>Adds static data.</summary>
    public void Add(StaticReport report)
    {
        var group = _groups.GroupOf(report.Vessel.Shard);
        RecordWriter.Write(_records[group], report);
        _counts[group]++;
        RecordCount++;
    }

    /// <summary>The body of the inbox entry of each group, by group, and empties the writer.</summary>
    /// <param name="receivedAtMs">When the bytes came in, milliseconds since 1970 UTC.</param>
    /// <param name="landings">The landed blobs that the reports index into; usually one.</param>
    /// <param name="sources">The sources that the reports index into.</param>
    /// <param name="part">Tells batches of one landed blob apart.</param>
    public IReadOnlyList<ReadOnlyMemory<byte>> Complete(
        long receivedAtMs, IReadOnlyList<LandingName> landings, IReadOnlyList<string> sources, int part = 0)
    {
        _marks.Clear();
        _heard.Drain(_marks);
        var bodies = new ReadOnlyMemory<byte>[_records.Length];
        for (var group = 0; group < bodies.Length; group++)
        {
            foreach (var mark in _marks)
            {
                RecordWriter.Write(_records[group], in mark);
            }

            var body = new ArrayBufferWriter<byte>(_records[group].WrittenCount + 512);
            new RecordBatch
            {
                ReceivedAtMs = receivedAtMs,
                Part = part,
                Landings = landings,
                Sources = sources,
                RecordCount = _counts[group] + _marks.Count,
                Records = _records[group].WrittenMemory,
            }.Write(body);
            bodies[group] = body.WrittenMemory;
            _records[group].ResetWrittenCount();
            _counts[group] = 0;
        }

        RecordCount = 0;
        return bodies;
    }
}
