namespace MaritimeWatch.Tracks;

/// <summary>How much a <see cref="ReplaySorter"/> may use.</summary>
public sealed record ReplaySorterOptions
{
    /// <summary>The least memory it can work with, bytes: 1 MiB.</summary>
    public const int MemoryBytesMin = 1 << 20;

    /// <summary>The folder for its temporary files; it makes one of its own inside and deletes that at the end.</summary>
    public required string TemporaryFolder { get; init; }

    /// <summary>Memory for records, bytes, 1 MiB to 1 GiB; default 256 MiB. More than fits goes to disk.</summary>
    public int MemoryBytes { get; init; } = 256 << 20;
}
