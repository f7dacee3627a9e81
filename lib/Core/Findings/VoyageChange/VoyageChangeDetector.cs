using System.Globalization;
using MaritimeWatch.Findings.Statics;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Findings.VoyageChange;

/// <summary>
/// A ship at sea that goes elsewhere, or later or sooner, than it said under way: another place as destination, or an ETA
/// moved by hours, each said twice. An ETA that has passed is no news, neither as the earlier nor as the new one.
/// </summary>
internal sealed class VoyageChangeDetector
{
    private readonly WatchState _state;
    private readonly FindingDesk _desk;
    private readonly Whereabouts _where;
    private readonly bool _isOn;

    public VoyageChangeDetector(WatchState state, FindingDesk desk, Whereabouts where)
    {
        (_state, _desk, _where) = (state, desk, where);
        Changes = new ChangeFindings(state, desk, FindingKind.VoyageChange);
        _isOn = Array.Exists(state.Profiles, profile => profile.VoyageChange is not null);
    }

    public ChangeFindings Changes { get; }

    /// <summary>Destination, ETA or both changed with this statement.</summary>
    public void OnChanged(int slot, StaticHistory history, bool destination, bool eta, in Said said)
    {
        var hull = _where.LatestHull(slot);
        if (!_isOn || hull < 0)
        {
            return;
        }

        for (var profile = 0; profile < _state.Profiles.Length; profile++)
        {
            if (_state.Profiles[profile].VoyageChange is { } thresholds)
            {
                Change(slot, profile, thresholds, history, destination, eta, in said);
            }
        }
    }

    // Milliseconds by which the ETA moved, at least the threshold; 0 where it did not, or where one of both has passed.
    private static long Moved(VoyageChangeThresholds thresholds, Claim claim)
    {
        var atMs = claim.First.AtMs;
        var before = EtaText.Resolve(claim.Before!, Math.Max(claim.BeforeFirst.AtMs, claim.BeforeBucket * Intake.Ais.StaticMemory.BucketMs));
        var now = EtaText.Resolve(claim.Value!, atMs);
        return before > atMs && now > atMs && Math.Abs(now - before) >= thresholds.EtaMovedMs ? now - before : 0;
    }

    // What stood before was still said under way, after the last stop that may have been a call.
    private bool WasSaidAtSea(int slot, VoyageChangeThresholds thresholds, Claim claim)
    {
        ref var hull = ref _state.Table.Hulls[_where.LatestHull(slot)];
        var called = _where.CalledUntilMs(in hull);
        return Whereabouts.IsAtSea(in hull, claim.First.AtMs)
            && claim.First.AtMs - called >= thresholds.UnderWayMs
            && claim.BeforeBucket * Intake.Ais.StaticMemory.BucketMs >= called;
    }

    private void Change(
        int slot, int profile, VoyageChangeThresholds thresholds, StaticHistory history, bool destination, bool eta, in Said said)
    {
        var to = destination ? history.Claims[(int)ClaimField.Destination] : null;
        var due = eta ? history.Claims[(int)ClaimField.Eta] : null;
        to = to is not null && Destinations.Differ(to.Before!, to.Value!) && WasSaidAtSea(slot, thresholds, to) ? to : null;
        due = due is not null && WasSaidAtSea(slot, thresholds, due) ? due : null;
        var movedMs = due is null ? 0 : Moved(thresholds, due);
        if (to is null && movedMs == 0)
        {
            return;
        }

        var claim = to ?? due!;
        var held = Changes.Held(slot, profile);
        if (held is null)
        {
            held = Changes.Open(slot, profile, claim.First.AtMs, said.AtMs);
            FindingDesk.Witness(held, claim.BeforeFirst);
            FindingDesk.Witness(held, claim.First);
        }
        else
        {
            Changes.Hold(slot, held, said.AtMs);
        }

        FindingDesk.Witness(held, in said);
        Describe(slot, held, thresholds, history, to is not null, movedMs);
        _desk.Revise(slot, held);
    }

    private void Describe(
        int slot, Finding finding, VoyageChangeThresholds thresholds, StaticHistory history, bool isElsewhere, long movedMs)
    {
        // Scratch C: 1 where the destination changed, and twice the hours of the ETA's move.
        isElsewhere |= (finding.ScratchC & 1) != 0;
        movedMs = movedMs == 0 ? (finding.ScratchC >> 1) * 60_000 : movedMs;
        finding.ScratchC = (movedMs / 60_000 << 1) | (isElsewhere ? 1L : 0);
        var parts = new List<string>();
        if (isElsewhere && history.Claims[(int)ClaimField.Destination] is { } to)
        {
            parts.Add($"destination {to.Before} became {to.Value}");
        }

        if (movedMs != 0 && history.Claims[(int)ClaimField.Eta] is { } eta)
        {
            parts.Add($"ETA {eta.Before} became {eta.Value} UTC, {Instants.ToWords(Math.Abs(movedMs))} {(movedMs > 0 ? "later" : "sooner")}");
        }

        finding.Severity = isElsewhere || Math.Abs(movedMs) >= thresholds.EtaFarMs ? Severity.Low : Severity.Info;
        finding.Measure = [Figure.Hours("eta_moved_h", Math.Abs(movedMs)), new Figure("destination_changed", isElsewhere ? 1 : 0)];
        finding.ClearsIf = Figure.Hours("eta_moved_h", thresholds.EtaMovedMs - 360_000);
        finding.ClearsIfText = isElsewhere
            ? "the earlier destination said again within 30 min, or a stop in port in between"
            : $"an ETA moved by less than {Instants.ToWords(thresholds.EtaMovedMs)}, or a stop in port in between";
        finding.Reason = string.Create(
            CultureInfo.InvariantCulture,
            $"{_state.NameOf(slot)} changed its voyage at sea at {Instants.ToText(finding.StartAtMs)}: {string.Join("; ", parts)}.");
        _where.Place(slot, finding);
    }
}
