using System.Runtime.CompilerServices;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Tracks;

/// <summary>
/// The vessels of a group in flat pages, found by open addressing. At its cap the oldest newcomer goes first (one or
/// two reports: what a flood of invented identities looks like); where there is none, the longest silent of the next
/// few slots. Slots are filled in the order of arrival, so that a scan over them is the same everywhere.
/// </summary>
internal sealed class VesselTable
{
    /// <summary>A vessel with more reports is established.</summary>
    public const int NewcomerReportsMax = 2;

    private const int EvictionSample = 64;
    private readonly int _vesselsMax;
    private int[] _index = new int[1024];
    private int _newcomerFirst;
    private int _newcomerLast;
    private int _hand;

    public VesselTable(int vesselsMax)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(vesselsMax, 1);
        _vesselsMax = vesselsMax;
    }

    public Pool<VesselState> Vessels { get; } = new();

    public Pool<VesselCard> Cards { get; } = new();

    /// <summary>When a vessel next needs a look, milliseconds since 1970; only ever too early.</summary>
    public Pool<long> DueAtMs { get; } = new();

    public Pool<HullState> Hulls { get; } = new();

    public PointPool Points { get; } = new();

    public int Count => Vessels.Used;

    public long Evicted { get; private set; }

    /// <summary>The slot of a vessel, or -1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Find(VesselId vessel)
    {
        var mask = _index.Length - 1;
        for (var at = Home(vessel.Value, mask); ; at = (at + 1) & mask)
        {
            var slot = _index[at] - 1;
            if (slot < 0 || Vessels[slot].Id == vessel.Value)
            {
                return slot;
            }
        }
    }

    /// <summary>Which slot must be emptied before a new vessel fits, or -1. The caller forgets what hangs on it first.</summary>
    public int Victim()
    {
        if (Count < _vesselsMax)
        {
            return -1;
        }

        if (_newcomerFirst != 0)
        {
            return _newcomerFirst - 1;
        }

        var victim = _hand;
        for (var i = 0; i < Math.Min(EvictionSample, Count); i++)
        {
            var slot = (_hand + i) % Count;
            victim = Vessels[slot].Last.EventAtMs < Vessels[victim].Last.EventAtMs ? slot : victim;
        }

        _hand = (_hand + EvictionSample) % Count;
        return victim;
    }

    /// <summary>Adds a vessel; into the slot of the victim where there is one.</summary>
    /// <returns>Its slot.</returns>
    public int Add(VesselId vessel, int victim, ChangedSlots changed)
    {
        var slot = victim;
        if (victim >= 0)
        {
            Forget(victim, changed);
            Evicted++;
        }
        else
        {
            slot = Vessels.Take();
            Cards.Take();
            DueAtMs.Take();
        }

        Vessels[slot] = new VesselState { Id = vessel.Value };
        Cards[slot] = default;
        DueAtMs[slot] = long.MaxValue;
        AppendNewcomer(slot, changed);
        changed.Add(slot);
        Enter(slot);
        return slot;
    }

    /// <summary>A newcomer has sent enough to be established.</summary>
    public void Establish(int slot, ChangedSlots changed)
    {
        ref var vessel = ref Vessels[slot];
        if (vessel.NewcomerBefore == 0)
        {
            _newcomerFirst = vessel.NewcomerAfter;
        }
        else
        {
            Vessels[vessel.NewcomerBefore - 1].NewcomerAfter = vessel.NewcomerAfter;
            changed.Add(vessel.NewcomerBefore - 1);
        }

        if (vessel.NewcomerAfter == 0)
        {
            _newcomerLast = vessel.NewcomerBefore;
        }
        else
        {
            Vessels[vessel.NewcomerAfter - 1].NewcomerBefore = vessel.NewcomerBefore;
            changed.Add(vessel.NewcomerAfter - 1);
        }

        vessel.NewcomerBefore = 0;
        vessel.NewcomerAfter = 0;
    }

    public void Clear()
    {
        Vessels.Clear();
        Cards.Clear();
        DueAtMs.Clear();
        Hulls.Clear();
        Points.Clear();
        _index = new int[1024];
        _newcomerFirst = 0;
        _newcomerLast = 0;
        _hand = 0;
        Evicted = 0;
    }

    public void SaveHeader(StateWriter writer)
    {
        writer.Int32(Count);
        writer.Int32(_newcomerFirst);
        writer.Int32(_newcomerLast);
        writer.Int32(_hand);
        writer.Int64(Evicted);
    }

    public void RestoreHeader(ref StateReader reader)
    {
        var count = reader.Int32();
        if (count < Count || count > _vesselsMax)
        {
            throw new InvalidDataException($"the state holds {count} vessels, at most {_vesselsMax} may be");
        }

        if (count > 0)
        {
            Vessels.Reach(count - 1);
            Cards.Reach(count - 1);
            DueAtMs.Reach(count - 1);
        }

        _newcomerFirst = reader.Int32();
        _newcomerLast = reader.Int32();
        _hand = reader.Int32();
        Evicted = reader.Int64();
    }

    /// <summary>Makes the index anew after a restore.</summary>
    public void Reindex()
    {
        var size = 1024;
        while (size < Count * 2)
        {
            size *= 2;
        }

        _index = new int[size];
        for (var slot = 0; slot < Count; slot++)
        {
            Put(slot);
        }
    }

    private static int Home(ulong id, int mask) => (int)((id * 0x9E3779B97F4A7C15UL) >> 32) & mask;

    private void Enter(int slot)
    {
        if (Count * 2 > _index.Length)
        {
            Reindex();
        }
        else
        {
            Put(slot);
        }
    }

    private void Put(int slot)
    {
        var mask = _index.Length - 1;
        var at = Home(Vessels[slot].Id, mask);
        while (_index[at] != 0)
        {
            at = (at + 1) & mask;
        }

        _index[at] = slot + 1;
    }

    private void AppendNewcomer(int slot, ChangedSlots changed)
    {
        Vessels[slot].NewcomerBefore = _newcomerLast;
        if (_newcomerLast == 0)
        {
            _newcomerFirst = slot + 1;
        }
        else
        {
            Vessels[_newcomerLast - 1].NewcomerAfter = slot + 1;
            changed.Add(_newcomerLast - 1);
        }

        _newcomerLast = slot + 1;
    }

    private void Forget(int slot, ChangedSlots changed)
    {
        ref var vessel = ref Vessels[slot];
        if (vessel.IsNewcomer)
        {
            Establish(slot, changed);
        }

        for (var i = 0; i < vessel.HullCount; i++)
        {
            var hull = vessel.Hulls[i] - 1;
            Points.Release(ref Hulls[hull].Piece);
            Hulls.Free(hull);
        }

        Leave(slot);
    }

    // Deletion from open addressing by shifting back (Knuth, The Art of Computer Programming 3, 6.4, algorithm R).
    private void Leave(int slot)
    {
        var mask = _index.Length - 1;
        var hole = Home(Vessels[slot].Id, mask);
        while (_index[hole] != slot + 1)
        {
            hole = (hole + 1) & mask;
        }

        for (var at = (hole + 1) & mask; _index[at] != 0; at = (at + 1) & mask)
        {
            var home = Home(Vessels[_index[at] - 1].Id, mask);
            if (((at - home) & mask) >= ((at - hole) & mask))
            {
                _index[hole] = _index[at];
                hole = at;
            }
        }

        _index[hole] = 0;
    }
}
