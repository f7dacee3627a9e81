using System.Globalization;
using MaritimeWatch.Findings.Gap;
using MaritimeWatch.Findings.Motion;
using MaritimeWatch.Geodesy;
using MaritimeWatch.Intake.Ais;
using MaritimeWatch.Terms;
using MaritimeWatch.Tracks;

namespace MaritimeWatch.Findings.Drift;

/// <summary>
/// A ship under way that is carried where her bow does not point. Without a heading it cannot be seen, and a heading that
/// does not fit the course at speed is none: it is broken, or the ferry has two bows.
/// </summary>
internal sealed class DriftDetector(WatchState state, FindingDesk desk) : StretchDetector(state, desk)
{
    // Of a stretch: A widest angle, 0.1 degree; B distance from the start, decimetres.
    private const int HeadingMisfitsMax = 3;
    private const int BlindLengthM = 50;
    private const long BlindForMs = 30 * 60_000;
    private readonly DriftThresholds? _first = Array.Find(state.Profiles, profile => profile.Drift is not null)?.Drift;

    public bool IsOn => _first is not null;

    protected override FindingKind Kind => FindingKind.Drift;

    /// <summary>At so many windows at speed the heading was not the course: it is not believed.</summary>
    public static bool IsHeadingBelieved(in HullState hull) => hull.Motion.HeadingMisfits < HeadingMisfitsMax;

    /// <summary>Does a report look like a drift?</summary>
    public static bool Drifts(in StoredReport report, DriftThresholds thresholds) =>
        report.SpeedDeciKnots >= thresholds.SlowDeciKnots && report.SpeedDeciKnots <= thresholds.FastDeciKnots
        && IsUnderWay(in report) && Craft.DeciDegreesOff(in report) >= thresholds.AngleDegrees * 10;

    /// <summary>Status 0 engine, 2 not under command, 3 restricted, 8 sailing, or unknown.</summary>
    public static bool IsUnderWay(in StoredReport report) => report.NavigationStatus is 0 or 2 or 3 or 8 or 15;

    /// <summary>Under way and slow without a heading: it may drift, and nobody can see it.</summary>
    public static bool MayDrift(in HullState hull, in StoredReport report) =>
        (hull.Motion.Flags & MotionFlags.DriftNotObservable) == 0 && report.HeadingDegrees < 0
        && report.NavigationStatus is 0 or 2 && report.SpeedDeciKnots is >= 10 and <= 50
        && !report.Has(ReportTraits.ClassB) && hull.Port.EntryAtMs == 0;

    public override ref Stretch StretchOf(ref Suspect suspect) => ref suspect.Drift;

    public void OnReport(int slot, in HullState hull, ref Suspect suspect, in StoredReport report)
    {
        ref var stretch = ref suspect.Drift;
        if (stretch.IsOn && report.EventAtMs - stretch.LastAtMs >= _first!.SilenceMs)
        {
            End(slot, in hull, ref stretch);
        }

        if (!Drifts(in report, _first!) || !IsHeadingBelieved(in hull))
        {
            if (stretch.IsOn && ++stretch.Others >= _first!.OtherReports)
            {
                End(slot, in hull, ref stretch);
            }

            return;
        }

        if (stretch.IsOn)
        {
            stretch.GoOn(in report);
        }
        else
        {
            stretch.Begin(in report);
        }

        stretch.A = Math.Max(stretch.A, Craft.DeciDegreesOff(in report));
        stretch.B = Math.Max(stretch.B, (int)Math.Round(FlatDistance.Metres(stretch.First.Position, report.Position) * 10));
        for (var profile = 0; profile < State.Profiles.Length; profile++)
        {
            if (State.Profiles[profile].Drift is { } thresholds && stretch.ForMs >= thresholds.ForMs
                && stretch.B >= thresholds.DistanceDecimetres)
            {
                Tell(slot, in hull, profile, in stretch, in report, SeverityOf(slot, in hull, in report), stretch.B, stretch.A);
            }
        }
    }

    /// <summary>The same movement without a heading: said once, where a large ship does it for long.</summary>
    public void OnBlind(int slot, ref HullState hull, ref Suspect suspect, in StoredReport report)
    {
        ref var stretch = ref suspect.BlindDrift;
        var isLarge = State.Table.Cards[slot].LengthM >= BlindLengthM && !Craft.WorksOddly(State.Table.Cards[slot].ShipType);
        if (!MayDrift(in hull, in report) || (!isLarge && report.NavigationStatus != 2)
            || (stretch.IsOn && report.EventAtMs - stretch.LastAtMs >= _first!.SilenceMs))
        {
            stretch = default;
            return;
        }

        if (!stretch.IsOn)
        {
            stretch.Begin(in report);
            return;
        }

        stretch.GoOn(in report);
        if (stretch.ForMs >= BlindForMs
            && (long)Math.Round(FlatDistance.Metres(stretch.First.Position, report.Position) * 10) >= _first!.DistanceDecimetres)
        {
            hull.Motion.Flags |= MotionFlags.DriftNotObservable;
            State.Counts.DriftsNotObservable++;
            NotObservableLine.Write(
                State, slot, FindingKind.Drift, in stretch.First, report.EventAtMs, "slow and under way, and it sends no heading");
            stretch = default;
        }
    }

    protected override string? Contradiction(Finding? finding, in StoredReport late) =>
        late.SpeedDeciKnots > 2 * _first!.FastDeciKnots
        || (late.SpeedDeciKnots >= _first.SlowDeciKnots && Craft.DeciDegreesOff(in late) is >= 0 and var off && off < _first.AngleDegrees * 5)
            ? "that it went where its bow pointed" : null;

    protected override long SilenceMs(Finding finding) => State.Profiles[finding.Profile].Drift!.SilenceMs;

    protected override long LeastMs(Finding finding) => State.Profiles[finding.Profile].Drift!.ForMs;

    protected override void Describe(int slot, Finding finding, long untilMs)
    {
        var thresholds = State.Profiles[finding.Profile].Drift!;
        var forMs = untilMs - finding.StartAtMs;
        var angle = (finding.ScratchC + 5) / 10;
        finding.Measure =
        [
            new("drift_minutes", forMs / 60_000), new("distance_m", finding.ScratchA / 10), new("angle_degrees_most", angle),
        ];
        finding.ClearsIf = new Figure("angle_degrees", thresholds.AngleDegrees - 1);
        finding.ClearsIfText = $"course and heading within {thresholds.AngleDegrees} degrees before {Instants.ToText(finding.StartAtMs + thresholds.ForMs)}";
        finding.Reason = string.Create(
            CultureInfo.InvariantCulture,
            $"{State.NameOf(slot)} said that it was under way and moved {finding.ScratchA / 10} m in {Instants.ToWords(forMs)} from {Instants.ToText(finding.StartAtMs)}, up to {angle} degrees off its heading.");
    }

    // Not under command by its own word is an officer's matter; the rest may be a ship that waits on purpose.
    private Severity SeverityOf(int slot, in HullState hull, in StoredReport report) =>
        Craft.WorksOddly(in State.Table.Cards[slot], in report) || hull.Port.EntryAtMs != 0
            ? Severity.Info
            : report.NavigationStatus == 2 ? Severity.Medium : Severity.Low;
}
