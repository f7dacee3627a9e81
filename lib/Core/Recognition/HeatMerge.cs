namespace MaritimeWatch.Recognition;

/// <summary>
/// Greedy suppression of what is less sure and overlaps: by confidence, then from north to south and west to east. Over all
/// windows of a scene at once, so that a ship on a seam, which both sides see, is one ship.
/// </summary>
internal static class HeatMerge
{
    private const int CellPixels = 128;
    private const int CellsMax = 64;

    /// <summary>Keeps the surest of those that overlap.</summary>
    /// <param name="ships">All that were seen.</param>
    /// <param name="iouMilli">Overlap above which two are one, thousandths of their union.</param>
    /// <param name="most">The most that are kept.</param>
    /// <returns>The surest first.</returns>
    public static List<HeatShip> Merge(List<HeatShip> ships, int iouMilli, int most)
    {
        ships.Sort(static (a, b) =>
            a.ConfidenceMilli != b.ConfidenceMilli ? b.ConfidenceMilli.CompareTo(a.ConfidenceMilli)
            : a.Y != b.Y ? a.Y.CompareTo(b.Y)
            : a.X.CompareTo(b.X));
        var kept = new List<HeatShip>();
        var cells = new Dictionary<(int Column, int Row), List<int>>();
        foreach (var ship in ships)
        {
            if (kept.Count == most)
            {
                break;
            }

            if (!IsTaken(ship, kept, cells, iouMilli))
            {
                Add(ship.Box, kept.Count, cells);
                kept.Add(ship);
            }
        }

        return kept;
    }

    private static bool IsTaken(HeatShip ship, List<HeatShip> kept, Dictionary<(int Column, int Row), List<int>> cells, int iouMilli)
    {
        var box = ship.Box;
        foreach (var cell in CellsOf(box))
        {
            if (cells.TryGetValue(cell, out var there)
                && there.Exists(at => kept[at].Box.OverlapWith(box) * 1000 > iouMilli || kept[at].IsSameElsewhere(ship)))
            {
                return true;
            }
        }

        return false;
    }

    private static void Add(PixelBox box, int index, Dictionary<(int Column, int Row), List<int>> cells)
    {
        foreach (var cell in CellsOf(box))
        {
            if (!cells.TryGetValue(cell, out var there))
            {
                cells.Add(cell, there = []);
            }

            there.Add(index);
        }
    }

    private static IEnumerable<(int Column, int Row)> CellsOf(PixelBox box)
    {
        var (left, top) = ((int)Math.Floor(box.Left / CellPixels), (int)Math.Floor(box.Top / CellPixels));
        var right = Math.Min(left + CellsMax, (int)Math.Floor(box.Right / CellPixels));
        var bottom = Math.Min(top + CellsMax, (int)Math.Floor(box.Bottom / CellPixels));
        for (var row = top; row <= bottom; row++)
        {
            for (var column = left; column <= right; column++)
            {
                yield return (column, row);
            }
        }
    }
}
