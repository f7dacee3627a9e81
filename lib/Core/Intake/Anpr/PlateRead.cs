using MaritimeWatch.Terms;

namespace MaritimeWatch.Intake.Anpr;

/// <summary>One plate seen by one camera. Holds the plate in clear: it lives between the landed bytes and the token.</summary>
/// <param name="AtMs">When, milliseconds since 1970 UTC.</param>
/// <param name="Camera">The camera's id, <c>[A-Za-z0-9._-]{1,64}</c>.</param>
/// <param name="Plate">The plate.</param>
/// <param name="ConfidencePermille">How sure the camera is, 0 to 1000; null where it does not say.</param>
/// <param name="Region">Country or state of the plate as the camera codes it, or null.</param>
/// <param name="Vehicle">Type of vehicle as the camera names it, lower case, or null.</param>
/// <param name="Direction">Which way it went as the camera says it (<c>in</c>, degrees...), or null.</param>
/// <param name="IsSimulated">It is invented.</param>
/// <param name="Offset">Where its bytes begin in the clear landed bytes.</param>
/// <param name="Length">How many bytes it came from.</param>
public sealed record PlateRead(
    long AtMs,
    string Camera,
    Plate Plate,
    int? ConfidencePermille,
    string? Region,
    string? Vehicle,
    string? Direction,
    bool IsSimulated,
    long Offset,
    int Length);

/// <summary>Why something at the door for plates was refused. Closed list.</summary>
public enum PlateFault
{
    /// <summary>The body is empty.</summary>
    Empty,

    /// <summary>The body, or what it unpacks to, is larger than the bound.</summary>
    TooLarge,

    /// <summary>It is none of the forms that are read.</summary>
    UnknownForm,

    /// <summary>A multipart body is damaged or cut short, or has no field <c>json</c>.</summary>
    BadForm,

    /// <summary>It is no JSON, or is cut short.</summary>
    BadJson,

    /// <summary>JSON nested deeper than 32.</summary>
    TooDeep,

    /// <summary>A JSON key appears twice.</summary>
    DuplicateKey,

    /// <summary>A line or row longer than the bound.</summary>
    LineTooLong,

    /// <summary>A row without as many fields as its header, or with an open quote.</summary>
    BadRow,

    /// <summary>More reads than the bound; what comes after is refused.</summary>
    TooMany,

    /// <summary>The plate is absent or is no plate.</summary>
    BadPlate,

    /// <summary>The time is absent, is no time, or lies in the future or before the year 2000.</summary>
    BadTime,

    /// <summary>The camera is absent or its name is longer than 64 characters.</summary>
    BadCamera,

    /// <summary>The confidence is no number from 0 to 1.</summary>
    BadConfidence,
}
