using System.Runtime.InteropServices;
using MaritimeWatch.Intake.Ais;
using MaritimeWatch.Stores;

namespace MaritimeWatch.Functions.Intake;

/// <summary>
/// Reads landed bytes as the decoder does: unpacked where they are gzip, in stretches of one received_at. The doors'
/// answer and the pipeline use the same reading, so that what was promised is what is folded.
/// </summary>
public static class AisUnpacking
{
    /// <summary>Reads one blob; the sink sees offsets within the whole (unpacked) blob.</summary>
    /// <param name="bytes">As landed.</param>
    /// <param name="marks">When which part was received; at least one, the first at offset 0.</param>
    /// <param name="options">The rest of what the bytes do not say.</param>
    /// <param name="sink">Takes what is found.</param>
    /// <param name="cancel">Stops reading.</param>
    public static AisReadCounts Read<TSink>(
        ReadOnlyMemory<byte> bytes, IReadOnlyList<ReceivedMark> marks, AisReadOptions options, ref TSink sink,
        CancellationToken cancel)
        where TSink : struct, IAisSink
    {
        if (bytes.Span.StartsWith((ReadOnlySpan<byte>)[0x1f, 0x8b]))
        {
            return ReadGzip(bytes, options with { ReceivedAtMs = marks[0].ReceivedAtMs }, ref sink, cancel);
        }

        var counts = new AisReadCounts();
        for (var i = 0; i < marks.Count; i++)
        {
            var from = (int)marks[i].Offset;
            var to = i + 1 < marks.Count ? (int)marks[i + 1].Offset : bytes.Length;
            using var part = StreamOf(bytes[from..to]);
            var shifted = new ShiftedSink<TSink>(sink, from, counts.Lines);
            var partCounts = AisReader.Read(
                part, options with { ReceivedAtMs = marks[i].ReceivedAtMs }, ref shifted, cancel);
            sink = shifted.Inner;
            counts.Add(partCounts);
        }

        return counts;
    }

    private static AisReadCounts ReadGzip<TSink>(
        ReadOnlyMemory<byte> bytes, AisReadOptions options, ref TSink sink, CancellationToken cancel)
        where TSink : struct, IAisSink
    {
        using var unpacked = RecordingFile.Open(StreamOf(bytes));
        var counts = AisReader.Read(unpacked, options, ref sink, cancel);
        if (unpacked.Trouble is not null)
        {
            counts.CountRefusal(IntakeFault.Truncated);
            sink.OnRefused(new Refusal(IntakeFault.Truncated, counts.Lines, 0, 0), []);
        }

        return counts;
    }

    private static MemoryStream StreamOf(ReadOnlyMemory<byte> bytes) =>
        MemoryMarshal.TryGetArray(bytes, out var segment)
            ? new MemoryStream(segment.Array!, segment.Offset, segment.Count, writable: false)
            : new MemoryStream(bytes.ToArray(), writable: false);

    private struct ShiftedSink<TSink>(TSink inner, long offset, long lines) : IAisSink
        where TSink : struct, IAisSink
    {
        public TSink Inner = inner;

        public void OnPosition(in PositionReport report)
        {
            if (offset == 0)
            {
                Inner.OnPosition(report);
                return;
            }

            Inner.OnPosition(report with { Offset = report.Offset + offset });
        }

        public void OnStatic(StaticReport report) =>
            Inner.OnStatic(offset == 0 ? report : report with { Offset = report.Offset + offset });

        public void OnRefused(in Refusal refusal, ReadOnlySpan<byte> bytes) => Inner.OnRefused(
            refusal with { Offset = refusal.Offset + offset, LineNumber = refusal.LineNumber + lines }, bytes);
    }
}
