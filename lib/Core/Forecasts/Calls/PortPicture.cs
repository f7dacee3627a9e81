namespace MaritimeWatch.Forecasts.Calls;

/// <summary>A port as it was known at a moment: what was, hour by hour, and who is there now.</summary>
public sealed record PortPicture
{
    internal const long HourMs = 3_600_000;

    /// <summary>UN/LOCODE.</summary>
    public required string Port { get; init; }

    /// <summary>The port's name, or null.</summary>
    public string? PortName { get; init; }

    /// <summary>The moment, milliseconds since 1970 UTC.</summary>
    public required long AtMs { get; init; }

    /// <summary>The first whole hour of the series.</summary>
    public required long FromHourMs { get; init; }

    /// <summary>Ships waiting at each whole hour up to <see cref="AtMs"/>; null where nothing was heard.</summary>
    public required IReadOnlyList<double?> Queue { get; init; }

    /// <summary>Ships at berth at each whole hour; null where nothing was heard.</summary>
    public required IReadOnlyList<double?> Berths { get; init; }

    /// <summary>Mean wait of those that arrived in each hour and have berthed, regulars left out; null where none did.</summary>
    public required IReadOnlyList<double?> WaitingH { get; init; }

    /// <summary>Arrivals at the port (anchorage, or berth without a wait before) in each hour.</summary>
    public required IReadOnlyList<int> Arrivals { get; init; }

    /// <summary>How long ships lay at anchor; those still there are open.</summary>
    public required IReadOnlyList<Spell> Waits { get; init; }

    /// <summary>How long ships lay at berth; those still there are open.</summary>
    public required IReadOnlyList<Spell> Stays { get; init; }

    /// <summary>Share of recent arrivals that went to an anchorage first, 0 to 1.</summary>
    public double WaitedShare { get; init; }

    /// <summary>The same of the ships that are not <see cref="Regulars"/>.</summary>
    public double QueuingShare { get; init; }

    /// <summary>Ships that call often and never wait (ferries, pilots, tugs): they are not asked how long they wait.</summary>
    public int Regulars { get; init; }

    /// <summary>Arrivals that went straight to a berth.</summary>
    public int Straight { get; init; }

    /// <summary>Ships that left the anchorage and came to no berth of the port.</summary>
    public int WentAway { get; init; }

    /// <summary>Announced ships that have not come yet, by time.</summary>
    public IReadOnlyList<DeclaredRevision> Expected { get; init; } = [];

    /// <summary>Ships under way here that nobody has announced.</summary>
    public IReadOnlyList<ExpectedRevision> Sighted { get; init; } = [];

    /// <summary>Ships that were seen under way here, not announced, and came.</summary>
    public int SightedCame { get; init; }

    /// <summary>Ships that were seen under way here and did not come within a day.</summary>
    public int SightedFailed { get; init; }

    /// <summary>How late announced ships came, hours; early is negative.</summary>
    public IReadOnlyList<double> LateHours { get; init; } = [];

    /// <summary>How long before they came ships were announced first, or seen under way here, hours.</summary>
    public IReadOnlyList<double> LeadHours { get; init; } = [];

    /// <summary>Since when nothing at all has been heard, or null where all is well.</summary>
    public long? SilentSinceMs { get; init; }

    /// <summary>Announced ships whose time has come: how many came.</summary>
    public int DeclaredCame { get; init; }

    /// <summary>Announced ships whose time has come and that did not.</summary>
    public int DeclaredFailed { get; init; }

    /// <summary>Hours without reception.</summary>
    public int UnknownHours { get; init; }

    /// <summary>Something in it is simulated.</summary>
    public bool IsSimulated { get; init; }

    /// <summary>Hours of the past that are known.</summary>
    public int KnownHours => Queue.Count - UnknownHours;
}

/// <summary>A length of time in port.</summary>
/// <param name="StartAtMs">Since when.</param>
/// <param name="Hours">How long, or how long so far.</param>
/// <param name="IsOpen">It goes on.</param>
public readonly record struct Spell(long StartAtMs, double Hours, bool IsOpen);
