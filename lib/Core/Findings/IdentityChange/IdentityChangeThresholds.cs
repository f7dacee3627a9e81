namespace MaritimeWatch.Findings.IdentityChange;

/// <summary>
/// When a change of identity is told. No standard defines it; that the IMO number stays with a hull for life is IMO
/// Resolution A.1117(30). Every value counts once it was said twice.
/// </summary>
public sealed record IdentityChangeThresholds
{
    /// <summary>A name that differs by no more than so many letters was mistyped; default 1 (ours).</summary>
    public int NameEdits { get; init; } = 1;

    /// <summary>Length or beam differs by at least this, metres; default 2 (ours: the parts are whole metres).</summary>
    public int SizeMetres { get; init; } = 2;

    /// <summary>... and by at least so many percent; default 5 (ours).</summary>
    public int SizePercent { get; init; } = 5;

    /// <summary>So many fields at sea make it an alarm; default 2 (ours: ships are renamed in port).</summary>
    public int AlarmFieldsAtSea { get; init; } = 2;

    /// <summary>As a finding names them.</summary>
    internal IReadOnlyList<Figure> Figures =>
    [
        new("name_letters_mistyped", NameEdits),
        new("size_m", SizeMetres),
        new("size_percent", SizePercent),
        new("alarm_fields_at_sea", AlarmFieldsAtSea),
    ];
}
