namespace MaritimeWatch.Findings.PortVisit;

/// <summary>
/// When a vessel visits a port. The numbers are Global Fishing Watch's ("Anchorages, Ports and Voyages Data"); all
/// profiles of one fold must agree in them, but not in what counts as a visit.
/// </summary>
public sealed record PortVisitThresholds
{
    /// <summary>In when nearer than this to a stopping place, metres; default 3,000.</summary>
    public int InMetres { get; init; } = 3000;

    /// <summary>Out when farther than this from every stopping place, metres; default 4,000.</summary>
    public int OutMetres { get; init; } = 4000;

    /// <summary>Stopped below this, 0.1 knot; default 0.2 kn.</summary>
    public int StopDeciKnots { get; init; } = 2;

    /// <summary>Under way again above this, 0.1 knot; default 0.5 kn.</summary>
    public int RestartDeciKnots { get; init; } = 5;

    /// <summary>A silence of this in port counts like a stop, milliseconds; default 4 h.</summary>
    public long GapMs { get; init; } = 4 * 3_600_000;

    /// <summary>True (default): a ship that passes without stop or gap has not visited. False (GFW): confidence 1.</summary>
    public bool NeedsStop { get; init; } = true;

    internal bool IsSameMachine(PortVisitThresholds other) => this with { NeedsStop = other.NeedsStop } == other;
}
