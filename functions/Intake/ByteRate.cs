namespace MaritimeWatch.Functions.Intake;

/// <summary>Holds one connection to an average rate by making it wait: a bucket that holds one second's worth.</summary>
/// <param name="bytesPerSecond">The average, at least 1.</param>
/// <param name="time">The clock.</param>
public sealed class ByteRate(int bytesPerSecond, TimeProvider time)
{
    private double room = bytesPerSecond;
    private long lastTicks = time.GetTimestamp();

    /// <summary>Counts what was received; waits when it was more than the rate allows.</summary>
    public Task TakeAsync(int bytes, CancellationToken cancel)
    {
        var now = time.GetTimestamp();
        room = Math.Min(bytesPerSecond, room + (time.GetElapsedTime(lastTicks, now).TotalSeconds * bytesPerSecond));
        lastTicks = now;
        room -= bytes;
        return room >= 0 ? Task.CompletedTask : Task.Delay(TimeSpan.FromSeconds(-room / bytesPerSecond), time, cancel);
    }
}
