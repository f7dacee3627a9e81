using MaritimeWatch.Functions.Evaluate.Trajectory;
using MaritimeWatch.Trajectories;

namespace MaritimeWatch.Functions.Evaluate.Eta;

/// <summary>
/// Finds when tracks first came into circles, and asks some time before. A track that begins in a circle or crosses its edge in a
/// hole of more than 30 minutes tells nothing. A question stands at the report nearest to its time, within half a step.
/// </summary>
/// <param name="history">How much of a track must be known at a question.</param>
/// <param name="step">What half of is the most that the report of a question may be off.</param>
internal sealed class EtaQuestions(TimeSpan history, TimeSpan step)
{
    private readonly long historyMs = (long)history.TotalMilliseconds;
    private readonly long halfStepMs = (long)step.TotalMilliseconds / 2;

    /// <summary>The questions before a track's first entry into a circle; none where it does not enter.</summary>
    /// <param name="track">The track.</param>
    /// <param name="place">The circle.</param>
    /// <param name="ahead">How long before the entry.</param>
    public IEnumerable<EtaQuestion> Of(VesselTrack track, EtaPlace place, IReadOnlyList<TimeSpan> ahead)
    {
        if (EntryMs(track.Points, place) is not { } entryMs)
        {
            yield break;
        }

        for (var which = 0; which < ahead.Count; which++)
        {
            var at = TrackWay.Nearest(track.Points, entryMs - (long)ahead[which].TotalMilliseconds, halfStepMs);
            if (at >= 0 && track.Points[at].AtMs < entryMs && track.Points[at].AtMs - track.Points[0].AtMs >= historyMs
                && OffsetNm.IsFlatAround(track.Points[at].Place))
            {
                yield return new EtaQuestion(track, at, which, place, (entryMs - track.Points[at].AtMs) / 60_000.0);
            }
        }
    }

    private static long? EntryMs(TrackPoint[] points, EtaPlace place)
    {
        if (!OffsetNm.IsFlatAround(place.Where) || OffsetNm.Between(place.Where, points[0].Place).LengthNm <= place.RadiusNm)
        {
            return null;
        }

        for (var at = 1; at < points.Length; at++)
        {
            var (before, after) = (points[at - 1], points[at]);
            if (CircleEntry.PartOf(
                OffsetNm.Between(place.Where, before.Place), OffsetNm.Between(place.Where, after.Place), place.RadiusNm) is { } part)
            {
                return after.AtMs - before.AtMs <= TrackWay.HoleMs ? before.AtMs + (long)(part * (after.AtMs - before.AtMs)) : null;
            }
        }

        return null;
    }
}

/// <summary>When will this ship be there?</summary>
/// <param name="Track">The track.</param>
/// <param name="At">The report that is now.</param>
/// <param name="Ahead">Which of the times before.</param>
/// <param name="Place">Where.</param>
/// <param name="Minutes">How long it took.</param>
internal sealed record EtaQuestion(VesselTrack Track, int At, int Ahead, EtaPlace Place, double Minutes)
{
    /// <summary>The report that is now.</summary>
    public TrackPoint Now => Track.Points[At];
}

/// <summary>The circles that a track may come into.</summary>
/// <param name="Given">Those of every track; with none, a track's own end is its circle.</param>
/// <param name="RadiusNm">Radius around a track's own end, nautical miles.</param>
/// <param name="IsAnyEnd">The end of a track that goes on counts too, not only of one that ends slower than 1 knot.</param>
internal sealed record EtaCircles(IReadOnlyList<EtaPlace> Given, double RadiusNm, bool IsAnyEnd)
{
    /// <summary>The circles of one track.</summary>
    public IEnumerable<EtaPlace> Of(VesselTrack track) =>
        Given.Count > 0 ? Given : IsAnyEnd || track.Points[^1].SpeedKnots < EtaMeasure.StillKnots ? [new EtaPlace(track.Points[^1].Place, RadiusNm)] : [];
}
