using MaritimeWatch.Terms;
using MaritimeWatch.Tracks;

namespace MaritimeWatch.Findings.Motion;

/// <summary>
/// A rule that holds for a stretch of a hull's reports: opens a finding per profile when the stretch is long enough, lets
/// it grow, and closes it with the stretch or with silence. Late reports that contradict it cut it short or retract it.
/// </summary>
internal abstract class StretchDetector(WatchState state, FindingDesk desk)
{
    // Scratch A and C: the rule's own numbers; B: time of the last report for which it held.
    private const int PlacesMax = 32;

    protected WatchState State { get; } = state;

    protected FindingDesk Desk { get; } = desk;

    protected abstract FindingKind Kind { get; }

    protected virtual string? Object => null;

    /// <summary>A beat: a stretch that nothing has continued for the rule's silence has ended.</summary>
    public void OnBeat(int slot, Finding finding, long nowMs)
    {
        if (IsOpen(finding) && nowMs >= finding.ScratchB + SilenceMs(finding))
        {
            Close(slot, finding);
        }
    }

    /// <summary>When silence may end a finding.</summary>
    public long NextDue(Finding finding) => IsOpen(finding) ? finding.ScratchB + SilenceMs(finding) : long.MaxValue;

    /// <summary>A report came late: it may show that the rule did not hold all the time.</summary>
    public void OnLate(int slot, Finding finding, in StoredReport late)
    {
        if (finding.Kind != Kind || !IsMine(finding) || finding.Life == FindingLife.Retracted
            || late.EventAtMs <= finding.StartAtMs || late.EventAtMs >= finding.ScratchB || Contradiction(finding, in late) is not { } shown)
        {
            return;
        }

        var before = late.EventAtMs - finding.StartAtMs;
        var after = finding.ScratchB - late.EventAtMs;
        Desk.Witness(finding, in late);
        var because = $"a report of {Instants.ToText(late.EventAtMs)} that came late shows {shown}";
        if (Math.Max(before, after) < LeastMs(finding))
        {
            Desk.Retract(slot, finding, $"{because}, which leaves too little of it");
            return;
        }

        finding.Because = because;
        if (after >= before)
        {
            finding.StartAtMs = late.EventAtMs;
            finding.Places[0] = late.Position;
            Describe(slot, finding, finding.ScratchB);
            Desk.Revise(slot, finding);
        }
        else
        {
            finding.ScratchB = late.EventAtMs;
            Close(slot, finding);
        }
    }

    /// <summary>The stretch of a hull that this rule keeps.</summary>
    public abstract ref Stretch StretchOf(ref Suspect suspect);

    /// <summary>A late report contradicts a stretch that is not told of yet: it begins anew.</summary>
    public void OnLate(ref Suspect suspect, in StoredReport late)
    {
        ref var stretch = ref StretchOf(ref suspect);
        if (stretch.IsOn && late.EventAtMs > stretch.First.EventAtMs && late.EventAtMs < stretch.LastAtMs
            && Contradiction(null, in late) is not null)
        {
            stretch = default;
        }
    }

    /// <summary>Words for what a late report shows to the contrary; null where it agrees.</summary>
    protected abstract string? Contradiction(Finding? finding, in StoredReport late);

    /// <summary>Silence that ends it, milliseconds.</summary>
    protected abstract long SilenceMs(Finding finding);

    /// <summary>The shortest stretch that is a finding, milliseconds.</summary>
    protected abstract long LeastMs(Finding finding);

    /// <summary>Measure, reason and what would clear it, as it stands until a time.</summary>
    protected abstract void Describe(int slot, Finding finding, long untilMs);

    /// <summary>Opens the finding of a profile, or lets it grow.</summary>
    protected void Tell(int slot, in HullState hull, int profile, in Stretch stretch, in StoredReport report, Severity severity, long a, long c)
    {
        var finding = State.Book.OpenOf(slot, Kind, profile, hull.Number, Object);
        var isNew = finding is null;
        if (finding is null)
        {
            finding = Desk.Open(slot, Kind, profile, hull.Number, Object, stretch.First.EventAtMs);
            finding.Places.Add(stretch.First.Position);
            Desk.Witness(finding, in stretch.First);
        }

        finding.ScratchA = a;
        finding.ScratchB = stretch.LastAtMs;
        finding.ScratchC = c;
        var was = finding.Severity;
        finding.Severity = isNew || severity > was ? severity : was;
        var said = finding.MeasureSaid;
        Describe(slot, finding, stretch.LastAtMs);
        if (isNew || finding.Severity != was || finding.Measure[0].Value >= 2 * Math.Max(1, said))
        {
            if (report.EventAtMs != stretch.First.EventAtMs)
            {
                Desk.Witness(finding, in report);
                AddPlace(finding, report.Position);
            }

            Desk.Revise(slot, finding);
        }

        if (isNew)
        {
            State.Due(slot, finding.ScratchB + SilenceMs(finding));
        }

        State.Changed.Add(slot);
    }

    /// <summary>What was told of goes on, and there is nothing new to say.</summary>
    protected void GoOn(int slot, in HullState hull, long atMs, long? a)
    {
        for (var profile = 0; profile < State.Profiles.Length; profile++)
        {
            if (State.Book.OpenOf(slot, Kind, profile, hull.Number, Object) is { } finding)
            {
                finding.ScratchA = a ?? finding.ScratchA;
                finding.ScratchB = atMs;
            }
        }
    }

    /// <summary>The stretch of a hull is over: closes what was told of it.</summary>
    protected void End(int slot, in HullState hull, ref Stretch stretch)
    {
        stretch = default;
        if (State.Table.Vessels[slot].FirstFinding == 0)
        {
            return;
        }

        foreach (var finding in State.Book.Of(slot))
        {
            if (IsOpen(finding) && finding.Hull == hull.Number)
            {
                AddPlace(finding, hull.Last.Position);
                Close(slot, finding);
            }
        }
    }

    protected static void AddPlace(Finding finding, Position place)
    {
        if (finding.Places[^1] != place && finding.Places.Count < PlacesMax)
        {
            finding.Places.Add(place);
        }
    }

    protected bool IsMine(Finding finding) => finding.Kind == Kind && finding.Object == Object;

    private bool IsOpen(Finding finding) => finding.Life == FindingLife.Open && IsMine(finding);

    private void Close(int slot, Finding finding)
    {
        Describe(slot, finding, finding.ScratchB);
        Desk.Close(slot, finding, finding.ScratchB);
    }
}
