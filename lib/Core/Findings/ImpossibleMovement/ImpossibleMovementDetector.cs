using System.Globalization;
using System.Runtime.CompilerServices;
using MaritimeWatch.Geodesy;
using MaritimeWatch.Intake.Ais;
using MaritimeWatch.Terms;
using MaritimeWatch.Tracks;

namespace MaritimeWatch.Findings.ImpossibleMovement;

/// <summary>
/// Consecutive reports of one identity that no ship can have sent: implied speed over 60 kn, beyond a floor for noise
/// and rounded times. One finding per episode. A single bad fix that returns at once stays low; a hull that stays
/// displaced, or jumps that go on, become an alarm.
/// </summary>
internal sealed class ImpossibleMovementDetector(WatchState state, FindingDesk desk)
{
    // Scratch A: jumps in the episode; B: time of the last one; C: reports since then.
    private const byte DistressStatus = 14;
    private readonly bool _isOn = Array.Exists(state.Profiles, profile => profile.ImpossibleMovement is not null);
    private readonly double _nearUnitsSquared = NearUnitsSquared(state.Profiles);

    /// <summary>A report that follows another of the same identity.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void OnReport(int slot, in StoredReport last, in StoredReport next)
    {
        if (!_isOn)
        {
            return;
        }

        var isFar = FlatDistance.SquaredUnits(last.Position, next.Position) >= _nearUnitsSquared;
        if (isFar || state.Table.Vessels[slot].FirstFinding != 0)
        {
            Look(slot, in last, in next, isFar);
        }
    }

    /// <summary>A beat: an episode without a jump for long enough has ended.</summary>
    public void OnBeat(int slot, long nowMs)
    {
        foreach (var finding in state.Book.Of(slot))
        {
            if (finding.Kind == FindingKind.ImpossibleMovement && finding.Life == FindingLife.Open
                && nowMs >= EpisodeEndMs(finding))
            {
                desk.Close(slot, finding, finding.ScratchB);
            }
        }
    }

    /// <summary>When the next episode of a vessel may end.</summary>
    public long NextDue(int slot)
    {
        var due = long.MaxValue;
        foreach (var finding in state.Book.Of(slot))
        {
            if (finding.Kind == FindingKind.ImpossibleMovement && finding.Life == FindingLife.Open)
            {
                due = Math.Min(due, EpisodeEndMs(finding));
            }
        }

        return due;
    }

    private static double NearUnitsSquared(Profile[] profiles)
    {
        // A little nearer than the smallest jump: the exact distance decides.
        var metres = profiles.Min(profile => profile.ImpossibleMovement?.JumpDecimetresMin ?? int.MaxValue) / 10.0;
        var units = FlatDistance.UnitsOf(metres * 0.98);
        return units * units;
    }

    private long EpisodeEndMs(Finding finding) =>
        finding.ScratchB + state.Profiles[finding.Profile].ImpossibleMovement!.EpisodeMs;

    private void Look(int slot, in StoredReport last, in StoredReport next, bool isFar)
    {
        for (var profile = 0; profile < state.Profiles.Length; profile++)
        {
            if (state.Profiles[profile].ImpossibleMovement is not { } thresholds)
            {
                continue;
            }

            var finding = state.Book.OpenOf(slot, FindingKind.ImpossibleMovement, profile, 0, null);
            if (finding is not null && next.EventAtMs >= EpisodeEndMs(finding))
            {
                desk.Close(slot, finding, finding.ScratchB);
                finding = null;
            }

            var decimetres = isFar ? GreatCircle.DistanceDecimetres(last.Position, next.Position) : 0;
            if (isFar && ImpliedDeciKnots(in last, in next, decimetres, thresholds) is { } deciKnots)
            {
                Jump(slot, profile, finding, in last, in next, deciKnots, decimetres);
            }
            else if (finding is not null)
            {
                finding.ScratchC++;
                Judge(slot, finding, thresholds);
            }
        }
    }

