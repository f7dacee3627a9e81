namespace MaritimeWatch.Tracks;

/// <summary>A report that is held back.</summary>
/// <param name="Vessel">Whose.</param>
/// <param name="Report">The report.</param>
internal readonly record struct PendingReport(ulong Vessel, StoredReport Report);

/// <summary>Held reports by time, then arrival; bounded.</summary>
internal sealed class PendingReports(int max)
{
    private readonly List<PendingReport> _byTime = [];

    public int Count => _byTime.Count;

    public bool IsFull => _byTime.Count >= max;

    public PendingReport First => _byTime[0];

    public void Add(PendingReport report)
    {
        var at = _byTime.Count;
        while (at > 0 && _byTime[at - 1].Report.EventAtMs > report.Report.EventAtMs)
        {
            at--;
        }

        _byTime.Insert(at, report);
    }

    public PendingReport TakeFirst()
    {
        var first = _byTime[0];
        _byTime.RemoveAt(0);
        return first;
    }

    /// <summary>The one that is furthest ahead.</summary>
    public PendingReport TakeLast()
    {
        var last = _byTime[^1];
        _byTime.RemoveAt(_byTime.Count - 1);
        return last;
    }

    /// <summary>The earliest time at or after one.</summary>
    public long FirstWithin(long fromMs)
    {
        foreach (var pending in _byTime)
        {
            if (pending.Report.EventAtMs >= fromMs)
            {
                return pending.Report.EventAtMs;
            }
        }

        return long.MaxValue;
    }

    /// <summary>How many vessels are held within a span; counts to three.</summary>
    public int VesselsWithin(long fromMs, long spanMs)
    {
        ulong first = 0;
        ulong second = 0;
        foreach (var (vessel, report) in _byTime)
        {
            if (report.EventAtMs < fromMs || report.EventAtMs - fromMs > spanMs)
            {
                continue;
            }

            if (first == 0 || vessel == first)
            {
                first = vessel;
            }
            else if (second == 0 || vessel == second)
            {
                second = vessel;
            }
            else
            {
                return 3;
            }
        }

        return first == 0 ? 0 : second == 0 ? 1 : 2;
    }

    public bool HasWithin(ulong vessel, long fromMs, long spanMs) => _byTime.Exists(p =>
        p.Vessel == vessel && p.Report.EventAtMs >= fromMs && p.Report.EventAtMs - fromMs <= spanMs);

    public int CountOf(ulong vessel) => _byTime.Count(p => p.Vessel == vessel);

    public IEnumerable<int> Landings => _byTime.Select(p => p.Report.Landing);

    public void Clear() => _byTime.Clear();

    public void Save(StateWriter writer)
    {
        writer.Int32(_byTime.Count);
        foreach (var (vessel, report) in _byTime)
        {
            writer.UInt64(vessel);
            writer.Packed(in report);
        }
    }

    public void Restore(ref StateReader reader)
    {
        _byTime.Clear();
        var count = reader.Count(8);
        for (var i = 0; i < count; i++)
        {
            var vessel = reader.UInt64();
            reader.Packed(out StoredReport report);
            _byTime.Add(new PendingReport(vessel, report));
        }
    }
}
