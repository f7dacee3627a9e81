using System.Runtime.CompilerServices;
using System.Text;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Log;

/// <summary>
/// The lines of one round, group by group, in the order in which they became known. What is held is an index of 56 bytes
/// a line and group; the lines themselves are read again from their segments, of which a few are kept.
/// </summary>
/// <remarks>
/// A stage of several groups must say the same however many there are, and its producers' groups change in number with
/// it: what became known at one instant is told in an order that the lines themselves give.
/// </remarks>
/// <param name="store">The store.</param>
/// <param name="route">Which groups hear a line; null for a stage of one group.</param>
internal sealed class RelayLines(IBlobStore store, RelayRoute? route)
{
    private const int SegmentsHeld = 64;

    private readonly List<int> groups = [];

    private readonly Dictionary<SegmentName, (ReadOnlyMemory<byte> Bytes, long Used)> held = [];
    private long uses;

    public async IAsyncEnumerable<(int Group, IReadOnlyList<NewsRow> Rows)> PartsAsync(
        IReadOnlyList<RelayProducer> producers, RelayPlan plan, IReadOnlyDictionary<GroupName, Checkpoint> known,
        RelayOptions options, [EnumeratorCancellation] CancellationToken cancel)
    {
        List<SegmentName> segments = [];
        List<Line> index = [];
        foreach (var producer in producers)
        {
            await IndexAsync(producer, plan, known.GetValueOrDefault(producer.Group), segments, index, cancel);
        }

        // A stable order: what one producer said at one instant stays in its order.
        index.Sort(static (a, b) =>
            (a.Group, a.KnownAtMs, a.AtMs, a.Tie, a.Number).CompareTo((b.Group, b.KnownAtMs, b.AtMs, b.Tie, b.Number)));
        List<NewsRow> rows = [];
        var (group, bytes) = (0, 0);
        foreach (var line in index)
        {
            if (rows.Count > 0
                && (line.Group != group || rows.Count == options.RowsPerPart || bytes + line.Length > options.BytesPerPart))
            {
                yield return (group, rows);
                (rows, bytes) = ([], 0);
            }

            group = line.Group;
            var segment = segments[line.Segment];
            var content = held.ContainsKey(segment) ? default : await SegmentReader.ReadAsync(store, segment, cancel);
            content = Hold(segment, content);
            rows.Add(new NewsRow(segment.Collection, content.Slice(line.Offset, line.Length)));
            bytes += line.Length;
        }

        if (rows.Count > 0)
        {
            yield return (group, rows);
        }

        held.Clear();
    }

    private async ValueTask IndexAsync(
        RelayProducer producer, RelayPlan plan, Checkpoint? known, List<SegmentName> segments, List<Line> index,
        CancellationToken cancel)
    {
        var name = producer.Group.ToString();
        var (from, to) = (plan.From.GetValueOrDefault(name), plan.To.GetValueOrDefault(name));
        if (to <= from || await new CheckpointReader(store, producer.Group).NewsAsync(known, from, cancel) is not { } news)
        {
            return;
        }

        // Segments of one commit stand collection by collection: lines of the same instant keep that order too.
        List<SegmentName> heard = [.. news.Segments.Where(
            segment => CheckpointReader.GenerationOf(segment) <= to && producer.Collections.Contains(segment.Collection))];
        await foreach (var (segment, bytes) in SegmentReader.ReadAllAsync(store, heard, cancel))
        {
            segments.Add(segment);
            IndexLines(segment.Collection, Hold(segment, bytes ?? throw SegmentReader.Gone(segment)), segments.Count - 1, index);
        }
    }

    private void IndexLines(string collection, ReadOnlyMemory<byte> content, int segment, List<Line> index)
    {
        var offset = 0;
        while (offset < content.Length)
        {
            var rest = content.Span[offset..];
            var end = rest.IndexOf((byte)'\n');
            var length = end < 0 ? rest.Length : end;
            if (length > 0)
            {
                IndexLine(collection, rest[..length], new Line(segment, offset, length), index);
            }

            offset += length + 1;
        }
    }

    private void IndexLine(string collection, ReadOnlySpan<byte> content, Line line, List<Line> index)
    {
        if (route is null)
        {
            index.Add(line with { KnownAtMs = KnownAt.Of(content), Number = index.Count });
            return;
        }

        groups.Clear();
        route(collection, content, groups);
        if (groups.Count == 0)
        {
            return;
        }

        line = line with { KnownAtMs = KnownAt.Of(content), AtMs = KnownAt.At(content), Tie = Hash(content) };
        foreach (var group in groups)
        {
            index.Add(line with { Group = group, Number = index.Count });
        }
    }

    // FNV-1a, 64 bits.
    private static ulong Hash(ReadOnlySpan<byte> content)
    {
        var hash = 14_695_981_039_346_656_037UL;
        foreach (var one in content)
        {
            hash = (hash ^ one) * 1_099_511_628_211UL;
        }

        return hash;
    }

    // Keeps a segment that has just been read, or gives one that is held.
    private ReadOnlyMemory<byte> Hold(SegmentName segment, ReadOnlyMemory<byte> read)
    {
        if (held.TryGetValue(segment, out var there))
        {
            read = there.Bytes;
        }
        else if (held.Count == SegmentsHeld)
        {
            held.Remove(held.MinBy(one => one.Value.Used).Key);
        }

        held[segment] = (read, ++uses);
        return read;
    }

    private readonly record struct Line(int Segment, int Offset, int Length)
    {
        public int Group { get; init; }

        public int Number { get; init; }

        public long KnownAtMs { get; init; }

        public long AtMs { get; init; }

        public ulong Tie { get; init; }
    }
}

/// <summary>When a line became known, read without parsing the whole line.</summary>
internal static class KnownAt
{
    private static readonly byte[] Property = Encoding.ASCII.GetBytes("\"known_at\":\"");
    private static readonly byte[] PropertyAt = Encoding.ASCII.GetBytes("\"at\":\"");

    /// <summary>Milliseconds since 1970 UTC; <see cref="long.MinValue"/> where the line does not say, so that it comes first.</summary>
    public static long Of(ReadOnlySpan<byte> line) => Time(line, line.LastIndexOf(Property), Property.Length);

    /// <summary>When what a line says was so; <see cref="long.MinValue"/> where it has no <c>at</c>.</summary>
    public static long At(ReadOnlySpan<byte> line) => Time(line, line.IndexOf(PropertyAt), PropertyAt.Length);

    private static long Time(ReadOnlySpan<byte> line, int at, int length)
    {
        if (at < 0)
        {
            return long.MinValue;
        }

        var text = line[(at + length)..];
        var end = text.IndexOf((byte)'"');
        return end > 0 && Rfc3339.TryParse(text[..end], out var atMs) ? atMs : long.MinValue;
    }
}
