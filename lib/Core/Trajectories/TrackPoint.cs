using MaritimeWatch.Terms;

namespace MaritimeWatch.Trajectories;

/// <summary>One report of a track, as far as motion needs it. A track is these in order of time.</summary>
/// <param name="AtMs">When, milliseconds since 1970 in UTC.</param>
/// <param name="Place">Where.</param>
/// <param name="SpeedKnots">Reported speed over ground, knots, 0 to 102.2; null where it was not reported.</param>
/// <param name="CourseDegrees">Reported course over ground, degrees true, 0 up to 360; null where it was not reported.</param>
public readonly record struct TrackPoint(long AtMs, Position Place, double? SpeedKnots, double? CourseDegrees);
