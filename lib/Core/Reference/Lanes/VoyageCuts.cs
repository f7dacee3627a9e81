namespace MaritimeWatch.Reference.Lanes;

/// <summary>Between which calls a ship was, and when.</summary>
internal sealed record VoyageSpan(
    string Subject, string Type, LanePort From, LanePort To, long FromMs, long ToMs, bool IsSimulated);

/// <summary>
/// The voyages in what was heard of a ship between two calls: one from port to port where its way is known; where it was
/// out of hearing for long, one out to sea and one in from the sea. A round trip to the same port is one as well.
/// </summary>
internal static class VoyageCuts
{
    private const int PointsMin = 5;
    private const long LostMs = 3 * 3_600_000;
    private const int LostDecimetres = 740_800;
    private const int SeaDecimetresMin = 185_200;
    private const int LatitudeE7Max = 850_000_000;

    /// <summary>Voyages that have ended before an instant.</summary>
    public static IEnumerable<SailedVoyage> Of(VoyageSpan span, List<VoyagePoint> points, long endMs)
    {
        // Near a pole the earth is not flat enough for us.
        if (points.Count < PointsMin || points.Exists(point => Math.Abs((long)point.Where.LatitudeE7) > LatitudeE7Max))
        {
            yield break;
        }

        var lost = Enumerable.Range(1, points.Count).First(i => i == points.Count || IsLostAt(points, i));

        var (isToSea, isFromSea) = (span.To.Id == TrafficLane.Sea, span.From.Id == TrafficLane.Sea);
        if (lost == points.Count && !isToSea && !isFromSea)
        {
            if (span.From.Id != span.To.Id ? AreHolesFew(points) : IsRoundTrip(points))
            {
                yield return Make(span, points, span.From, span.To, span.FromMs, span.ToMs);
            }

            yield break;
        }

        var first = points[..lost];
        var hasEnded = lost < points.Count || first[^1].AtMs + (2 * LostMs) <= endMs;
        if (!isFromSea && hasEnded && IsLong(first))
        {
            yield return Make(span, first, span.From, LanePort.Sea, span.FromMs, first[^1].AtMs);
        }

        var last = points[LastRun(points)..];
        if (!isToSea && span.ToMs - last[^1].AtMs < LostMs && IsLong(last))
        {
            yield return Make(span, last, LanePort.Sea, span.To, last[0].AtMs, span.ToMs);
        }
    }

    private static bool IsLostAt(List<VoyagePoint> points, int i) =>
        i > 0 && (points[i].AtMs - points[i - 1].AtMs > LostMs
            || VoyageWay.Decimetres(points[i - 1].Where, points[i].Where) > LostDecimetres);

    private static int LastRun(List<VoyagePoint> points)
    {
        for (var i = points.Count - 1; i > 0; i--)
        {
            if (IsLostAt(points, i))
            {
                return i;
            }
        }

        return 0;
    }

    // Out and back to the same port: no lane, but a voyage that keeps to none.
    private static bool IsRoundTrip(List<VoyagePoint> points) =>
        points.Exists(point => VoyageWay.Decimetres(points[0].Where, point.Where) >= SeaDecimetresMin);

    private static bool IsLong(List<VoyagePoint> points) => points.Count >= PointsMin && Length(points).All >= SeaDecimetresMin
        && AreHolesFew(points) && VoyageWay.Decimetres(points[0].Where, points[^1].Where) >= SeaDecimetresMin;

    private static bool AreHolesFew(List<VoyagePoint> points)
    {
        var (all, holes) = Length(points);
        return holes * 2 <= all;
    }

    private static (long All, long Holes) Length(List<VoyagePoint> points)
    {
        var (all, holes) = (0L, 0L);
        for (var i = 1; i < points.Count; i++)
        {
            var part = VoyageWay.Decimetres(points[i - 1].Where, points[i].Where);
            (all, holes) = (all + part, holes + (part > VoyageWay.HoleDecimetres ? part : 0));
        }

        return (all, holes);
    }

    private static SailedVoyage Make(VoyageSpan span, List<VoyagePoint> points, LanePort from, LanePort to, long fromMs, long toMs) =>
        new(span.Subject, span.Type, from, to, fromMs, toMs, span.IsSimulated, points);
}
