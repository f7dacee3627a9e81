namespace MaritimeWatch.Intake.Ais;

/// <summary>Why a line, row or report was refused. Closed list; in JSON the snake_case of the name.</summary>
public enum IntakeFault : byte
{
    /// <summary>The checksum is absent or does not match.</summary>
    ChecksumWrong,

    /// <summary>The line is not what its format says: fields missing, not a number, bad armour.</summary>
    Malformed,

    /// <summary>The line is longer than the limit.</summary>
    LineTooLong,

    /// <summary>Bytes that are no text.</summary>
    Binary,

    /// <summary>A part of a multi-part message whose other parts never came.</summary>
    PartMissing,

    /// <summary>The payload is shorter than its type needs.</summary>
    TooShort,

    /// <summary>An AIS payload whose type is not 1 to 27.</summary>
    TypeUnknown,

    /// <summary>The MMSI or local id is 0, absent or not a number.</summary>
    IdentityInvalid,

    /// <summary>A position outside the world that is not the "not available" value.</summary>
    PositionInvalid,

    /// <summary>A time that cannot be read, or before 1990 or after 2200.</summary>
    TimeInvalid,

    /// <summary>A time too far ahead of every other vessel, never confirmed by another.</summary>
    TimeAhead,

    /// <summary>The compressed stream ends early or is damaged.</summary>
    Truncated,

    /// <summary>No format was recognised.</summary>
    FormatUnknown,

    /// <summary>More than a stated bound: rows, fields, unpacked bytes.</summary>
    LimitExceeded,
}
