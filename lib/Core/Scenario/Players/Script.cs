using MaritimeWatch.Intake.Ais;

namespace MaritimeWatch.Scenario;

/// <summary>What a ship says of itself over time.</summary>
/// <param name="first">What it says until something is changed.</param>
internal sealed class Script(StaticReport first)
{
    private readonly List<(long FromAtMs, StaticReport Said)> changes = [];

    /// <summary>What it says before the first change.</summary>
    public StaticReport First => first;

    /// <summary>What it says in the end.</summary>
    public StaticReport Last => changes.Count == 0 ? first : changes[^1].Said;

    /// <summary>Something is typed anew at an instant; instants ascend.</summary>
    public Script From(long atMs, Func<StaticReport, StaticReport> change)
    {
        changes.Add((atMs, change(Last)));
        return this;
    }

    /// <summary>Something else is said for a while, then again what was said before.</summary>
    public Script For(long atMs, long forMs, Func<StaticReport, StaticReport> change)
    {
        var before = Last;
        changes.Add((atMs, change(before)));
        changes.Add((atMs + forMs, before));
        return this;
    }

    /// <summary>What it says at an instant.</summary>
    public StaticReport At(long atMs)
    {
        var said = first;
        foreach (var (fromAtMs, now) in changes)
        {
            if (fromAtMs > atMs)
            {
                break;
            }

            said = now;
        }

        return said;
    }
}

/// <summary>Times of arrival as they are typed: month, day, hour and minute, no year.</summary>
internal static class TypedEta
{
    /// <summary>Puts a time of arrival into what a ship says.</summary>
    public static StaticReport WithEta(this StaticReport said, long etaAtMs)
    {
        var eta = DateTimeOffset.FromUnixTimeMilliseconds(etaAtMs);
        return said with
        {
            EtaMonth = (byte)eta.Month,
            EtaDay = (byte)eta.Day,
            EtaHour = (byte)eta.Hour,
            EtaMinute = (byte)(eta.Minute / 10 * 10),
        };
    }
}
