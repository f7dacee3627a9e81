using MaritimeWatch.Geodesy;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Functions.Intake;

/// <summary>Metres east and north, for ways of some tens of kilometres.</summary>
/// <param name="East">Metres east.</param>
/// <param name="North">Metres north.</param>
internal readonly record struct FlatVector(double East, double North)
{
    /// <summary>Its length squared.</summary>
    public double Squared => (East * East) + (North * North);

    /// <summary>Its length, metres.</summary>
    public double Length => Math.Sqrt(Squared);

    /// <summary>Where it points, degrees true, 0 to 360.</summary>
    public double Bearing => ((Math.Atan2(East, North) * 180 / Math.PI) + 360) % 360;

    /// <summary>Of length 1 in a direction.</summary>
    /// <param name="degrees">Degrees true.</param>
    public static FlatVector Along(double degrees) => new(Math.Sin(degrees * Math.PI / 180), Math.Cos(degrees * Math.PI / 180));

    /// <summary>From one place to another.</summary>
    public static FlatVector Of(Position from, Position to) => new(
        Longitudes.Wrap((long)to.LongitudeE7 - from.LongitudeE7) * FlatDistance.MetresPerUnit
            * FlatDistance.CosineOfLatitude(((double)from.LatitudeE7 + to.LatitudeE7) / 2),
        (to.LatitudeE7 - from.LatitudeE7) * FlatDistance.MetresPerUnit);

    /// <summary>How far two go together.</summary>
    public double Dot(FlatVector other) => (East * other.East) + (North * other.North);

    public static FlatVector operator +(FlatVector a, FlatVector b) => new(a.East + b.East, a.North + b.North);

    public static FlatVector operator -(FlatVector a, FlatVector b) => new(a.East - b.East, a.North - b.North);

    public static FlatVector operator *(FlatVector a, double times) => new(a.East * times, a.North * times);
}

/// <summary>Places moved.</summary>
internal static class FlatVectors
{
    private const int PoleE7 = 899_999_999;

    /// <summary>The place so far from here.</summary>
    public static Position Moved(this Position from, FlatVector way)
    {
        var north = (int)Math.Clamp(from.LatitudeE7 + Math.Round(way.North / FlatDistance.MetresPerUnit), -PoleE7, PoleE7);
        var cosine = Math.Max(0.01, FlatDistance.CosineOfLatitude(((double)from.LatitudeE7 + north) / 2));
        return new Position(north, Longitudes.Wrap(from.LongitudeE7 + (long)Math.Round(way.East / FlatDistance.MetresPerUnit / cosine)));
    }
}
