using System.Globalization;
using MaritimeWatch.Findings.Motion;
using MaritimeWatch.Geodesy;
using MaritimeWatch.Terms;
using MaritimeWatch.Tracks;

namespace MaritimeWatch.Findings.Spoofing;

/// <summary>
/// Positions that go round and round at one radius while the speed and course said do not fit that way. A tug, a fishing
/// vessel or a rescue boat that really turns says so by its course, and is no suspect.
/// </summary>
internal sealed class CircleDetector(WatchState state, FindingDesk desk) : StretchDetector(state, desk)
{
    private const int FirstEveryMs = 25_000;
    private const int StepDecimetres = 200;
    private const int TurnDeciDegrees = 3600;
    private const int StepTurnMax = 1500;
    private const long SpanMsMax = 12 * 3_600_000;
    private readonly SpoofingThresholds? _machine = Array.Find(state.Profiles, profile => profile.Spoofing is not null)?.Spoofing;

    public bool IsOn => _machine is not null;

    protected override FindingKind Kind => FindingKind.Spoofing;

    protected override string Object => "circles";

    public override ref Stretch StretchOf(ref Suspect suspect) => ref suspect.Circle;

    /// <summary>A window has ended: where it came to, and whether the way fitted what was said.</summary>
    public void OnWindow(int slot, in HullState hull, ref Suspect suspect, in StoredReport report, bool isMisfit)
    {
        ref var stretch = ref suspect.Circle;
        ref var turning = ref suspect.Turning;
        if (stretch.IsOn && (report.EventAtMs - hull.Last.EventAtMs >= _machine!.SilenceMs
            || report.EventAtMs - stretch.First.EventAtMs > SpanMsMax * (turning.TurnsLookedAt >= _machine.CircleTurns ? 100 : 1)
            || hull.Motion.Misfits == 0))
        {
            End(slot, in hull, ref stretch);
            turning = default;
        }

        if (!stretch.IsOn)
        {
            if (isMisfit)
            {
                Restart(ref suspect, in report);
            }

            return;
        }

        if (turning.TurnsLookedAt >= _machine!.CircleTurns)
        {
            stretch.LastAtMs = report.EventAtMs;
            GoOn(slot, in hull, report.EventAtMs, null);
        }

        turning.Windows++;
        turning.Misfits += isMisfit ? 1 : 0;
        stretch.Reports++;
        if (report.EventAtMs - turning.PlaceAtMs >= turning.EveryMs)
        {
            Add(ref suspect, in report);
            Look(slot, in hull, ref suspect, in report);
        }
    }

    protected override string? Contradiction(Finding? finding, in StoredReport late) => null;

    protected override long SilenceMs(Finding finding) => State.Profiles[finding.Profile].Spoofing!.SilenceMs;

    protected override long LeastMs(Finding finding) => 0;

    protected override void Describe(int slot, Finding finding, long untilMs)
    {
        var thresholds = State.Profiles[finding.Profile].Spoofing!;
        var radius = finding.ScratchC & 0xFFFF_FFFF;
        var misfit = finding.ScratchC >> 32;
        finding.Measure =
        [
            new("turns", finding.ScratchA), new("radius_m", radius / 10), new("misfit_percent", misfit),
            new("minutes", (untilMs - finding.StartAtMs) / 60_000),
        ];
        finding.ClearsIf = new Figure("turns", thresholds.CircleTurns - 1);
        finding.ClearsIfText = "a course and speed that fit the way made good, or a radius that varies";
        finding.Reason = string.Create(
            CultureInfo.InvariantCulture,
            $"{State.NameOf(slot)} reported {finding.ScratchA} circles of {radius / 10} m radius in {Instants.ToWords(untilMs - finding.StartAtMs)} from {Instants.ToText(finding.StartAtMs)}, and its speed and course fitted none of that way in {misfit} % of the steps.");
    }

    private static void Restart(ref Suspect suspect, in StoredReport report)
    {
        suspect.Circle.Begin(in report);
        suspect.Turning = new CircleState { EveryMs = FirstEveryMs, PlaceAtMs = report.EventAtMs, Places = 1, Windows = 1, Misfits = 1 };
        suspect.Places[0] = report.Position;
    }

    private static void Add(ref Suspect suspect, in StoredReport report)
    {
        ref var turning = ref suspect.Turning;
        var last = suspect.Places[turning.Places - 1];
        if (Math.Round(FlatDistance.Metres(last, report.Position) * 10) < StepDecimetres)
        {
            return;
        }

        if (turning.Places == CirclePlaces.Count)
        {
            for (var i = 1; i < CirclePlaces.Count / 2; i++)
            {
                suspect.Places[i] = suspect.Places[2 * i];
            }

            turning.Places = CirclePlaces.Count / 2;
            turning.EveryMs = Math.Min(turning.EveryMs * 2, 3_600_000);
        }

        if (turning.Places >= 2)
        {
            var step = TurnOf(suspect.Places[turning.Places - 2], suspect.Places[turning.Places - 1], report.Position);
            if (Math.Abs(step) > StepTurnMax)
            {
                Restart(ref suspect, in report); // Too sharp to know which way round.
                return;
            }

            turning.TurnDeciDegrees += step;
        }

        suspect.Places[turning.Places++] = report.Position;
        turning.PlaceAtMs = report.EventAtMs;
    }

    // To the right is positive, 0.1 degree: quantised, because an arc tangent differs between processors.
    private static int TurnOf(Position from, Position over, Position to)
    {
        var before = (int)Math.Round(GreatCircle.InitialBearingDegrees(from, over) * 10);
        var after = (int)Math.Round(GreatCircle.InitialBearingDegrees(over, to) * 10);
        var turn = (after - before + 5400) % 3600;
        return turn - 1800;
    }

    private void Look(int slot, in HullState hull, ref Suspect suspect, in StoredReport report)
    {
        ref var turning = ref suspect.Turning;
        ref var stretch = ref suspect.Circle;
        var turns = Math.Abs(turning.TurnDeciDegrees) / TurnDeciDegrees;
        if (turns < _machine!.CircleTurns || turns <= turning.TurnsLookedAt || turning.Places < _machine.CirclePlaces)
        {
            return;
        }

        var wasCircle = turning.TurnsLookedAt >= _machine.CircleTurns;
        turning.TurnsLookedAt = turns;
        var fit = CircleFit.Of(((Span<Position>)suspect.Places)[..turning.Places]);
        var misfit = turning.Misfits * 100 / turning.Windows;
        if (fit.RadiusDecimetres == 0 || fit.SpreadPerMille > _machine.CircleSpreadPerMille || misfit < _machine.CircleMisfitPercent)
        {
            if (wasCircle)
            {
                End(slot, in hull, ref stretch);
            }

            Restart(ref suspect, in report);
            return;
        }

        stretch.LastAtMs = report.EventAtMs;
        for (var profile = 0; profile < State.Profiles.Length; profile++)
        {
            if (State.Profiles[profile].Spoofing is not null)
            {
                Tell(slot, in hull, profile, in stretch, in report, Severity.Medium, turns, (long)(uint)fit.RadiusDecimetres | ((long)(uint)misfit << 32));
            }
        }
    }
}
