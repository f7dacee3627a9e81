using System.Globalization;
using MaritimeWatch.Findings.Statics;
using MaritimeWatch.Intake.Ais;
using MaritimeWatch.Terms;
using MaritimeWatch.Tracks;

namespace MaritimeWatch.Findings.DraughtChange;

/// <summary>
/// A ship says another draught than before, each said twice, although it neither called nor lay still near a port in
/// between. Where it was silent for long enough to have done so unheard, that is said and it is a note only.
/// </summary>
internal sealed class DraughtChangeDetector
{
    private readonly WatchState _state;
    private readonly FindingDesk _desk;
    private readonly Whereabouts _where;

    public DraughtChangeDetector(WatchState state, FindingDesk desk, Whereabouts where)
    {
        (_state, _desk, _where) = (state, desk, where);
        Changes = new ChangeFindings(state, desk, FindingKind.DraughtChange);
    }

    public ChangeFindings Changes { get; }

    /// <summary>The draught changed with this statement.</summary>
    public void OnChanged(int slot, Claim claim, in Said said)
    {
        var number = _where.LatestHull(slot);
        if (number < 0)
        {
            return;
        }

        ref var hull = ref _state.Table.Hulls[number];
        var sinceMs = claim.BeforeBucket * StaticMemory.BucketMs;
        if (hull.Port.EntryAtMs != 0 || _where.CalledUntilMs(in hull) >= sinceMs || hull.Reports < 3
            || _where.MayBeTwoHulls(slot, claim))
        {
            return;
        }

        for (var profile = 0; profile < _state.Profiles.Length; profile++)
        {
            if (_state.Profiles[profile].DraughtChange is { } thresholds)
            {
                Change(slot, profile, thresholds, claim, in hull, in said);
            }
        }
    }

    private void Change(
        int slot, int profile, DraughtChangeThresholds thresholds, Claim claim, in HullState hull, in Said said)
    {
        var before = int.Parse(claim.Before!, CultureInfo.InvariantCulture);
        var now = int.Parse(claim.Value!, CultureInfo.InvariantCulture);
        var change = Math.Abs(now - before);
        if (change < thresholds.ChangeDecimetres || change * 100 < thresholds.ChangePercent * before)
        {
            return;
        }

        if (Changes.Held(slot, profile) is { } earlier)
        {
            _desk.Close(slot, earlier, earlier.ScratchA);
        }

        var finding = Changes.Open(slot, profile, claim.First.AtMs, said.AtMs);
        FindingDesk.Witness(finding, claim.BeforeFirst);
        FindingDesk.Witness(finding, claim.First);
        FindingDesk.Witness(finding, in said);
        var layAtSea = _where.LayAtSea(in hull, claim.BeforeFirst.AtMs);
        var wasAway = hull.Lying.AwayUntilMs >= claim.BeforeBucket * StaticMemory.BucketMs
            || Math.Abs(claim.First.AtMs - hull.Last.EventAtMs) > Whereabouts.AwayMs;
        var isSoon = wasAway || claim.First.AtMs - _where.CalledUntilMs(in hull) < thresholds.SoonMs;
        finding.Severity = layAtSea && !wasAway && change >= thresholds.AlarmDecimetres ? Severity.Medium : isSoon ? Severity.Info : Severity.Low;
        finding.Measure =
        [
            new Figure("change_m", change, 1),
            new Figure("before_m", before, 1),
            new Figure("now_m", now, 1),
            new Figure("lay_still_at_sea", layAtSea ? 1 : 0),
        ];
        finding.ClearsIf = new Figure("change_m", thresholds.ChangeDecimetres - 1, 1);
        finding.ClearsIfText = "a stop in port between the two, or the earlier draught said again within 3 h";
        finding.Reason = string.Create(
            CultureInfo.InvariantCulture,
            $"{_state.NameOf(slot)} says a draught of {finding.Measure[2]} m from {Instants.ToText(claim.First.AtMs)} on instead of {finding.Measure[1]} m, without a call in between that was heard{(wasAway ? "; it was silent for hours, so that one may have been" : string.Empty)}{(layAtSea ? "; it lay still at sea" : string.Empty)}.");
        _where.Place(slot, finding);
        _desk.Revise(slot, finding);
    }
}
