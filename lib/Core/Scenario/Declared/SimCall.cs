namespace MaritimeWatch.Scenario;

/// <summary>A ship's call at a port as it truly was, with what its agent knows.</summary>
internal sealed record SimCall
{
    /// <summary>Number in the week, from 1.</summary>
    public required int Number { get; init; }

    public required Identity Identity { get; init; }

    public required string Port { get; init; }

    /// <summary>When it came to the port: at anchor, else two thirds of an hour before it was made fast.</summary>
    public required long ArrivedAtMs { get; init; }

    /// <summary>When it dropped anchor; null where it did not wait.</summary>
    public long? AnchoredAtMs { get; init; }

    public required long BerthedAtMs { get; init; }

    /// <summary>When it left the berth; <see cref="long.MaxValue"/> beyond all that was simulated.</summary>
    public required long LeftAtMs { get; init; }

    /// <summary>Where its cargo was loaded: its last call in these waters, or a port beyond the way that it came in by.</summary>
    public string? LoadedIn { get; init; }

    /// <summary>Its part in the story: 'f' the feeder's last call, 'd' the liner's detour, 'r' the revised ETA, else a blank.</summary>
    public char Part { get; init; } = ' ';

    /// <summary>The voyage number.</summary>
    public string Voyage => FormattableString.Invariant($"SIM{Number:D3}N");
}
