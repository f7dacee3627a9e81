namespace MaritimeWatch.Reference.Learning;

/// <summary>When stays make a stopping place.</summary>
public sealed record LearningOptions
{
    /// <summary>The usual values.</summary>
    public static LearningOptions Default { get; } = new();

    /// <summary>Different vessels that must have stayed, at least 1; default 3.</summary>
    public int VesselsMin { get; init; } = 3;

    /// <summary>Shorter stays do not count; default 1 hour.</summary>
    public TimeSpan StayMin { get; init; } = TimeSpan.FromHours(1);

    /// <summary>A stay with a smaller swing is taken for moored; default 40 m.</summary>
    public double MooredRadiusMetres { get; init; } = 40;

    /// <summary>Who reports "moored" may move this much (long hull, antenna, tide); default 100 m.</summary>
    public double ReportedMooredRadiusMetres { get; init; } = 100;

    /// <summary>Who swings more than this does not stay; default 1,000 m.</summary>
    public double SwingRadiusMetres { get; init; } = 1_000;

    /// <summary>Stays within this distance of a berth's busiest spot are that berth; default 250 m, at most 10,000.</summary>
    public double BerthReachMetres { get; init; } = 250;

    /// <summary>Stays within this distance of an anchorage's busiest spot are that anchorage; default 1,500 m, at most 10,000.</summary>
    public double AnchorageReachMetres { get; init; } = 1_500;

    /// <summary>The port of a place is the nearest one within this; default 20 km, which is also the most.</summary>
    public double PortReachMetres { get; init; } = 20_000;
}
