namespace MaritimeWatch.Intake.Anpr;

/// <summary>What a reader of plates must know beside the bytes.</summary>
public sealed record PlateReadOptions
{
    /// <summary>When the bytes were received, milliseconds since 1970 UTC; a read may not lie after it.</summary>
    public required long ReceivedAtMs { get; init; }

    /// <summary>What the sender said the bytes are, or null to look at the bytes.</summary>
    public string? ContentType { get; init; }

    /// <summary>The camera of reads that name none, or null.</summary>
    public string? Camera { get; init; }

    /// <summary>All of it is invented.</summary>
    public bool IsSimulated { get; init; }

    /// <summary>How far a camera's clock may be ahead of ours, milliseconds; default 5 minutes.</summary>
    public long AheadMsMax { get; init; } = 300_000;

    /// <summary>Largest body, as sent and unpacked, bytes; default 64 MiB.</summary>
    public int BodyBytesMax { get; init; } = 64 << 20;

    /// <summary>Longest line or row, bytes; default 64 KiB.</summary>
    public int LineBytesMax { get; init; } = 64 << 10;

    /// <summary>Most reads of one body; default 1,000,000.</summary>
    public int ReadsMax { get; init; } = 1_000_000;

    /// <summary>JSON nested deeper than this is refused; default 32.</summary>
    public int DepthMax { get; init; } = 32;
}
