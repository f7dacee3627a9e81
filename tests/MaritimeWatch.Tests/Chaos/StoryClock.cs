using System.Diagnostics;
using System.Globalization;

namespace MaritimeWatch.Tests.Chaos;

/// <summary>
/// The time of the simulated week, moved by the run and told to the workers through a file; between two tellings it runs on,
/// so that what is due becomes due.
/// </summary>
internal sealed class StoryClock(string path) : TimeProvider
{
    private readonly Stopwatch since = Stopwatch.StartNew();
    private long startTicks;

    public string Path => path;

    public void Set(DateTimeOffset at)
    {
        Interlocked.Exchange(ref startTicks, at.UtcTicks - since.Elapsed.Ticks);
        File.WriteAllText(path + ".new", at.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture));
        File.Move(path + ".new", path, overwrite: true);
    }

    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref startTicks) + since.Elapsed.Ticks, TimeSpan.Zero);
}
