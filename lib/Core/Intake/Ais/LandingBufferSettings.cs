namespace MaritimeWatch.Intake.Ais;

/// <summary>How the bytes of one live source are cut into blobs.</summary>
public sealed record LandingBufferSettings
{
    /// <summary>Prompt: a blob is at most 100 ms old when it is landed.</summary>
    public static LandingBufferSettings Prompt { get; } = new();

    /// <summary>Thrift: few and large blobs, at most 60 s old. What a door that dies had not landed is lost, so at most as much.</summary>
    public static LandingBufferSettings Thrift { get; } = new()
    {
        MaxAge = TimeSpan.FromSeconds(60),
        MaxBytes = 4 << 20,
    };

    /// <summary>The longest that a whole line waits for its blob; 1 ms to 5 minutes; default 100 ms.</summary>
    public TimeSpan MaxAge { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>The largest blob in bytes; at least twice <see cref="MaxLineBytes"/>; default 1 MiB.</summary>
    public int MaxBytes { get; init; } = 1 << 20;

    /// <summary>
    /// How long the other parts of a message are waited for; default 500 ms. Receivers send the parts of a message
    /// back to back, so parts that come later than this have been lost.
    /// </summary>
    public TimeSpan PartWait { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>A line longer than this, in bytes, is cut off here and refused by the reader; default 8,192.</summary>
    public int MaxLineBytes { get; init; } = 8192;

    /// <summary>
    /// Two lines of a blob whose receipt differs by less share one received_at; default 100 ms. It bounds the marks
    /// of a blob.
    /// </summary>
    public TimeSpan MarkStep { get; init; } = TimeSpan.FromMilliseconds(100);
}
