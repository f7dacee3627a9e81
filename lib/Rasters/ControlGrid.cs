namespace MaritimeWatch.Rasters;

/// <summary>
/// Ground control points that form a grid of columns and rows, as a Sentinel-1 GRD's 210 do (21 across, about 10 along).
/// Between them a place is interpolated by cubics through the four nearest of each way, which follow the earth's
/// curvature; one polynomial over all of them does not follow the terrain heights and burst borders in the grid.
/// </summary>
internal sealed class ControlGrid
{
    private readonly double[] columns;
    private readonly double[] rows;
    private readonly double[] x;
    private readonly double[] y;

    private ControlGrid(double[] columns, double[] rows, double[] x, double[] y) =>
        (this.columns, this.rows, this.x, this.y) = (columns, rows, x, y);

    /// <summary>The grid that the points form, or null where they form none.</summary>
    /// <param name="points">Column, row, easting or longitude, northing or latitude.</param>
    /// <param name="isGeographic">Eastings are longitudes, which jump by 360 somewhere.</param>
    public static ControlGrid? Of(IReadOnlyList<(double Column, double Row, double X, double Y)> points, bool isGeographic)
    {
        double[] columns = [.. points.Select(point => point.Column).Distinct().Order()];
        double[] rows = [.. points.Select(point => point.Row).Distinct().Order()];
        if (columns.Length < 2 || rows.Length < 2 || columns.Length * rows.Length != points.Count
            || points.Any(point => !(double.IsFinite(point.Column + point.Row + point.X + point.Y))))
        {
            return null;
        }

        var (x, y) = (new double[points.Count], new double[points.Count]);
        Array.Fill(x, double.NaN);
        foreach (var point in points)
        {
            var at = (Array.BinarySearch(rows, point.Row) * columns.Length) + Array.BinarySearch(columns, point.Column);
            x[at] = isGeographic ? point.X - (360 * Math.Round((point.X - points[0].X) / 360)) : point.X;
            y[at] = point.Y;
        }

        return x.Any(double.IsNaN) ? null : new ControlGrid(columns, rows, x, y);
    }

    /// <summary>Where a point of the raster lies; beyond the outermost points the cubic runs on.</summary>
    public (double X, double Y) At(double column, double row)
    {
        Span<double> across = stackalloc double[4];
        Span<double> along = stackalloc double[4];
        var firstColumn = Weights(columns, column, across, out var columnsUsed);
        var firstRow = Weights(rows, row, along, out var rowsUsed);
        var (atX, atY) = (0.0, 0.0);
        for (var r = 0; r < rowsUsed; r++)
        {
            for (var c = 0; c < columnsUsed; c++)
            {
                var at = ((firstRow + r) * columns.Length) + firstColumn + c;
                atX += along[r] * across[c] * x[at];
                atY += along[r] * across[c] * y[at];
            }
        }

        return (atX, atY);
    }

    // Lagrange's weights of the (up to) four nodes around a place: two on either side where there are so many.
    private static int Weights(double[] nodes, double place, Span<double> weights, out int used)
    {
        used = Math.Min(4, nodes.Length);
        var after = Array.BinarySearch(nodes, place);
        after = after >= 0 ? after + 1 : ~after;
        var first = Math.Clamp(after - 2, 0, nodes.Length - used);
        for (var i = 0; i < used; i++)
        {
            weights[i] = 1;
            for (var j = 0; j < used; j++)
            {
                if (j != i)
                {
                    weights[i] *= (place - nodes[first + j]) / (nodes[first + i] - nodes[first + j]);
                }
            }
        }

        return first;
    }
}
