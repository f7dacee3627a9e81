using MaritimeWatch.Terms;

namespace MaritimeWatch.Findings.Congestion;

/// <summary>Who waits for one port and lies there, and how many waited at each hour before.</summary>
internal sealed class PortQueue(string port)
{
    /// <summary>A value of the past where reception had failed.</summary>
    public const int Unknown = -1;

    public string Port { get; } = port;

    public string? Name { get; set; }

    public Position Where { get; set; }

    /// <summary>Ships there, by call.</summary>
    public SortedDictionary<string, Lying> There { get; } = new(StringComparer.Ordinal);

    /// <summary>Ships that waited at each whole hour, oldest first; bounded by the thresholds.</summary>
    public List<int> Past { get; } = [];

    /// <summary>The hour, counted from 1970, of the last value of the past.</summary>
    public long LastHour { get; set; } = long.MinValue;

    /// <summary>The first hour of the excess that goes on; null where none does.</summary>
    public long? HighSinceHour { get; set; }

    /// <summary>The last hour at which it was high.</summary>
    public long LastHighHour { get; set; }

    /// <summary>The most that waited in the excess that goes on.</summary>
    public int MostWaiting { get; set; }

    /// <summary>What was usual when the excess began, in tenths of a ship.</summary>
    public int UsualTenths { get; set; }

    /// <summary>Said: the excess is a finding.</summary>
    public bool IsSaid { get; set; }

    /// <summary>Ships that waited at an instant, as far as is known.</summary>
    public int WaitingAt(long atMs) => CountAt(atMs, isAtAnchorage: true);

    /// <summary>Ships that lay in port otherwise.</summary>
    public int AtBerthAt(long atMs) => CountAt(atMs, isAtAnchorage: false);

    /// <summary>Forgets who has gone before an instant.</summary>
    public void Forget(long beforeMs)
    {
        foreach (var gone in There.Where(call => call.Value.GoneAtMs < beforeMs).Select(call => call.Key).ToArray())
        {
            There.Remove(gone);
        }
    }

    /// <summary>The median of the known values before the excess, in tenths; null where too few are known.</summary>
    public int? UsualOf(CongestionThresholds thresholds)
    {
        var known = Past.Where(value => value != Unknown).Order().ToArray();
        return known.Length < thresholds.HistoryHoursMin
            ? null
            : (known[(known.Length - 1) / 2] + known[known.Length / 2]) * 5;
    }

    private int CountAt(long atMs, bool isAtAnchorage)
    {
        var count = 0;
        foreach (var call in There.Values)
        {
            count += call.IsAtAnchorage == isAtAnchorage && call.SinceMs <= atMs && (call.GoneAtMs ?? long.MaxValue) > atMs ? 1 : 0;
        }

        return count;
    }
}

/// <summary>One ship in or before a port.</summary>
internal readonly record struct Lying(bool IsAtAnchorage, long SinceMs, long? GoneAtMs, bool IsSimulated);
