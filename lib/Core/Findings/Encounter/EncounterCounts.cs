namespace MaritimeWatch.Findings.Encounter;

/// <summary>What became of the rows: nothing is left out without being counted.</summary>
internal sealed class EncounterCounts
{
    private (long, long, long, long) _shown;

    public long Rows { get; set; }

    /// <summary>Older than the horizon.</summary>
    public long Late { get; set; }

    /// <summary>No such line.</summary>
    public long Refused { get; set; }

    /// <summary>Beyond the bound of rows.</summary>
    public long LeftOut { get; set; }

    /// <summary>True where something changed since the last time.</summary>
    public bool TakeNews()
    {
        var now = (Rows, Late, Refused, LeftOut);
        var isNews = now != _shown;
        _shown = now;
        return isNews;
    }

    public void Clear()
    {
        (Rows, Late, Refused, LeftOut) = (0, 0, 0, 0);
        _shown = default;
    }
}
