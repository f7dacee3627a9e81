using System.Globalization;
using MaritimeWatch.Reference.Lanes;
using MaritimeWatch.Terms;
using MaritimeWatch.Tracks;

namespace MaritimeWatch.Findings.RouteDeviation;

/// <summary>Findings of a ship that does not do what the voyages of others from the same port do.</summary>
internal sealed class TrafficWriter(WatchState state, FindingDesk desk)
{
    // Scratch A: edge of the lane, 0.1 m (off), or seconds (late); B: voyages behind it; C: chance, thousandths.
    private const int PlacesMax = 16;

    /// <summary>It goes on being off the lanes.</summary>
    public void GoOnOff(int slot, VoyageInProgress voyage, TrafficLane lane, LanePlace place, LaneOrigin origin, in StoredReport report)
    {
        for (var profile = 0; profile < state.Profiles.Length; profile++)
        {
            if (state.Profiles[profile].RouteDeviation is not { } thresholds)
            {
                continue;
            }

            var finding = OpenOne(slot, profile, RouteRule.TrafficLane, voyage, lane.Id, lane.Name, voyage.OffSinceMs, voyage.OffPlace);
            var severity = finding.Severity;
            if (finding.Object == lane.Id)
            {
                (finding.ScratchA, finding.ScratchB, finding.ScratchC) =
                    (lane.Off999(place.AlongDecimetres), lane.VoyagesAt(place.AlongDecimetres), origin.ChancePermille);
            }

            var edge = Math.Max(thresholds.OffDecimetresMin, finding.ScratchA);
            var isAlarm = voyage.OffMostDecimetres >= edge * thresholds.AlarmTenths / 10
                && finding.ScratchC <= thresholds.AlarmChancePermille;
            finding.Severity = isAlarm || finding.Severity == Severity.Medium ? Severity.Medium : Severity.Low;
            finding.Measure =
            [
                Figure.NauticalMiles("cross_track_nm", voyage.OffMostDecimetres),
                Figure.NauticalMiles("lane_99_9_percent_nm", finding.ScratchA),
                Figure.NauticalMiles("limit_nm", edge),
                new("voyages", finding.ScratchB),
                new("chance_percent", finding.ScratchC, 1),
                new("off_minutes", (report.EventAtMs - voyage.OffSinceMs) / 60_000),
            ];
            finding.ClearsIf = Figure.NauticalMiles("cross_track_nm", edge);
            finding.ClearsIfText = string.Create(
                CultureInfo.InvariantCulture,
                $"staying within {Miles(edge)} NM of a lane from the port of departure, or being farther off for less than {Instants.ToWords(thresholds.OffMs)}");
            finding.Reason = string.Create(
                CultureInfo.InvariantCulture,
                $"{state.NameOf(slot)} is {Miles(place.Off)} NM off {Usual(finding)}, for {Instants.ToWords(report.EventAtMs - voyage.OffSinceMs)} (since {Instants.ToText(voyage.OffSinceMs)}); {Surely(finding)}.");
            Revise(slot, finding, severity, thresholds, voyage, in report);
        }
    }

    /// <summary>It lies where no voyage stops.</summary>
    public void GoOnStopped(int slot, VoyageInProgress voyage, TrafficLane lane, LaneOrigin stops, in StoredReport report)
    {
        for (var profile = 0; profile < state.Profiles.Length; profile++)
        {
            if (state.Profiles[profile].RouteDeviation is not { } thresholds)
            {
                continue;
            }

            var finding = OpenOne(slot, profile, RouteRule.UnusualStop, voyage, lane.Id, lane.Name, voyage.StopSinceMs, voyage.StopPlace);
            var severity = finding.Severity;
            var minutes = (report.EventAtMs - voyage.StopSinceMs) / 60_000;
            (finding.ScratchA, finding.ScratchB, finding.ScratchC) = (minutes, stops.Voyages, stops.ChancePermille);
            finding.Severity = Severity.Low;
            finding.Measure =
            [
                new("stop_minutes", minutes), new("voyages", stops.Voyages), new("voyages_with_stops", stops.Outside),
                new("chance_percent", stops.ChancePermille, 1),
            ];
            finding.ClearsIf = new Figure("stop_minutes", thresholds.StopMs / 60_000);
            finding.ClearsIfText = string.Create(
                CultureInfo.InvariantCulture,
                $"going on within {Instants.ToWords(thresholds.StopMs)}, or stopping within {Miles(thresholds.StopReachDecimetres)} NM of where other voyages stop");
            finding.Reason = string.Create(
                CultureInfo.InvariantCulture,
                $"{state.NameOf(slot)} lies still under way on the voyage {finding.ObjectName}, for {Instants.ToWords(report.EventAtMs - voyage.StopSinceMs)} (since {Instants.ToText(voyage.StopSinceMs)}), where no other of {stops.Voyages} voyages stopped; {stops.Outside} of them stopped anywhere, so chance alone would do this in at most {finding.Measure[3]} % of voyages.");
            Revise(slot, finding, severity, thresholds, voyage, in report);
        }
    }

