using MaritimeWatch.Terms;

namespace MaritimeWatch.Reference.Lanes;

/// <summary>A place of a voyage.</summary>
/// <param name="Where">Where.</param>
/// <param name="AtMs">When, milliseconds since 1970 UTC.</param>
/// <param name="SpeedDeciKnots">How fast, 0.1 knot; -1 not reported.</param>
public readonly record struct VoyagePoint(Position Where, long AtMs, int SpeedDeciKnots);

/// <summary>A port as lanes name it.</summary>
/// <param name="Id">UN/LOCODE, else its name without what an id cannot hold, or <see cref="TrafficLane.Sea"/>.</param>
/// <param name="Name">What people call it.</param>
public readonly record struct LanePort(string Id, string Name)
{
    /// <summary>Out of hearing.</summary>
    public static LanePort Sea { get; } = new(TrafficLane.Sea, "sea");

    /// <summary>The port of a stopping place: all places of a port are one, whichever a ship stops at.</summary>
    /// <param name="locode">Its UN/LOCODE, or null.</param>
    /// <param name="name">Its name.</param>
    public static LanePort Of(string? locode, string name) => new(
        string.IsNullOrEmpty(locode) ? string.Concat(name.Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '_')) : locode,
        name);
}

/// <summary>A voyage that was made, from which lanes are learned.</summary>
/// <param name="Subject">Who sailed.</param>
/// <param name="Type">One of <see cref="ShipClass"/>.</param>
/// <param name="From">Where it left, or the sea.</param>
/// <param name="To">Where it came in, or the sea.</param>
/// <param name="DepartAtMs">When it left port, or was first heard, milliseconds since 1970 UTC.</param>
/// <param name="ArriveAtMs">When it came into port, or was last heard.</param>
/// <param name="IsSimulated">A report of it was simulated.</param>
/// <param name="Points">Its way in order of time; two at least.</param>
public sealed record SailedVoyage(
    string Subject,
    string Type,
    LanePort From,
    LanePort To,
    long DepartAtMs,
    long ArriveAtMs,
    bool IsSimulated,
    IReadOnlyList<VoyagePoint> Points);

/// <summary>When voyages make a lane. The numbers are ours: there is no standard.</summary>
public sealed record LaneLearningOptions
{
    /// <summary>The usual values.</summary>
    public static LaneLearningOptions Default { get; } = new();

    /// <summary>Voyages that make a lane, at least 2; default 3. One voyage never makes one.</summary>
    public int VoyagesMin { get; init; } = 3;

    /// <summary>Voyages of one type between two ports that make lanes of their own for that type; default 8.</summary>
    public int TypeVoyagesMin { get; init; } = 8;

    /// <summary>After so long a voyage counts half; default 90 days. After six of them it is forgotten.</summary>
    public TimeSpan HalfLife { get; init; } = TimeSpan.FromDays(90);

    /// <summary>
    /// Two voyages are of one lane where they are nowhere farther apart than this, and through voyages between them; 0.1 m,
    /// default 2.5 NM.
    /// </summary>
    public int LinkDecimetres { get; init; } = 46_300;

    /// <summary>Nearer than this to a port ships go where they must, 0.1 m; default 8 NM, at most a fifth of the way.</summary>
    public int EndsDecimetres { get; init; } = 148_160;

    /// <summary>Most voyages between two ports that are learned from, the newest; default 300.</summary>
    public int VoyagesMax { get; init; } = 300;

    /// <summary>A lane is never said to be narrower than this at 99.9 %, 0.1 m; default 0.2 NM.</summary>
    public int Off999Min { get; init; } = 3_704;
}
