using System.Runtime.CompilerServices;
using System.Text;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Log;

/// <summary>
/// The lines of one round in the order in which they became known. What is held is an index of 32 bytes a line; the
/// lines themselves are read again from their segments, of which a few are kept.
/// </summary>
/// <param name="store">The store.</param>
internal sealed class RelayLines(IBlobStore store)
{
    private const int SegmentsHeld = 64;

    private readonly Dictionary<string, (ReadOnlyMemory<byte> Bytes, long Used)> held = new(StringComparer.Ordinal);
    private long uses;

    public async IAsyncEnumerable<IReadOnlyList<NewsRow>> PartsAsync(
        IReadOnlyList<RelayProducer> producers, RelayPlan plan, RelayOptions options,
        [EnumeratorCancellation] CancellationToken cancel)
    {
        List<SegmentName> segments = [];
        List<Line> index = [];
        foreach (var producer in producers)
        {
            await IndexAsync(producer, plan, segments, index, cancel);
        }

        // A stable order: what one producer said at one instant stays in its order.
        index.Sort(static (a, b) => (a.KnownAtMs, a.Number).CompareTo((b.KnownAtMs, b.Number)));
        List<NewsRow> rows = [];
        var bytes = 0;
        foreach (var line in index)
        {
            if (rows.Count > 0 && (rows.Count == options.RowsPerPart || bytes + line.Length > options.BytesPerPart))
            {
                yield return rows;
                (rows, bytes) = ([], 0);
            }

            var segment = segments[line.Segment];
            var content = await HoldAsync(segment.Blob, cancel);
            rows.Add(new NewsRow(segment.Collection, content.Slice(line.Offset, line.Length)));
            bytes += line.Length;
        }

        if (rows.Count > 0)
        {
            yield return rows;
        }

        held.Clear();
    }

    private async ValueTask IndexAsync(
        RelayProducer producer, RelayPlan plan, List<SegmentName> segments, List<Line> index, CancellationToken cancel)
    {
        var name = producer.Group.ToString();
        var (from, to) = (plan.From.GetValueOrDefault(name), plan.To.GetValueOrDefault(name));
        if (to <= from || await new CheckpointReader(store, producer.Group).NewsAsync(from, cancel) is not { } news)
        {
            return;
        }

        // Segments of one commit stand collection by collection: lines of the same instant keep that order too.
        foreach (var segment in news.Segments)
        {
            if (CheckpointReader.GenerationOf(segment) <= to && producer.Collections.Contains(segment.Collection))
            {
                segments.Add(segment);
                IndexLines(await HoldAsync(segment.Blob, cancel), segments.Count - 1, index);
            }
        }
    }

    private static void IndexLines(ReadOnlyMemory<byte> content, int segment, List<Line> index)
    {
        var offset = 0;
        while (offset < content.Length)
        {
            var rest = content.Span[offset..];
            var end = rest.IndexOf((byte)'\n');
            var length = end < 0 ? rest.Length : end;
            if (length > 0)
            {
                index.Add(new Line(KnownAt.Of(rest[..length]), index.Count, segment, offset, length));
            }

            offset += length + 1;
        }
    }

    private async ValueTask<ReadOnlyMemory<byte>> HoldAsync(string blob, CancellationToken cancel)
    {
        if (!held.TryGetValue(blob, out var there))
        {
            var read = await store.GetAsync(blob, cancel)
                ?? throw new StoreException(StoreTrouble.Stop, $"{blob} is named by a checkpoint and is gone");
            if (held.Count == SegmentsHeld)
            {
                held.Remove(held.MinBy(one => one.Value.Used).Key);
            }

            there = (read.Bytes, 0);
        }

        held[blob] = (there.Bytes, ++uses);
        return there.Bytes;
    }

    private readonly record struct Line(long KnownAtMs, int Number, int Segment, int Offset, int Length);
}

/// <summary>When a line became known, read without parsing the whole line.</summary>
internal static class KnownAt
{
    private static readonly byte[] Property = Encoding.ASCII.GetBytes("\"known_at\":\"");

    /// <summary>Milliseconds since 1970 UTC; <see cref="long.MinValue"/> where the line does not say, so that it comes first.</summary>
    public static long Of(ReadOnlySpan<byte> line)
    {
        var at = line.LastIndexOf(Property);
        if (at < 0)
        {
            return long.MinValue;
        }

        var text = line[(at + Property.Length)..];
        var end = text.IndexOf((byte)'"');
        return end > 0 && Rfc3339.TryParse(text[..end], out var atMs) ? atMs : long.MinValue;
    }
}
