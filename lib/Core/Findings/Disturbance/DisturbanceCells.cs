using System.Globalization;
using MaritimeWatch.Findings.Encounter;
using MaritimeWatch.Geodesy;
using MaritimeWatch.Log;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Findings.Disturbance;

/// <summary>
/// Cells of half a degree, and the blocks of ten degrees by which the stage is shared out. A block hears what lies within six
/// degrees of it: an area reaches at most three degrees from its first cell, so that the block of that cell hears all of it and
/// of what it may touch.
/// </summary>
internal static class DisturbanceCells
{
    /// <summary>How far an area reaches from its first cell, cells.</summary>
    public const int Reach = 6;

    private const int EdgeE7 = 5_000_000;
    private const int Rows = 360;
    private const int Columns = 720;
    private const int Edge = 20;
    private const int BlockColumns = Columns / Edge;

    /// <summary>The cell that holds a place.</summary>
    public static int Of(Position where)
    {
        var row = Math.Min(Rows - 1, (where.LatitudeE7 + 900_000_000) / EdgeE7);
        return (row * Columns) + (int)((Longitudes.Wrap(where.LongitudeE7) + (long)Longitudes.HalfTurn) / EdgeE7);
    }

    /// <summary>Its centre.</summary>
    public static Position CentreOf(int cell) => new(
        (cell / Columns * EdgeE7) - 900_000_000 + (EdgeE7 / 2),
        (int)(((long)(cell % Columns) * EdgeE7) - Longitudes.HalfTurn + (EdgeE7 / 2)));

    /// <summary>How a finding calls it: <c>area:57.25,11.25</c>.</summary>
    public static string SubjectOf(int cell)
    {
        var centre = CentreOf(cell);
        return string.Create(CultureInfo.InvariantCulture, $"area:{centre.LatitudeDegrees:F2},{centre.LongitudeDegrees:F2}");
    }

    /// <summary>How many cells apart two are, the longer of both ways.</summary>
    public static int Apart(int one, int other)
    {
        var east = Math.Abs((one % Columns) - (other % Columns));
        return Math.Max(Math.Abs((one / Columns) - (other / Columns)), Math.Min(east, Columns - east));
    }

    /// <summary>The cell so many rows north and columns east; null beyond a pole.</summary>
    public static int? Beside(int cell, int north, int east)
    {
        var row = (cell / Columns) + north;
        return row is < 0 or >= Rows ? null : (row * Columns) + (((cell % Columns) + east + Columns) % Columns);
    }

    /// <summary>The block that a cell lies in.</summary>
    public static int BlockOf(int cell) => (cell / Columns / Edge * BlockColumns) + (cell % Columns / Edge);

    /// <summary>The blocks that hear a cell, each once.</summary>
    public static List<int> BlocksAround(int cell)
    {
        var blocks = new List<int>(4);
        for (var north = -2 * Reach; north <= 2 * Reach; north += 2 * Reach)
        {
            for (var east = -2 * Reach; east <= 2 * Reach; east += 2 * Reach)
            {
                if (Beside(cell, north, east) is { } beside && BlockOf(beside) is var block && !blocks.Contains(block))
                {
                    blocks.Add(block);
                }
            }
        }

        return blocks;
    }

    /// <summary>The group that folds a block.</summary>
    public static int GroupOf(int block, int groups) => new GroupMap(groups).GroupOf(Shards.Of((ulong)block + 1_000_000));
}

/// <summary>Which groups of the stage hear a line.</summary>
public static class DisturbanceRoutes
{
    /// <summary>Lines of <c>jumps</c>: the groups whose blocks lie within reach of where the ship was.</summary>
    /// <param name="groups">How many groups the stage has.</param>
    public static RelayRoute ByBlock(int groups) => (_, line, to) =>
    {
        if (groups == 1 || EncounterRoutes.Where(line) is not { } where)
        {
            to.Add(0); // One group, or what is no such line: the first counts it.
            return;
        }

        foreach (var block in DisturbanceCells.BlocksAround(DisturbanceCells.Of(where)))
        {
            var group = DisturbanceCells.GroupOf(block, groups);
            if (!to.Contains(group))
            {
                to.Add(group);
            }
        }
    };
}
