namespace MaritimeWatch.Intake.Ais;

/// <summary>What the reader must be told because the bytes do not say it. Data only.</summary>
public sealed record AisReadOptions
{
    /// <summary>Name of the source where the data name none (a TAG block's <c>s:</c> goes first).</summary>
    public string SourceName { get; init; } = "file";

    /// <summary>Source names seen so far; share one table between the files of a set so that indices agree.</summary>
    public SourceTable Sources { get; init; } = new();

    /// <summary>Goes into every report as it is.</summary>
    public ushort LandingIndex { get; init; }

    /// <summary>When the bytes arrived (live), milliseconds since 1970 UTC: the time of untimed lines; null in a replay.</summary>
    public long? ReceivedAtMs { get; init; }

    /// <summary>
    /// The time that untimed lines take (milliseconds since 1970 UTC), advanced only by base-station time; its date is
    /// the date of rows with a time of day only. Null: such lines are counted <c>no_time</c> and not sent.
    /// </summary>
    public long? StartAtMs { get; init; }

    /// <summary>The whole file is simulated. In NMEA a TAG source that begins with <c>SIM</c> says so per line.</summary>
    public bool Simulated { get; init; }

    /// <summary>The dialect where a door knows it; null recognises it from the first 64 KB.</summary>
    public AisDialect? Dialect { get; init; }
}
