namespace MaritimeWatch.Intake.Ais;

/// <summary>
/// What each vessel last said of itself in this file, as a hash, so that repetitions are dropped. At the bound it
/// forgets everything, which only costs repetitions.
/// </summary>
internal sealed class StaticMemory
{
    private const int VesselsMax = 1 << 19;

    private ulong[] _keys = new ulong[1 << 12];
    private ulong[] _hashes = new ulong[1 << 12];
    private int _count;

    /// <summary>Remembers a hash; true when it differs from the one before.</summary>
    /// <param name="key">Who and which kind of message, not 0.</param>
    /// <param name="hash">Of what was said.</param>
    public bool IsNew(ulong key, ulong hash)
    {
        var slot = Slot(key);
        if (_keys[slot] == key)
        {
            var differs = _hashes[slot] != hash;
            _hashes[slot] = hash;
            return differs;
        }

        _keys[slot] = key;
        _hashes[slot] = hash;
        if (++_count * 2 > _keys.Length)
        {
            Grow();
        }

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

        var (keys, hashes) = (_keys, _hashes);
        _keys = new ulong[keys.Length * 2];
        _hashes = new ulong[keys.Length * 2];
        for (var i = 0; i < keys.Length; i++)
        {
            if (keys[i] != 0)
            {
                var slot = Slot(keys[i]);
                (_keys[slot], _hashes[slot]) = (keys[i], hashes[i]);
            }
        }
    }
}
