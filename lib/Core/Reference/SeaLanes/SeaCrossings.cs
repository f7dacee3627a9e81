using MaritimeWatch.Geodesy;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Reference.SeaLanes;

/// <summary>
/// Joins lines of the network where they cross. The file gives many lines that cross at sea without a place in common, so
/// that as it stands a ship can turn from one to the other only hundreds of miles on (Brest to Le Havre would be 319 NM
/// instead of 254). A piece keeps its length; a crossing parts it. Crossings on land join nothing.
/// </summary>
internal static class SeaCrossings
{
    private const long CellE7 = 50_000_000;
    private const int CellColumns = 72;
    private const double Slack = 1e-6;

    /// <summary>The same pieces, cut where they cross, with their lengths in 0.1 m.</summary>
    /// <param name="pieces">Straight pieces in latitude and longitude.</param>
    /// <param name="coast">Where land is; null joins all crossings.</param>
    public static List<(Position From, Position To, int Decimetres)> Cut(List<(Position From, Position To)> pieces, Coastline? coast)
    {
        var cuts = new List<(double Part, Position At)>[pieces.Count];
        var tested = new HashSet<(int, int)>();
        foreach (var cell in Cells(pieces))
        {
            for (var i = 0; i < cell.Count; i++)
            {
                for (var j = i + 1; j < cell.Count; j++)
                {
                    var pair = cell[i] < cell[j] ? (cell[i], cell[j]) : (cell[j], cell[i]);
                    if (tested.Add(pair) && Crossing(pieces[pair.Item1], pieces[pair.Item2]) is { } met && coast?.IsLand(met.At) != true)
                    {
                        (cuts[pair.Item1] ??= []).Add((met.OnFirst, met.At));
                        (cuts[pair.Item2] ??= []).Add((met.OnSecond, met.At));
                    }
                }
            }
        }

        return [.. pieces.SelectMany((piece, i) => Parts(piece, cuts[i] ?? []))];
    }

    private static IEnumerable<(Position From, Position To, int Decimetres)> Parts(
        (Position From, Position To) piece, List<(double Part, Position At)> cuts)
    {
        var length = SteadyArc.Decimetres(piece.From, piece.To);
        var (before, along) = (piece.From, 0L);
        foreach (var (part, at) in cuts.OrderBy(cut => cut.Part).ThenBy(cut => cut.At.LatitudeE7).ThenBy(cut => cut.At.LongitudeE7).Append((1, piece.To)))
        {
            var here = (long)Math.Round(Math.Clamp(part, 0, 1) * length);
            if (at != before)
            {
                yield return (before, at, (int)Math.Max(0, here - along));
            }

            (before, along) = (at, Math.Max(along, here));
        }
    }

    private static SortedDictionary<long, List<int>>.ValueCollection Cells(List<(Position From, Position To)> pieces)
    {
        var cells = new SortedDictionary<long, List<int>>();
        for (var i = 0; i < pieces.Count; i++)
        {
            var (from, to) = pieces[i];
            var east = Longitudes.Delta(from.LongitudeE7, to.LongitudeE7);
            var (west, most) = (Math.Min(0, east) + from.LongitudeE7, Math.Max(0, east) + from.LongitudeE7);
            for (var row = Floor(Math.Min(from.LatitudeE7, to.LatitudeE7)); row <= Floor(Math.Max(from.LatitudeE7, to.LatitudeE7)); row++)
            {
                for (var column = Floor(west); column <= Floor(most); column++)
                {
                    var cell = (row * CellColumns) + (((column % CellColumns) + CellColumns) % CellColumns);
                    (cells.TryGetValue(cell, out var list) ? list : cells[cell] = []).Add(i);
                }
            }
        }

        return cells.Values;
    }

    private static long Floor(long e7) => (e7 >= 0 ? e7 : e7 - CellE7 + 1) / CellE7;

    // Both as straight lines in latitude and longitude, east counted from the first one's beginning.
    private static (Position At, double OnFirst, double OnSecond)? Crossing((Position From, Position To) first, (Position From, Position To) second)
    {
        if (first.From == second.From || first.From == second.To || first.To == second.From || first.To == second.To)
        {
            return null;
        }

        var origin = first.From;
        double wayX = Longitudes.Delta(origin.LongitudeE7, first.To.LongitudeE7), wayY = (double)first.To.LatitudeE7 - origin.LatitudeE7;
        double x = Longitudes.Delta(origin.LongitudeE7, second.From.LongitudeE7), y = (double)second.From.LatitudeE7 - origin.LatitudeE7;
        double otherX = Longitudes.Delta(second.From.LongitudeE7, second.To.LongitudeE7);
        var otherY = (double)second.To.LatitudeE7 - second.From.LatitudeE7;
        var turn = (wayX * otherY) - (wayY * otherX);
        if (Math.Abs(turn) < 1)
        {
            return null; // They run side by side.
        }

        var onFirst = ((x * otherY) - (y * otherX)) / turn;
        var onSecond = ((x * wayY) - (y * wayX)) / turn;
        return onFirst is >= -Slack and <= 1 + Slack && onSecond is >= -Slack and <= 1 + Slack
            ? (new Position(
                origin.LatitudeE7 + (int)Math.Round(Math.Clamp(onFirst, 0, 1) * wayY),
                Longitudes.Wrap(origin.LongitudeE7 + (long)Math.Round(Math.Clamp(onFirst, 0, 1) * wayX))), onFirst, onSecond)
            : null;
    }
}
