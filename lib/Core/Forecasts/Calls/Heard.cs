namespace MaritimeWatch.Forecasts.Calls;

/// <summary>
/// When anything was heard at all, as far as calls tell: a long silence of every port at once, where news usually come
/// much faster, is a hole in reception and not an empty sea.
/// </summary>
/// <param name="FromAtMs">Since when there is news.</param>
/// <param name="Holes">Spans without reception, in order.</param>
/// <param name="SilentSinceMs">Since when the last of them has gone on, or null where it has ended.</param>
internal sealed record Heard(long FromAtMs, IReadOnlyList<(long FromAtMs, long ToAtMs)> Holes, long? SilentSinceMs)
{
    // News come in pairs (a ship stops, a ship goes), so the pause of 20 is one of 10 ships: by chance once in 20,000 (e^-10).
    private const double PausesMin = 20;

    public bool IsHole(long atMs) => atMs > SilentSinceMs || Holes.Any(hole => atMs > hole.FromAtMs && atMs < hole.ToAtMs);

    public static Heard UpTo(IReadOnlyList<long> newsAtMs, long atMs, ForecastOptions options)
    {
        var count = CountUpTo(newsAtMs, atMs);
        if (count == 0)
        {
            return new Heard(atMs, [], null);
        }

        var first = newsAtMs[0];
        var usual = (double)(atMs - first) / count;
        var hole = Math.Max(options.HoleMin.TotalMilliseconds, PausesMin * usual);
        var holes = new List<(long, long)>();
        for (var index = 1; index <= count; index++)
        {
            var next = index < count ? newsAtMs[index] : atMs;
            if (next - newsAtMs[index - 1] >= hole)
            {
                holes.Add((newsAtMs[index - 1], next));
            }
        }

        return new Heard(first, holes, holes.Count > 0 && atMs - newsAtMs[count - 1] >= hole ? newsAtMs[count - 1] : null);
    }

    private static int CountUpTo(IReadOnlyList<long> sorted, long atMs)
    {
        var (low, high) = (0, sorted.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = sorted[middle] <= atMs ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
