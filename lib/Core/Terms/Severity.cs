namespace MaritimeWatch.Terms;

/// <summary>How much a finding asks for a person's eye; an alarm is medium or high.</summary>
public enum Severity
{
    /// <summary>Worth keeping, not worth interrupting anybody.</summary>
    Info,

    /// <summary>Slightly unusual.</summary>
    Low,

    /// <summary>Unusual: an alarm.</summary>
    Medium,

    /// <summary>Very unusual or unlawful on its face: an alarm.</summary>
    High,
}
