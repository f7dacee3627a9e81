using System.Runtime.CompilerServices;

namespace MaritimeWatch.Tracks;

/// <summary>What the clock says of a report's time.</summary>
internal enum Timeliness
{
    /// <summary>In time: fold it now.</summary>
    InTime,

    /// <summary>Older than the watermark: it may only correct.</summary>
    Late,

    /// <summary>Too far ahead of everybody: hold it back until others agree.</summary>
    Ahead,
}

/// <summary>
/// Event time of a group. The frontier is the newest time that is believed; the watermark lies the lateness behind it.
/// Arrival order is kept: only reports that jump ahead by more than ten minutes wait. A jump is believed within two
/// minutes of received_at (live), or when three vessels agree within an hour, or all that were heard in the hour before
/// (if fewer), or when a vessel that was just heard goes on in the new time, or when the new time has gone on for an hour
/// and nobody has been heard in the old one since. What nobody confirms is refused. The clock of a door never moves it.
/// </summary>
internal sealed class EventClock(long latenessMs, int pendingMax)
{
    public const long JumpMs = 600_000;
    public const long ReceivedSlackMs = 120_000;
    public const long AgreeWithinMs = 3_600_000;
    public const long None = long.MinValue;
    private const int VesselsThatAgree = 3;

    private readonly (ulong Vessel, long AtMs)[] _recent = new (ulong, long)[VesselsThatAgree];
    private readonly PendingReports _pending = new(pendingMax);

    // The first claim of a later time since somebody was heard in time; None where there is none.
    private long _aheadSinceMs = None;

    /// <summary>The newest believed event time, or <see cref="None"/>.</summary>
    public long FrontierMs { get; private set; } = None;

    /// <summary>Nothing before this is in time any more, or <see cref="None"/>.</summary>
    public long WatermarkMs { get; private set; } = None;

    public PendingReports Pending => _pending;

    /// <summary>Judges a report's time, and moves on where it is believed.</summary>
    /// <param name="atMs">Event time.</param>
    /// <param name="vessel">Whose.</param>
    /// <param name="receivedAtMs">When it came in, live; <see cref="None"/> in a replay.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Timeliness Judge(long atMs, ulong vessel, long receivedAtMs)
    {
        if (atMs <= FrontierMs + JumpMs && FrontierMs != None)
        {
            if (atMs < WatermarkMs)
            {
                return Timeliness.Late;
            }

            Believe(atMs, vessel);
            _aheadSinceMs = None;
            return Timeliness.InTime;
        }

        return JudgeJump(atMs, vessel, receivedAtMs);
    }

    /// <summary>A held report whose time is believed by now, oldest first; call it until it says no.</summary>
    public bool TryRelease(out PendingReport report)
    {
        report = default;
        if (_pending.Count == 0 || _pending.First.Report.EventAtMs > FrontierMs + JumpMs)
        {
            return false;
        }

        report = _pending.TakeFirst();
        if (report.Report.EventAtMs >= WatermarkMs)
        {
            Believe(report.Report.EventAtMs, report.Vessel);
        }

        return true;
    }

    /// <summary>Looks whether the held reports agree on a later time by now, and moves there.</summary>
    public void Reconsider(long newestMs, ulong vessel)
    {
        _aheadSinceMs = _aheadSinceMs == None ? newestMs : Math.Min(_aheadSinceMs, newestMs);
        if (newestMs - _aheadSinceMs >= AgreeWithinMs && _pending.Count > VesselsThatAgree)
        {
            MoveTo(_pending.FirstWithin(_aheadSinceMs));
            _aheadSinceMs = None;
            return;
        }

        var anchor = _pending.FirstWithin(newestMs - AgreeWithinMs);
        if (_pending.VesselsWithin(anchor, AgreeWithinMs) >= VesselsThatAgree
            || AllRecentAgree(anchor)
            || GoesOn(vessel, anchor))
        {
            MoveTo(anchor);
        }
    }

    /// <summary>The end of a replay confirms what goes on in steps of at most an hour.</summary>
    public bool MoveOnAtEnd()
    {
        if (_pending.Count == 0 || _pending.First.Report.EventAtMs > FrontierMs + AgreeWithinMs)
        {
            return false;
        }

        MoveTo(_pending.First.Report.EventAtMs);
        return true;
    }

