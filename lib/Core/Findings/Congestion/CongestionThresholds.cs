namespace MaritimeWatch.Findings.Congestion;

/// <summary>
/// When more ships wait for a port than usual there. Ports differ by a hundredfold, so that the port's own past is the
/// measure; the numbers are ours, chosen on the queue of Los Angeles and Long Beach of October 2021 and on simulated weeks.
/// </summary>
public sealed record CongestionThresholds
{
    /// <summary>So many hours of the port's own past must be known, 24 to 672; default 72 (three days and nights).</summary>
    public int HistoryHoursMin { get; init; } = 72;

    /// <summary>Hours of the past that count, at most 672 (28 days), the default.</summary>
    public int HistoryHoursMax { get; init; } = 672;

    /// <summary>At least so many tenths of the usual number (the median of the past) wait; default 15 (one and a half times).</summary>
    public int TimesTenths { get; init; } = 15;

    /// <summary>... and at least so many ships more than usual; default 3 (small numbers double by chance).</summary>
    public int ShipsMore { get; init; } = 3;

    /// <summary>Held for so many hours; default 3.</summary>
    public int HeldHours { get; init; } = 3;

    /// <summary>Worth an officer's look from so many tenths of the usual on; default 30 (three times).</summary>
    public int AlarmTimesTenths { get; init; } = 30;

    /// <summary>... and from so many ships more than usual on; default 10.</summary>
    public int AlarmShipsMore { get; init; } = 10;

    /// <summary>As a finding names them.</summary>
    internal IReadOnlyList<Figure> Figures =>
    [
        new("history_hours_least", HistoryHoursMin),
        new("history_hours_most", HistoryHoursMax),
        new("times_usual", TimesTenths, 1),
        new("ships_more_than_usual", ShipsMore),
        new("held_hours", HeldHours),
        new("alarm_times_usual", AlarmTimesTenths, 1),
        new("alarm_ships_more", AlarmShipsMore),
    ];
}
