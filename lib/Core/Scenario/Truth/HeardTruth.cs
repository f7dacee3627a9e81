using MaritimeWatch.Intake.Ais;

namespace MaritimeWatch.Scenario;

/// <summary>What is decided by heard position reports alone, hull by hull.</summary>
/// <typeparam name="TState">What is kept of a hull while something may be going on.</typeparam>
/// <param name="fleet">All ships.</param>
internal abstract class HeardTruth<TState>(IReadOnlyList<SimVessel> fleet) : ITruthWatch
    where TState : class
{
    private readonly TState?[] states = new TState?[fleet.Count];

    /// <inheritdoc/>
    public void OnHeard(SimVessel vessel, in Transmission sent, List<TruthEntry> truth) =>
        Look(vessel, sent, ref states[vessel.Index], truth);

    /// <inheritdoc/>
    public void OnStaticHeard(SimVessel vessel, StaticReport said, long atMs, List<TruthEntry> truth)
    {
    }

    /// <inheritdoc/>
    public void OnTick(SimVessel vessel, in Motion now, long atMs, List<TruthEntry> truth)
    {
    }

    /// <inheritdoc/>
    public void OnEnd(long atMs, List<TruthEntry> truth)
    {
        foreach (var vessel in fleet)
        {
            if (states[vessel.Index] is { } state)
            {
                Close(vessel, state, truth);
            }
        }
    }

    /// <summary>Looks at one heard report; sets the state to null where nothing is going on.</summary>
    protected abstract void Look(SimVessel vessel, in Transmission sent, ref TState? state, List<TruthEntry> truth);

    /// <summary>Says what went on, if it was enough.</summary>
    protected abstract void Close(SimVessel vessel, TState state, List<TruthEntry> truth);

    /// <summary>An entry about a vessel.</summary>
    protected static TruthEntry Entry(
        string kind, SimVessel vessel, (long FromAtMs, long ToAtMs) when, (double Size, string Units) magnitude, string? place, string? lawfulBecause) =>
        new(kind, vessel.Identity.About.Vessel.Subject, when.FromAtMs, when.ToAtMs, Math.Round(magnitude.Size, 2), magnitude.Units,
            lawfulBecause is not null, place, lawfulBecause);

    /// <summary>Degrees between two directions, 0 to 180.</summary>
    protected static double Between(double degrees, double other)
    {
        var off = Math.Abs(degrees - other) % 360;
        return off > 180 ? 360 - off : off;
    }
}

/// <summary>Which work lets a ship move oddly, by AIS ship type.</summary>
internal static class ShipWork
{
    private const byte Fishing = 30;

    /// <summary>Towing, dredging, diving, and the services 50 to 55 (pilot, rescue, tug, tender, pollution, law); null for others.</summary>
    public static string? OddMovesBecause(byte? shipType) => shipType switch
    {
        Fishing => "a fishing boat at its gear",
        31 or 32 or 52 => "a tug at work",
        33 => "a dredger at work",
        34 or 50 or 51 or 53 or 54 or 55 => "a service vessel at work",
        _ => null,
    };
}
