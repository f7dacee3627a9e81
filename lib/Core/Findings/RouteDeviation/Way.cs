using MaritimeWatch.Geodesy;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Findings.RouteDeviation;

/// <summary>A way as a line of places, and how far a place lies off it.</summary>
internal static class Way
{
    /// <summary>
    /// Distance to the nearest part of a way, 0.1 m: an integer that may meet a threshold. The earth is taken as flat around
    /// the place: off by less than 1 % within 30 nautical miles up to 70 degrees of latitude. Made of additions, products
    /// and one square root, so that every processor gives the same.
    /// </summary>
    /// <param name="way">One place at least.</param>
    /// <param name="place">Where the ship is.</param>
    public static int DecimetresOff(ReadOnlySpan<Position> way, Position place)
    {
        var cosine = FlatDistance.CosineOfLatitude(place.LatitudeE7);
        var (x, y) = Offset(place, way[0], cosine);
        var least = (x * x) + (y * y);
        for (var i = 1; i < way.Length; i++)
        {
            var (nextX, nextY) = Offset(place, way[i], cosine);
            least = Math.Min(least, SquaredOff(x, y, nextX, nextY));
            (x, y) = (nextX, nextY);
        }

        return (int)Math.Min(int.MaxValue, Math.Round(Math.Sqrt(least) * (FlatDistance.MetresPerUnit * 10)));
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
