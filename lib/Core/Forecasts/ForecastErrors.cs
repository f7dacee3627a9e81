using MaritimeWatch.Forecasts.Calls;

namespace MaritimeWatch.Forecasts;

/// <summary>What became of past forecasts of a port.</summary>
public sealed record ForecastErrors
{
    /// <summary>The horizons that are reported, hours.</summary>
    public static IReadOnlyList<int> Horizons { get; } = [6, 24, 72, 168];

    /// <summary>UN/LOCODE of the port.</summary>
    public required string Port { get; init; }

    /// <summary>Up to when it is known what came.</summary>
    public required DateTimeOffset AsOf { get; init; }

    /// <summary>How many forecasts were compared.</summary>
    public required int Forecasts { get; init; }

    /// <summary>Something compared is simulated.</summary>
    public bool Simulated { get; init; }

    /// <summary>By horizon.</summary>
    public required IReadOnlyList<HorizonError> ByHorizon { get; init; }

    /// <summary>What was forecast about a day before each hour, and what came; by time.</summary>
    public required IReadOnlyList<PastForecast> Past { get; init; }

    /// <summary>Compares forecasts with what came.</summary>
    /// <param name="port">UN/LOCODE.</param>
    /// <param name="issued">Forecasts of this port, in any order.</param>
    /// <param name="came">What is known of the port.</param>
    /// <param name="at">What became known later does not count.</param>
    /// <param name="options">How the past is read, or null for the usual values.</param>
    public static ForecastErrors Compare(
        string port, IEnumerable<PortForecast> issued, PortSeries came, DateTimeOffset at, ForecastOptions? options = null)
    {
        PortForecast[] forecasts = [.. issued.Where(forecast => forecast.IssuedAt < at).OrderBy(forecast => forecast.IssuedAt)];
        var picture = came.AsKnownAt(at.ToUnixTimeMilliseconds(), options ?? ForecastOptions.Default);
        return new ForecastErrors
        {
            Port = port,
            AsOf = at,
            Forecasts = forecasts.Length,
            Simulated = picture.IsSimulated || forecasts.Any(forecast => forecast.Simulated),
            ByHorizon = [.. Horizons.Select(horizon => ErrorTable.Of(horizon, forecasts, picture))],
            Past = ErrorTable.DayAhead(forecasts, picture),
        };
    }
}

/// <summary>How well forecasts did at one horizon. All hours up to the horizon from the one before it count.</summary>
/// <param name="HorizonH">The horizon, hours: this class ends here and begins after the one before.</param>
/// <param name="Queue">Of the queue, or null where nothing could be compared.</param>
/// <param name="WaitingH">Of the wait.</param>
/// <param name="Berths">Of the ships at berth.</param>
public readonly record struct HorizonError(int HorizonH, QuantityError? Queue, QuantityError? WaitingH, QuantityError? Berths);

/// <summary>How well one quantity was forecast.</summary>
/// <param name="N">Hours compared.</param>
/// <param name="Mae">Mean absolute error of the median.</param>
/// <param name="MaePersistence">The same of saying that all stays as it was at the time of issue; null where that was not known.</param>
/// <param name="Coverage80">Share of what came within the 10 and 90 % quantiles; 0.8 is meant.</param>
public readonly record struct QuantityError(int N, double Mae, double? MaePersistence, double Coverage80);

/// <summary>One hour of the past as it was forecast, and as it came.</summary>
/// <param name="At">The hour.</param>
/// <param name="IssuedAt">The forecast that said it.</param>
/// <param name="Queue">The forecast queue.</param>
/// <param name="QueueCame">The queue that came, or null where it is not known.</param>
public readonly record struct PastForecast(DateTimeOffset At, DateTimeOffset IssuedAt, Band Queue, double? QueueCame);
