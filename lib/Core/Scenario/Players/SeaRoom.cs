namespace MaritimeWatch.Scenario;

/// <summary>Places for players, with the lane node from which each is reached over open water.</summary>
internal static class SeaRoom
{
    private const double ClearOfZonesM = 1500;
    private const double ClearOfStoryM = 15_000;

    private static readonly string[] Gates =
        ["BANK", "DEEP", "FLADEN", "GROVE", "K1", "K2", "K3", "S1", "S2", "SK", "NE", "L1", "N1", "W3", "F1", "KS", "VG", "VAG1", "SKA1", "L2"];

    /// <summary>
    /// A place in open water, well heard over a stretch of time where that can be; off stopping points, the coast, the zones
    /// and the scene of the story.
    /// </summary>
    /// <param name="world">The world.</param>
    /// <param name="random">Its chance.</param>
    /// <param name="radiusM">Room that is needed around it, metres.</param>
    /// <param name="offStopsM">Metres off every stopping point.</param>
    /// <param name="offCoastM">Metres off the coast, at least and at most.</param>
    /// <param name="when">When it should be heard.</param>
    public static (GeoPoint Place, string Gate) Find(
        World world, SimRandom random, double radiusM, double offStopsM, (double Least, double Most) offCoastM, Stretch when)
    {
        const int AttemptsMax = 400;
        const int HeardAttempts = 300;
        for (var attempt = 0; attempt < AttemptsMax; attempt++)
        {
            var place = new GeoPoint(random.Between(56.95, 58.4), random.Between(10.1, 12.1));
            if (World.NearestStop(place, offStopsM + radiusM).Nearest is not null
                || Shore.Here.InlandM(place) is not { } inland || -inland < offCoastM.Least + radiusM || -inland > offCoastM.Most + radiusM
                || !IsFree(place, radiusM)
                || (attempt < HeardAttempts && !world.Sky.CoversThroughout(place, radiusM, when.FromAtMs, when.ToAtMs)))
            {
                continue;
            }

            if (GateOf(place, Math.Min(1500, offCoastM.Least)) is { } gate)
            {
                return (place, gate);
            }
        }

        return (Geography.At(Geography.Grove.Node), Geography.Grove.Node);
    }

    /// <summary>A place so far from an anchorage, reached from the anchorage's own node.</summary>
    public static (GeoPoint Place, string Gate) Beside(SimRandom random, double leastM, double mostM)
    {
        const int AttemptsMax = 300;
        string[] gates = ["VG", "L2", "SKA1"];
        string[] anchorages = ["SEGOT-A", "SELYS-A", "DKSKA-A"];
        for (var attempt = 0; attempt < AttemptsMax; attempt++)
        {
            var which = random.Below(gates.Length);
            var (metres, bearing) = (random.Between(leastM, mostM), random.Between(0, 360));
            var place = Geography.At(anchorages[which]).Moved(metres * SimMaths.SinDegrees(bearing), metres * SimMaths.CosDegrees(bearing));
            if (World.NearestStop(place, leastM - 1).Nearest is null && IsFree(place, 1000)
                && Shore.Here.InlandM(place) < -2500 && IsOpen(Geography.At(gates[which]), place, 700))
            {
                return (place, gates[which]);
            }
        }

        return (PairPlan.Place, "VG");
    }

    /// <summary>An offset that leads from a place on the water so far inland, or null; never as far as a jump.</summary>
    public static (double EastM, double NorthM)? Inland(SimRandom random, GeoPoint from, double roomM, double leastM, double mostM)
    {
        const int AttemptsMax = 250;
        const double FarthestM = 8600;
        for (var attempt = 0; attempt < AttemptsMax; attempt++)
        {
            var (metres, bearing) = (random.Between(1500, FarthestM), random.Between(0, 360));
            var (east, north) = (metres * SimMaths.SinDegrees(bearing), metres * SimMaths.CosDegrees(bearing));
            var inland = Shore.Here.InlandM(from.Moved(east, north));
            if (inland >= leastM + roomM && inland <= mostM)
            {
                return (east, north);
            }
        }

        return null;
    }

    private static bool IsFree(GeoPoint place, double radiusM) =>
        SimMaths.Metres(place, FeederPlan.Meeting) > ClearOfStoryM + radiusM
        && Array.TrueForAll(Geography.Zones, one => one.Zone.DepthM(place) < -ClearOfZonesM - radiusM);

    private static string? GateOf(GeoPoint place, double offCoastM)
    {
        string? best = null;
        var nearest = 60_000.0;
        foreach (var gate in Gates)
        {
            var metres = SimMaths.Metres(Geography.At(gate), place);
            if (metres < nearest && IsOpen(Geography.At(gate), place, offCoastM))
            {
                (best, nearest) = (gate, metres);
            }
        }

        return best;
    }

    private static bool IsOpen(GeoPoint from, GeoPoint to, double offCoastM)
    {
        const int Samples = 60;
        for (var sample = 0; sample <= Samples; sample++)
        {
            var at = from.Toward(to, sample / (double)Samples);
            if (!Array.TrueForAll(Geography.Zones, one => one.Zone.DepthM(at) < -700))
            {
                return false;
            }
        }

        return Shore.Here.IsClear(from, to, offCoastM);
    }
}
