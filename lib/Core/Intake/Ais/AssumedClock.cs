using MaritimeWatch.Terms;

namespace MaritimeWatch.Intake.Ais;

/// <summary>
/// The time of untimed lines in a replay: it starts where it is told and is moved on, never back, by the UTC that
/// base stations send.
/// </summary>
internal sealed class AssumedClock(long startAtMs)
{
    // Some base stations are hours or years out. The first may be as much as a day ahead of the start, which is often
    // only a date; after that a step of more than ten minutes needs a second report that agrees with it.
    private const long FirstStepMsMax = 24 * 3_600_000L;
    private const long StepMsMax = 600_000;

    private long _doubtfulAtMs = Instants.None;
    private bool _wasMoved;

    /// <summary>The time now, milliseconds since 1970 UTC.</summary>
    public long NowMs { get; private set; } = startAtMs;

    /// <summary>Takes a base station's time.</summary>
    public void Hear(long baseAtMs)
    {
        var step = baseAtMs - NowMs;
        if (baseAtMs == Instants.None || step < 0 || step > FirstStepMsMax)
        {
            return;
        }

        var agrees = _doubtfulAtMs != Instants.None && Math.Abs(baseAtMs - _doubtfulAtMs) <= StepMsMax;
        if (step <= StepMsMax || !_wasMoved || agrees)
        {
            NowMs = baseAtMs;
            _wasMoved = true;
            _doubtfulAtMs = Instants.None;
        }
        else
        {
            _doubtfulAtMs = baseAtMs;
        }
    }
}
