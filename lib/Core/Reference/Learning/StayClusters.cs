using MaritimeWatch.Geodesy;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Reference.Learning;

/// <summary>
/// Stays grouped around their busiest spots. Each stay falls into a small square of latitude and longitude; squares are
/// taken in order of how many different vessels stayed there (then stays, then number), and each takes what is still
/// free within the reach of its middle. Nothing depends on the order of the input, no cluster is wider than twice the
/// reach (chains of anchored ships along a coast stay apart), and all sums are of integers.
/// </summary>
internal static class StayClusters
{
    private const int SquaresPerReach = 3;

    public static List<StayCluster> Find(IEnumerable<Stay> stays, double reachMetres, int vesselsMin)
    {
        var edgeE7 = (int)(FlatDistance.UnitsOf(reachMetres) / SquaresPerReach);
        var squares = stays.GroupBy(stay => SquareOf(stay.Where, edgeE7))
            .Select(square => new Square(square.Key, [.. square], edgeE7))
            .OrderByDescending(square => square.Vessels).ThenByDescending(square => square.Stays.Count)
            .ThenBy(square => square.Key.Row).ThenBy(square => square.Key.Column)
            .ToList();
        var byRow = squares.GroupBy(square => square.Key.Row).ToDictionary(row => row.Key, row => row.ToList());
        var clusters = new List<StayCluster>();
        foreach (var peak in squares.Where(square => !square.IsTaken))
        {
            var taken = Near(peak, byRow, reachMetres).ToList();
            taken.ForEach(square => square.IsTaken = true);
            var cluster = StayCluster.Of(peak.Middle, [.. taken.SelectMany(square => square.Stays)]);
            if (cluster.Vessels >= vesselsMin)
            {
                clusters.Add(cluster);
            }
        }

        return clusters;
    }

    private static IEnumerable<Square> Near(Square peak, Dictionary<int, List<Square>> byRow, double reachMetres)
    {
        for (var row = peak.Key.Row - SquaresPerReach - 1; row <= peak.Key.Row + SquaresPerReach + 1; row++)
        {
            foreach (var square in byRow.GetValueOrDefault(row) ?? [])
            {
                if (!square.IsTaken && FlatDistance.Metres(peak.Middle, square.Middle) <= reachMetres)
                {
                    yield return square;
                }
            }
        }
    }

    /// <summary>Rows are equally high; columns of a row are about as wide as it is high.</summary>
    private static (int Row, int Column) SquareOf(Position where, int edgeE7)
    {
        var row = (int)((where.LatitudeE7 + 900_000_000L) / edgeE7);
        return (row, (int)((where.LongitudeE7 + (long)Longitudes.HalfTurn) / WidthE7(row, edgeE7)));
    }

    private static long WidthE7(int row, int edgeE7)
    {
        var latitude = Math.Clamp((((long)row * edgeE7) + (edgeE7 / 2)) - 900_000_000L, -890_000_000, 890_000_000);
        return (long)(edgeE7 / FlatDistance.CosineOfLatitude(latitude));
    }

    private sealed class Square((int Row, int Column) key, List<Stay> stays, int edgeE7)
    {
        public (int Row, int Column) Key => key;

        public List<Stay> Stays => stays;

        public int Vessels { get; } = stays.Select(stay => stay.Subject).Distinct(StringComparer.Ordinal).Count();

        public bool IsTaken { get; set; }

        public Position Middle { get; } = new(
            (int)Math.Min(((long)key.Row * edgeE7) + (edgeE7 / 2) - 900_000_000L, 900_000_000),
            Longitudes.Wrap((key.Column * WidthE7(key.Row, edgeE7)) + (WidthE7(key.Row, edgeE7) / 2) - Longitudes.HalfTurn));
    }
}

/// <summary>A group of stays.</summary>
internal sealed record StayCluster(Position Where, int Vessels, int Stays, long MedianMs)
{
    public static StayCluster Of(Position middle, List<Stay> stays)
    {
        long north = 0, east = 0;
        foreach (var stay in stays)
        {
            north += stay.Where.LatitudeE7 - middle.LatitudeE7;
            east += Longitudes.Delta(middle.LongitudeE7, stay.Where.LongitudeE7);
        }

        var lengths = stays.Select(stay => stay.EndAtMs - stay.StartAtMs).Order().ToList();
        return new StayCluster(
            new Position(
                middle.LatitudeE7 + (int)(north / stays.Count), Longitudes.Wrap(middle.LongitudeE7 + (east / stays.Count))),
            stays.Select(stay => stay.Subject).Distinct(StringComparer.Ordinal).Count(),
            stays.Count,
            lengths[lengths.Count / 2]);
    }
}
