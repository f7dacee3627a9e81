namespace MaritimeWatch.Functions.Intake;

/// <summary>Bounds of the doors for manifests and notices.</summary>
public sealed record DeclaredDoorOptions
{
    /// <summary>Largest body, as sent and unpacked, bytes; default 16 MiB.</summary>
    public int BodyBytesMax { get; init; } = 16 << 20;

    /// <summary>The store holds invented data.</summary>
    public bool IsSimulated { get; init; }
}
