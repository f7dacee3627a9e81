using System.Globalization;
using MaritimeWatch.Findings.Gap;
using MaritimeWatch.Findings.Motion;
using MaritimeWatch.Geodesy;
using MaritimeWatch.Intake.Ais;
using MaritimeWatch.Terms;
using MaritimeWatch.Tracks;

namespace MaritimeWatch.Findings.SuddenStop;

/// <summary>
/// A ship that stops within seconds and stays stopped. Where reports are too far apart to see it, that is said once per
/// vessel, and it is no finding.
/// </summary>
internal sealed class SuddenStopDetector(WatchState state, FindingDesk desk) : StretchDetector(state, desk)
{
    // Of a stretch: A time of the last fast report; B speed before, 0.1 knot. Of a finding: A the way while held; C the speed.
    private readonly SuddenStopThresholds? _machine = Array.Find(state.Profiles, profile => profile.SuddenStop is not null)?.SuddenStop;

    public bool IsOn => _machine is not null;

    public int FromDeciKnots => _machine?.FromDeciKnots ?? int.MaxValue;

    public int ToDeciKnots => _machine?.ToDeciKnots ?? int.MinValue;

    protected override FindingKind Kind => FindingKind.SuddenStop;

    public override ref Stretch StretchOf(ref Suspect suspect) => ref suspect.Stop;

    /// <summary>A report that says it is stopped follows one that did not; is it to be watched?</summary>
    /// <param name="slot">The vessel.</param>
    /// <param name="hull">Its hull.</param>
    /// <param name="report">The report that says it is stopped.</param>
    /// <param name="madeDeciKnots">Speed made good over the last half minute or more before, 0.1 knot; -1 unknown.</param>
    public bool Begins(int slot, ref HullState hull, in StoredReport report, int madeDeciKnots)
    {
        // A single false speed of a ship that lies still is no way made.
        if (madeDeciKnots < _machine!.FromDeciKnots / 2)
        {
            return false;
        }

        var fastAtMs = hull.Last.SpeedDeciKnots > _machine.FromDeciKnots ? hull.Last.EventAtMs : hull.Motion.FastAtMs;
        var withinMs = report.EventAtMs - fastAtMs;
        if (fastAtMs == 0 || withinMs > _machine.MayHideMs)
        {
            return false;
        }

        if (withinMs <= _machine.WithinMs)
        {
            return true;
        }

        if (hull.Last.EventAtMs == fastAtMs && (hull.Motion.Flags & MotionFlags.StopNotObservable) == 0 && IsWorthSaying(slot, in hull, in report))
        {
            hull.Motion.Flags |= MotionFlags.StopNotObservable;
            State.Counts.StopsNotObservable++;
            NotObservableLine.Write(
                State, slot, FindingKind.SuddenStop, in hull.Last, report.EventAtMs,
                $"stopped between two reports {withinMs / 1000} s apart");
        }

        return false;
    }

    public void OnReport(int slot, in HullState hull, ref Suspect suspect, in StoredReport report)
    {
        ref var stretch = ref suspect.Stop;
        if (!stretch.IsOn)
        {
            var isFromLast = hull.Last.SpeedDeciKnots > _machine!.FromDeciKnots;
            stretch.Begin(in report);
            stretch.A = isFromLast ? hull.Last.EventAtMs : hull.Motion.FastAtMs;
            stretch.B = isFromLast ? hull.Last.SpeedDeciKnots : hull.Motion.FastDeciKnots;
            return;
        }

        var heldMs = report.EventAtMs - stretch.First.EventAtMs;
        var moved = (long)Math.Round(FlatDistance.Metres(stretch.First.Position, report.Position) * 10);
        if (report.SpeedDeciKnots < 0 || report.SpeedDeciKnots >= _machine!.ToDeciKnots || moved > _machine.MovedDecimetres
            || report.EventAtMs - hull.Last.EventAtMs > 10 * _machine.HeldMs)
        {
            stretch = default;
            return;
        }

        stretch.GoOn(in report);
        if (heldMs < _machine.HeldMs)
        {
            return;
        }

        for (var profile = 0; profile < State.Profiles.Length; profile++)
        {
            if (State.Profiles[profile].SuddenStop is { } thresholds)
            {
                Tell(slot, in hull, profile, in stretch, in report, SeverityOf(slot, in report, thresholds), moved, (long)(uint)stretch.B | ((stretch.First.EventAtMs - stretch.A) << 16));
            }
        }

        End(slot, in hull, ref stretch);
    }

    protected override string? Contradiction(Finding? finding, in StoredReport late) =>
        late.SpeedDeciKnots > _machine!.ToDeciKnots ? $"{new Figure(string.Empty, late.SpeedDeciKnots, 1)} kn while it was held to be stopped" : null;

    protected override long SilenceMs(Finding finding) => 10 * _machine!.HeldMs;

    // Any movement within the hold undoes it.
    protected override long LeastMs(Finding finding) => long.MaxValue;

    protected override void Describe(int slot, Finding finding, long untilMs)
    {
        var thresholds = State.Profiles[finding.Profile].SuddenStop!;
        var before = new Figure("knots_before", finding.ScratchC & 0xFFFF, 1);
        var withinMs = finding.ScratchC >> 16;
        finding.Measure = [before, new("within_s", withinMs / 1000), new("held_s", (untilMs - finding.StartAtMs) / 1000), new("moved_m", finding.ScratchA / 10)];
        finding.ClearsIf = new Figure("within_s", (thresholds.WithinMs / 1000) + 1);
        finding.ClearsIfText = $"more than {thresholds.WithinMs / 1000} s between its last fast report and the stop, or moving again within {thresholds.HeldMs / 1000} s";
        finding.Reason = string.Create(
            CultureInfo.InvariantCulture,
            $"{State.NameOf(slot)} came from {before} kn to a stop within {withinMs / 1000} s at {Instants.ToText(finding.StartAtMs)} ({finding.Places[0]}) and stayed stopped for {Instants.ToWords(untilMs - finding.StartAtMs)}.");
    }

    private Severity SeverityOf(int slot, in StoredReport report, SuddenStopThresholds thresholds)
    {
        ref var card = ref State.Table.Cards[slot];
        var isNimble = Craft.WorksOddly(in card, in report) || Craft.IsHighSpeed(card.ShipType) || report.Has(ReportTraits.ClassB);
        return isNimble ? Severity.Info : card.LengthM >= thresholds.AlarmLengthM ? Severity.Medium : Severity.Low;
    }

    private bool IsWorthSaying(int slot, in HullState hull, in StoredReport report)
    {
        ref var card = ref State.Table.Cards[slot];
        return hull.Port.EntryAtMs == 0 && !Craft.WorksOddly(in card, in report) && !Craft.IsHighSpeed(card.ShipType)
            && !report.Has(ReportTraits.ClassB);
    }
}
