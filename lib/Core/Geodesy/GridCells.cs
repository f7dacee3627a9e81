using MaritimeWatch.Terms;

namespace MaritimeWatch.Geodesy;

/// <summary>
/// The earth in cells of 0.25 degree, numbered row by row from the south-west: cell = row * 1440 + column. The west and
/// south edges belong to a cell; latitude 90 falls into the last row, longitude 180 is longitude -180. At the poles
/// cells become narrow; a caller who needs equal areas weighs them by <see cref="AreaKm2"/>.
/// </summary>
public static class GridCells
{
    /// <summary>Cells around the earth.</summary>
    public const int Columns = 1440;

    /// <summary>Cells from pole to pole.</summary>
    public const int Rows = 720;

    /// <summary>How many cells there are; indices are 0 to this minus 1.</summary>
    public const int Count = Columns * Rows;

    /// <summary>Edge of a cell, 1e-7 degree.</summary>
    public const int EdgeE7 = 2_500_000;

    private const int SouthE7 = -900_000_000;

    /// <summary>The cell that holds a place.</summary>
    public static int Of(Position place)
    {
        var row = (uint)(place.LatitudeE7 - SouthE7) / EdgeE7;
        var column = (uint)((long)place.LongitudeE7 + Longitudes.HalfTurn) / EdgeE7;
        return (int)((Math.Min(row, Rows - 1) * Columns) + (column >= Columns ? column - Columns : column));
    }

    /// <summary>Its south-west corner.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such cell.</exception>
    public static Position SouthWestOf(int cell)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)cell, (uint)Count, nameof(cell));
        var (row, column) = Math.DivRem(cell, Columns);
        return new Position(SouthE7 + (row * EdgeE7), (int)(((long)column * EdgeE7) - Longitudes.HalfTurn));
    }

    /// <summary>Its centre.</summary>
    public static Position CentreOf(int cell)
    {
        var corner = SouthWestOf(cell);
        return new Position(corner.LatitudeE7 + (EdgeE7 / 2), corner.LongitudeE7 + (EdgeE7 / 2));
    }

    /// <summary>Its box; never over the antimeridian.</summary>
    public static GeoBox BoxOf(int cell)
    {
        var corner = SouthWestOf(cell);
        return new GeoBox(
            corner.LongitudeE7, corner.LatitudeE7, corner.LongitudeE7 + EdgeE7, corner.LatitudeE7 + EdgeE7);
    }

    /// <summary>Its ring, counter-clockwise and closed, as RFC 7946 wants it.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="ring">Takes five places.</param>
    public static void RingOf(int cell, Span<Position> ring)
    {
        var box = BoxOf(cell);
        ring[0] = new Position(box.SouthE7, box.WestE7);
        ring[1] = new Position(box.SouthE7, box.EastE7);
        ring[2] = new Position(box.NorthE7, box.EastE7);
        ring[3] = new Position(box.NorthE7, box.WestE7);
        ring[4] = ring[0];
    }

    /// <summary>The cells that share an edge or a corner, ascending: eight, or five in the rows at the poles.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="neighbours">At least 8 long.</param>
    /// <returns>How many were written.</returns>
    public static int Neighbours(int cell, Span<int> neighbours)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)cell, (uint)Count, nameof(cell));
        var (row, column) = Math.DivRem(cell, Columns);
        var count = 0;
        for (var r = Math.Max(0, row - 1); r <= Math.Min(Rows - 1, row + 1); r++)
        {
            for (var step = -1; step <= 1; step++)
            {
                var neighbour = (r * Columns) + ((column + step + Columns) % Columns);
                if (neighbour != cell)
                {
                    neighbours[count++] = neighbour;
                }
            }
        }

        neighbours[..count].Sort();
        return count;
    }

    /// <summary>The area of a cell on the sphere, square kilometres: about 773 at the equator.</summary>
    public static double AreaKm2(int cell)
    {
        var box = BoxOf(cell);
        var width = EdgeE7 / (double)Position.UnitsPerDegree * Math.PI / 180;
        var sines = Math.Sin(box.NorthE7 / 1e7 * Math.PI / 180) - Math.Sin(box.SouthE7 / 1e7 * Math.PI / 180);
        return GreatCircle.EarthRadiusMetres * GreatCircle.EarthRadiusMetres * width * sines / 1e6;
    }
}
