using MaritimeWatch.Terms;

namespace MaritimeWatch.Intake.Ais;

/// <summary>
/// Where a station is and how it moves, as one message says (types 1-4, 9, 11, 18, 19, 21, 27). Null where not
/// available or where the type has no such field; values outside the legal range stay as they were sent.
/// </summary>
public readonly record struct AisMotion
{
    /// <summary>Navigation status 0 to 14; 15 (not defined) is null.</summary>
    public int? NavigationStatus { get; init; }

    /// <summary>ROT_AIS as sent, -127 to 127; -128 is null.</summary>
    public int? RateOfTurn { get; init; }

    /// <summary>Speed over ground, 0.1 knot; types 9 and 27 send whole knots.</summary>
    public int? SpeedDeciKnots { get; init; }

    /// <summary>True when better than 10 m.</summary>
    public bool PositionAccuracyHigh { get; init; }

    /// <summary>Longitude in 1e-7 degree as sent, -224 to 224 degrees; 181 is null.</summary>
    public long? LongitudeE7 { get; init; }

    /// <summary>Latitude in 1e-7 degree as sent, -112 to 112 degrees; 91 is null.</summary>
    public long? LatitudeE7 { get; init; }

    /// <summary>Course over ground, 0.1 degree true; 360 (511 in type 27) is null.</summary>
    public int? CourseDeciDegrees { get; init; }

    /// <summary>Heading, degrees true; 511 is null.</summary>
    public int? HeadingDegrees { get; init; }

    /// <summary>Second of UTC 0 to 59; 61 manual, 62 estimated, 63 inoperative; 60 is null.</summary>
    public int? UtcSecond { get; init; }

    /// <summary>1 not engaged, 2 engaged; 0 is null.</summary>
    public int? SpecialManoeuvre { get; init; }

    /// <summary>Receiver autonomous integrity monitoring in use.</summary>
    public bool Raim { get; init; }

    /// <summary>Communication state: 19 bits, in types 9 and 18 with the selector before it; null where it is cut off whole.</summary>
    public int? RadioStatus { get; init; }

    /// <summary>Altitude of an aircraft in metres; 4095 is null (type 9).</summary>
    public int? AltitudeM { get; init; }

    /// <summary>The position is a current one of GNSS (type 27; the bit on the air says the opposite).</summary>
    public bool Gnss { get; init; }

    /// <summary>Both coordinates are there (they may still be outside the world).</summary>
    public bool HasPosition => LongitudeE7 is not null && LatitudeE7 is not null;

    /// <summary>The position where both coordinates are there and inside the world.</summary>
    public Position? PositionOrNull =>
        LatitudeE7 is >= -900_000_000 and <= 900_000_000 && LongitudeE7 is >= -1_800_000_000 and <= 1_800_000_000
            ? new Position((int)LatitudeE7, (int)LongitudeE7)
            : null;
}
