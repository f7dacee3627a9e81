using MaritimeWatch.Terms;

namespace MaritimeWatch.Findings.RouteDeviation;

/// <summary>
/// What a ship's earlier voyages between two ports kept to. The middle is the voyage that the others are closest to, a way
/// that was really sailed, and rather one without holes; the half-width is how far the others strayed from it. A voyage that strayed much farther than
/// the best ones did not keep the lane and does not widen it.
/// </summary>
internal sealed class Lane
{
    private const int SamplesMax = 64;
    private const int TenthMileDecimetres = 1852;
    private const int StrayTimes = 3;

    private Lane(Position[] middle, int halfWidthDecimetres, int kept, int[] strayed, bool isSimulated)
    {
        Middle = middle;
        HalfWidthDecimetres = halfWidthDecimetres;
        VoyagesKept = kept;
        Strayed = strayed;
        IsSimulated = isSimulated;
    }

    public Position[] Middle { get; }

    /// <summary>0.1 m, a multiple of a tenth of a nautical mile.</summary>
    public int HalfWidthDecimetres { get; }

    /// <summary>Voyages that stayed within the half-width.</summary>
    public int VoyagesKept { get; }

    /// <summary>How far each voyage strayed, 0.1 m, least first; the middle itself is the first.</summary>
    public IReadOnlyList<int> Strayed { get; }

    public bool IsSimulated { get; }

    /// <summary>The lane of some voyages between two ports; null where they are too few.</summary>
    public static Lane? Of(IReadOnlyList<Voyage> voyages, RouteDeviationThresholds thresholds)
    {
        if (voyages.Count < thresholds.VoyagesMin)
        {
            return null;
        }

        var (middle, strayed) = (0, Array.Empty<int>());
        var leastSum = long.MaxValue;
        for (var i = 0; i < voyages.Count; i++)
        {
            var off = voyages.Select(voyage => FarthestOff(voyages[i].Places, voyage, thresholds)).ToArray();
            var sum = off.Sum(each => (long)each + Way.WidestHoleDecimetres(voyages[i].Places));
            if (sum < leastSum)
            {
                (leastSum, middle, strayed) = (sum, i, off);
            }
        }

        Array.Sort(strayed);
        var keeps = Math.Max(
            2L * thresholds.HalfWidthDecimetresMin, StrayTimes * (long)strayed[Math.Min(thresholds.VoyagesMin, strayed.Length) - 1]);
        var kept = strayed.Count(off => off <= keeps);
        var width = Math.Max(thresholds.HalfWidthDecimetresMin, strayed[kept - 1]);
        return new Lane(
            voyages[middle].Places,
            (int)Math.Min(int.MaxValue, (width + TenthMileDecimetres - 1L) / TenthMileDecimetres * TenthMileDecimetres),
            kept,
            strayed,
            voyages.Any(voyage => voyage.IsSimulated));
    }

    /// <summary>Near an end of a way ships go where they must: to a pilot, a berth, an anchorage.</summary>
    public static bool IsNearAnEnd(Position[] way, Position place, RouteDeviationThresholds thresholds) =>
        Way.Decimetres(way[0], place) < thresholds.EndsDecimetres || Way.Decimetres(way[^1], place) < thresholds.EndsDecimetres;

    private static int FarthestOff(Position[] way, Voyage voyage, RouteDeviationThresholds thresholds)
    {
        var farthest = 0;
        var step = Math.Max(1, voyage.Places.Length / SamplesMax);
        for (var i = 0; i < voyage.Places.Length; i += step)
        {
            if (!IsNearAnEnd(way, voyage.Places[i], thresholds))
            {
                farthest = Math.Max(farthest, Way.DecimetresOff(way, voyage.Places[i]));
            }
        }

        return farthest;
    }
}
