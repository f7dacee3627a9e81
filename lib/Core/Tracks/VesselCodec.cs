using System.Runtime.InteropServices;

namespace MaritimeWatch.Tracks;

/// <summary>
/// Writes and reads one slot of a vessel table. A delta holds only the points of track that are new, so that a vessel
/// under way costs a few hundred bytes per commit.
/// </summary>
internal sealed class VesselCodec(VesselTable table)
{
    private readonly TrackPoint[] _points = new TrackPoint[TrackPieces.PointsMax];
    private int[] _savedPoints = new int[1024];

    /// <summary>A hull's piece began anew: nothing of it has been saved.</summary>
    public void PieceRestarted(int hull)
    {
        if (hull < _savedPoints.Length)
        {
            _savedPoints[hull] = 0;
        }
    }

    public void Save(StateWriter writer, int slot, bool whole)
    {
        ref var vessel = ref table.Vessels[slot];
        writer.Packed(in vessel);
        writer.Packed(in table.Cards[slot]);
        writer.Int64(table.DueAtMs[slot]);
        for (var i = 0; i < vessel.HullCount; i++)
        {
            var number = vessel.Hulls[i] - 1;
            ref var hull = ref table.Hulls[number];
            writer.Packed(in hull);
            ref var saved = ref Saved(number);
            var from = whole ? 0 : saved;
            writer.Int32(from);
            var count = table.Points.Copy(in hull.Piece, from, _points);
            writer.Bytes(MemoryMarshal.AsBytes(_points.AsSpan(0, count)));
            saved = hull.Piece.Points;
        }
    }

    /// <summary>Reads into a slot; true where it held another vessel before.</summary>
    public void Restore(ref StateReader reader, int slot)
    {
        var old = table.Vessels[slot];
        reader.Packed(out VesselState vessel);
        reader.Packed(out table.Cards[slot]);
        table.DueAtMs[slot] = reader.Int64();
        if (vessel.HullCount > VesselState.HullsMax)
        {
            throw new InvalidDataException($"a vessel has {vessel.HullCount} hulls");
        }

        for (var i = 0; i < vessel.HullCount; i++)
        {
            var number = i < old.HullCount ? old.Hulls[i] - 1 : table.Hulls.Take();
            RestoreHull(ref reader, number);
            vessel.Hulls[i] = number + 1;
        }

        for (int i = vessel.HullCount; i < old.HullCount; i++)
        {
            table.Points.Release(ref table.Hulls[old.Hulls[i] - 1].Piece);
            table.Hulls.Free(old.Hulls[i] - 1);
        }

        table.Vessels[slot] = vessel;
    }

    public void Clear() => Array.Clear(_savedPoints);

    private void RestoreHull(ref StateReader reader, int number)
    {
        var kept = table.Hulls[number].Piece;
        reader.Packed(out HullState hull);
        var from = reader.Int32();
        var points = MemoryMarshal.Cast<byte, TrackPoint>(reader.Bytes());
        if (from == 0)
        {
            table.Points.Release(ref kept);
        }
        else if (from != kept.Points)
        {
            throw new InvalidDataException($"a delta continues a track at point {from}, which has {kept.Points}");
        }

        if (from + points.Length != hull.Piece.Points)
        {
            throw new InvalidDataException("a track has not as many points as it says");
        }

        hull.Piece.FirstBlock = kept.FirstBlock;
        hull.Piece.LastBlock = kept.LastBlock;
        hull.Piece.Points = from;
        foreach (var point in points)
        {
            table.Points.Append(ref hull.Piece, point);
        }

        table.Hulls[number] = hull;
        Saved(number) = hull.Piece.Points;
    }

    private ref int Saved(int hull)
    {
        if (hull >= _savedPoints.Length)
        {
            Array.Resize(ref _savedPoints, Math.Max(hull + 1, _savedPoints.Length * 2));
        }

        return ref _savedPoints[hull];
    }
}
