using System.Globalization;
using MaritimeWatch.Intake.Ais;
using MaritimeWatch.Reference;
using MaritimeWatch.Terms;
using MaritimeWatch.Tracks;

namespace MaritimeWatch.Findings.ZoneEntry;

/// <summary>
/// A hull goes into a zone: one finding per visit, with a hysteresis at the edge. It opens with the first report
/// inside and closes with the first of two reports well outside, or when the hull falls silent.
/// </summary>
internal sealed class ZoneEntryDetector(WatchState state, FindingDesk desk)
{
    // Scratch A: reports outside in a row; B: time of the first of them; C: time of the last report inside.
    private const int ZonesMax = 16;
    private readonly bool _isOn = Array.Exists(state.Profiles, profile => profile.ZoneEntry is not null);

    /// <summary>A report of a hull that is believed.</summary>
    public void OnReport(int slot, int hull, in StoredReport report)
    {
        var view = state.Reference.View;
        if (!_isOn || (view.ZoneCount == 0 && state.Table.Vessels[slot].FirstFinding == 0) || report.Has(ReportTraits.Aircraft))
        {
            return;
        }

        Span<int> inside = stackalloc int[ZonesMax];
        inside = inside[..view.ZonesAt(report.Position, inside)];
        if (inside.IsEmpty && state.Table.Vessels[slot].FirstFinding == 0)
        {
            return;
        }

        for (var profile = 0; profile < state.Profiles.Length; profile++)
        {
            if (state.Profiles[profile].ZoneEntry is { } thresholds)
            {
                Enter(slot, hull, profile, in report, inside);
                Leave(slot, hull, profile, thresholds, in report, inside);
            }
        }
    }

    /// <summary>A beat: a hull that is silent for too long is no longer counted as inside.</summary>
    public void OnBeat(int slot, long nowMs)
    {
        foreach (var finding in state.Book.Of(slot))
        {
            if (IsVisit(finding) && nowMs >= SilentUntil(finding))
            {
                Close(slot, finding, finding.ScratchC, "last heard inside");
            }
        }
    }

    /// <summary>When silence may end the next visit of a vessel.</summary>
    public long NextDue(int slot)
    {
        var due = long.MaxValue;
        foreach (var finding in state.Book.Of(slot))
        {
            due = IsVisit(finding) ? Math.Min(due, SilentUntil(finding)) : due;
        }

        return due;
    }

    private static bool IsVisit(Finding finding) =>
        finding.Kind == FindingKind.ZoneEntry && finding.Life == FindingLife.Open;

    private long SilentUntil(Finding finding) =>
        Math.Max(finding.ScratchC, finding.ScratchB) + state.Profiles[finding.Profile].ZoneEntry!.SilenceMs;

    private void Enter(int slot, int hull, int profile, in StoredReport report, ReadOnlySpan<int> inside)
    {
        foreach (var index in inside)
        {
            var zone = state.Reference.View.ZoneAt(index);
            var finding = state.Book.OpenOf(slot, FindingKind.ZoneEntry, profile, hull, zone.Id);
            if (finding is not null && report.EventAtMs >= SilentUntil(finding))
            {
                Close(slot, finding, finding.ScratchC, "last heard inside");
                finding = null;
            }

            if (finding is null)
            {
                Open(slot, hull, profile, zone, in report);
            }
            else
            {
                finding.ScratchA = 0;
                finding.ScratchC = report.EventAtMs;
            }
        }
    }

    private void Leave(
        int slot, int hull, int profile, ZoneEntryThresholds thresholds, in StoredReport report, ReadOnlySpan<int> inside)
    {
        if (state.Table.Vessels[slot].FirstFinding == 0)
        {
            return;
        }

        foreach (var finding in state.Book.Of(slot))
        {
            if (!IsVisit(finding) || finding.Profile != profile || finding.Hull != hull)
            {
                continue;
            }

            var index = state.Reference.ZoneIndex(finding.Object!);
            if (index < 0)
            {
                Close(slot, finding, finding.ScratchC, "the zone is no longer in force; last heard inside");
            }
            else if (!inside.Contains(index))
            {
                Outside(slot, finding, thresholds, index, in report);
            }
        }
    }

    private void Outside(int slot, Finding finding, ZoneEntryThresholds thresholds, int index, in StoredReport report)
    {
        var decimetres = (long)Math.Round(state.Reference.View.MetresToZone(index, report.Position) * 10);
        if (decimetres <= thresholds.OutMetres * 10L)
        {
            return;
        }

        if (finding.ScratchA++ == 0)
        {
            finding.ScratchB = report.EventAtMs;
        }

        if (finding.ScratchA >= thresholds.OutReports)
        {
            desk.Witness(finding, in report);
            finding.Places.Add(report.Position);
            Close(slot, finding, finding.ScratchB, "left");
        }
    }

    private void Open(int slot, int hull, int profile, Zone zone, in StoredReport report)
    {
        var finding = desk.Open(slot, FindingKind.ZoneEntry, profile, hull, zone.Id, report.EventAtMs);
        finding.ObjectName = zone.Name;
        finding.Severity = zone.EntrySeverity;
        finding.Places.Add(report.Position);
        finding.ScratchC = report.EventAtMs;
        finding.Measure = [new Figure("inside_minutes", 0)];
        finding.ClearsIf = new Figure("reports_inside", 0);
        finding.ClearsIfText = $"no report within the zone {zone.Name}";
        finding.Reason = string.Create(
            CultureInfo.InvariantCulture,
            $"{state.NameOf(slot)} went into {zone.Name} at {Instants.ToText(report.EventAtMs)} ({report.Position}).");
        desk.Witness(finding, in report);
        desk.Revise(slot, finding);
        state.Due(slot, SilentUntil(finding));
    }

    private void Close(int slot, Finding finding, long endAtMs, string how)
    {
        var insideMs = Math.Max(0, endAtMs - finding.StartAtMs);
        finding.Measure = [new Figure("inside_minutes", insideMs / 60_000)];
        finding.Reason = string.Create(
            CultureInfo.InvariantCulture,
            $"{state.NameOf(slot)} was in {finding.ObjectName} for {Instants.ToWords(insideMs)} from {Instants.ToText(finding.StartAtMs)}; {how} at {Instants.ToText(endAtMs)}.");
        desk.Close(slot, finding, endAtMs);
    }
}
