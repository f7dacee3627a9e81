using System.Globalization;
using MaritimeWatch.Geodesy;
using MaritimeWatch.Reference.Index;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Reference.Learning;

/// <summary>
/// Learns anchorages and berths from where ships stayed, as Global Fishing Watch does for its anchorages (D. A. Kroodsma
/// et al., Science 359, 2018, supplement: places where at least 20 vessels stayed 12 hours within 0.5 km, by S2 cell),
/// with smaller numbers and with moored apart from swinging: who lies within 40 m is moored, who swings is at anchor; a
/// reported status (1 at anchor, 5 moored) decides where the swing allows it.
/// </summary>
public static class StoppingPlaces
{
    /// <summary>New versions of anchorages and berths. A pure function; the order of the stays does not matter.</summary>
    /// <param name="stays">All stays that are known.</param>
    /// <param name="ports">Ports to name the places after.</param>
    /// <param name="anchoragesInForce">The stored anchorages, or empty: places keep their ids, those not seen again stay.</param>
    /// <param name="berthsInForce">The stored berths, or empty.</param>
    /// <param name="options">Thresholds, or null for the defaults.</param>
    public static LearnedPlaces Learn(
        IEnumerable<Stay> stays,
        IReadOnlyList<AnchoragePoint> ports,
        ReadOnlyMemory<byte> anchoragesInForce = default,
        ReadOnlyMemory<byte> berthsInForce = default,
        LearningOptions? options = null)
    {
        options ??= LearningOptions.Default;
        var usable = stays.Where(stay => stay.EndAtMs - stay.StartAtMs >= (long)options.StayMin.TotalMilliseconds
            && Decimetres(stay.RadiusMetres) <= Decimetres(options.SwingRadiusMetres)).ToLookup(stay => IsMoored(stay, options));
        var naming = new PlaceIndex([.. ports.Select(port => port.Where)]);
        var anchorages = StayClusters.Find(usable[false], options.AnchorageReachMetres, options.VesselsMin);
        var berths = StayClusters.Find(usable[true], options.BerthReachMetres, options.VesselsMin);
        return new LearnedPlaces(
            Write(ReferenceKinds.Anchorages, Merge(ReferenceKinds.Anchorages, anchorages, anchoragesInForce, options.AnchorageReachMetres)),
            Write(ReferenceKinds.Berths, Merge(ReferenceKinds.Berths, berths, berthsInForce, options.BerthReachMetres)),
            anchorages.Count,
            berths.Count);

        ReadOnlyMemory<byte> Write(string kind, List<KnownPlace> places) => PlaceWriter.Write(kind, places, at =>
        {
            var port = naming.Nearest(at, options.PortReachMetres, out _);
            return port < 0 ? null : ports[port];
        });
    }

    private static bool IsMoored(Stay stay, LearningOptions options)
    {
        const int AtAnchor = 1;
        const int Moored = 5;
        var limit = stay.NavigationStatus switch
        {
            AtAnchor => -1,
            Moored => options.ReportedMooredRadiusMetres,
            _ => options.MooredRadiusMetres,
        };
        return Decimetres(stay.RadiusMetres) <= Decimetres(limit);
    }

    private static long Decimetres(double metres) => (long)Math.Round(metres * 10);

    /// <summary>Each cluster takes the place in force that is nearest and within reach; nearest pairs first.</summary>
    private static List<KnownPlace> Merge(string kind, List<StayCluster> clusters, ReadOnlyMemory<byte> inForce, double reachMetres)
    {
        var known = inForce.IsEmpty ? [] : KnownPlace.Read(kind, inForce);
        var pairs = from place in known
                    from cluster in clusters
                    let metres = FlatDistance.Metres(place.Where, cluster.Where)
                    where metres <= reachMetres
                    orderby metres, place.Id, cluster.Where.LatitudeE7, cluster.Where.LongitudeE7
                    select (place, cluster);
        var clusterOf = new Dictionary<string, StayCluster>(StringComparer.Ordinal);
        var used = new HashSet<StayCluster>();
        foreach (var (place, cluster) in pairs)
        {
            if (!clusterOf.ContainsKey(place.Id) && used.Add(cluster))
            {
                clusterOf.Add(place.Id, cluster);
            }
        }

        var merged = known.Select(place => clusterOf.TryGetValue(place.Id, out var seen) ? place.With(seen) : place).ToList();
        var ids = merged.Select(place => place.Id).ToHashSet(StringComparer.Ordinal);
        foreach (var cluster in clusters.Where(cluster => !used.Contains(cluster))
            .OrderBy(cluster => cluster.Where.LatitudeE7).ThenBy(cluster => cluster.Where.LongitudeE7))
        {
            merged.Add(KnownPlace.New(NewId(kind, cluster.Where, ids), cluster));
        }

        return [.. merged.OrderBy(place => place.Id, StringComparer.Ordinal)];
    }

    private static string NewId(string kind, Position where, HashSet<string> ids)
    {
        var stem = string.Create(CultureInfo.InvariantCulture, $"{kind[0]}_{where.LatitudeDegrees:F3}_{where.LongitudeDegrees:F3}");
        var id = stem;
        for (var again = 2; !ids.Add(id); again++)
        {
            id = string.Create(CultureInfo.InvariantCulture, $"{stem}_{again}");
        }

        return id;
    }
}

/// <summary>What was learned, ready for <see cref="ReferenceStore.AddAsync"/>.</summary>
/// <param name="Anchorages">GeoJSON of kind anchorages.</param>
/// <param name="Berths">GeoJSON of kind berths.</param>
/// <param name="AnchoragesSeen">How many anchorages the stays themselves made.</param>
/// <param name="BerthsSeen">How many berths the stays themselves made.</param>
public sealed record LearnedPlaces(
    ReadOnlyMemory<byte> Anchorages, ReadOnlyMemory<byte> Berths, int AnchoragesSeen, int BerthsSeen);
