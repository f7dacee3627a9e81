using MaritimeWatch.Terms;
using MaritimeWatch.Tracks;

namespace MaritimeWatch.Findings.Disturbance;

/// <summary>What is remembered of a vessel whose position jumped or froze.</summary>
internal sealed class Jumping
{
    /// <summary>The first jump of a run of jumps without a long pause.</summary>
    public long SinceMs { get; set; } = long.MinValue;

    /// <summary>The last jump.</summary>
    public long LastAtMs { get; set; } = long.MinValue;

    /// <summary>When a line was last written.</summary>
    public long SaidAtMs { get; set; } = long.MinValue;

    /// <summary>It is where it cannot be.</summary>
    public bool IsOut { get; set; }

    /// <summary>Where it was before.</summary>
    public Position Home { get; set; }

    public long HomeAtMs { get; set; }

    public Position FrozenAt { get; set; }

    public long FrozenSinceMs { get; set; }

    public int FrozenReports { get; set; }
}

/// <summary>The vessels of a group whose positions jumped or froze, by slot; few, so that others cost nothing.</summary>
internal sealed class JumpBook
{
    private readonly Dictionary<int, Jumping> _bySlot = [];

    /// <summary>Vessels that are where they cannot be.</summary>
    public int OutCount { get; private set; }

    public Jumping? Find(int slot) => _bySlot.GetValueOrDefault(slot);

    public Jumping Of(int slot)
    {
        if (!_bySlot.TryGetValue(slot, out var jumping))
        {
            _bySlot.Add(slot, jumping = new Jumping());
        }

        return jumping;
    }

    public void SetOut(Jumping jumping, bool isOut)
    {
        OutCount += (isOut ? 1 : 0) - (jumping.IsOut ? 1 : 0);
        jumping.IsOut = isOut;
    }

    /// <summary>A vessel is evicted, or its slot is about to be read anew.</summary>
    public void Forget(int slot)
    {
        if (_bySlot.Remove(slot, out var jumping) && jumping.IsOut)
        {
            OutCount--;
        }
    }

    public void Clear()
    {
        _bySlot.Clear();
        OutCount = 0;
    }

    public void Save(StateWriter writer, int slot)
    {
        var jumping = Find(slot);
        writer.Flag(jumping is not null);
        if (jumping is null)
        {
            return;
        }

        writer.Int64(jumping.SinceMs);
        writer.Int64(jumping.LastAtMs);
        writer.Int64(jumping.SaidAtMs);
        writer.Flag(jumping.IsOut);
        writer.Int32(jumping.Home.LatitudeE7);
        writer.Int32(jumping.Home.LongitudeE7);
        writer.Int64(jumping.HomeAtMs);
        writer.Int32(jumping.FrozenAt.LatitudeE7);
        writer.Int32(jumping.FrozenAt.LongitudeE7);
        writer.Int64(jumping.FrozenSinceMs);
        writer.Int32(jumping.FrozenReports);
    }

    public void Restore(ref StateReader reader, int slot)
    {
        Forget(slot);
        if (!reader.Flag())
        {
            return;
        }

        var jumping = Of(slot);
        jumping.SinceMs = reader.Int64();
        jumping.LastAtMs = reader.Int64();
        jumping.SaidAtMs = reader.Int64();
        SetOut(jumping, reader.Flag());
        jumping.Home = new Position(reader.Int32(), reader.Int32());
        jumping.HomeAtMs = reader.Int64();
        jumping.FrozenAt = new Position(reader.Int32(), reader.Int32());
        jumping.FrozenSinceMs = reader.Int64();
        jumping.FrozenReports = reader.Int32();
    }
}
