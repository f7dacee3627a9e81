using MaritimeWatch.Geodesy;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Findings;

/// <summary>The grid of instants at which ships are compared: whole ten minutes.</summary>
internal static class GridTimes
{
    /// <summary>From one instant to the next, milliseconds.</summary>
    public const long StepMs = 600_000;

    /// <summary>True where an instant lies after the first of two times and up to the second.</summary>
    public static bool LiesBetween(long fromMs, long toMs) => fromMs / StepMs != toMs / StepMs;

    /// <summary>The first instant after a time.</summary>
    public static long After(long atMs) => ((atMs / StepMs) + 1) * StepMs;

    /// <summary>Where a ship was that went straight and evenly from one place to another.</summary>
    public static Position Between(Position from, Position to, long sinceMs, long afterMs) => new(
        (int)(from.LatitudeE7 + (((long)to.LatitudeE7 - from.LatitudeE7) * sinceMs / afterMs)),
        Longitudes.Wrap(from.LongitudeE7 + (Longitudes.Delta(from.LongitudeE7, to.LongitudeE7) * sinceMs / afterMs)));
}
