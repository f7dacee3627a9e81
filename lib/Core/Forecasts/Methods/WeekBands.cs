namespace MaritimeWatch.Forecasts.Methods;

/// <summary>What one method says of a week: a band for each of 168 hours and each quantity.</summary>
internal sealed class WeekBands
{
    /// <summary>The quantities, in this order everywhere.</summary>
    public static readonly IReadOnlyList<string> Quantities = ["queue", "waiting_h", "berths"];

    private readonly Band[][] bands = [.. Quantities.Select(_ => new Band[PortForecaster.Hours])];

    /// <summary>The band of a quantity at an hour, from 0.</summary>
    public Band this[int quantity, int hour]
    {
        get => bands[quantity][hour];
        set => bands[quantity][hour] = value;
    }
}
