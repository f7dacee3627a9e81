namespace MaritimeWatch.Alerts;

/// <summary>
/// How far time has come for the stage: by ticks and by what was observed, never by what somebody declared. A jump of
/// more than ten days is believed only when a second observation agrees, so that one wrong clock does not close every
/// alert.
/// </summary>
internal sealed class StageClock
{
    private const long JumpMaxMs = 10 * 24 * 3_600_000L;

    /// <summary>Milliseconds since 1970 UTC; <see cref="long.MinValue"/> before anything was observed.</summary>
    public long NowMs { get; private set; } = long.MinValue;

    /// <summary>A time far ahead that one observation gave; <see cref="long.MinValue"/> for none.</summary>
    public long AheadAtMs { get; private set; } = long.MinValue;

    /// <summary>Something was observed, or the clock ticked.</summary>
    public void Observe(long atMs)
    {
        if (NowMs == long.MinValue || atMs - NowMs <= JumpMaxMs)
        {
            NowMs = Math.Max(NowMs, atMs);
        }
        else if (AheadAtMs != long.MinValue && Math.Abs(atMs - AheadAtMs) <= JumpMaxMs)
        {
            (NowMs, AheadAtMs) = (Math.Max(atMs, AheadAtMs), long.MinValue);
        }
        else
        {
            AheadAtMs = atMs;
        }
    }

    /// <summary>A time that somebody gives, or now where it is too far ahead to be believed.</summary>
    public long Believe(long atMs) => NowMs != long.MinValue && atMs - NowMs > JumpMaxMs ? NowMs : atMs;

    /// <summary>Takes the state back.</summary>
    public void Restore(long nowMs, long aheadAtMs) => (NowMs, AheadAtMs) = (nowMs, aheadAtMs);
}
