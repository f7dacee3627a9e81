using MaritimeWatch.Intake.Imagery;

namespace MaritimeWatch.Findings.DarkShip;

/// <summary>
/// How a radar displaces what moves. A ship that moves towards the radar with v metres a second is drawn v * R / V further on
/// along the flight (R the slant range, V the platform's speed): Sentinel-1 about 113 s times v, so 400 m at 12 knots.
/// Raney, "Synthetic aperture imaging radar and moving targets", IEEE Trans. AES 7, 1971. What is not known is null: the
/// displacement is then taken for a satellite on a polar orbit that looks to the right, and is less sure.
/// </summary>
/// <param name="HeadingDegrees">Direction of flight over ground, degrees true, 0 to 359; null where nobody says.</param>
/// <param name="IsLookingLeft">It looks to the left of its flight; null where nobody says.</param>
/// <param name="IncidenceDegrees">Angle of incidence in the middle of the scene, degrees, 15 to 75; null where nobody says.</param>
/// <param name="RangeOverSpeedS">Slant range over platform speed, seconds, 0 to 300; 0 says that it is corrected; null where nobody says.</param>
public sealed record SceneRadar(int? HeadingDegrees, bool? IsLookingLeft, int? IncidenceDegrees, int? RangeOverSpeedS)
{
    private const int WholeTurn = 360_000;

    /// <summary>What a scene's file says of its radar, or null.</summary>
    /// <param name="geometry">The geometry in the middle of the scene.</param>
    public static SceneRadar? Of(RadarGeometry? geometry) => geometry is null ? null : new SceneRadar(
        (int)Math.Round(geometry.FlightMillidegrees / 1000.0) % 360,
        (geometry.LookMillidegrees - geometry.FlightMillidegrees + (2 * WholeTurn)) % WholeTurn > WholeTurn / 2,
        (int)Math.Round(geometry.IncidenceMillidegrees / 1000.0),
        (int)Math.Round(geometry.SlantRangeOverSpeedMs / 1000.0));
}
