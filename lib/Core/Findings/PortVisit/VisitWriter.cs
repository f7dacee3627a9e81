using System.Globalization;
using MaritimeWatch.Intake.Ais;
using MaritimeWatch.Terms;
using MaritimeWatch.Tracks;

namespace MaritimeWatch.Findings.PortVisit;

/// <summary>Findings and port calls of a visit.</summary>
internal sealed class VisitWriter(WatchState state, FindingDesk desk)
{
    /// <summary>It stopped or fell silent in port: now it is a visit.</summary>
    public void Arrive(int slot, ref HullState hull, in StoredReport report, string how)
    {
        hull.Port.Flags |= PortFlags.Reported;
        var place = state.Places[hull.Port.Place - 1];
        for (var profile = 0; profile < state.Profiles.Length; profile++)
        {
            if (state.Profiles[profile].PortVisit is null || OpenVisit(slot, profile, hull.Number) is not null)
            {
                continue;
            }

            var finding = Open(slot, profile, ref hull, place, in report);
            finding.Reason = string.Create(
                CultureInfo.InvariantCulture,
                $"{state.NameOf(slot)} {how} at {place.PortName} at {Instants.ToText(report.EventAtMs)}, after coming in at {Instants.ToText(hull.Port.EntryAtMs)}.");
            Describe(finding, in hull, isOut: false);
            desk.Revise(slot, finding);
            WriteCall(slot, finding, in hull, place, departureAtMs: null);
        }
    }

    /// <summary>It went out of port.</summary>
    public void Leave(int slot, ref HullState hull, in StoredReport report)
    {
        var place = state.Places[hull.Port.Place - 1];
        for (var profile = 0; profile < state.Profiles.Length; profile++)
        {
            if (state.Profiles[profile].PortVisit is not { } thresholds)
            {
                continue;
            }

            var finding = OpenVisit(slot, profile, hull.Number);
            if (finding is null && !thresholds.NeedsStop)
            {
                finding = Open(slot, profile, ref hull, place, in report);
            }

            if (finding is null)
            {
                continue;
            }

            desk.Witness(finding, in report);
            finding.Reason = string.Create(
                CultureInfo.InvariantCulture,
                $"{state.NameOf(slot)} was at {place.PortName} from {Instants.ToText(hull.Port.EntryAtMs)} to {Instants.ToText(report.EventAtMs)}{(hull.Port.StopAtMs == 0 ? " without a stop" : string.Empty)}.");
            Describe(finding, in hull, isOut: true);
            desk.Close(slot, finding, report.EventAtMs);
            WriteCall(slot, finding, in hull, place, report.EventAtMs);
        }

        var safe = hull.Port;
        hull.Port = new PortState
        {
            Flags = PortFlags.SeenOutside,
            SafeLatitudeE7 = safe.SafeLatitudeE7,
            SafeLongitudeE7 = safe.SafeLongitudeE7,
            ViewNumber = safe.ViewNumber,
        };
    }

    private Finding? OpenVisit(int slot, int profile, int hull)
    {
        foreach (var finding in state.Book.Of(slot))
        {
            if (finding.Kind == FindingKind.PortVisit && finding.Life == FindingLife.Open
                && finding.Profile == profile && finding.Hull == hull)
            {
                return finding;
            }
        }

        return null;
    }

    private Finding Open(int slot, int profile, ref HullState hull, Place place, in StoredReport report)
    {
        var finding = desk.Open(slot, FindingKind.PortVisit, profile, hull.Number, place.Object, hull.Port.EntryAtMs);
        finding.ObjectName = place.PortName;
        finding.Severity = Severity.Info;
        finding.Places.Add(report.Position);
        desk.Witness(finding, in report);
        return finding;
    }

    private static int Confidence(in HullState hull, bool isOut)
    {
        var stopped = hull.Port.StopAtMs != 0 || (hull.Port.Flags & PortFlags.Gap) != 0;
        var ends = ((hull.Port.Flags & PortFlags.EntrySeen) != 0 ? 1 : 0) + (isOut ? 1 : 0);
        return stopped ? 2 + ends : 1;
    }

    private static void Describe(Finding finding, in HullState hull, bool isOut)
    {
        finding.Measure = [new Figure("confidence", Confidence(in hull, isOut))];
        finding.ClearsIf = new Figure("stops_or_gaps", 0);
        finding.ClearsIfText = "passing without stopping below 0.2 kn and without 4 h of silence, or staying 3 km off";
    }

    private void WriteCall(int slot, Finding finding, in HullState hull, Place place, long? departureAtMs)
    {
        // One line per call, from the first profile that looks for visits.
        if (finding.Profile == Array.FindIndex(state.Profiles, profile => profile.PortVisit is not null))
        {
            var isSimulated = finding.Evidence.IsSimulated || hull.Last.Has(ReportTraits.Simulated);
            PortCallLine.Write(state, slot, finding, in hull, place, departureAtMs, isSimulated);
        }
    }
}