    /// <summary>The implied speed, 0.1 knot, where it is impossible; else null.</summary>
    private static long? ImpliedDeciKnots(
        in StoredReport last, in StoredReport next, long decimetres, ImpossibleMovementThresholds thresholds)
    {
        if (decimetres < thresholds.JumpDecimetresMin || IsExempt(in last) || IsExempt(in next))
        {
            return null;
        }

        var isAssumed = last.Has(ReportTraits.TimeAssumed) || next.Has(ReportTraits.TimeAssumed);
        var afterMs = next.EventAtMs - last.EventAtMs + (isAssumed ? thresholds.AssumedTimeMs : thresholds.RoundingMs);

        // 0.1 knot is 185.2 m an hour: decimetres * 3,600,000 / (ms * 1852).
        var deciKnots = (decimetres - thresholds.NoiseDecimetres) * 3_600_000 / (afterMs * 1852);
        return deciKnots > thresholds.SpeedDeciKnots ? deciKnots : null;
    }

    private static bool IsExempt(in StoredReport report) =>
        report.Has(ReportTraits.Aircraft) || report.Has(ReportTraits.Fixed) || report.NavigationStatus == DistressStatus;

    private void Jump(
        int slot, int profile, Finding? finding, in StoredReport last, in StoredReport next, long deciKnots, long decimetres)
    {
        var isNew = finding is null;
        if (finding is null)
        {
            var vessel = state.Table.Vessels[slot].Vessel;
            if (vessel.IsMmsi && Mmsi.KindOf(vessel.Mmsi) is MmsiKind.Aircraft or MmsiKind.AidToNavigation or MmsiKind.CoastStation
                or MmsiKind.SearchAndRescueTransmitter or MmsiKind.ManOverboard or MmsiKind.Epirb)
            {
                return;
            }

            finding = desk.Open(slot, FindingKind.ImpossibleMovement, profile, 0, null, last.EventAtMs);
            finding.Severity = Severity.Low;
            desk.Witness(finding, in last);
        }

        desk.Witness(finding, in next);
        finding.ScratchA++;
        finding.ScratchB = next.EventAtMs;
        finding.ScratchC = 1;
        if (isNew || deciKnots > finding.Measure[0].Value)
        {
            finding.Places.Clear();
            finding.Places.Add(last.Position);
            finding.Places.Add(next.Position);
            Describe(slot, finding, deciKnots, decimetres, next.EventAtMs - last.EventAtMs);
        }
        else
        {
            Describe(slot, finding, finding.Measure[0].Value, null, 0);
        }

        state.Due(slot, EpisodeEndMs(finding));
        state.Changed.Add(slot);
        var thresholds = state.Profiles[profile].ImpossibleMovement!;
        if (isNew)
        {
            desk.Revise(slot, finding);
        }
        else if (!Judge(slot, finding, thresholds) && finding.Measure[0].Value >= 2 * finding.MeasureSaid)
        {
            desk.Revise(slot, finding);
        }
    }

    // True where it became an alarm just now.
    private bool Judge(int slot, Finding finding, ImpossibleMovementThresholds thresholds)
    {
        if (finding.Severity >= Severity.Medium
            || (finding.ScratchA < thresholds.AlarmJumps
                && (finding.ScratchC < thresholds.AlarmReportsDisplaced || finding.ScratchA % 2 == 0)))
        {
            return false;
        }

        finding.Severity = Severity.Medium;
        desk.Revise(slot, finding);
        return true;
    }

    private void Describe(int slot, Finding finding, long deciKnots, long? decimetres, long afterMs)
    {
        var jumps = new Figure("jumps", finding.ScratchA);
        if (decimetres is null)
        {
            finding.Measure = [finding.Measure[0], finding.Measure[1], finding.Measure[2], jumps];
            return;
        }

        var thresholds = state.Profiles[finding.Profile].ImpossibleMovement!;
        var speed = new Figure("implied_speed_knots", deciKnots, 1);
        var distance = Figure.NauticalMiles("distance_nm", decimetres.Value);
        finding.Measure = [speed, distance, new("after_s", afterMs / 1000), jumps];
        finding.ClearsIf = new Figure("implied_speed_knots", thresholds.SpeedDeciKnots, 1);
        var neededMs = decimetres.Value * 3_600_000 / (thresholds.SpeedDeciKnots * 1852L);
        finding.ClearsIfText = $"{Instants.ToWords(neededMs)} between the two reports instead of {Instants.ToWords(afterMs)}";
        finding.Reason = string.Create(
            CultureInfo.InvariantCulture,
            $"{state.NameOf(slot)} was reported {distance} NM away after {Instants.ToWords(afterMs)}, which takes {speed} kn.");
    }
}
