using MaritimeWatch.Tracks;

namespace MaritimeWatch.Findings.Statics;

/// <summary>What each vessel of a group has said of itself over time, by slot.</summary>
internal sealed class StaticsBook(VesselTable table)
{
    /// <summary>A vessel is evicted, or its slot is about to be read anew.</summary>
    public void Forget(int slot) => _ = (table, slot);

    public void Clear()
    {
        // Nothing is held yet.
    }

    public void Save(StateWriter writer, int slot, bool whole)
    {
        // Nothing is held yet.
    }

    public void Restore(ref StateReader reader, int slot)
    {
        // Nothing is held yet.
    }
}
