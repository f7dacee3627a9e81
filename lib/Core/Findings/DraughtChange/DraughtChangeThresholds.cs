namespace MaritimeWatch.Findings.DraughtChange;

/// <summary>
/// When a change of draught is told. The numbers are ours: draught is typed by hand and often stale, so that only a change
/// counts, and only where no call explains it.
/// </summary>
public sealed record DraughtChangeThresholds
{
    /// <summary>Changed by at least this, 0.1 m; default 0.5 m.</summary>
    public int ChangeDecimetres { get; init; } = 5;

    /// <summary>... and by at least so many percent of the earlier one; default 5.</summary>
    public int ChangePercent { get; init; } = 5;

    /// <summary>So soon after a call it was typed late, milliseconds; default 3 h: a note.</summary>
    public long SoonMs { get; init; } = 3 * 3_600_000;

    /// <summary>After an hour's stop at sea, far from every port, a change of this is an alarm, 0.1 m; default 1 m.</summary>
    public int AlarmDecimetres { get; init; } = 10;

    /// <summary>As a finding names them.</summary>
    internal IReadOnlyList<Figure> Figures =>
    [
        new("change_m", ChangeDecimetres, 1),
        new("change_percent", ChangePercent),
        Figure.Hours("soon_after_call_h", SoonMs),
        new("alarm_after_stop_at_sea_m", AlarmDecimetres, 1),
    ];
}