    /// <summary>It is on the lane, and far too late.</summary>
    public void GoOnLate(int slot, VoyageInProgress voyage, TrafficLane lane, LanePlace place, LaneOrigin origin, in StoredReport report)
    {
        for (var profile = 0; profile < state.Profiles.Length; profile++)
        {
            if (state.Profiles[profile].RouteDeviation is not { } thresholds)
            {
                continue;
            }

            var finding = OpenOne(slot, profile, RouteRule.LongUnderWay, voyage, lane.Id, lane.Name, voyage.DepartedAtMs, voyage.Places[0]);
            var severity = finding.Severity;
            var (elapsed, usual) = (report.EventAtMs - voyage.DepartedAtMs, lane.Elapsed999(place.AlongDecimetres) * 1000L);
            var voyages = lane.VoyagesAt(place.AlongDecimetres);
            (finding.ScratchA, finding.ScratchB, finding.ScratchC) = (usual / 1000, voyages, origin.ChancePermille);
            finding.Severity = Severity.Low;
            finding.Measure =
            [
                new("late_minutes", (elapsed - usual) / 60_000), new("under_way_minutes", elapsed / 60_000),
                new("lane_99_9_percent_minutes", usual / 60_000), new("voyages", voyages),
            ];
            finding.ClearsIf = new Figure("late_minutes", thresholds.LateMs / 60_000);
            finding.ClearsIfText = string.Create(
                CultureInfo.InvariantCulture, $"being there within {Instants.ToWords(usual + thresholds.LateMs)} of leaving");
            finding.Reason = string.Create(
                CultureInfo.InvariantCulture,
                $"{state.NameOf(slot)} has been {Instants.ToWords(elapsed)} under way to a place of the lane {finding.ObjectName} where 99.9 % of {voyages} voyages are within {Instants.ToWords(usual)} (half of them within {Instants.ToWords(lane.Elapsed50(place.AlongDecimetres) * 1000L)}): it was slow, or elsewhere meanwhile.");
            Revise(slot, finding, severity, thresholds, voyage, in report);
        }
    }

    /// <summary>It came to a port where no lane leads: that is said once, and is over.</summary>
    public void CameElsewhere(
        int slot, VoyageInProgress voyage, Place place, Harbour to, LaneOrigin origin, long entryAtMs, in StoredReport report)
    {
        for (var profile = 0; profile < state.Profiles.Length; profile++)
        {
            if (state.Profiles[profile].RouteDeviation is null)
            {
                continue;
            }

            var finding = OpenOne(slot, profile, RouteRule.OtherPort, voyage, place.Object, to.Name, entryAtMs, report.Position);
            finding.Severity = Severity.Low;
            finding.Measure =
            [
                new("voyages", origin.Voyages), new("voyages_on_no_lane", origin.Outside),
                new("chance_percent", origin.ChancePermille, 1),
            ];
            finding.ClearsIf = new Figure("voyages_on_no_lane", 3);
            finding.ClearsIfText = "naming the port as destination, or coming to a port where a lane leads";
            finding.Reason = string.Create(
                CultureInfo.InvariantCulture,
                $"{state.NameOf(slot)} came to {to.Name} ({to.Id}) from {voyage.From.Name}, which it had not named; no lane leads there: {origin.Outside} of {origin.Voyages} voyages from {voyage.From.Name} kept to no lane, so chance alone would do this in at most {finding.Measure[2]} % of voyages.");
            desk.Witness(finding, in report);
            desk.Close(slot, finding, report.EventAtMs);
        }
    }

    /// <summary>It is over, as a report shows.</summary>
    public void Close(int slot, RouteRule rule, long endAtMs, string how, in StoredReport report)
    {
        if (state.Table.Vessels[slot].FirstFinding == 0)
        {
            return;
        }

        foreach (var finding in state.Book.Of(slot))
        {
            if (IsOpen(finding) && finding.Variant == (byte)rule)
            {
                desk.Witness(finding, in report);
                finding.Places.Add(report.Position);
                End(slot, finding, endAtMs, how);
            }
        }
    }

    /// <summary>Everything of the voyage is over.</summary>
    public void CloseAll(int slot, long endAtMs, string how)
    {
        if (state.Table.Vessels[slot].FirstFinding == 0)
        {
            return;
        }

        foreach (var finding in state.Book.Of(slot))
        {
            if (IsOpen(finding))
            {
                End(slot, finding, Math.Max(endAtMs, finding.StartAtMs), how);
            }
        }
    }

