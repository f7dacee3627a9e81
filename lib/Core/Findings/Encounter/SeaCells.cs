using MaritimeWatch.Geodesy;
using MaritimeWatch.Log;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Findings.Encounter;

/// <summary>
/// Cells of 0.1 degree by which the stage of contacts is shared out. A group hears what lies in its cells and, around
/// them, a halo that is wider than any two ships that are together lie apart; the cell of the first ship of a pair says
/// whose the pair is. Poleward of 85 degrees a cell is a whole ring.
/// </summary>
internal static class SeaCells
{
    /// <summary>No two ships that are together lie farther apart than this less a tenth, metres.</summary>
    public const int HaloMetres = 600;

    private const int EdgeE7 = 1_000_000;
    private const int RingE7 = 850_000_000;
    private const int Columns = 3600;
    private const int Rows = 1800;
    private const int RowsOfRings = 50;

    /// <summary>The group that owns a place.</summary>
    /// <param name="where">The place.</param>
    /// <param name="groups">How many groups there are.</param>
    public static int GroupOf(Position where, int groups)
    {
        var row = (where.LatitudeE7 + 900_000_000) / EdgeE7;
        var column = row is < RowsOfRings or >= Rows - RowsOfRings
            ? 0
            : (int)((Longitudes.Wrap(where.LongitudeE7) + (long)Longitudes.HalfTurn) / EdgeE7);
        return new GroupMap(groups).GroupOf(Shards.Of(((ulong)row * Columns) + (ulong)column));
    }

    /// <summary>The groups in whose cells or halo a place lies, each once.</summary>
    /// <param name="where">The place.</param>
    /// <param name="groups">How many groups there are.</param>
    /// <param name="to">Takes them.</param>
    public static void GroupsAround(Position where, int groups, ICollection<int> to)
    {
        // A cell is wider than two halos: the corners of the box around the place, and it, lie in all the cells that count.
        var high = (int)FlatDistance.UnitsOf(HaloMetres);
        var edge = Math.Min(RingE7, Math.Abs((long)where.LatitudeE7) + high);
        var wide = (long)(high / FlatDistance.CosineOfLatitude(edge));
        for (var north = -1; north <= 1; north++)
        {
            var latitude = (int)Math.Clamp(where.LatitudeE7 + ((long)north * high), -900_000_000, 900_000_000);
            for (var east = -1; east <= 1; east++)
            {
                var group = GroupOf(new Position(latitude, Longitudes.Wrap(where.LongitudeE7 + (east * wide))), groups);
                if (!to.Contains(group))
                {
                    to.Add(group);
                }
            }
        }
    }
}

/// <summary>Numbers spread evenly over the 256 shards, the same for ever.</summary>
internal static class Shards
{
    /// <summary>The shard of a number, 0 to 255 (the finaliser of SplitMix64).</summary>
    public static int Of(ulong number)
    {
        var mixed = (number ^ (number >> 30)) * 0xBF58476D1CE4E5B9UL;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBUL;
        return (int)((mixed ^ (mixed >> 31)) >> 56);
    }

    /// <summary>The shard of a text, 0 to 255.</summary>
    public static int Of(ReadOnlySpan<byte> utf8)
    {
        var hash = 14_695_981_039_346_656_037UL;
        foreach (var one in utf8)
        {
            hash = (hash ^ one) * 1_099_511_628_211UL;
        }

        return Of(hash);
    }
}
