using MaritimeWatch.Geodesy;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Reference.Index;

/// <summary>
/// Finds the nearest of many places within 20 km: each cell lists the places that reach into it, from south to north, so
/// that a search with a small radius looks only at those of nearly the same latitude.
/// </summary>
internal sealed class PlaceIndex
{
    /// <summary>The largest search radius, metres.</summary>
    public const double WithinMetresMax = 20_000;

    private const int PairsMax = 32_000_000;
    private readonly Position[] places;
    private readonly CellLists cells;

    /// <exception cref="ReferenceException">Places near a pole reach into too many cells.</exception>
    public PlaceIndex(Position[] places)
    {
        this.places = places;
        var order = Enumerable.Range(0, places.Length).OrderBy(i => places[i].LatitudeE7).ThenBy(i => i);
        var pairs = new List<(int Cell, int Item)>();
        foreach (var place in order)
        {
            AddCells(place, pairs);
            if (pairs.Count > PairsMax)
            {
                throw new ReferenceException("the places reach into too many cells: are they all near a pole?");
            }
        }

        cells = new CellLists(pairs);
    }

    /// <summary>The nearest place within a distance, the first of equals, or -1.</summary>
    public int Nearest(Position position, double withinMetres, out double metres)
    {
        metres = 0;
        var cell = GridCells.Of(position);
        return cells.IsEmpty(cell) ? -1 : Search(cells.ItemsOf(cell), position, withinMetres, out metres);
    }

    private int Search(ReadOnlySpan<int> candidates, Position position, double withinMetres, out double metres)
    {
        var reach = FlatDistance.UnitsOf(Math.Min(withinMetres, WithinMetresMax));
        var best = reach * reach;
        var found = -1;
        var middle = FirstNorthOf(candidates, position.LatitudeE7);
        for (var i = middle; i < candidates.Length && IsNear(candidates[i], position, best); i++)
        {
            Offer(candidates[i], position, ref best, ref found);
        }

        for (var i = middle - 1; i >= 0 && IsNear(candidates[i], position, best); i--)
        {
            Offer(candidates[i], position, ref best, ref found);
        }

        metres = found < 0 ? 0 : Math.Sqrt(best) * FlatDistance.MetresPerUnit;
        return found;
    }

    private bool IsNear(int candidate, Position position, double best)
    {
        double north = (double)places[candidate].LatitudeE7 - position.LatitudeE7;
        return north * north <= best;
    }

    private void Offer(int candidate, Position position, ref double best, ref int found)
    {
        var squared = FlatDistance.SquaredUnits(position, places[candidate]);
        if (squared < best || (squared == best && (found < 0 || candidate < found)))
        {
            best = squared;
            found = candidate;
        }
    }

    private int FirstNorthOf(ReadOnlySpan<int> candidates, int latitudeE7)
    {
        var (low, high) = (0, candidates.Length);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (places[candidates[middle]].LatitudeE7 < latitudeE7)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    private void AddCells(int place, List<(int Cell, int Item)> pairs)
    {
        // A little more than the radius: the box is of great circles, the search of flat distances.
        var box = GeoBox.Around(places[place], WithinMetresMax * 1.002);
        var south = GridCells.Of(new Position(box.SouthE7, 0)) / GridCells.Columns;
        var north = GridCells.Of(new Position(box.NorthE7, 0)) / GridCells.Columns;
        var west = GridCells.Of(new Position(0, box.WestE7)) % GridCells.Columns;
        var columns = (int)Math.Min(GridCells.Columns, (box.WidthE7 / GridCells.EdgeE7) + 2);
        for (var row = south; row <= north; row++)
        {
            for (var step = 0; step < columns; step++)
            {
                pairs.Add(((row * GridCells.Columns) + ((west + step) % GridCells.Columns), place));
            }
        }
    }
}
