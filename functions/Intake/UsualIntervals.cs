namespace MaritimeWatch.Functions.Intake;

/// <summary>How often a vessel is heard, from its kept points.</summary>
internal static class UsualIntervals
{
    private const long LookMs = 24L * 3_600_000;
    private const int IntervalsMin = 8;

    // Points of a ship that lies still are kept half an hour apart, however often it reports.
    private const int KeptSecondsMax = 35 * 60;

    /// <summary>The third longest interval, so that one or two silences of its own do not make more of them usual.</summary>
    private const int Rank = 3;

    /// <summary>How long it is silent again and again, seconds; null where it is heard regularly, or too little is known.</summary>
    /// <param name="fixes">In order of time.</param>
    /// <param name="atMs">Intervals that ended in the day before this count, so that the silence of the moment does not.</param>
    public static int? SecondsOf(IReadOnlyList<TrackFix> fixes, long atMs)
    {
        var intervals = new List<int>();
        for (var i = fixes.Count - 1; i > 0; i--)
        {
            if (fixes[i].AtMs <= atMs && fixes[i].AtMs > atMs - LookMs)
            {
                intervals.Add((int)Math.Min(int.MaxValue, (fixes[i].AtMs - fixes[i - 1].AtMs) / 1000));
            }
        }

        if (intervals.Count < IntervalsMin)
        {
            return null;
        }

        intervals.Sort();
        var usual = intervals[^Rank];
        return usual > KeptSecondsMax ? usual : null;
    }
}
