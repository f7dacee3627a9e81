using MaritimeWatch.Forecasts.Calls;

namespace MaritimeWatch.Forecasts;

/// <summary>
/// What the latest scene of the last day shows at a port's anchorages. Queues and their forecast count ships with AIS; the
/// others stand here beside them, as an addition that is stated and never mixed in.
/// </summary>
/// <param name="Scene">The scene's id.</param>
/// <param name="At">When it was taken.</param>
/// <param name="Ships">Ships at the port's anchorages in it, from 0.</param>
/// <param name="WithAis">Of those, explained by a report.</param>
/// <param name="WithoutAis">Of those, not explained by any: the queue is longer by so many than it seems.</param>
/// <param name="Unsettled">Of those, neither can be said.</param>
public readonly record struct SeenAtAnchor(string Scene, DateTimeOffset At, int Ships, int WithAis, int WithoutAis, int Unsettled)
{
    /// <summary>A scene tells of the present for so long, hours.</summary>
    public const int Hours = 24;

    /// <summary>What was known at a time, or null where no scene of the last day shows an anchorage of the port.</summary>
    /// <param name="counts">All that scenes say of the port, every check of each.</param>
    /// <param name="atMs">The time; what became known later does not count.</param>
    public static SeenAtAnchor? Of(IEnumerable<SceneCount> counts, long atMs)
    {
        // Of one scene and place the last check counts; of scenes the latest.
        var known = counts.Where(count => count.IsAnchorage && count.KnownAtMs <= atMs && count.AtMs > atMs - (Hours * PortPicture.HourMs))
            .GroupBy(count => (count.Scene, count.Place))
            .Select(checks => checks.MaxBy(check => check.KnownAtMs)!)
            .GroupBy(count => (count.AtMs, count.Scene))
            .MaxBy(scene => scene.Key);
        return known is null ? null : new SeenAtAnchor(
            known.Key.Scene, DateTimeOffset.FromUnixTimeMilliseconds(known.Key.AtMs),
            known.Sum(one => one.WithAis + one.WithoutAis + one.Unsettled),
            known.Sum(one => one.WithAis), known.Sum(one => one.WithoutAis), known.Sum(one => one.Unsettled));
    }
}