    /// <summary>It came to a port: to one that it had named, which explains why it left the lanes, or to another.</summary>
    public void Arrive(int slot, Harbour to, long entryAtMs, bool hasNamed)
    {
        if (state.Table.Vessels[slot].FirstFinding == 0)
        {
            return;
        }

        foreach (var finding in state.Book.Of(slot))
        {
            if (!IsOpen(finding))
            {
                continue;
            }

            var isItsEnd = finding.Object!.Contains($"-{to.Id}:", StringComparison.Ordinal);
            if (finding.Variant == (byte)RouteRule.TrafficLane && hasNamed && !isItsEnd)
            {
                finding.Severity = Severity.Info;
                finding.EndAtMs = entryAtMs;
                desk.Retract(slot, finding, $"called at {to.Name} ({to.Id}), as it had said: it was on its way there");
            }
            else
            {
                End(slot, finding, Math.Max(entryAtMs, finding.StartAtMs), $"it came to {to.Name}");
            }
        }
    }

    /// <summary>True where anything of these rules is open.</summary>
    public bool HasOpenAny(int slot) =>
        state.Table.Vessels[slot].FirstFinding != 0 && Array.Exists(state.Book.Of(slot), IsOpen);

    /// <summary>True where a rule has something open.</summary>
    public bool HasOpen(int slot, RouteRule rule) =>
        state.Table.Vessels[slot].FirstFinding != 0
        && Array.Exists(state.Book.Of(slot), finding => IsOpen(finding) && finding.Variant == (byte)rule);

    private static bool IsOpen(Finding finding) =>
        finding is { Kind: FindingKind.RouteDeviation, Life: FindingLife.Open } && finding.Variant != (byte)RouteRule.OwnLane;

    private Finding OpenOne(
        int slot, int profile, RouteRule rule, VoyageInProgress voyage, string about, string name, long startAtMs, Position place)
    {
        var finding = Array.Find(
            state.Book.Of(slot), each => IsOpen(each) && each.Profile == profile && each.Variant == (byte)rule);
        if (finding is null)
        {
            finding = desk.Open(slot, FindingKind.RouteDeviation, profile, voyage.Hull, about, startAtMs, (byte)rule);
            finding.ObjectName = name;
            finding.Places.Add(place);
            voyage.IsSaid = true;
        }

        return finding;
    }

    private void Revise(
        int slot, Finding finding, Severity severity, RouteDeviationThresholds thresholds, VoyageInProgress voyage, in StoredReport report)
    {
        if (finding.Revision != 0 && finding.Severity == severity && finding.Measure[0].Value < 2 * finding.MeasureSaid)
        {
            return;
        }

        desk.Witness(finding, in report);
        if (finding.Places.Count < PlacesMax && finding.Places[^1] != report.Position)
        {
            finding.Places.Add(report.Position);
        }

        voyage.IsSaid = true;
        desk.Revise(slot, finding);
        state.Due(slot, report.EventAtMs + thresholds.SilenceMs);
    }

    private void End(int slot, Finding finding, long endAtMs, string how)
    {
        var (from, to) = (Instants.ToText(finding.StartAtMs), Instants.ToText(endAtMs));
        var name = state.NameOf(slot);
        finding.Reason = (RouteRule)finding.Variant switch
        {
            RouteRule.TrafficLane => string.Create(
                CultureInfo.InvariantCulture,
                $"{name} was up to {finding.Measure[0]} NM off {Usual(finding)}, for {Instants.ToWords(endAtMs - finding.StartAtMs)}, from {from} until {how} at {to}; {Surely(finding)}."),
            RouteRule.UnusualStop => string.Create(
                CultureInfo.InvariantCulture,
                $"{name} lay still under way on the voyage {finding.ObjectName}, for {Instants.ToWords(endAtMs - finding.StartAtMs)}, from {from} until {how} at {to}, where no other of {finding.ScratchB} voyages stopped; chance alone would do this in at most {finding.Measure[3]} % of voyages."),
            _ => string.Create(
                CultureInfo.InvariantCulture,
                $"{name} was up to {finding.Measure[0]} min later on the lane {finding.ObjectName} than 99.9 % of {finding.ScratchB} voyages, from {from} until {how} at {to}."),
        };
        desk.Close(slot, finding, endAtMs);
    }

    private static string Usual(Finding finding) => string.Create(
        CultureInfo.InvariantCulture,
        $"the lane {finding.ObjectName}, where 99.9 % of {finding.ScratchB} voyages stay within {Miles(finding.ScratchA)} NM");

    private static string Surely(Finding finding) => string.Create(
        CultureInfo.InvariantCulture,
        $"an ordinary voyage from there keeps to no lane in at most {new Figure("chance_percent", finding.ScratchC, 1)} % of cases");

    private static Figure Miles(long decimetres) => Figure.NauticalMiles("nm", decimetres);
}
