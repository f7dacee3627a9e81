namespace MaritimeWatch.Scenario;

/// <summary>A field over a scene that changes slowly: random at the corners of cells, in between by straight lines.</summary>
internal sealed class CellNoise
{
    private readonly int cell;
    private readonly int columns;
    private readonly double[] corners;

    public CellNoise(int cell, double low, double high, SimRandom random)
    {
        (this.cell, columns) = (cell, (SceneFrame.Columns / cell) + 2);
        corners = new double[columns * ((SceneFrame.Rows / cell) + 2)];
        for (var index = 0; index < corners.Length; index++)
        {
            corners[index] = random.Between(low, high);
        }
    }

    /// <summary>The value at a pixel.</summary>
    public double At(int x, int y)
    {
        var (u, v) = ((x % cell) / (double)cell, (y % cell) / (double)cell);
        var at = ((y / cell) * columns) + (x / cell);
        return (((corners[at] * (1 - u)) + (corners[at + 1] * u)) * (1 - v))
            + (((corners[at + columns] * (1 - u)) + (corners[at + columns + 1] * u)) * v);
    }
}
