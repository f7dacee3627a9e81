using MaritimeWatch.Log;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Findings;

/// <summary>
/// A finding as the fold holds it while it is open or not settled. What readers get is <see cref="FindingJson"/>.
/// </summary>
internal sealed class Finding
{
    public required string Id { get; init; }

    public required FindingKind Kind { get; init; }

    /// <summary>Which of the fold's profiles, by its place in the options.</summary>
    public required int Profile { get; init; }

    public required VesselId Vessel { get; init; }

    /// <summary>Which of the rules of its kind, where a kind has several: 0 is the first.</summary>
    public byte Variant { get; init; }

    /// <summary>Hull number, or 0 where it is about all hulls of the vessel.</summary>
    public required int Hull { get; init; }

    public required string? Object { get; init; }

    public string? ObjectName { get; set; }

    /// <summary>Where it was first triggered.</summary>
    public required Trigger Trigger { get; init; }

    /// <summary>Reference versions in force when it was opened, as JSON.</summary>
    public required string Reference { get; init; }

    public int Revision { get; set; }

    /// <summary>When the latest revision could be said; never before the one before it.</summary>
    public long KnownAtMs { get; set; } = long.MinValue;

    public FindingLife Life { get; set; }

    public bool IsSettled { get; set; }

    public Severity Severity { get; set; }

    public long StartAtMs { get; set; }

    public long? EndAtMs { get; set; }

    public string Reason { get; set; } = string.Empty;

    /// <summary>Why it was amended or retracted by what came later, or null.</summary>
    public string? Because { get; set; }

    /// <summary>What was measured; the first is the one that counts.</summary>
    public IReadOnlyList<Figure> Measure { get; set; } = [];

    /// <summary>The first measure as it stood in the last revision: a doubling is worth a new one.</summary>
    public long MeasureSaid { get; set; }

    /// <summary>The smallest change that would have cleared it.</summary>
    public Figure ClearsIf { get; set; }

    public string ClearsIfText { get; set; } = string.Empty;

    public Evidence Evidence { get; } = new();

    /// <summary>Where it happened: one place, or a line.</summary>
    public List<Position> Places { get; } = [];

    /// <summary>Numbers that only its detector understands.</summary>
    public long ScratchA { get; set; }

    public long ScratchB { get; set; }

    public long ScratchC { get; set; }

    public string Subject => Vessel.Subject;
}

/// <summary>The record that first triggered a finding.</summary>
/// <param name="Group">The group, from 0.</param>
/// <param name="Entry">The inbox entry, from 1.</param>
/// <param name="Record">The record in it, from 0.</param>
/// <param name="Stage">Whose inbox it is, one of <see cref="StageNames"/>.</param>
public readonly record struct Trigger(int Group, long Entry, long Record, string Stage = StageNames.Watch);
