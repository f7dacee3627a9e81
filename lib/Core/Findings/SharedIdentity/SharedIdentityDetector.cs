using System.Globalization;
using MaritimeWatch.Findings.Statics;
using MaritimeWatch.Geodesy;
using MaritimeWatch.Terms;
using MaritimeWatch.Tracks;

namespace MaritimeWatch.Findings.SharedIdentity;

/// <summary>
/// Reports of one MMSI that form two tracks at the same time: two hulls take turns, each possible by itself. A track that
/// only repeats the other one earlier or later (a message that was long under way) is no second ship.
/// </summary>
internal sealed class SharedIdentityDetector(WatchState state, FindingDesk desk)
{
    // Scratch A: turns; B: the latest turn; C: the lower hull number in the low half, the higher one above.
    private const int HullsSaidMax = 6;
    private readonly bool _isOn = Array.Exists(state.Profiles, profile => profile.SharedIdentity is not null);
    private readonly long _withinMs = state.Profiles.Min(profile => profile.SharedIdentity?.TurnWithinMs ?? long.MaxValue);
    private readonly GhostSense _ghosts = new(state.Table.Points);

    /// <summary>True while a finding says that hulls share the number.</summary>
    public bool Stands(int slot)
    {
        if (state.Table.Vessels[slot].FirstFinding == 0)
        {
            return false;
        }

        foreach (var finding in state.Book.Of(slot))
        {
            if (IsOpen(finding))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>A report of a hull that is believed, of a vessel that has several. True where it has just been found out.</summary>
    public bool OnReport(int slot, in HullState hull, in StoredReport report)
    {
        if (!_isOn)
        {
            return false;
        }

        var history = state.Statics.OrNew(slot);
        var turns = history.Turns;
        if (turns.LastHull == hull.Number)
        {
            Count(history, hull.Number, report.EventAtMs);
            return false;
        }

        var other = NumberOf(slot, turns.LastHull);
        turns.LastHull = hull.Number;
        history.IsNew = true;
        if (other < 0)
        {
            history.Turns = turns;
            return false;
        }

        ref var last = ref state.Table.Hulls[other];
        var isGhost = _ghosts.IsGhost(in last, in hull, in report);
        if (!isGhost)
        {
            Turn(ref turns, hull.Number, last.Number, report.EventAtMs);
        }

        history.Turns = turns;
        return !isGhost && Judge(slot, history, in hull, in last, in report);
    }

    /// <summary>Static data of a vessel with several hulls: only one of them was heard by this source just now.</summary>
    public void OnStatic(int slot, StaticHistory history, string text, ushort source, long atMs)
    {
        ref var vessel = ref state.Table.Vessels[slot];
        var speaker = 0;
        for (var i = 0; i < vessel.HullCount; i++)
        {
            ref var hull = ref state.Table.Hulls[vessel.Hulls[i] - 1];
            if (hull.Last.Source == source && Math.Abs(hull.Last.EventAtMs - atMs) <= 600_000)
            {
                if (speaker != 0)
                {
                    return;
                }

                speaker = hull.Number;
            }
        }

        var said = new HullSaid(speaker, text);
        if (speaker != 0 && !history.HullsSaid.Contains(said))
        {
            history.HullsSaid.RemoveAll(each => each.Hull == speaker);
            history.HullsSaid.Add(said);
            if (history.HullsSaid.Count > HullsSaidMax)
            {
                history.HullsSaid.RemoveAt(0);
            }

            history.IsNew = true;
        }
    }

    /// <summary>A beat: hulls that no longer take turns share nothing any more.</summary>
    public void OnBeat(int slot, long nowMs)
    {
        foreach (var finding in state.Book.Of(slot))
        {
            if (IsOpen(finding) && nowMs >= EndMs(finding))
            {
                desk.Close(slot, finding, finding.ScratchB);
            }
        }
    }

    public long NextDue(int slot)
    {
        var due = long.MaxValue;
        foreach (var finding in state.Book.Of(slot))
        {
            due = IsOpen(finding) ? Math.Min(due, EndMs(finding)) : due;
        }

        return due;
    }

    private static bool IsOpen(Finding finding) =>
        finding.Kind == FindingKind.SharedIdentity && finding.Life == FindingLife.Open;

    private long EndMs(Finding finding) =>
        finding.ScratchB + state.Profiles[finding.Profile].SharedIdentity!.EpisodeMs;

    private int NumberOf(int slot, int hullNumber)
    {
        ref var vessel = ref state.Table.Vessels[slot];
        for (var i = 0; i < vessel.HullCount; i++)
        {
            if (state.Table.Hulls[vessel.Hulls[i] - 1].Number == hullNumber)
            {
                return vessel.Hulls[i] - 1;
            }
        }

        return -1;
    }

    private void Turn(ref HullTurns turns, int one, int two, long atMs)
    {
        var (a, b) = one < two ? (one, two) : (two, one);
        if (turns.HullA != a || turns.HullB != b || atMs - turns.LastAtMs > _withinMs)
        {
            turns = new HullTurns { LastHull = turns.LastHull, HullA = a, HullB = b, FirstAtMs = atMs };
        }

        turns.Count++;
        turns.ReportsA += one == a ? 1 : 0;
        turns.ReportsB += one == b ? 1 : 0;
        turns.LastAtMs = atMs;
    }

    // While turns are counted, so are the reports of each: a ship that was displaced for a time and came back has none of
    // one hull in between.
    private void Count(StaticHistory history, int hull, long atMs)
    {
        var turns = history.Turns;
        if (turns.Count > 0 && atMs - turns.LastAtMs <= _withinMs && (hull == turns.HullA || hull == turns.HullB))
        {
            turns.ReportsA += hull == turns.HullA ? 1 : 0;
            turns.ReportsB += hull == turns.HullB ? 1 : 0;
            history.Turns = turns;
            history.IsNew = true;
        }
    }

    private bool Judge(int slot, StaticHistory history, in HullState hull, in HullState other, in StoredReport report)
    {
        var isNew = false;
        var turns = history.Turns;
        var decimetres = GreatCircle.DistanceDecimetres(other.Last.Position, report.Position);
        for (var profile = 0; profile < state.Profiles.Length; profile++)
        {
            if (state.Profiles[profile].SharedIdentity is not { } thresholds)
            {
                continue;
            }

            var finding = state.Book.OpenOf(slot, FindingKind.SharedIdentity, profile, 0, null);
            if (finding is null)
            {
                if (turns.Count < thresholds.TurnsMin || decimetres < thresholds.ApartDecimetresMin
                    || report.EventAtMs - turns.FirstAtMs < thresholds.HeardForMs
                    || !AreTwo(thresholds, Math.Min(turns.ReportsA, turns.ReportsB), turns.Count))
                {
                    continue;
                }

                finding = desk.Open(slot, FindingKind.SharedIdentity, profile, 0, null, turns.FirstAtMs);
                finding.Severity = Severity.Medium;
                finding.ScratchC = turns.HullA + ((long)turns.HullB << 32);
                desk.Witness(finding, in other.Last);
                desk.Witness(finding, in hull.Last);
                isNew = true;
            }

            Note(slot, finding, history, thresholds, decimetres, in other, in report);
        }

        return isNew;
    }

    private static bool AreTwo(SharedIdentityThresholds thresholds, int reports, int turns) =>
        reports >= thresholds.ReportsMin && reports <= turns * thresholds.ReportsPerTurnMax;

    private void Note(
        int slot,
        Finding finding,
        StaticHistory history,
        SharedIdentityThresholds thresholds,
        long decimetres,
        in HullState other,
        in StoredReport report)
    {
        finding.ScratchA = history.Turns.Count;
        finding.ScratchB = report.EventAtMs;
        state.Due(slot, EndMs(finding));
        state.Changed.Add(slot);
        var apart = Figure.NauticalMiles("apart_nm", decimetres);
        var isFirst = finding.Revision == 0;
        if (!isFirst && apart.Value <= finding.Measure[0].Value)
        {
            finding.Measure = [finding.Measure[0], new Figure("turns", finding.ScratchA)];
            return;
        }

        desk.Witness(finding, in report);
        finding.Measure = [apart, new Figure("turns", finding.ScratchA)];
        finding.ClearsIf = new Figure("turns", thresholds.TurnsMin - 1);
        finding.ClearsIfText = "one track that a single ship can have sailed";
        finding.Places.Clear();
        finding.Places.Add(other.Last.Position);
        finding.Places.Add(report.Position);
        finding.Reason = string.Create(
            CultureInfo.InvariantCulture,
            $"Two hulls {apart} NM apart send as {finding.Subject} in turn since {Instants.ToText(finding.StartAtMs)}{WhoIsWho(history, finding)}.");
        if (isFirst || apart.Value >= 2 * finding.MeasureSaid)
        {
            desk.Revise(slot, finding);
        }
    }

    private static string WhoIsWho(StaticHistory history, Finding finding)
    {
        var parts = history.HullsSaid
            .Where(each => each.Hull == (int)finding.ScratchC || each.Hull == (int)(finding.ScratchC >> 32))
            .Select(each => string.Create(CultureInfo.InvariantCulture, $"hull {each.Hull} as {each.Text}"));
        var text = string.Join(", ", parts);
        return text.Length > 0 ? $": {text}" : string.Empty;
    }
}
