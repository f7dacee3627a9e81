namespace MaritimeWatch.Trajectories;

/// <summary>The baseline of a forecast: the ship goes on as it went from where it was 30 minutes ago to where it is.</summary>
public static class DeadReckoning
{
    /// <summary>How far back the speed is taken from.</summary>
    public static TimeSpan Base { get; } = TimeSpan.FromMinutes(30);

    /// <summary>Where it would be, as an offset from now.</summary>
    /// <param name="track">Reports in order of time; nothing after now is looked at.</param>
    /// <param name="index">The report that is now.</param>
    /// <param name="horizon">How far ahead.</param>
    /// <returns>
    /// The offset; null where the track does not reach 30 minutes back. Over a hole in the reports the ship is taken to have gone
    /// straight.
    /// </returns>
    public static OffsetNm? OffsetAt(ReadOnlySpan<TrackPoint> track, int index, TimeSpan horizon)
    {
        var now = track[index];
        var then = TrackWay.PlaceAt(track[..(index + 1)], now.AtMs - (long)Base.TotalMilliseconds, long.MaxValue);
        if (then is not { } place)
        {
            return null;
        }

        var back = OffsetNm.Between(now.Place, place);
        var times = -(horizon / Base);
        return new OffsetNm(back.EastNm * times, back.NorthNm * times);
    }
}