    /// <summary>Whether the time of something that other groups heard is believed; else it must not count as coverage.</summary>
    /// <param name="mark">The mark; one far ahead counts only with three vessels in it.</param>
    /// <param name="receivedAtMs">When it came in, live; <see cref="None"/> in a replay.</param>
    public bool Believes(in HeardMark mark, long receivedAtMs)
    {
        var isLive = receivedAtMs != None;
        if (isLive && mark.LastAtMs > Math.Max(receivedAtMs + ReceivedSlackMs, FrontierMs))
        {
            return false;
        }

        return FrontierMs == None
            || HeardMark.StartOf(mark.Bucket) <= FrontierMs + AgreeWithinMs
            || mark.Vessels >= VesselsThatAgree
            || (isLive && mark.LastAtMs >= receivedAtMs - ReceivedSlackMs);
    }

    /// <summary>
    /// Goes a step towards a believed time: no further than the oldest held report, so that those up to that time are
    /// folded before time passes them. Call it, and release, until it says that the time is reached.
    /// </summary>
    /// <param name="atMs">A believed time.</param>
    public bool Approach(long atMs)
    {
        var isHeld = _pending.Count > 0 && _pending.First.Report.EventAtMs < atMs;
        var next = isHeld ? _pending.First.Report.EventAtMs : atMs;
        MoveTo(FrontierMs == None ? next : Math.Max(FrontierMs, next));
        return !isHeld;
    }

    /// <summary>The end of a replay: nothing before the frontier will come.</summary>
    public void CloseUp() => WatermarkMs = FrontierMs;

    public void Clear()
    {
        FrontierMs = None;
        WatermarkMs = None;
        Array.Clear(_recent);
        _aheadSinceMs = None;
        _pending.Clear();
    }

    public void Save(StateWriter writer)
    {
        writer.Int64(FrontierMs);
        writer.Int64(WatermarkMs);
        writer.Int64(_aheadSinceMs);
        foreach (var (vessel, atMs) in _recent)
        {
            writer.UInt64(vessel);
            writer.Int64(atMs);
        }

        _pending.Save(writer);
    }

    public void Restore(ref StateReader reader)
    {
        FrontierMs = reader.Int64();
        WatermarkMs = reader.Int64();
        _aheadSinceMs = reader.Int64();
        for (var i = 0; i < _recent.Length; i++)
        {
            _recent[i] = (reader.UInt64(), reader.Int64());
        }

        _pending.Restore(ref reader);
    }

    private Timeliness JudgeJump(long atMs, ulong vessel, long receivedAtMs)
    {
        var isLive = receivedAtMs != None;
        if (FrontierMs == None)
        {
            MoveTo(isLive ? Math.Min(atMs, receivedAtMs) : atMs);
        }

        if (atMs > FrontierMs + JumpMs && !(isLive && Math.Abs(atMs - receivedAtMs) <= ReceivedSlackMs))
        {
            return Timeliness.Ahead;
        }

        Believe(atMs, vessel);
        return Timeliness.InTime;
    }

    private void Believe(long atMs, ulong vessel)
    {
        if (atMs > FrontierMs)
        {
            MoveTo(atMs);
        }

        // The last three vessels heard, the latest first.
        var i = 0;
        while (i < VesselsThatAgree - 1 && _recent[i].Vessel != vessel)
        {
            i++;
        }

        for (; i > 0; i--)
        {
            _recent[i] = _recent[i - 1];
        }

        _recent[0] = (vessel, atMs);
    }

    private void MoveTo(long atMs)
    {
        FrontierMs = atMs;
        WatermarkMs = Math.Max(WatermarkMs, atMs - latenessMs);
    }

    private bool AllRecentAgree(long anchor)
    {
        var since = FrontierMs - AgreeWithinMs;
        var asked = 0;
        foreach (var (vessel, atMs) in _recent)
        {
            if (vessel == 0 || atMs < since)
            {
                continue;
            }

            asked++;
            if (!_pending.HasWithin(vessel, anchor, AgreeWithinMs))
            {
                return false;
            }
        }

        return asked < VesselsThatAgree;
    }

    // A ship that was heard just before and sends on: the others have left. A wrong clock was never right before.
    private bool GoesOn(ulong vessel, long anchor) =>
        anchor <= FrontierMs + AgreeWithinMs
        && Array.Exists(_recent, recent => recent.Vessel == vessel && recent.AtMs >= FrontierMs - AgreeWithinMs)
        && _pending.CountOf(vessel) >= VesselsThatAgree;
}
