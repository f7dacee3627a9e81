namespace MaritimeWatch.Scenario;

/// <summary>The tide of traffic: more happens by day than by night, and on weekdays than at the end of the week.</summary>
internal static class TrafficTide
{
    private const double Night = 0.45;
    private const double Weekend = 0.65;

    /// <summary>An instant between two, likelier where the tide is high.</summary>
    public static long Pick(SimRandom random, long fromAtMs, long toAtMs)
    {
        const int AttemptsMax = 30;
        var at = fromAtMs;
        for (var attempt = 0; attempt < AttemptsMax; attempt++)
        {
            at = fromAtMs + (long)(random.Unit() * Math.Max(0, toAtMs - fromAtMs));
            if (random.Chance(Height(at)))
            {
                break;
            }
        }

        return at;
    }

    private static double Height(long atMs)
    {
        var hour = atMs / 3_600_000 % 24;
        var weekday = ((atMs / 86_400_000) + 4) % 7; // 1 January 1970 was a Thursday
        return (hour is >= 6 and < 20 ? 1 : Night) * (weekday is 0 or 6 ? Weekend : 1);
    }
}
