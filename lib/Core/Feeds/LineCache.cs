using MaritimeWatch.Log;

namespace MaritimeWatch.Feeds;

/// <summary>
/// Bytes of lines, read back from their segments by range. Keeps the chunks that were used last, up to a bound; lines
/// that have no blob (such as zones) stay in memory.
/// </summary>
internal sealed class LineCache(IBlobStore store, long bytesMax)
{
    /// <summary>Small enough that scattered lines do not read much in vain, large enough for one disk read.</summary>
    public const int ChunkBytes = 32 * 1024;

    private const int ReadsAtOnce = 8;

    private readonly Lock _gate = new();
    private readonly List<(SegmentName? Name, ReadOnlyMemory<byte> Resident)> _segments = [];
    private readonly Dictionary<(string Blob, long Offset), int> _byPlace = [];
    private readonly Dictionary<(int Segment, int Chunk), LinkedListNode<Chunk>> _chunks = [];
    private readonly LinkedList<Chunk> _order = new();
    private long _bytes;

    /// <summary>Gives a segment its number; the same segment has the same number.</summary>
    public int Add(SegmentName segment)
    {
        lock (_gate)
        {
            if (!_byPlace.TryGetValue((segment.Blob, segment.Offset), out var index))
            {
                index = _segments.Count;
                _segments.Add((segment, default));
                _byPlace.Add((segment.Blob, segment.Offset), index);
            }

            return index;
        }
    }

    /// <summary>Gives bytes that have no blob a number.</summary>
    public int AddResident(ReadOnlyMemory<byte> bytes)
    {
        lock (_gate)
        {
            _segments.Add((null, bytes));
            return _segments.Count - 1;
        }
    }

    /// <summary>Forgets bytes that no row uses any more.</summary>
    public void DropResident(int segment)
    {
        lock (_gate)
        {
            _segments[segment] = (null, default);
        }
    }

    /// <summary>Reads what a page needs, several chunks at once, so that writing it out never waits.</summary>
    public async Task WarmAsync(IEnumerable<LinePlace> places, CancellationToken cancel)
    {
        var missing = new HashSet<(int Segment, int Chunk)>();
        foreach (var place in places)
        {
            var last = (place.Offset + place.Length - 1) / ChunkBytes;
            for (var chunk = place.Offset / ChunkBytes; chunk <= last; chunk++)
            {
                if (!IsHeld(place.Segment, (int)chunk))
                {
                    missing.Add((place.Segment, (int)chunk));
                }
            }
        }

        if (missing.Count > 0)
        {
            await Parallel.ForEachAsync(
                missing,
                new ParallelOptions { MaxDegreeOfParallelism = ReadsAtOnce, CancellationToken = cancel },
                async (at, stop) => await ChunkAsync(at.Segment, at.Chunk, stop).ConfigureAwait(false))
                .ConfigureAwait(false);
        }
    }

    /// <summary>The bytes of a line.</summary>
    /// <exception cref="StoreException">The segment cannot be read, or is shorter than it was.</exception>
    public async ValueTask<ReadOnlyMemory<byte>> ReadAsync(LinePlace place, CancellationToken cancel)
    {
        if (Resident(place.Segment) is { } resident)
        {
            return place.Offset + place.Length <= resident.Length
                ? resident.Slice((int)place.Offset, place.Length)
                : throw new StoreException(StoreTrouble.Retry, "this version was replaced too often since: ask anew");
        }

        var chunk = (int)(place.Offset / ChunkBytes);
        var within = (int)(place.Offset % ChunkBytes);
        var bytes = await ChunkAsync(place.Segment, chunk, cancel).ConfigureAwait(false);
        if (within + place.Length <= bytes.Length)
        {
            return bytes.AsMemory(within, place.Length);
        }

        var line = new byte[place.Length];
        for (var filled = 0; filled < line.Length; within = 0, chunk++)
        {
            bytes = await ChunkAsync(place.Segment, chunk, cancel).ConfigureAwait(false);
            var take = Math.Min(bytes.Length - within, line.Length - filled);
            if (take <= 0)
            {
                throw new StoreException(StoreTrouble.Stop, "a segment is shorter than when it was first read");
            }

            bytes.AsSpan(within, take).CopyTo(line.AsSpan(filled));
            filled += take;
        }

        return line;
    }

    /// <summary>Puts a segment that has just been read into the cache: new lines are asked for first.</summary>
    public void Offer(int segment, ReadOnlySpan<byte> bytes)
    {
        var from = Math.Max(0, bytes.Length - (int)Math.Min(bytesMax / 4, int.MaxValue)) / ChunkBytes;
        for (var chunk = from; chunk * (long)ChunkBytes < bytes.Length; chunk++)
        {
            var start = chunk * ChunkBytes;
            Keep(segment, chunk, bytes.Slice(start, Math.Min(ChunkBytes, bytes.Length - start)).ToArray());
        }
    }

    private ReadOnlyMemory<byte>? Resident(int segment)
    {
        lock (_gate)
        {
            var (name, bytes) = _segments[segment];
            return name is null ? bytes : (ReadOnlyMemory<byte>?)null;
        }
    }

    private bool IsHeld(int segment, int chunk)
    {
        lock (_gate)
        {
            return _segments[segment].Name is null || _chunks.ContainsKey((segment, chunk));
        }
    }

    private async ValueTask<byte[]> ChunkAsync(int segment, int chunk, CancellationToken cancel)
    {
        SegmentName? name;
        lock (_gate)
        {
            if (_chunks.TryGetValue((segment, chunk), out var node))
            {
                _order.Remove(node);
                _order.AddFirst(node);
                return node.Value.Bytes;
            }

            name = _segments[segment].Name;
        }

        // Chunks are counted from where the segment begins in its pack, and end with it.
        var from = (long)chunk * ChunkBytes;
        var length = (int)Math.Clamp(name!.Length - from, 0, ChunkBytes);
        var read = await store.GetRangeAsync(name.Blob, name.Offset + from, length, cancel).ConfigureAwait(false)
            ?? throw new StoreException(StoreTrouble.Stop, "a segment that a checkpoint names is gone");
        var bytes = read.ToArray();
        Keep(segment, chunk, bytes);
        return bytes;
    }

    private void Keep(int segment, int chunk, byte[] bytes)
    {
        lock (_gate)
        {
            if (bytes.Length == 0 || _chunks.ContainsKey((segment, chunk)))
            {
                return;
            }

            _chunks[(segment, chunk)] = _order.AddFirst(new Chunk(segment, chunk, bytes));
            _bytes += bytes.Length;
            while (_bytes > bytesMax && _order.Last is { } last)
            {
                _order.RemoveLast();
                _chunks.Remove((last.Value.Segment, last.Value.Index));
                _bytes -= last.Value.Bytes.Length;
            }
        }
    }

    private sealed record Chunk(int Segment, int Index, byte[] Bytes);
}
