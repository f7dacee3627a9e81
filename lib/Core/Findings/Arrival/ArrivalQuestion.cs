using MaritimeWatch.Reference.SeaLanes;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Findings.Arrival;

/// <summary>What is known of a ship under way when it is asked when it will be at a port.</summary>
internal readonly record struct ArrivalQuestion
{
    /// <summary>The moment of the question, milliseconds since 1970 UTC.</summary>
    public required long AtMs { get; init; }

    public required Position Where { get; init; }

    public required Position Port { get; init; }

    /// <summary>Speed over ground, 0.1 knot; -1 unknown.</summary>
    public required int SpeedDeciKnots { get; init; }

    /// <summary>Its usual speed while moving, 0.1 knot; 0 unknown.</summary>
    public required int UsualDeciKnots { get; init; }

    /// <summary>Course over ground, 0.1 degree; -1 unknown.</summary>
    public int CourseDeciDegrees { get; init; }

    /// <summary>Moored, at anchor or aground by its own status.</summary>
    public bool LiesStill { get; init; }

    /// <summary>Ways of its own earlier voyages from where it comes to that port.</summary>
    public IReadOnlyList<Position[]> OwnWays { get; init; }

    /// <summary>What a lane that it keeps says of the time left, or null.</summary>
    public LaneTimeLeft? Lane { get; init; }

    /// <summary>The network of sea lanes, or null.</summary>
    public SeaLaneNetwork? SeaLanes { get; init; }

    /// <summary>The ETA that it announces, with its year, and when it said so last; null where it announces none.</summary>
    public (long EtaAtMs, long SaidAtMs)? Announced { get; init; }
}

/// <summary>Time left by a lane.</summary>
/// <param name="LowMs">A tenth of its voyages are there by then, milliseconds from now.</param>
/// <param name="MidMs">Half of them.</param>
/// <param name="HighMs">Nine tenths.</param>
/// <param name="Name">The lane, as people call it.</param>
/// <param name="Voyages">Voyages that the times come from.</param>
internal readonly record struct LaneTimeLeft(long LowMs, long MidMs, long HighMs, string Name, int Voyages);

/// <summary>When a ship will come into a port: 10, 50 and 90 %.</summary>
/// <param name="LowAtMs">Before this with a chance of 10 %.</param>
/// <param name="EtaAtMs">Before this with a chance of 50 %.</param>
/// <param name="HighAtMs">Before this with a chance of 90 %.</param>
/// <param name="By">One of <see cref="ArrivalBy"/>.</param>
/// <param name="Why">Why that way, in words.</param>
/// <param name="DistanceDecimetres">The way left as that way measures it, 0.1 m; null by a lane.</param>
internal sealed record ArrivalEstimate(long LowAtMs, long EtaAtMs, long HighAtMs, string By, string Why, long? DistanceDecimetres);

/// <summary>By what a time of arrival is estimated. The words stand in lines: never rename.</summary>
internal static class ArrivalBy
{
    public const string Lane = "lane";
    public const string OwnVoyages = "own-voyages";
    public const string Announced = "announced";
    public const string Distance = "distance";
}
