using System.Text.Json.Serialization;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Findings.DarkShip;

/// <summary>
/// One way in which a vessel may have gone on since it was heard, and where that leads at the scene's time: sure across its
/// course, less so along it.
/// </summary>
/// <param name="Milli">How likely it is among the vessel's ways, thousandths.</param>
/// <param name="Lat">Where it leads: latitude, 1e-7 degree.</param>
/// <param name="Lon">Its longitude, 1e-7 degree.</param>
/// <param name="CourseDegrees">Course over ground, degrees true, 0 to 359; null where it may be any: then both deviations are one.</param>
/// <param name="SpeedDeciKnots">Speed over ground, 0.1 knot.</param>
/// <param name="AlongM">Standard deviation along the course, metres.</param>
/// <param name="AcrossM">Standard deviation across it, metres.</param>
public sealed record CandidateWay(int Milli, int Lat, int Lon, int? CourseDegrees, int SpeedDeciKnots, int AlongM, int AcrossM)
{
    /// <summary>Where it leads.</summary>
    [JsonIgnore]
    public Position Where => new(Lat, Lon);
}

/// <summary>The ways of a vessel, the likeliest kinds first; those that are as good as impossible are null.</summary>
/// <param name="Steady">It went on as it was.</param>
/// <param name="Turned">It has turned or changed its speed a little; or, between two reports, it changed before the scene's time.</param>
/// <param name="Later">Between two reports: it changed after the scene's time.</param>
/// <param name="Changed">It has changed much, or more than once.</param>
public sealed record CandidateWays(CandidateWay? Steady, CandidateWay? Turned, CandidateWay? Later, CandidateWay? Changed)
{
    /// <summary>Those that there are.</summary>
    [JsonIgnore]
    public IEnumerable<CandidateWay> All => new[] { Steady, Turned, Later, Changed }.OfType<CandidateWay>();
}
