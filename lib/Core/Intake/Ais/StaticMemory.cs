namespace MaritimeWatch.Intake.Ais;

/// <summary>
/// What each vessel last said of itself in this file, as a hash, so that repetitions are dropped. Two of them pass: the
/// first one that comes a minute or more after the news, because a value counts once it was said twice; and the first of
/// each half hour of event time, which says that the value still stands. Half hours are those of the clock, so that a file
/// cut in two says nothing else than the whole (a cut only adds repetitions, which change nothing). Cost: at most two
/// records an hour for each vessel and kind of message. At the bound it forgets everything, which only costs repetitions.
/// </summary>
internal sealed class StaticMemory
{
    /// <summary>A value is said again when so much time lies between, milliseconds: less is one message heard twice.</summary>
    public const long AgainAfterMs = 60_000;

    /// <summary>A value that stands is said once in each of these, milliseconds.</summary>
    public const long BucketMs = 30 * 60_000;

    private const int VesselsMax = 1 << 19;

    private ulong[] _keys = new ulong[1 << 12];
    private Memory[] _memories = new Memory[1 << 12];
    private int _count;

    /// <summary>Remembers what was said; true when it is to be passed on.</summary>
    /// <param name="key">Who and which kind of message, not 0.</param>
    /// <param name="hash">Of what was said.</param>
    /// <param name="atMs">Event time, milliseconds since 1970 UTC.</param>
    public bool IsNews(ulong key, ulong hash, long atMs)
    {
        var slot = Slot(key);
        ref var memory = ref _memories[slot];
        if (_keys[slot] == key)
        {
            if (memory.Hash == hash)
            {
                return IsWorthRepeating(ref memory, atMs);
            }

            memory = new Memory(hash, atMs);
            return true;
        }

        _keys[slot] = key;
        memory = new Memory(hash, atMs);
        if (++_count * 2 > _keys.Length)
        {
            Grow();
        }

        return true;
    }

    /// <summary>The half hour of an instant, counted from 1970.</summary>
    public static int BucketOf(long atMs) => (int)Math.Clamp(Math.Floor((double)atMs / BucketMs), int.MinValue, int.MaxValue);

    private static bool IsWorthRepeating(ref Memory memory, long atMs)
    {
        var bucket = BucketOf(atMs);
        if (memory.WasRepeated ? bucket <= memory.Bucket : atMs < memory.FirstAtMs + AgainAfterMs)
        {
            return false;
        }

        memory.WasRepeated = true;
        memory.Bucket = Math.Max(memory.Bucket, bucket);
        return true;
    }

    private int Slot(ulong key)
    {
        var mask = _keys.Length - 1;
        var slot = (int)((key * 0x9E3779B97F4A7C15UL) >> 40) & mask;
        while (_keys[slot] != 0 && _keys[slot] != key)
        {
            slot = (slot + 1) & mask;
        }

        return slot;
    }

    private void Grow()
    {
        if (_count >= VesselsMax)
        {
            Array.Clear(_keys);
            _count = 0;
            return;
        }

        var (keys, memories) = (_keys, _memories);
        _keys = new ulong[keys.Length * 2];
        _memories = new Memory[keys.Length * 2];
        for (var i = 0; i < keys.Length; i++)
        {
            if (keys[i] != 0)
            {
                var slot = Slot(keys[i]);
                (_keys[slot], _memories[slot]) = (keys[i], memories[i]);
            }
        }
    }

    private struct Memory(ulong hash, long atMs)
    {
        public readonly ulong Hash = hash;
        public readonly long FirstAtMs = atMs;
        public int Bucket = BucketOf(atMs);
        public bool WasRepeated;
    }
}
