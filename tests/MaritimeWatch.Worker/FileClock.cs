using System.Diagnostics;
using System.Globalization;

namespace MaritimeWatch.Worker;

/// <summary>
/// The time of a story that another process tells: a file holds the milliseconds since 1970; between two tellings it runs on,
/// so that what is due becomes due.
/// </summary>
/// <param name="path">The file.</param>
internal sealed class FileClock(string path) : TimeProvider
{
    private const long LookEveryMs = 50;

    private readonly Stopwatch since = Stopwatch.StartNew();
    private readonly Lock gate = new();
    private long toldMs = long.MinValue;
    private long toldAt;
    private long lookedAt = -LookEveryMs;

    public override DateTimeOffset GetUtcNow()
    {
        lock (gate)
        {
            var now = since.ElapsedMilliseconds;
            if (now - lookedAt >= LookEveryMs)
            {
                lookedAt = now;
                Look(now);
            }

            return DateTimeOffset.FromUnixTimeMilliseconds(toldMs + now - toldAt);
        }
    }

    private void Look(long now)
    {
        // Replaced as a whole by rename, so that it is never read in part.
        var told = long.Parse(File.ReadAllText(path), CultureInfo.InvariantCulture);
        if (told > toldMs)
        {
            (toldMs, toldAt) = (told, now);
        }
    }
}
