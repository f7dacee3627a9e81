using System.Globalization;
using MaritimeWatch.Findings.Reach;
using MaritimeWatch.Geodesy;
using MaritimeWatch.Terms;
using MaritimeWatch.Tracks;

namespace MaritimeWatch.Findings.Gap;

/// <summary>
/// A ship falls silent although reception around it goes on. Where nobody else is heard a silence says nothing: it is
/// counted as not observable and is never a finding. Thresholds after Global Fishing Watch (Welch et al., Hot spots of
/// unseen fishing vessels, Science Advances 8, eabq2109, 2022).
/// </summary>
internal sealed class GapDetector
{
    /// <summary>A silence that could not be judged is looked at again for this long.</summary>
    public const long JudgeForMs = 16 * 3_600_000;

    private const long AgainMs = 3_600_000;
    private readonly WatchState _state;
    private readonly FindingDesk _desk;
    private readonly long _silenceMs;
    private readonly GapJudge _judge;
    private readonly GapChances _chances;
    private readonly ReachDesk _reach;

    public GapDetector(WatchState state, FindingDesk desk)
    {
        _state = state;
        _desk = desk;
        _judge = new GapJudge(state);
        _chances = new GapChances(state);
        _reach = new ReachDesk(state);
        _silenceMs = state.Profiles.Min(profile => profile.Gap?.SilenceMs ?? long.MaxValue);
    }

    public bool IsOn => _silenceMs != long.MaxValue;

    /// <summary>When silence of a vessel heard now would need a look.</summary>
    public long DueAfter(long lastAtMs) => IsOn ? lastAtMs + _silenceMs : long.MaxValue;

    /// <summary>A beat: is it silent for long enough, and could it have been heard?</summary>
    public void OnBeat(int slot, long nowMs)
    {
        ref var vessel = ref _state.Table.Vessels[slot];
        if (IsOn && vessel.Reports > 0 && nowMs - vessel.Last.EventAtMs >= _silenceMs)
        {
            Look(slot, nowMs);
        }
    }

    /// <summary>When a silent vessel needs the next look.</summary>
    public long NextDue(int slot, long nowMs)
    {
        ref var vessel = ref _state.Table.Vessels[slot];
        return vessel.Silence switch
        {
            SilenceState.None => vessel.Reports > 0 ? DueAfter(vessel.Last.EventAtMs) : long.MaxValue,
            SilenceState.Watching => nowMs + Math.Max(AgainMs, (nowMs - vessel.Last.EventAtMs) / 8),
            SilenceState.NotObservable when nowMs - vessel.Last.EventAtMs < JudgeForMs => nowMs + AgainMs,
            _ => long.MaxValue,
        };
    }

    /// <summary>It is heard again (before its last report is replaced).</summary>
    public void OnHeard(int slot, in StoredReport next)
    {
        ref var vessel = ref _state.Table.Vessels[slot];
        var silentMs = next.EventAtMs - vessel.Last.EventAtMs;
        if (vessel.Silence == SilenceState.None && (!IsOn || silentMs < _silenceMs))
        {
            return;
        }

        if (IsOn && silentMs >= _silenceMs)
        {
            Look(slot, next.EventAtMs);
        }

        foreach (var finding in _state.Book.Of(slot))
        {
            if (finding.Kind == FindingKind.Gap && finding.Life == FindingLife.Open)
            {
                _desk.Witness(finding, in next);
                finding.Places.Add(next.Position);
                Measure(slot, finding, next.EventAtMs, null);
                _desk.Close(slot, finding, next.EventAtMs);
                _reach.Close(slot, next.EventAtMs, (int)finding.ScratchC);
            }
        }

        EndSilence(ref vessel);
    }

    /// <summary>A report came late: it may lie within a silence.</summary>
    public void OnLate(int slot, in StoredReport late)
    {
        foreach (var finding in _state.Book.Of(slot))
        {
            if (finding.Kind == FindingKind.Gap && finding.Life != FindingLife.Retracted
                && late.EventAtMs > finding.StartAtMs
                && late.EventAtMs < (finding.EndAtMs ?? long.MaxValue))
            {
                Split(slot, finding, in late);
            }
        }

        ref var vessel = ref _state.Table.Vessels[slot];
        if (late.EventAtMs > vessel.Last.EventAtMs)
        {
            vessel.Last = late;
            SayReach(slot, Math.Max(_state.Clock.WatermarkMs, late.EventAtMs), isFromElsewhere: true);
            EndSilence(ref vessel);
            _state.Due(slot, DueAfter(late.EventAtMs));
            _state.Changed.Add(slot);
        }
    }

