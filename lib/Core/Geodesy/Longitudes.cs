namespace MaritimeWatch.Geodesy;

/// <summary>Longitudes as integers of 1e-7 degree, and their turn at the antimeridian.</summary>
public static class Longitudes
{
    /// <summary>Half a turn, 1e-7 degree.</summary>
    public const int HalfTurn = 1_800_000_000;

    /// <summary>A whole turn, 1e-7 degree.</summary>
    public const long WholeTurn = 3_600_000_000;

    /// <summary>Brings any longitude into -180 up to 180 degrees (180 itself becomes -180).</summary>
    /// <param name="longitudeE7">Longitude, 1e-7 degree, any number of turns.</param>
    public static int Wrap(long longitudeE7)
    {
        var turned = (longitudeE7 + HalfTurn) % WholeTurn;
        return (int)((turned < 0 ? turned + WholeTurn : turned) - HalfTurn);
    }

    /// <summary>The way east from one longitude to another, the short way round: -180 to 180 degrees in 1e-7.</summary>
    /// <param name="fromE7">From, 1e-7 degree, within -180 to 180.</param>
    /// <param name="toE7">To, 1e-7 degree, within -180 to 180.</param>
    public static long Delta(int fromE7, int toE7)
    {
        var delta = (long)toE7 - fromE7;
        return delta > HalfTurn ? delta - WholeTurn : delta < -HalfTurn ? delta + WholeTurn : delta;
    }
}
