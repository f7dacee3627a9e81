using MaritimeWatch.Tracks;

namespace MaritimeWatch.Findings.Statics;

/// <summary>
/// The life of a change that is told once: it opens with the second statement of the new, may grow or be taken back for
/// three hours, and closes. Of two hulls on one number one may be heard alone for so long.
/// </summary>
internal sealed class ChangeFindings(WatchState state, FindingDesk desk, FindingKind kind)
{
    /// <summary>For so long a change may grow or be taken back, milliseconds.</summary>
    public const long HoldMs = 3 * 3_600_000;

    // Scratch A: when it was confirmed; B: until when it is held; C: the detector's own.

    /// <summary>The change that is still held, or null.</summary>
    public Finding? Held(int slot, int profile) => state.Book.OpenOf(slot, kind, profile, 0, null);

    /// <summary>A new one; fill it in and revise it.</summary>
    public Finding Open(int slot, int profile, long startAtMs, long confirmedAtMs)
    {
        var finding = desk.Open(slot, kind, profile, 0, null, startAtMs);
        Hold(slot, finding, confirmedAtMs);
        return finding;
    }

    /// <summary>Holds it for longer.</summary>
    public void Hold(int slot, Finding finding, long confirmedAtMs)
    {
        finding.ScratchA = confirmedAtMs;
        finding.ScratchB = Math.Max(confirmedAtMs, state.KnownAtMs == EventClock.None ? confirmedAtMs : state.KnownAtMs) + HoldMs;
        state.Due(slot, finding.ScratchB);
        state.Changed.Add(slot);
    }

    /// <summary>A beat: what was held for long enough stands.</summary>
    public void OnBeat(int slot, long nowMs)
    {
        foreach (var finding in state.Book.Of(slot))
        {
            if (IsHeld(finding) && nowMs >= finding.ScratchB)
            {
                desk.Close(slot, finding, finding.ScratchA);
            }
        }
    }

    public long NextDue(int slot)
    {
        var due = long.MaxValue;
        foreach (var finding in state.Book.Of(slot))
        {
            due = IsHeld(finding) ? Math.Min(due, finding.ScratchB) : due;
        }

        return due;
    }

    /// <summary>It was taken back: what is held, or not settled yet, was none. True where there was one.</summary>
    public bool Retract(int slot, string because)
    {
        var any = false;
        foreach (var finding in state.Book.Of(slot))
        {
            if (finding.Kind == kind && finding.Life != FindingLife.Retracted)
            {
                desk.Retract(slot, finding, because);
                any = true;
            }
        }

        return any;
    }

    /// <summary>A statement that came late says that a change began earlier.</summary>
    public void Antedate(int slot, long startAtMs, in Said late, string because)
    {
        foreach (var finding in state.Book.Of(slot))
        {
            if (finding.Kind == kind && finding.StartAtMs == startAtMs)
            {
                FindingDesk.Witness(finding, in late);
                finding.StartAtMs = late.AtMs;
                finding.Because = because;
                desk.Revise(slot, finding);
            }
        }
    }

    private bool IsHeld(Finding finding) => finding.Kind == kind && finding.Life == FindingLife.Open;
}
