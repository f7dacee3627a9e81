namespace MaritimeWatch.Forecasts;

/// <summary>What a port can expect: seven days, hour by hour.</summary>
public sealed record PortForecast
{
    /// <summary>UN/LOCODE of the port.</summary>
    public required string Port { get; init; }

    /// <summary>When it was issued; nothing that became known later is in it.</summary>
    public required DateTimeOffset IssuedAt { get; init; }

    /// <summary>168 whole hours, the first one after <see cref="IssuedAt"/>.</summary>
    public required IReadOnlyList<ForecastHour> Hours { get; init; }

    /// <summary>The port's name, or null.</summary>
    public string? PortName { get; init; }

    /// <summary>Something that it stands on is simulated.</summary>
    public bool Simulated { get; init; }

    /// <summary>How the numbers were made, in words.</summary>
    public string Basis { get; init; } = string.Empty;

    /// <summary>Hours of the port's past that it stands on, those without reception left out.</summary>
    public int HistoryHours { get; init; }

    /// <summary>Hours of the past of which nothing is known: a hole in reception is not an empty port.</summary>
    public int UnknownHours { get; init; }

    /// <summary>What must be known about reception, or null.</summary>
    public string? CoverageNote { get; init; }

    /// <summary>Which method was used for which quantity and horizon, and what both scored on the past.</summary>
    public IReadOnlyList<MethodChoice> Methods { get; init; } = [];

    /// <summary>Declared arrivals that it counts on, by time.</summary>
    public IReadOnlyList<ExpectedCall> Declared { get; init; } = [];

    /// <summary>Ships that were seen under way here and that nobody has announced, by time.</summary>
    public IReadOnlyList<SightedCall> UnderWay { get; init; } = [];

    /// <summary>What the latest scene of the last day shows at the port's anchorages, or null where there is none.</summary>
    public SeenAtAnchor? SeenAtAnchor { get; init; }

    /// <summary>The last seven days as they were known at <see cref="IssuedAt"/>, hour by hour.</summary>
    public IReadOnlyList<ObservedHour> Observed { get; init; } = [];
}

/// <summary>One hour of a forecast.</summary>
/// <param name="At">The whole hour, UTC.</param>
/// <param name="Queue">Ships waiting at the port's anchorages at that time.</param>
/// <param name="WaitingH">Hours at anchor of a ship that arrives then (0: straight to its berth); of ships that do not call here all the time.</param>
/// <param name="Berths">Ships at the port's berths at that time.</param>
public readonly record struct ForecastHour(DateTimeOffset At, Band Queue, Band WaitingH, Band Berths);

/// <summary>One hour of the past; null where nothing is known.</summary>
/// <param name="At">The whole hour, UTC.</param>
/// <param name="Queue">Ships waiting.</param>
/// <param name="WaitingH">Mean wait of the ships that arrived in this hour and have berthed since, hours; ferries and the port's own boats left out.</param>
/// <param name="Berths">Ships at berth.</param>
public readonly record struct ObservedHour(DateTimeOffset At, double? Queue, double? WaitingH, double? Berths);

/// <summary>A ship that somebody has announced.</summary>
/// <param name="EtaAt">When it is expected.</param>
/// <param name="Mmsi">Who, or null.</param>
/// <param name="Name">Its name, or null.</param>
public readonly record struct ExpectedCall(DateTimeOffset EtaAt, uint? Mmsi, string? Name);

/// <summary>A ship under way to the port, by what it was seen to do.</summary>
/// <param name="EtaLowAt">There before this with a chance of 10 %.</param>
/// <param name="EtaAt">There before this with a chance of 50 %.</param>
/// <param name="EtaHighAt">There before this with a chance of 90 %.</param>
/// <param name="EtaBy">By what: lane, own-voyages, announced, distance.</param>
/// <param name="Probability">How likely it is bound for this port, 0 to 1.</param>
/// <param name="Mmsi">Who, or null.</param>
/// <param name="Name">Its name, or null.</param>
public readonly record struct SightedCall(
    DateTimeOffset EtaLowAt, DateTimeOffset EtaAt, DateTimeOffset EtaHighAt, string EtaBy, double Probability, uint? Mmsi, string? Name);

/// <summary>Which method a quantity and a class of horizons got.</summary>
/// <param name="Quantity"><c>queue</c>, <c>waiting_h</c> or <c>berths</c>.</param>
/// <param name="HorizonToH">The class ends with this horizon, hours: 6, 24, 72 or 168.</param>
/// <param name="Method"><c>seasonal</c> or <c>arrivals-and-service</c>.</param>
/// <param name="PinballSeasonal">Mean pinball loss on the past, or null where there was no past to try it on.</param>
/// <param name="PinballArrivals">The same of the other method.</param>
/// <param name="Origins">From how many moments of the past both were tried.</param>
public readonly record struct MethodChoice(
    string Quantity, int HorizonToH, string Method, double? PinballSeasonal, double? PinballArrivals, int Origins);
