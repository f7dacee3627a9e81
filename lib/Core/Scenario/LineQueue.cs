namespace MaritimeWatch.Scenario;

/// <summary>
/// Lines that are on their way to the file, in slots of half a minute of arrival. It holds only what is late: a few
/// seconds of coastal data and the last passes of the satellite.
/// </summary>
internal sealed class LineQueue
{
    /// <summary>Length of a slot, milliseconds.</summary>
    public const long SlotMs = 30_000;

    private const int Slots = 256; // more than two hours ahead; nothing is later than an hour

    private readonly Slot[] ring = new Slot[Slots];
    private readonly long startAtMs;
    private readonly Stream target;
    private long flushed;

    public LineQueue(Stream target, long startAtMs)
    {
        this.target = target;
        this.startAtMs = startAtMs;
        for (var index = 0; index < Slots; index++)
        {
            ring[index] = new Slot();
        }
    }

    /// <summary>Bytes written to the file so far.</summary>
    public long BytesWritten { get; private set; }

    /// <summary>Keeps the lines of one message until they arrive.</summary>
    public void Add(long arrivesAtMs, ReadOnlySpan<byte> lines)
    {
        var slot = Math.Clamp((arrivesAtMs - startAtMs) / SlotMs, flushed, flushed + Slots - 1);
        ring[slot % Slots].Add(arrivesAtMs, lines);
    }

    /// <summary>Writes what has arrived before an instant, in order of arrival.</summary>
    public void FlushBefore(long atMs)
    {
        var until = (atMs - startAtMs) / SlotMs;
        for (; flushed < until; flushed++)
        {
            BytesWritten += ring[flushed % Slots].Write(target);
        }
    }

    /// <summary>Writes everything that is left.</summary>
    public void FlushAll() => FlushBefore(startAtMs + ((flushed + Slots) * SlotMs));

    private sealed class Slot
    {
        private byte[] bytes = new byte[1024];
        private int used;
        private long[] keys = new long[16];
        private (int From, int Length)[] lines = new (int, int)[16];
        private int count;

        public void Add(long arrivesAtMs, ReadOnlySpan<byte> line)
        {
            if (used + line.Length > bytes.Length)
            {
                Array.Resize(ref bytes, Math.Max(bytes.Length * 2, used + line.Length));
            }

            if (count == keys.Length)
            {
                Array.Resize(ref keys, count * 2);
                Array.Resize(ref lines, count * 2);
            }

            line.CopyTo(bytes.AsSpan(used));
            keys[count] = (arrivesAtMs << 20) | (uint)count; // equal arrivals keep their order: the sort sees no ties
            lines[count++] = (used, line.Length);
            used += line.Length;
        }

        public int Write(Stream to)
        {
            Array.Sort(keys, lines, 0, count);
            for (var index = 0; index < count; index++)
            {
                to.Write(bytes, lines[index].From, lines[index].Length);
            }

            var written = used;
            used = 0;
            count = 0;
            return written;
        }
    }
}
