using MaritimeWatch.Geodesy;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Findings.Encounter;

/// <summary>
/// Who was slow where at one instant, in cells of about half a kilometre, so that a ship is compared with those in nine
/// cells and not with all. The cells of a row of latitude are so wide that no two ships within a cell's height of each
/// other are more than one cell apart.
/// </summary>
internal sealed class SlowGrid
{
    /// <summary>Height of a cell: 0.005 degree, 556 m. Nothing farther apart can be found.</summary>
    private const int HeightE7 = 50_000;

    /// <summary>The greatest distance that can be asked for, metres.</summary>
    public const int MetresMax = 550;

    private const double CosineLeast = 1e-4;
    private readonly Dictionary<(int Row, long Column), List<SlowRow>> _cells = [];
    private readonly SortedDictionary<string, SlowRow> _bySubject = new(StringComparer.Ordinal);

    /// <summary>The rows in the order of subjects.</summary>
    public IReadOnlyCollection<SlowRow> Rows => _bySubject.Values;

    /// <summary>Adds a ship; false where it stands here already.</summary>
    public bool Add(SlowRow row)
    {
        if (!_bySubject.TryAdd(row.Subject, row))
        {
            return false;
        }

        var at = RowOf(row.Where);
        var cell = (at, ColumnOf(row.Where, ColumnsIn(at)));
        if (!_cells.TryGetValue(cell, out var rows))
        {
            _cells.Add(cell, rows = []);
        }

        rows.Add(row);
        return true;
    }

    /// <summary>Others within a distance of a ship, in the order of subjects.</summary>
    /// <param name="row">The ship.</param>
    /// <param name="metres">How far, at most 550.</param>
    public List<(SlowRow Other, int Decimetres)> Near(SlowRow row, int metres)
    {
        var near = new List<(SlowRow, int)>();
        for (var at = RowOf(row.Where) - 1; at <= RowOf(row.Where) + 1; at++)
        {
            var columns = ColumnsIn(at);
            var middle = ColumnOf(row.Where, columns);
            for (var step = -1; step <= Math.Min(1, columns - 2); step++)
            {
                if (_cells.TryGetValue((at, (middle + step + columns) % columns), out var rows))
                {
                    Take(row, rows, metres, near);
                }
            }
        }

        near.Sort(static (one, other) => string.CompareOrdinal(one.Item1.Subject, other.Item1.Subject));
        return near;
    }

    private static void Take(SlowRow row, List<SlowRow> rows, int metres, List<(SlowRow, int)> near)
    {
        foreach (var other in rows)
        {
            var decimetres = (int)Math.Min(int.MaxValue, Math.Round(FlatDistance.Metres(row.Where, other.Where) * 10));
            if (other.Subject != row.Subject && decimetres <= metres * 10)
            {
                near.Add((other, decimetres));
            }
        }
    }

    private static int RowOf(Position where) => (where.LatitudeE7 + 900_000_000) / HeightE7;

    // As many columns as fit at the row's edge that is nearer to the pole.
    private static long ColumnsIn(int row)
    {
        var south = (row * (double)HeightE7) - 900_000_000;
        var edge = Math.Min(900_000_000, Math.Max(Math.Abs(south), Math.Abs(south + HeightE7)));
        var cosine = Math.Max(CosineLeast, FlatDistance.CosineOfLatitude(edge));
        return Math.Max(1, (long)(Longitudes.WholeTurn * cosine / HeightE7));
    }

    private static long ColumnOf(Position where, long columns) =>
        ((long)Longitudes.Wrap(where.LongitudeE7) + Longitudes.HalfTurn) * columns / Longitudes.WholeTurn;
}
