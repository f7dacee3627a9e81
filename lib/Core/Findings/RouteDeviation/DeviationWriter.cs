using System.Globalization;
using MaritimeWatch.Terms;
using MaritimeWatch.Tracks;

namespace MaritimeWatch.Findings.RouteDeviation;

/// <summary>Findings of a ship that has left its lane.</summary>
internal sealed class DeviationWriter(WatchState state, FindingDesk desk)
{
    // Scratch A: half-width of the lane, 0.1 m; B: voyages kept + 256 * voyages in all; C: voyages that strayed as far.
    private const int PlacesMax = 16;

    /// <summary>It goes on being off: opens the finding, or revises it where it is news.</summary>
    public void GoOn(int slot, VoyageInProgress voyage, RoutePair pair, Lane lane, int off, in StoredReport report)
    {
        for (var profile = 0; profile < state.Profiles.Length; profile++)
        {
            if (state.Profiles[profile].RouteDeviation is not { } thresholds)
            {
                continue;
            }

            var finding = Array.Find(state.Book.Of(slot), each => IsOpen(each) && each.Profile == profile);
            if (finding is null)
            {
                finding = desk.Open(slot, FindingKind.RouteDeviation, profile, voyage.Hull, pair.Object, voyage.OffSinceMs);
                finding.ObjectName = $"{pair.From.Name}-{pair.To.Name}";
                finding.Places.Add(voyage.OffPlace);
            }

            var severity = finding.Severity;
            if (finding.Object == pair.Object)
            {
                finding.ScratchA = lane.HalfWidthDecimetres;
                finding.ScratchB = lane.VoyagesKept + (256 * lane.Strayed.Count);
                finding.ScratchC = lane.Strayed.Count(strayed => strayed >= voyage.OffMostDecimetres);
            }

            Measure(finding, thresholds, off, voyage);
            finding.Reason = string.Create(
                CultureInfo.InvariantCulture,
                $"{state.NameOf(slot)} is {Miles(off)} NM off {Usual(finding)}, since {Instants.ToText(voyage.OffSinceMs)}; {Surely(finding)}.");
            if (finding.Revision == 0 || finding.Severity != severity || finding.Measure[0].Value >= 2 * finding.MeasureSaid)
            {
                desk.Witness(finding, in report);
                if (finding.Places.Count < PlacesMax && finding.Places[^1] != report.Position)
                {
                    finding.Places.Add(report.Position);
                }

                desk.Revise(slot, finding);
                state.Due(slot, report.EventAtMs + thresholds.SilenceMs);
            }
        }
    }

    /// <summary>It is over.</summary>
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
                Close(slot, finding, endAtMs, how);
            }
        }
    }

    /// <summary>It is over, as a report shows.</summary>
    public void CloseAll(int slot, long endAtMs, string how, in StoredReport report)
    {
        foreach (var finding in state.Book.Of(slot))
        {
            if (IsOpen(finding))
            {
                desk.Witness(finding, in report);
                finding.Places.Add(report.Position);
                Close(slot, finding, endAtMs, how);
            }
        }
    }

    /// <summary>It came to a port: to the lane's own, or to another, which explains why it left.</summary>
    public void Arrive(int slot, Harbour from, Harbour to, long entryAtMs)
    {
        if (state.Table.Vessels[slot].FirstFinding == 0)
        {
            return;
        }

        foreach (var finding in state.Book.Of(slot))
        {
            // Those of this voyage: of an earlier one something may not be settled yet.
            if (finding.Kind != FindingKind.RouteDeviation || finding.Life == FindingLife.Retracted
                || finding.Variant != (byte)RouteRule.OwnLane
                || !finding.Object!.StartsWith($"lane:{from.Id}-", StringComparison.Ordinal))
            {
                continue;
            }

            if (to.Id != from.Id && finding.Object != $"lane:{from.Id}-{to.Id}")
            {
                finding.Severity = Severity.Info;
                finding.EndAtMs = entryAtMs;
                desk.Retract(slot, finding, $"called at {to.Name} ({to.Id}): it was on its way there");
            }
            else if (IsOpen(finding))
            {
                Close(slot, finding, entryAtMs, $"it came to {to.Name}");
            }
        }
    }

    public bool HasOpen(int slot) =>
        state.Table.Vessels[slot].FirstFinding != 0 && Array.Exists(state.Book.Of(slot), IsOpen);

    private static bool IsOpen(Finding finding) =>
        finding is { Kind: FindingKind.RouteDeviation, Life: FindingLife.Open, Variant: (byte)RouteRule.OwnLane };

    private void Close(int slot, Finding finding, long endAtMs, string how)
    {
        finding.Reason = string.Create(
            CultureInfo.InvariantCulture,
            $"{state.NameOf(slot)} was up to {finding.Measure[0]} NM off {Usual(finding)}, from {Instants.ToText(finding.StartAtMs)} until {how} at {Instants.ToText(endAtMs)}; {Surely(finding)}.");
        desk.Close(slot, finding, endAtMs);
    }

    private static void Measure(Finding finding, RouteDeviationThresholds thresholds, int off, VoyageInProgress voyage)
    {
        var limit = thresholds.LimitDecimetres((int)finding.ScratchA);
        var most = Math.Max(off, voyage.OffMostDecimetres);
        finding.Severity = most >= limit * (long)thresholds.AlarmTenths / 10 ? Severity.Medium : Severity.Low;
        finding.Measure =
        [
            Figure.NauticalMiles("cross_track_nm", most),
            Figure.NauticalMiles("half_width_nm", finding.ScratchA),
            Figure.NauticalMiles("limit_nm", limit),
            new("voyages_within", finding.ScratchB % 256),
            new("voyages", finding.ScratchB / 256),
            new("chance_percent", ChancePercent(finding)),
            new("off_under_way_minutes", voyage.OffUnderWayMs / 60_000),
        ];
        finding.ClearsIf = Figure.NauticalMiles("cross_track_nm", limit);
        finding.ClearsIfText = string.Create(
            CultureInfo.InvariantCulture,
            $"staying within {Miles(limit)} NM of the lane, being farther off for less than {Instants.ToWords(thresholds.OffMs)}, or calling at another port next");
    }

    private static string Usual(Finding finding) => string.Create(
        CultureInfo.InvariantCulture,
        $"the lane {finding.ObjectName}, where {(finding.ScratchB % 256 == finding.ScratchB / 256 ? string.Empty : $"{finding.ScratchB % 256} of ")}its {finding.ScratchB / 256} earlier voyages stay within {Miles(finding.ScratchA)} NM");

    // Among n + 1 voyages of one kind each is as likely as the others to stray the farthest.
    private static string Surely(Finding finding) => string.Create(
        CultureInfo.InvariantCulture,
        $"{(finding.ScratchC == 0 ? "no earlier voyage" : $"{finding.ScratchC} of them")} strayed so far, so chance alone would do this in {(finding.ScratchC == 0 ? "at most " : string.Empty)}{ChancePercent(finding)} % of voyages");

    private static long ChancePercent(Finding finding) => 100 * (finding.ScratchC + 1) / ((finding.ScratchB / 256) + 1);

    private static Figure Miles(long decimetres) => Figure.NauticalMiles("nm", decimetres);
}
