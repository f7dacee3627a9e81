namespace MaritimeWatch.Scenario;

/// <summary>When anybody was last heard in each small cell, to tell a silence from a place where nobody is heard.</summary>
internal sealed class HeardGrid
{
    private const double SouthLat = 55;
    private const double WestLon = 6;
    private const double CellLat = 0.1;
    private const double CellLon = 0.2;
    private const int Rows = 60;
    private const int Columns = 40;

    private readonly long[] lastAtMs = new long[Rows * Columns];

    /// <summary>Somebody was heard here.</summary>
    public void Mark(GeoPoint at, long atMs)
    {
        var row = (int)((at.Lat - SouthLat) / CellLat);
        var column = (int)((at.Lon - WestLon) / CellLon);
        if (row is >= 0 and < Rows && column is >= 0 and < Columns)
        {
            lastAtMs[(row * Columns) + column] = atMs;
        }
    }

    /// <summary>True when somebody was heard since an instant within about 20 km.</summary>
    public bool AnySince(GeoPoint at, long sinceMs)
    {
        var row = (int)((at.Lat - SouthLat) / CellLat);
        var column = (int)((at.Lon - WestLon) / CellLon);
        for (var r = Math.Max(0, row - 1); r <= Math.Min(Rows - 1, row + 1); r++)
        {
            for (var c = Math.Max(0, column - 1); c <= Math.Min(Columns - 1, column + 1); c++)
            {
                if (lastAtMs[(r * Columns) + c] >= sinceMs)
                {
                    return true;
                }
            }
        }

        return false;
    }
}
