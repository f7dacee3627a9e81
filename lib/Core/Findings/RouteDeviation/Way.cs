using MaritimeWatch.Geodesy;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Findings.RouteDeviation;

/// <summary>
/// A way as a line of places, and how far a place lies off it. Where two places are more than ten miles apart nobody heard
/// the ship in between: that part is a hole. It may have gone a bent way there, so a hole is taken to be as wide to either
/// side as an eighth of its length (an arc that turns by 56 degrees in all).
/// </summary>
internal static class Way
{
    /// <summary>A part that is longer is a hole, 0.1 m: 10 NM.</summary>
    public const int HoleDecimetres = 185_200;

    /// <summary>With a longer hole a way is nothing to learn from, 0.1 m: 40 NM.</summary>
    private const int HoleDecimetresMax = 740_800;

    private const int HoleWidthPart = 8;
    private const double DecimetresPerUnit = FlatDistance.MetresPerUnit * 10;

    /// <summary>Holes make up no more than half of it, and none is too long.</summary>
    public static bool IsKnown(IReadOnlyList<Position> way)
    {
        var (all, holes) = (0L, 0L);
        for (var i = 1; i < way.Count; i++)
        {
            var part = Decimetres(way[i - 1], way[i]);
            all += part;
            holes += part > HoleDecimetresMax ? long.MaxValue / 4096 : part > HoleDecimetres ? part : 0;
        }

        return holes * 2 <= all;
    }

    /// <summary>How wide the longest hole is taken to be to either side, 0.1 m.</summary>
    public static int WidestHoleDecimetres(ReadOnlySpan<Position> way)
    {
        var longest = 0;
        for (var i = 1; i < way.Length; i++)
        {
            var part = Decimetres(way[i - 1], way[i]);
            longest = part > HoleDecimetres ? Math.Max(longest, part) : longest;
        }

        return longest / HoleWidthPart;
    }

    /// <summary>
    /// Distance to the nearest part of a way, 0.1 m: an integer that may meet a threshold. The earth is taken as flat around
    /// the place: off by less than 1 % within 30 nautical miles up to 70 degrees of latitude. Made of additions, products
    /// and one square root, so that every processor gives the same.
    /// </summary>
    /// <param name="way">One place at least.</param>
    /// <param name="place">Where the ship is.</param>
    /// <param name="withHoles">True: within the width of a hole is on the way. False: only where it was heard counts.</param>
    public static int DecimetresOff(ReadOnlySpan<Position> way, Position place, bool withHoles = true)
    {
        var cosine = FlatDistance.CosineOfLatitude(place.LatitudeE7);
        var (x, y) = Offset(place, way[0], cosine);
        var least = Math.Sqrt((x * x) + (y * y));
        for (var i = 1; i < way.Length; i++)
        {
            var (nextX, nextY) = Offset(place, way[i], cosine);
            var length = Math.Sqrt(((nextX - x) * (nextX - x)) + ((nextY - y) * (nextY - y)));
            var isHole = length * DecimetresPerUnit > HoleDecimetres;
            var off = isHole && !withHoles
                ? Math.Sqrt((nextX * nextX) + (nextY * nextY))
                : Math.Sqrt(SquaredOff(x, y, nextX, nextY));
            least = Math.Min(least, isHole && withHoles ? Math.Max(0, off - (length / HoleWidthPart)) : off);
            (x, y) = (nextX, nextY);
        }

        return (int)Math.Min(int.MaxValue, Math.Round(least * DecimetresPerUnit));
    }

    /// <summary>How far a place lies off a way, and how far along it there is left to its end, both 0.1 m.</summary>
    /// <param name="way">Two places at least.</param>
    /// <param name="place">Where the ship is.</param>
    public static (long Off, long Left) LeftDecimetres(ReadOnlySpan<Position> way, Position place)
    {
        var cosine = FlatDistance.CosineOfLatitude(place.LatitudeE7);
        var (least, left, after) = (double.MaxValue, 0L, 0L);
        var (nextX, nextY) = Offset(place, way[^1], cosine);
        for (var i = way.Length - 2; i >= 0; i--)
        {
            var (x, y) = Offset(place, way[i], cosine);
            var (wayX, wayY) = (nextX - x, nextY - y);
            var length = (wayX * wayX) + (wayY * wayY);
            var part = length == 0 ? 0 : Math.Clamp(-((x * wayX) + (y * wayY)) / length, 0, 1);
            var off = Math.Sqrt(SquaredOff(x, y, nextX, nextY));
            var piece = Decimetres(way[i], way[i + 1]);
            if (off < least)
            {
                (least, left) = (off, after + (long)Math.Round((1 - part) * piece));
            }

            after += piece;
            (nextX, nextY) = (x, y);
        }

        return ((long)Math.Round(least * DecimetresPerUnit), left);
    }

    /// <summary>Distance between two places, 0.1 m.</summary>
    public static int Decimetres(Position from, Position to) =>
        (int)Math.Min(int.MaxValue, Math.Round(FlatDistance.Metres(from, to) * 10));

    private static (double X, double Y) Offset(Position from, Position to, double cosine) =>
        (Longitudes.Delta(from.LongitudeE7, to.LongitudeE7) * cosine, (double)to.LatitudeE7 - from.LatitudeE7);

    // The square of the distance of the origin to a piece of line.
    private static double SquaredOff(double fromX, double fromY, double toX, double toY)
    {
        var (wayX, wayY) = (toX - fromX, toY - fromY);
        var length = (wayX * wayX) + (wayY * wayY);
        var along = length == 0 ? 0 : Math.Clamp(-((fromX * wayX) + (fromY * wayY)) / length, 0, 1);
        var (x, y) = (fromX + (along * wayX), fromY + (along * wayY));
        return (x * x) + (y * y);
    }
}
