namespace MaritimeWatch.Intake.Imagery;

/// <summary>
/// How a radar looked at the middle of its scene. A radar places an echo by its Doppler shift, so a ship that moves towards
/// it or away appears shifted along the flight path (the train beside its track): by range over platform speed times the
/// speed along the line of sight. Sources: Raney, "Synthetic aperture imaging radar and moving targets", IEEE AES-7, 1971;
/// Vachon, Campbell, Bjerkelund, Dobson and Rey, "Ship detection by the RADARSAT SAR", CJRS 23, 1997.
/// </summary>
/// <param name="SlantRangeOverSpeedMs">
/// Slant range to the middle of the scene divided by the platform's speed, milliseconds, 1,000 to 1,000,000; Sentinel-1 IW:
/// about 105,000 (near) to 127,000 (far).
/// </param>
/// <param name="LookMillidegrees">Where the radar looks, on the ground, thousandths of a degree true, 0 to 359,999.</param>
/// <param name="IncidenceMillidegrees">Between the line of sight and the vertical at the sea, thousandths of a degree, 1 to 89,999.</param>
/// <param name="FlightMillidegrees">Where the platform flies, on the ground, thousandths of a degree true, 0 to 359,999.</param>
public sealed record RadarGeometry(int SlantRangeOverSpeedMs, int LookMillidegrees, int IncidenceMillidegrees, int FlightMillidegrees)
{
    /// <summary>How far an echo of a moving ship appears from the ship, metres along the flight path (negative: behind).</summary>
    /// <param name="speedMetresPerSecond">The ship's speed over ground.</param>
    /// <param name="courseDegrees">Its course over ground, degrees true.</param>
    /// <remarks>Whoever moves away from the radar appears behind: the sign is that of a positive Doppler shift moving an echo ahead.</remarks>
    public double AzimuthShiftMetres(double speedMetresPerSecond, double courseDegrees)
    {
        var off = (courseDegrees - (LookMillidegrees / 1000.0)) * Math.PI / 180;
        var away = speedMetresPerSecond * Math.Cos(off) * Math.Sin(IncidenceMillidegrees / 1000.0 * Math.PI / 180);
        return -(SlantRangeOverSpeedMs / 1000.0) * away;
    }
}
