namespace MaritimeWatch.Intake.Ais;

/// <summary>The fields of one message type, or of one variant of it, behind the head that all types share.</summary>
public sealed record AisLayout
{
    /// <summary>1 to 27.</summary>
    public required int MessageType { get; init; }

    /// <summary>What the standard calls the message.</summary>
    public required string Title { get; init; }

    /// <summary>Which variant of the type this is; empty where there is one.</summary>
    public string Variant { get; init; } = string.Empty;

    /// <summary>The clause of ITU-R M.1371-5, annex 8.</summary>
    public required string Clause { get; init; }

    /// <summary>
    /// The lengths in bits that the message may have, rising; the shortest and the longest where a field runs to the end.
    /// </summary>
    public required IReadOnlyList<int> Lengths { get; init; }

    /// <summary>The fields, in the order of their bits.</summary>
    public required IReadOnlyList<AisField> Fields { get; init; }

    /// <summary>The fields that only other variants of the type have: never available here.</summary>
    public IReadOnlyList<AisField> Elsewhere { get; init; } = [];

    /// <summary>A field by its name.</summary>
    /// <exception cref="KeyNotFoundException">The layout has no such field.</exception>
    public AisField this[string name] =>
        Find(name) ?? throw new KeyNotFoundException($"type {MessageType} has no field {name}");

    /// <summary>A field by its name, or null.</summary>
    public AisField? Find(string name)
    {
        foreach (var field in Fields)
        {
            if (field.Name == name)
            {
                return field;
            }
        }

        return null;
    }
}
