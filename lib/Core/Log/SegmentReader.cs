using System.Runtime.CompilerServices;

namespace MaritimeWatch.Log;

/// <summary>Reads the bytes of segments that a checkpoint names. The only way to them: where they lie is ours.</summary>
/// <remarks>
/// The hash in a pack's name is of the whole pack, so a part of it cannot be checked against it. What is checked is that
/// all of the part is there and that it ends with a line; that is more than was checked of a segment on its own.
/// </remarks>
public static class SegmentReader
{
    /// <summary>
    /// Bytes of a pack that are read in vain rather than asked around: a request costs about as much time as this many.
    /// </summary>
    internal const long GapMax = 256 * 1024;

    /// <summary>Bytes asked for at once, unless one segment has more.</summary>
    internal const long BytesAtOnceMax = 16L << 20;

    /// <summary>The whole segment: lines, each with its newline.</summary>
    /// <param name="store">The store.</param>
    /// <param name="segment">As a checkpoint names it.</param>
    /// <param name="cancel">Stops the reading.</param>
    /// <exception cref="StoreException">Stop: it is gone or damaged. Retry: try again.</exception>
    public static async ValueTask<ReadOnlyMemory<byte>> ReadAsync(IBlobStore store, SegmentName segment, CancellationToken cancel = default) =>
        await store.GetRangeAsync(segment.Blob, segment.Offset, checked((int)segment.Length), cancel) is { } bytes
            ? Check(segment, bytes)
            : throw Gone(segment);

    /// <summary>
    /// Reads segments in the order given. Neighbours that lie in one pack come with one request.
    /// </summary>
    /// <param name="store">The store.</param>
    /// <param name="segments">As checkpoints name them; the order in which a checkpoint does so needs the fewest requests.</param>
    /// <param name="cancel">Stops the reading.</param>
    /// <returns>Each segment with its bytes; null where they are gone.</returns>
    /// <exception cref="StoreException">Stop: a segment is damaged. Retry: try again.</exception>
    public static async IAsyncEnumerable<(SegmentName Segment, ReadOnlyMemory<byte>? Bytes)> ReadAllAsync(
        IBlobStore store, IReadOnlyList<SegmentName> segments, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        for (var first = 0; first < segments.Count;)
        {
            var (end, from) = (RunEnd(segments, first), segments[first].Offset);
            var length = segments[end - 1].Offset + segments[end - 1].Length - from;
            var read = await store.GetRangeAsync(segments[first].Blob, from, checked((int)length), cancel);
            for (; first < end; first++)
            {
                var segment = segments[first];
                yield return (segment, read is { } bytes ? Check(segment, Cut(bytes, segment.Offset - from, segment.Length)) : (ReadOnlyMemory<byte>?)null);
            }
        }
    }

    /// <summary>What to throw for a segment that is gone and should not be.</summary>
    /// <param name="segment">As a checkpoint names it.</param>
    internal static StoreException Gone(SegmentName segment) =>
        new(StoreTrouble.Stop, $"{segment.Blob} is named by a checkpoint and is gone");

    // The segments from the first on that are worth one request.
    private static int RunEnd(IReadOnlyList<SegmentName> segments, int first)
    {
        var end = first + 1;
        for (; end < segments.Count && segments[end].Blob == segments[first].Blob; end++)
        {
            var gap = segments[end].Offset - (segments[end - 1].Offset + segments[end - 1].Length);
            var length = segments[end].Offset + segments[end].Length - segments[first].Offset;
            if (gap is < 0 or > GapMax || length > BytesAtOnceMax)
            {
                break;
            }
        }

        return end;
    }

    private static ReadOnlyMemory<byte> Cut(ReadOnlyMemory<byte> bytes, long offset, long length)
    {
        var from = (int)Math.Min(offset, bytes.Length);
        return bytes.Slice(from, (int)Math.Min(length, bytes.Length - from));
    }

    private static ReadOnlyMemory<byte> Check(SegmentName segment, ReadOnlyMemory<byte> bytes) =>
        bytes.Length == segment.Length && (bytes.IsEmpty || bytes.Span[^1] == (byte)'\n')
            ? bytes
            : throw new StoreException(
                StoreTrouble.Stop, $"{segment.Blob} is damaged: {segment.Collection} is not whole at byte {segment.Offset}");
}
