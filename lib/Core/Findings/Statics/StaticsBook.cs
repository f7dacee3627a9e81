using MaritimeWatch.Tracks;

namespace MaritimeWatch.Findings.Statics;

/// <summary>
/// What each vessel of a group has said of itself over time, by slot. A vessel has an entry from its first static report, or
/// from its second hull, on. A delta holds an entry only where it changed.
/// </summary>
internal sealed class StaticsBook
{
    private StaticHistory?[] _bySlot = new StaticHistory?[256];

    /// <summary>What a vessel has said, or null.</summary>
    public StaticHistory? Of(int slot) => slot < _bySlot.Length ? _bySlot[slot] : null;

    public StaticHistory OrNew(int slot) => Of(slot) ?? Put(slot, new StaticHistory());

    /// <summary>A vessel is evicted, or its slot is about to be read anew.</summary>
    public void Forget(int slot)
    {
        if (slot < _bySlot.Length)
        {
            _bySlot[slot] = null;
        }
    }

    public void Clear() => Array.Clear(_bySlot);

    public void Save(StateWriter writer, int slot, bool whole)
    {
        var history = Of(slot);
        writer.Flag(history is not null);
        if (history is not null)
        {
            writer.Flag(whole || history.IsNew);
            if (whole || history.IsNew)
            {
                history.Save(writer);
            }
        }
    }

    public void Restore(ref StateReader reader, int slot)
    {
        if (!reader.Flag())
        {
            Forget(slot);
        }
        else if (reader.Flag())
        {
            Put(slot, StaticHistory.Restore(ref reader));
        }
        else if (Of(slot) is null)
        {
            throw new InvalidDataException($"a delta continues what slot {slot} said, of which nothing is known");
        }
    }

    private StaticHistory Put(int slot, StaticHistory history)
    {
        if (slot >= _bySlot.Length)
        {
            Array.Resize(ref _bySlot, Math.Max(slot + 1, _bySlot.Length * 2));
        }

        return _bySlot[slot] = history;
    }
}
