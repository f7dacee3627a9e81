using MaritimeWatch.Intake.Ais;

namespace MaritimeWatch.Functions.Intake;

/// <summary>Bounds and patience of the socket doors.</summary>
public sealed record SocketDoorSettings
{
    /// <summary>How the bytes are cut into blobs.</summary>
    public LandingBufferSettings Cutting { get; init; } = LandingBufferSettings.Prompt;

    /// <summary>A source silent for longer is shown as down and its connection is made anew; default 60 s.</summary>
    public TimeSpan SilentAfter { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a connection may take to be made; default 10 s.</summary>
    public TimeSpan ConnectWithin { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>First wait before a connection is tried again; doubles up to <see cref="RetryMax"/>; default 500 ms.</summary>
    public TimeSpan RetryFirst { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Longest wait before a connection is tried again; default 30 s.</summary>
    public TimeSpan RetryMax { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Connections that a listening door holds at once; default 64.</summary>
    public int ConnectionsMax { get; init; } = 64;

    /// <summary>Senders of datagrams that are kept apart at once; the quietest gives way; default 64.</summary>
    public int SendersMax { get; init; } = 64;

    /// <summary>Bytes a second that one connection may send on average before it is held back; default 32 MiB.</summary>
    public int BytesPerSecondMax { get; init; } = 32 << 20;

    /// <summary>Bytes without a line end after which a connection is closed as garbage; default 256 KiB.</summary>
    public int EndlessBytesMax { get; init; } = 256 << 10;

    /// <summary>Blobs of one source that wait to be landed; then senders are held back; default 8.</summary>
    public int BlobsWaitingMax { get; init; } = 8;
}
