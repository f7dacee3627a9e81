using MaritimeWatch.Geodesy;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Reference.SeaLanes;

/// <summary>
/// Straight legs between a ship or a port and the network, and what they cost: their length where they lie at sea, more where
/// they cut across a spit or a small island that a ship goes round, nothing can be said where they cross land.
/// </summary>
/// <param name="coast">Where land is; null takes every leg for sea.</param>
internal sealed class SeaLegs(Coastline? coast)
{
    private const int DecimetresPerNm = 18_520;

    // About a mile where it matters: the coastline itself is good to half a mile.
    private const int StepDecimetres = DecimetresPerNm;
    private const int StepsMax = 200;

    // Within a harbour, a river or a skerry guard the coastline says land where there is water.
    private const int HarbourDecimetres = 5 * DecimetresPerNm;

    // The published place of a port is often that of the town, some miles inland.
    private const int PortDecimetres = 10 * DecimetresPerNm;

    private const int LandDecimetresMax = 8 * DecimetresPerNm;
    private const int RoundFactor = 3;

    /// <summary>Length with what going round costs, 0.1 m; -1 where more than eight miles of land lie in the way.</summary>
    /// <param name="from">Where a ship is, or the network; the first five miles may be land.</param>
    /// <param name="to">A place of the network, or a port; where it is a port the last ten miles may be land.</param>
    /// <param name="decimetres">The length of the leg, 0.1 m.</param>
    /// <param name="isToPort">It ends in a port.</param>
    public long Cost(Position from, Position to, long decimetres, bool isToPort)
    {
        if (coast is null)
        {
            return decimetres;
        }

        var steps = (int)Math.Clamp(decimetres / StepDecimetres, 1, StepsMax);
        var (north, east) = ((double)to.LatitudeE7 - from.LatitudeE7, (double)Longitudes.Delta(from.LongitudeE7, to.LongitudeE7));
        var land = 0L;
        for (var step = 1; step < steps; step++)
        {
            var along = decimetres * step / steps;
            if (along <= HarbourDecimetres || (isToPort && decimetres - along <= PortDecimetres))
            {
                continue;
            }

            var part = step / (double)steps;
            if (coast.IsLand(new Position(
                from.LatitudeE7 + (int)Math.Round(part * north), Longitudes.Wrap(from.LongitudeE7 + (long)Math.Round(part * east)))))
            {
                land += decimetres / steps;
                if (land > LandDecimetresMax)
                {
                    return -1;
                }
            }
        }

        return decimetres + (land * RoundFactor);
    }
}
