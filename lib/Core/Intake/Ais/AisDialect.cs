namespace MaritimeWatch.Intake.Ais;

/// <summary>The families of format that the reader tells apart by content.</summary>
public enum AisDialect : byte
{
    /// <summary>Nothing was recognised, or there was nothing.</summary>
    Unknown,

    /// <summary>NMEA 0183 sentences, one a line, with or without TAG blocks, wrapper lines and trailing fields.</summary>
    Nmea,

    /// <summary>Rows with a header that names time, vessel and position.</summary>
    Csv,

    /// <summary>One JSON object a line.</summary>
    Ndjson,
}
