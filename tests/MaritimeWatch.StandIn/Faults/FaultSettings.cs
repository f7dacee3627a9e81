namespace MaritimeWatch.StandIn.Faults;

/// <summary>How often which trouble: shares of 0 to 1 of all requests.</summary>
public sealed record FaultSettings
{
    /// <summary>Of all chance.</summary>
    public required int Seed { get; init; }

    /// <summary>503 or 500, and nothing was done.</summary>
    public double Refused { get; init; } = 0.01;

    /// <summary>Done, and answered with 503 or 500.</summary>
    public double Denied { get; init; } = 0.01;

    /// <summary>The connection ends, and nothing was done.</summary>
    public double CutBefore { get; init; } = 0.005;

    /// <summary>Done, and the connection ends without an answer.</summary>
    public double CutAfter { get; init; } = 0.01;

    /// <summary>Done, and answered late.</summary>
    public double Late { get; init; } = 0.01;

    /// <summary>The longest that an answer is held back; default 3 s.</summary>
    public TimeSpan LateMax { get; init; } = TimeSpan.FromSeconds(3);
}
