using System.Collections;
using MaritimeWatch.Geodesy;

namespace MaritimeWatch.Reference.Index;

/// <summary>Which 0.25 degree cells an area touches, and which it holds whole.</summary>
internal static class CellCover
{
    /// <summary>Calls back for every touched cell, once each; whole cells need no further test.</summary>
    public static void Visit(Area area, IReadOnlyList<Edge> edges, Action<int, bool> visit)
    {
        var (firstRow, lastRow) = (Row(area.South), Row(area.North));
        var columnsOfRow = new BitArray?[lastRow - firstRow + 1];
        foreach (var edge in edges)
        {
            MarkEdge(edge, firstRow, columnsOfRow);
        }

        for (var row = firstRow; row <= lastRow; row++)
        {
            VisitRow(area, row, columnsOfRow[row - firstRow], visit);
        }
    }

    /// <summary>Marks each cell that an edge passes, and never too few: a unit is added on each side.</summary>
    private static void MarkEdge(in Edge edge, int firstRow, BitArray?[] columnsOfRow)
    {
        var height = (double)edge.ToLatitudeE7 - edge.FromLatitudeE7;
        var width = (double)edge.ToLongitudeE7 - edge.FromLongitudeE7;
        for (var row = Row(edge.SouthE7); row <= Row(edge.NorthE7); row++)
        {
            double south = RowSouth(row), north = south + GridCells.EdgeE7;
            double from = 0, to = 1;
            if (height != 0)
            {
                var a = (south - edge.FromLatitudeE7) / height;
                var b = (north - edge.FromLatitudeE7) / height;
                from = Math.Clamp(Math.Min(a, b), 0, 1);
                to = Math.Clamp(Math.Max(a, b), 0, 1);
            }

            var x1 = edge.FromLongitudeE7 + (from * width);
            var x2 = edge.FromLongitudeE7 + (to * width);
            var columns = columnsOfRow[row - firstRow] ??= new BitArray(GridCells.Columns);
            for (var c = Column(Math.Min(x1, x2) - 2); c <= Column(Math.Max(x1, x2) + 2); c++)
            {
                columns[c] = true;
            }

            // Longitude 180 is looked up as -180.
            columns[0] |= Math.Max(x1, x2) >= Longitudes.HalfTurn;
        }
    }

    private static void VisitRow(Area area, int row, BitArray? edgeColumns, Action<int, bool> visit)
    {
        var next = Column(area.West);
        for (var column = 0; edgeColumns is not null && column < GridCells.Columns; column++)
        {
            if (!edgeColumns[column])
            {
                continue;
            }

            VisitBetween(area, row, next, column, visit);
            visit((row * GridCells.Columns) + column, false);
            next = column + 1;
        }

        VisitBetween(area, row, next, Column(area.East) + 1, visit);
    }

    /// <summary>Cells without an edge are all inside or all outside until the next edge.</summary>
    private static void VisitBetween(Area area, int row, int from, int to, Action<int, bool> visit)
    {
        if (from >= to)
        {
            return;
        }

        var centre = GridCells.CentreOf((row * GridCells.Columns) + from);
        if (area.Contains(centre.LatitudeE7, centre.LongitudeE7))
        {
            for (var column = from; column < to; column++)
            {
                visit((row * GridCells.Columns) + column, true);
            }
        }
    }

    private static int Row(int latitudeE7) => Math.Min(GridCells.Rows - 1, (latitudeE7 + 900_000_000) / GridCells.EdgeE7);

    private static double RowSouth(int row) => (row * (double)GridCells.EdgeE7) - 900_000_000;

    private static int Column(double longitudeE7) =>
        Math.Clamp((int)Math.Floor((longitudeE7 + Longitudes.HalfTurn) / GridCells.EdgeE7), 0, GridCells.Columns - 1);
}
