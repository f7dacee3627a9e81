using MaritimeWatch.Intake.Imagery;

namespace MaritimeWatch.Findings.DarkShip;

/// <summary>Where a moving ship is drawn beside its place, in metres east and north, and how surely that is known.</summary>
/// <param name="East">Metres east.</param>
/// <param name="North">Metres north.</param>
/// <param name="Along">Direction along which it is unsure, degrees true.</param>
/// <param name="SigmaMetres">Standard deviation along that direction.</param>
/// <param name="Share">How likely this is among the shifts of one ship, 0 to 1.</param>
internal readonly record struct AzimuthShift(double East, double North, double Along, double SigmaMetres, double Share)
{
    // Sentinel-1: 850 km at 7.5 km/s; other radars in low orbits 70 to 140 s. Swaths lie at 20 to 50 degrees.
    private const double UsualSeconds = 113;
    private const double UsualIncidence = 38;
    private const double UnknownRangeShare = 0.15;
    private const double KnownShare = 0.05;
    private const double UnknownIncidenceShare = 0.13;

    // Orbits that cross the equator at 98 degrees: the flight is 10 degrees off the meridian, more towards the poles.
    private const double UnknownHeadingShare = 0.2;
    private const double RightLooking = 0.9;

    // Across a swath of 250 km the incidence grows by 16 degrees (orbits of 700 km): by so much a kilometre from the middle.
    private const double IncidencePerKilometre = 0.062;
    private const double IncidenceMin = 15;
    private const double IncidenceMax = 65;

    /// <summary>The shifts that are possible for one motion.</summary>
    /// <param name="sensor">What took the scene; only a radar shifts.</param>
    /// <param name="radar">What is known of it.</param>
    /// <param name="metresPerSecond">The ship's speed.</param>
    /// <param name="courseDegrees">Its course.</param>
    /// <param name="eastMetres">Where it is, off the middle of the scene: metres east.</param>
    /// <param name="northMetres">Metres north.</param>
    public static AzimuthShift[] Of(
        SceneSensor sensor, SceneRadar? radar, double metresPerSecond, double courseDegrees, double eastMetres, double northMetres)
    {
        if (sensor != SceneSensor.Sar || metresPerSecond <= 0 || radar?.RangeOverSpeedS == 0)
        {
            return [new AzimuthShift(0, 0, 0, 0, 1)];
        }

        var middle = (double)(radar?.IncidenceDegrees ?? UsualIncidence);
        var incidence = radar is { IncidenceDegrees: not null, HeadingDegrees: { } flight, IsLookingLeft: { } left }
            ? Math.Clamp(middle + (IncidencePerKilometre * Across(flight + (left ? -90 : 90), eastMetres, northMetres) / 1000), IncidenceMin, IncidenceMax)
            : middle;
        var seconds = (radar?.RangeOverSpeedS ?? UsualSeconds) * Cos(middle) / Cos(incidence);
        var sine = Math.Sin(incidence * Math.PI / 180);
        var relative = Hypot(
            radar?.RangeOverSpeedS is null ? UnknownRangeShare : KnownShare,
            radar?.IncidenceDegrees is null ? UnknownIncidenceShare : KnownShare);
        // Flying north and looking right, and flying south and looking right, draw a ship on one and the same side.
        var heading = radar?.HeadingDegrees ?? 0;
        var isUnsure = radar?.HeadingDegrees is null ? UnknownHeadingShare * metresPerSecond * sine * seconds : 0;
        AzimuthShift Looking(bool isLeft, double share)
        {
            var look = heading + (isLeft ? -90 : 90);
            var approach = -metresPerSecond * Cos(courseDegrees - look) * sine;
            var metres = approach * seconds;
            return new AzimuthShift(
                metres * Math.Sin(heading * Math.PI / 180), metres * Math.Cos(heading * Math.PI / 180), heading,
                Hypot(metres * relative, isUnsure), share);
        }

        return radar?.IsLookingLeft is { } side
            ? [Looking(side, 1)]
            : [Looking(false, RightLooking), Looking(true, 1 - RightLooking)];
    }

    private static double Across(double look, double east, double north) => (east * Math.Sin(look * Math.PI / 180)) + (north * Cos(look));

    private static double Cos(double degrees) => Math.Cos(degrees * Math.PI / 180);

    private static double Hypot(double a, double b) => Math.Sqrt((a * a) + (b * b));
}
