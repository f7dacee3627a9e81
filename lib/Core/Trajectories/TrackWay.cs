using MaritimeWatch.Geodesy;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Trajectories;

/// <summary>Where a track was between its reports, on the straight line from one to the next.</summary>
public static class TrackWay
{
    /// <summary>The longest time between two reports across which a place is believed known: 30 minutes.</summary>
    public const long HoleMs = 30 * 60_000;

    /// <summary>The last report at or before an instant.</summary>
    /// <param name="track">Reports in order of time.</param>
    /// <param name="atMs">The instant, milliseconds since 1970 in UTC.</param>
    /// <returns>Its index, or -1 where the track begins later.</returns>
    public static int LastAtOrBefore(ReadOnlySpan<TrackPoint> track, long atMs)
    {
        var (low, high) = (0, track.Length);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            (low, high) = track[middle].AtMs <= atMs ? (middle + 1, high) : (low, middle);
        }

        return low - 1;
    }

    /// <summary>The report nearest to an instant.</summary>
    /// <param name="track">Reports in order of time.</param>
    /// <param name="atMs">The instant, milliseconds since 1970 in UTC.</param>
    /// <param name="withinMs">How far off it may be, milliseconds.</param>
    /// <returns>Its index (the earlier of two that are as near), or -1 where none is so near.</returns>
    public static int Nearest(ReadOnlySpan<TrackPoint> track, long atMs, long withinMs)
    {
        var before = LastAtOrBefore(track, atMs);
        var after = before + 1;
        var best = before >= 0 && (after >= track.Length || atMs - track[before].AtMs <= track[after].AtMs - atMs) ? before : after;
        return best < track.Length && Math.Abs(track[best].AtMs - atMs) <= withinMs ? best : -1;
    }

    /// <summary>Where it was at an instant.</summary>
    /// <param name="track">Reports in order of time.</param>
    /// <param name="atMs">The instant, milliseconds since 1970 in UTC.</param>
    /// <param name="holeMs">The longest time between two reports that is bridged, milliseconds; <see cref="HoleMs"/> is usual.</param>
    /// <returns>The place, or null before the first report, after the last and in a longer hole.</returns>
    public static Position? PlaceAt(ReadOnlySpan<TrackPoint> track, long atMs, long holeMs = HoleMs)
    {
        var before = LastAtOrBefore(track, atMs);
        if (before < 0)
        {
            return null;
        }

        var from = track[before];
        if (from.AtMs == atMs)
        {
            return from.Place;
        }

        return before + 1 < track.Length && track[before + 1].AtMs - from.AtMs <= holeMs
            ? Between(from, track[before + 1], atMs)
            : null;
    }

    private static Position Between(in TrackPoint from, in TrackPoint to, long atMs)
    {
        var part = (atMs - from.AtMs) / (double)(to.AtMs - from.AtMs);
        var east = Longitudes.Delta(from.Place.LongitudeE7, to.Place.LongitudeE7);
        return new Position(
            (int)Math.Round(from.Place.LatitudeE7 + (((double)to.Place.LatitudeE7 - from.Place.LatitudeE7) * part)),
            Longitudes.Wrap(from.Place.LongitudeE7 + (long)Math.Round(east * part)));
    }
}
