using MaritimeWatch.Geodesy;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Tracks;

/// <summary>
/// The 5 x 5 squares of 0.05 degree (3 NM) in a cell: fine enough to see a hole in reception, and where its edge is.
/// </summary>
internal static class HeardSquares
{
    /// <summary>Squares along the edge of a cell.</summary>
    public const int PerCell = 5;

    private const int EdgeE7 = GridCells.EdgeE7 / PerCell;
    private const int Rows = GridCells.Rows * PerCell;
    private const int Columns = GridCells.Columns * PerCell;

    /// <summary>The bit of the square that holds a place, within its cell.</summary>
    public static uint BitOf(Position place) => 1u << ((RowOf(place) % PerCell * PerCell) + (ColumnOf(place) % PerCell));

    /// <summary>The cells that a block of squares around a place touches, each with the bits of the block in it.</summary>
    /// <param name="place">The middle.</param>
    /// <param name="squares">How many squares north and south of it; east and west as many miles as that.</param>
    /// <param name="target">Takes the cells; what does not fit is left out.</param>
    /// <returns>How many.</returns>
    public static int Around(Position place, int squares, Span<(int Cell, uint Bits)> target)
    {
        // Squares are narrower towards the poles.
        var cosine = Math.Max(0.2, FlatDistance.CosineOfLatitude(place.LatitudeE7));
        var wide = (int)Math.Round(squares / cosine);
        var (row, column) = (RowOf(place), ColumnOf(place));
        var count = 0;
        for (var r = Math.Max(0, row - squares); r <= Math.Min(Rows - 1, row + squares); r++)
        {
            for (var c = column - wide; c <= column + wide; c++)
            {
                var wrapped = (c + Columns) % Columns;
                var cell = (r / PerCell * GridCells.Columns) + (wrapped / PerCell);
                count = Put(target, count, cell, 1u << ((r % PerCell * PerCell) + (wrapped % PerCell)));
            }
        }

        return count;
    }

    private static int Put(Span<(int Cell, uint Bits)> target, int count, int cell, uint bit)
    {
        for (var i = 0; i < count; i++)
        {
            if (target[i].Cell == cell)
            {
                target[i].Bits |= bit;
                return count;
            }
        }

        if (count < target.Length)
        {
            target[count++] = (cell, bit);
        }

        return count;
    }

    private static int RowOf(Position place) => Math.Min((int)((uint)(place.LatitudeE7 + 900_000_000) / EdgeE7), Rows - 1);

    private static int ColumnOf(Position place) => (int)((uint)((long)place.LongitudeE7 + Longitudes.HalfTurn) / EdgeE7) % Columns;
}
