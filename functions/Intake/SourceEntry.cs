namespace MaritimeWatch.Functions.Intake;

/// <summary>The running counts of one source; written by its door, read by anybody.</summary>
public sealed class SourceEntry
{
    private readonly string door;
    private readonly TimeSpan? silentAfter;
    private readonly TimeProvider time;
    private readonly long openedAtMs;
    private long lastHeardAtMs;
    private long lines;
    private long refused;
    private long bytes;
    private long shed;
    private int connections;

    internal SourceEntry(string door, TimeSpan? silentAfter, TimeProvider time)
    {
        this.door = door;
        this.silentAfter = silentAfter;
        this.time = time;
        openedAtMs = time.GetUtcNow().ToUnixTimeMilliseconds();
    }

    /// <summary>Bytes came.</summary>
    public void OnBytes(long count)
    {
        Interlocked.Add(ref bytes, count);
        Interlocked.Exchange(ref lastHeardAtMs, time.GetUtcNow().ToUnixTimeMilliseconds());
        IntakeMeters.Bytes.Add(count, new KeyValuePair<string, object?>("door", door));
    }

    /// <summary>Whole lines came.</summary>
    public void OnLines(long count)
    {
        Interlocked.Add(ref lines, count);
        IntakeMeters.Lines.Add(count, new KeyValuePair<string, object?>("door", door));
    }

    /// <summary>Lines were refused.</summary>
    public void OnRefused(long count)
    {
        if (count > 0)
        {
            Interlocked.Add(ref refused, count); // The meter counts them by fault, where they are decoded.
        }
    }

    /// <summary>A blob was landed.</summary>
    public void OnLanded() => IntakeMeters.Landed.Add(1, new KeyValuePair<string, object?>("door", door));

    /// <summary>Something was turned away.</summary>
    /// <param name="reason">One of <see cref="ShedReasons"/>.</param>
    public void OnShed(string reason)
    {
        Interlocked.Increment(ref shed);
        IntakeMeters.OnShed(door, reason);
    }

    /// <summary>A connection was made (+1) or ended (-1).</summary>
    public void OnConnection(int change) => Interlocked.Add(ref connections, change);

    internal SourceStatus ToStatus(string source)
    {
        var heardAtMs = Interlocked.Read(ref lastHeardAtMs);
        var sinceMs = heardAtMs == 0 ? openedAtMs : heardAtMs;
        var silent = silentAfter is { } limit
            && time.GetUtcNow().ToUnixTimeMilliseconds() - sinceMs >= limit.TotalMilliseconds;
        bool? connected = door.StartsWith("tcp", StringComparison.Ordinal) ? Volatile.Read(ref connections) > 0 : null;
        return new SourceStatus(
            source,
            door,
            connected,
            heardAtMs == 0 ? null : DateTimeOffset.FromUnixTimeMilliseconds(heardAtMs),
            silent ? DateTimeOffset.FromUnixTimeMilliseconds(sinceMs) : null,
            silentAfter is not null && (silent || connected == false),
            Interlocked.Read(ref lines),
            Interlocked.Read(ref refused),
            Interlocked.Read(ref bytes),
            Interlocked.Read(ref shed));
    }
}
