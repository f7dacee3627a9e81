namespace MaritimeWatch.Scenario;

/// <summary>Who put a ship into the scenario: each troop has chance of its own, so that it leaves the others' bytes alone.</summary>
internal enum Troop : byte
{
    /// <summary>The traffic and its first players.</summary>
    Traffic,

    /// <summary>The story.</summary>
    Cast,

    /// <summary>Players of movement.</summary>
    Motion,

    /// <summary>Players of identity and company.</summary>
    Identity,
}
