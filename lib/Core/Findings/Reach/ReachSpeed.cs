using MaritimeWatch.Intake.Ais;
using MaritimeWatch.Tracks;

namespace MaritimeWatch.Findings.Reach;

/// <summary>
/// How fast a silent ship may go, from the depth of its history: little known, the limit of its class; well known, its own
/// greatest speed and a knot. A lone bad speed moves the greatest by a quarter of what it is more.
/// </summary>
internal static class ReachSpeed
{
    /// <summary>Faster is no ship, 0.1 knot.</summary>
    private const int BelievedDeciKnots = 600;

    private const int MovesDeciKnots = 10;
    private const int MarginDeciKnots = 10;

    /// <summary>After so many reports its own history weighs as much as the class's limit.</summary>
    private const int HalfKnownReports = 60;

    /// <summary>A report more of its history.</summary>
    public static void Learn(ref VesselState vessel, short speedDeciKnots)
    {
        if (speedDeciKnots is < MovesDeciKnots or > BelievedDeciKnots)
        {
            return;
        }

        if (speedDeciKnots > vessel.GreatestDeciKnots)
        {
            vessel.GreatestDeciKnots += (short)((speedDeciKnots - vessel.GreatestDeciKnots + 3) / 4);
        }

        vessel.UsualDeciKnotsTimes64 += vessel.UsualDeciKnotsTimes64 == 0 ? speedDeciKnots * 64 : speedDeciKnots - (vessel.UsualDeciKnotsTimes64 / 64);
    }

    /// <summary>The speed that bounds where it can be, 0.1 knot.</summary>
    public static int Of(in VesselState vessel, in VesselCard card)
    {
        var own = Math.Max(Math.Max((int)vessel.GreatestDeciKnots, vessel.Last.SpeedDeciKnots), vessel.UsualDeciKnotsTimes64 / 64) + MarginDeciKnots;
        var limit = Math.Max(own, LimitDeciKnots(card.ShipType, vessel.Last.Has(ReportTraits.ClassB)));
        return own + ((limit - own) * HalfKnownReports / (HalfKnownReports + vessel.Reports));
    }

    // Class A ships of each type rarely go faster; ship types after ITU-R M.1371-5, table 53.
    private static int LimitDeciKnots(int shipType, bool isClassB) => shipType switch
    {
        >= 40 and <= 49 => 450, // high-speed craft
        30 or 31 or 32 or 33 or 34 or 52 => 150, // fishing, towing, dredging, diving, tugs
        >= 60 and <= 89 => 260, // passenger, cargo, tankers
        _ => isClassB ? 350 : 300,
    };
}