    /// <summary>It is about to be forgotten: nothing more can be said of it.</summary>
    public void OnForgotten(int slot) => _reach.Close(slot, _state.KnownAtMs, 0);

    // By the first profile that holds it for a gap.
    private void SayReach(int slot, long nowMs, bool isFromElsewhere = false)
    {
        foreach (var finding in _state.Book.Of(slot))
        {
            if (finding.Kind == FindingKind.Gap && finding.Life == FindingLife.Open)
            {
                _reach.OnSilent(slot, nowMs, (int)finding.ScratchC, isFromElsewhere);
                return;
            }
        }

        _reach.Close(slot, nowMs, 0);
    }

    private static void EndSilence(ref VesselState vessel)
    {
        vessel.Silence = SilenceState.None;
        vessel.SilenceBuckets = 0;
        vessel.SilenceHeard = 0;
        vessel.SilenceHours = 0;
        vessel.SilenceHoursHeard = 0;
    }

    private void Look(int slot, long nowMs)
    {
        ref var vessel = ref _state.Table.Vessels[slot];
        if (vessel.Silence == SilenceState.Exempt)
        {
            return;
        }

        if (vessel.Silence == SilenceState.None)
        {
            vessel.Silence = _judge.IsExempt(slot) ? SilenceState.Exempt : SilenceState.Watching;
            vessel.SilenceNextBucket = HeardMark.BucketOf(vessel.Last.EventAtMs) + 1;
            vessel.SilenceNextHour = HeardCell.HourOf(vessel.SilenceNextBucket - 1) + 1;
            if (vessel.Silence == SilenceState.Exempt)
            {
                return;
            }
        }

        _judge.CountReception(ref vessel, HeardMark.BucketOf(nowMs) - 1);
        var chance = _chances.Of(in vessel, nowMs);
        _state.OnSilence?.Invoke(slot, nowMs, chance);
        var anyOpen = false;
        for (var profile = 0; profile < _state.Profiles.Length; profile++)
        {
            anyOpen |= LookWith(slot, profile, nowMs, chance);
        }

        SayReach(slot, nowMs);
        if (!anyOpen && vessel.Silence == SilenceState.Watching)
        {
            vessel.Silence = SilenceState.NotObservable;
            _state.Counts.NotObservable++;
            SilenceLine.Write(_state, slot, nowMs, chance);
        }
        else if (anyOpen)
        {
            vessel.Silence = SilenceState.Watching;
        }
    }

    private bool LookWith(int slot, int profile, long nowMs, GapChance chance)
    {
        if (_state.Profiles[profile].Gap is not { } thresholds)
        {
            return false;
        }

        ref var vessel = ref _state.Table.Vessels[slot];
        var finding = _state.Book.OpenOf(slot, FindingKind.Gap, profile, 0, null);
        if (finding is null)
        {
            if (nowMs - vessel.Last.EventAtMs < thresholds.SilenceMs
                || !GapJudge.IsObservable(in vessel, thresholds)
                || chance.Permille < thresholds.OpenPermille)
            {
                return false;
            }

            finding = _desk.Open(slot, FindingKind.Gap, profile, 0, null, vessel.Last.EventAtMs);
            finding.Places.Add(vessel.Last.Position);
            _desk.Witness(finding, in vessel.Last);
            Measure(slot, finding, nowMs, chance);
            _desk.Revise(slot, finding);
            return true;
        }

        var severity = finding.Severity;
        Measure(slot, finding, nowMs, chance);
        if (finding.ScratchC < thresholds.KeepPermille)
        {
            _desk.Retract(
                slot, finding, $"what others were heard to say since makes reception the likelier reason: {new Figure("", finding.ScratchC, 3)}");
            return false;
        }

        if (finding.Severity != severity || finding.Measure[0].Value >= 2 * finding.MeasureSaid)
        {
            _desk.Revise(slot, finding);
        }

        return true;
    }

