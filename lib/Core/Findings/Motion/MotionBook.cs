using MaritimeWatch.Tracks;

namespace MaritimeWatch.Findings.Motion;

/// <summary>The suspects of a group: a hull carries the number of its own, so that most hulls cost nothing here.</summary>
internal sealed class MotionBook(VesselTable table)
{
    private readonly Pool<Suspect> _suspects = new();

    /// <summary>A hull's suspect; only where it has one.</summary>
    public ref Suspect Of(in HullState hull) => ref _suspects[hull.Motion.Suspect - 1];

    public ref Suspect OrNew(ref HullState hull)
    {
        if (hull.Motion.Suspect == 0)
        {
            hull.Motion.Suspect = _suspects.Take() + 1;
            _suspects[hull.Motion.Suspect - 1] = default;
        }

        return ref _suspects[hull.Motion.Suspect - 1];
    }

    /// <summary>Nothing is odd about a hull any more, or the hull goes.</summary>
    public void Release(ref HullState hull)
    {
        if (hull.Motion.Suspect != 0)
        {
            _suspects.Free(hull.Motion.Suspect - 1);
            hull.Motion.Suspect = 0;
        }
    }

    /// <summary>A vessel is evicted, or its slot is about to be read anew.</summary>
    public void Forget(int slot)
    {
        ref var vessel = ref table.Vessels[slot];
        for (var i = 0; i < vessel.HullCount; i++)
        {
            Release(ref table.Hulls[vessel.Hulls[i] - 1]);
        }
    }

    public void Clear() => _suspects.Clear();

    /// <summary>The landed blobs that the suspects of a vessel point into.</summary>
    public void AddLandings(int slot, HashSet<int> used)
    {
        ref var vessel = ref table.Vessels[slot];
        for (var i = 0; i < vessel.HullCount; i++)
        {
            ref var hull = ref table.Hulls[vessel.Hulls[i] - 1];
            if (hull.Motion.Suspect != 0)
            {
                ref var suspect = ref Of(in hull);
                used.UnionWith(
                [
                    suspect.Loitering.First.Landing, suspect.Drift.First.Landing, suspect.BlindDrift.First.Landing,
                    suspect.Stop.First.Landing, suspect.Distress.First.Landing, suspect.Frozen.First.Landing,
                    suspect.Inland.First.Landing, suspect.Clock.First.Landing, suspect.Circle.First.Landing,
                ]);
            }
        }
    }

    public void Save(StateWriter writer, int slot)
    {
        ref var vessel = ref table.Vessels[slot];
        for (var i = 0; i < vessel.HullCount; i++)
        {
            ref var hull = ref table.Hulls[vessel.Hulls[i] - 1];
            if (hull.Motion.Suspect != 0)
            {
                writer.Packed(in Of(in hull));
            }
        }
    }

    /// <summary>Reads what belongs to a slot after the vessel itself was read: hulls say who has a suspect.</summary>
    public void Restore(ref StateReader reader, int slot)
    {
        ref var vessel = ref table.Vessels[slot];
        for (var i = 0; i < vessel.HullCount; i++)
        {
            ref var hull = ref table.Hulls[vessel.Hulls[i] - 1];
            if (hull.Motion.Suspect != 0)
            {
                hull.Motion.Suspect = _suspects.Take() + 1;
                reader.Packed(out _suspects[hull.Motion.Suspect - 1]);
            }
        }
    }
}
