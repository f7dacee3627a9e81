namespace MaritimeWatch.Tracks;

/// <summary>Records in memory with an index that is sorted; bounded. Grows as needed up to its bound.</summary>
internal sealed class SortBuffer
{
    private const int IndexBytes = 24;
    private readonly int _arenaMax;
    private readonly int _indexMax;
    private readonly EntryOrder _order;
    private byte[] _arena = new byte[1 << 16];
    private Entry[] _index = new Entry[1 << 10];
    private bool _sorted = true;

    public SortBuffer(int memoryBytes, RecordOrder order)
    {
        // A position takes 56 bytes in the arena and 24 in the index.
        _indexMax = Math.Max(1024, memoryBytes / (PackedPosition.Bytes + IndexBytes));
        _arenaMax = Math.Max(1 << 16, memoryBytes - (_indexMax * IndexBytes));
        _order = new EntryOrder(this, order);
    }

    public int Count { get; private set; }

    public int ArenaBytes { get; private set; }

    /// <summary>Adds a record; false when the bound is reached.</summary>
    public bool TryAdd(long eventAtMs, ulong vessel, ReadOnlySpan<byte> record)
    {
        if (Count == _index.Length || ArenaBytes + record.Length > _arena.Length)
        {
            if (!Grow(record.Length))
            {
                return false;
            }
        }

        record.CopyTo(_arena.AsSpan(ArenaBytes));
        var entry = new Entry(eventAtMs, vessel, ArenaBytes, record.Length);
        ArenaBytes += record.Length;
        _index[Count] = entry;
        _sorted = _sorted && (Count == 0 || _order.Compare(_index[Count - 1], entry) <= 0);
        Count++;
        return true;
    }

    public void Sort()
    {
        if (!_sorted)
        {
            _index.AsSpan(0, Count).Sort(_order);
            _sorted = true;
        }
    }

    public ReadOnlySpan<byte> this[int number]
    {
        get
        {
            ref readonly var entry = ref _index[number];
            return _arena.AsSpan(entry.Offset, entry.Length);
        }
    }

    public ref readonly Entry EntryAt(int number) => ref _index[number];

    public void WriteTo(Stream target)
    {
        for (var i = 0; i < Count; i++)
        {
            target.Write(this[i]);
        }
    }

    public void Clear()
    {
        Count = 0;
        ArenaBytes = 0;
        _sorted = true;
    }

    private bool Grow(int length)
    {
        var index = Count == _index.Length ? (int)Math.Min(_indexMax, _index.Length * 2L) : _index.Length;
        var arena = ArenaBytes + length > _arena.Length ? (int)Math.Min(_arenaMax, _arena.Length * 2L) : _arena.Length;
        if (Count == index || ArenaBytes + length > arena)
        {
            return false;
        }

        Array.Resize(ref _index, index);
        Array.Resize(ref _arena, arena);
        return true;
    }

    internal readonly record struct Entry(long EventAtMs, ulong Vessel, int Offset, int Length);

    private readonly struct EntryOrder(SortBuffer buffer, RecordOrder order) : IComparer<Entry>
    {
        public int Compare(Entry x, Entry y)
        {
            if (x.EventAtMs != y.EventAtMs)
            {
                return x.EventAtMs < y.EventAtMs ? -1 : 1;
            }

            if (x.Vessel != y.Vessel)
            {
                return x.Vessel < y.Vessel ? -1 : 1;
            }

            return order.Compare(buffer._arena.AsSpan(x.Offset, x.Length), buffer._arena.AsSpan(y.Offset, y.Length));
        }
    }
}