    private void Split(int slot, Finding finding, in StoredReport late)
    {
        var thresholds = _state.Profiles[finding.Profile].Gap!;
        var endAtMs = finding.EndAtMs ?? Math.Max(_state.Clock.WatermarkMs, late.EventAtMs);
        var before = late.EventAtMs - finding.StartAtMs;
        var after = endAtMs - late.EventAtMs;
        var heard = $"a report that came late shows that it was heard at {Instants.ToText(late.EventAtMs)}";
        _desk.Witness(finding, in late);
        if (Math.Max(before, after) < thresholds.SilenceMs)
        {
            _desk.Retract(slot, finding, $"{heard}, which leaves no silence of {Instants.ToWords(thresholds.SilenceMs)}");
            return;
        }

        finding.Because = heard;
        if (after >= before)
        {
            finding.StartAtMs = late.EventAtMs;
            finding.Places[0] = late.Position;
            MeasureLength(slot, finding, endAtMs);
            _desk.Revise(slot, finding);
        }
        else
        {
            finding.Places.RemoveRange(1, finding.Places.Count - 1);
            finding.Places.Add(late.Position);
            MeasureLength(slot, finding, late.EventAtMs);
            _desk.Close(slot, finding, late.EventAtMs);
        }
    }

    // What was heard around the beginning is remembered for a day: a chance that is known by then stands.
    private void Measure(int slot, Finding finding, long untilMs, GapChance? chance)
    {
        var thresholds = _state.Profiles[finding.Profile].Gap!;
        ref var vessel = ref _state.Table.Vessels[slot];
        if (chance is not null && (finding.Measure.Count == 0 || untilMs - vessel.Last.EventAtMs <= JudgeForMs))
        {
            finding.ScratchC = chance.Permille;
            finding.Measure = [default, .. chance.Figures()];
        }

        var observable = GapJudge.IsObservable(in vessel, thresholds);
        finding.ScratchA = vessel.SilenceHeard;
        finding.ScratchB = vessel.SilenceBuckets;
        finding.Severity = observable
            ? _judge.SeverityOf(slot, thresholds, untilMs, (int)finding.ScratchC)
            : Severity.Info;
        if (!observable)
        {
            finding.Because = string.Create(
                CultureInfo.InvariantCulture,
                $"reception near by failed later: others were heard in {vessel.SilenceHeard} of {vessel.SilenceBuckets} intervals");
        }

        MeasureLength(slot, finding, untilMs);
    }

    private void MeasureLength(int slot, Finding finding, long untilMs)
    {
        var thresholds = _state.Profiles[finding.Profile].Gap!;
        var silentMs = untilMs - finding.StartAtMs;
        var offshore = _judge.OffshoreNm(finding.Places[0]);
        List<Figure> measure =
        [
            Figure.Hours("silence_h", silentMs),
            .. finding.Measure.Skip(1).Take(GapChance.FigureCount),
            new("intervals_heard_near_by", finding.ScratchA),
            new("intervals", finding.ScratchB),
            new("reports_in_the_half_day_before", _judge.ReportsBefore(slot)),
            new("reach_knots", ReachSpeed.Of(in _state.Table.Vessels[slot], in _state.Table.Cards[slot]), 1),
            new("area_reports_per_day", _state.Coverage.ReportsPerDay(GridCells.Of(finding.Places[0]))),
        ];
        if (offshore is { } nauticalMiles)
        {
            measure.Add(new Figure("offshore_nm", nauticalMiles));
        }

        finding.Measure = measure;
        finding.ClearsIf = Figure.Hours("silence_h", thresholds.SilenceMs) with { Value = (thresholds.SilenceMs / 360_000) - 1 };
        finding.ClearsIfText =
            $"one report before {Instants.ToText(finding.StartAtMs + thresholds.SilenceMs)}, or no reception near by";
        finding.Reason = string.Create(
            CultureInfo.InvariantCulture,
            $"{_state.NameOf(slot)} sent nothing for {Instants.ToWords(silentMs)} after {Instants.ToText(finding.StartAtMs)} at {finding.Places[0]}, while others near by were heard in {finding.ScratchA} of {finding.ScratchB} intervals of ten minutes; the chance that it was off although it could have been heard is {(finding.ScratchC + 5) / 10} %.");
    }
}
