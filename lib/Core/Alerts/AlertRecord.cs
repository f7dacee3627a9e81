using MaritimeWatch.Terms;

namespace MaritimeWatch.Alerts;

/// <summary>What the stage remembers of an alert; the rest follows from the call and its evidence.</summary>
internal sealed class AlertRecord
{
    public required string Id { get; init; }

    /// <summary>The call.</summary>
    public required string Subject { get; init; }

    public required long OpenedAtMs { get; init; }

    public int Revision { get; set; }

    public long UpdatedAtMs { get; set; }

    public AlertState State { get; set; }

    public Severity Severity { get; set; }

    public long? AcknowledgedAtMs { get; set; }

    /// <summary>The latest action: an older one changes nothing.</summary>
    public long ActedAtMs { get; set; }

    public AlertDecision? Decision { get; set; }

    public string? ClosedBecause { get; set; }

    /// <summary>Behaviours that an officer has seen: they do not call again.</summary>
    public SortedSet<string> KnownKinds { get; init; } = new(StringComparer.Ordinal);

    /// <summary>Findings that were reasons before.</summary>
    public SortedSet<string> SeenIds { get; init; } = new(StringComparer.Ordinal);

    /// <summary>A hash of what the last revision said.</summary>
    public string Said { get; set; } = string.Empty;
}

/// <summary>What was last said of a call's risk.</summary>
/// <param name="Subject">The call.</param>
/// <param name="Said">A hash of it.</param>
/// <param name="Lane">Its lane.</param>
internal sealed record AssessedCall(string Subject, string Said, Risk.RiskLane Lane);

/// <summary>What the stage has counted since it began.</summary>
public sealed record AlertCounts
{
    /// <summary>Lines of earlier stages that were taken.</summary>
    public long Lines { get; init; }

    /// <summary>Lines that could not be read, or lack what they must have.</summary>
    public long LinesRefused { get; init; }

    /// <summary>Entries of news that had been heard before.</summary>
    public long NewsRepeated { get; init; }

    /// <summary>Alerts that were opened.</summary>
    public long AlertsOpened { get; init; }

    /// <summary>Actions that changed an alert, and judgements that changed what holds of a finding.</summary>
    public long ActionsTaken { get; init; }

    /// <summary>Actions that had been done before.</summary>
    public long ActionsRepeated { get; init; }

    /// <summary>Actions on an alert that there is not.</summary>
    public long ActionsUnknown { get; init; }

    /// <summary>Actions that could not be read.</summary>
    public long ActionsRefused { get; init; }

    /// <summary>Remembered things that were forgotten because there were too many.</summary>
    public long Forgotten { get; init; }
}
