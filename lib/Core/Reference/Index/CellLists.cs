using System.Runtime.CompilerServices;
using MaritimeWatch.Geodesy;

namespace MaritimeWatch.Reference.Index;

/// <summary>
/// For each 0.25 degree cell a short list of numbers, most lists empty. A byte per cell answers the usual question
/// (is there anything?) from one megabyte that stays in the cache.
/// </summary>
internal sealed class CellLists
{
    private static readonly byte[] NothingOccupied = new byte[GridCells.Count];
    private readonly byte[] isOccupied = NothingOccupied;
    private readonly int[] slots = [];
    private readonly int[] starts;
    private readonly int[] items;

    /// <param name="pairs">Cell and item; the order within a cell is kept.</param>
    public CellLists(List<(int Cell, int Item)> pairs)
    {
        starts = [0];
        items = [];
        if (pairs.Count == 0)
        {
            return;
        }

        isOccupied = new byte[GridCells.Count];
        slots = new int[GridCells.Count];
        var counts = new int[GridCells.Count];
        foreach (var (cell, _) in pairs)
        {
            counts[cell]++;
        }

        var slotCount = 0;
        for (var cell = 0; cell < GridCells.Count; cell++)
        {
            if (counts[cell] > 0)
            {
                isOccupied[cell] = 1;
                slots[cell] = slotCount++;
            }
        }

        starts = new int[slotCount + 1];
        for (var cell = 0; cell < GridCells.Count; cell++)
        {
            if (counts[cell] > 0)
            {
                starts[slots[cell] + 1] = starts[slots[cell]] + counts[cell];
            }
        }

        items = new int[pairs.Count];
        var next = starts.ToArray();
        foreach (var (cell, item) in pairs)
        {
            items[next[slots[cell]]++] = item;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool IsEmpty(int cell) => isOccupied[cell] == 0;

    /// <summary>The list of a cell that is not empty.</summary>
    public ReadOnlySpan<int> ItemsOf(int cell)
    {
        var slot = slots[cell];
        return items.AsSpan(starts[slot]..starts[slot + 1]);
    }
}
