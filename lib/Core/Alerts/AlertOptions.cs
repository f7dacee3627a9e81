using MaritimeWatch.Correlation;
using MaritimeWatch.Risk;

namespace MaritimeWatch.Alerts;

/// <summary>Settings of the stage alerts. They are part of what makes its output; a store keeps to one set.</summary>
public sealed record AlertOptions
{
    /// <summary>Only findings of this profile count (a second profile judges the same behaviour again); default <c>default</c>.</summary>
    public string Profile { get; init; } = "default";

    /// <summary>How observed and declared are tied.</summary>
    public CorrelationThresholds Correlation { get; init; } = new();

    /// <summary>What evidence adds.</summary>
    public RiskWeights Risk { get; init; } = new();

    /// <summary>Calls in 1,000 that can be inspected; default 20. At least one.</summary>
    public int RedPerMille { get; init; } = 20;

    /// <summary>Calls in 1,000 after those whose papers can be looked at; default 80.</summary>
    public int OrangePerMille { get; init; } = 80;

    /// <summary>Among how many of the last assessed calls one is ranked; default 500.</summary>
    public int RankedCallsMax { get; init; } = 500;

    /// <summary>
    /// An alert closes so long after the departure, milliseconds; default 48 h: her boxes may still be on the way.
    /// </summary>
    public long CloseAfterDepartureMs { get; init; } = 48 * CorrelationThresholds.HourMs;

    /// <summary>Reasons that one alert shows; default 32.</summary>
    public int ReasonsMax { get; init; } = 32;
}
