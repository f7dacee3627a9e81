using System.Globalization;
using System.Runtime.CompilerServices;
using MaritimeWatch.Findings.Motion;
using MaritimeWatch.Intake.Ais;
using MaritimeWatch.Terms;
using MaritimeWatch.Tracks;

namespace MaritimeWatch.Findings.Spoofing;

/// <summary>
/// A ship whose own second of UTC lies steadily beside the time at which it is heard, while other ships heard by the same
/// source agree: so a receiver's wrong clock is not taken for the ship's. CSV says no second: there it cannot be seen.
/// </summary>
internal sealed class ClockDetector(WatchState state, FindingDesk desk) : StretchDetector(state, desk)
{
    // Of a stretch: B how far it is off, seconds.
    private const int SteadySeconds = 3;
    private const int SecondsMax = 60;
    private const int OthersKnownMax = 3;
    private readonly SpoofingThresholds? _machine = Array.Find(state.Profiles, profile => profile.Spoofing is not null)?.Spoofing;

    protected override FindingKind Kind => FindingKind.Spoofing;

    protected override string Object => "wrong-clock";

    /// <summary>Seconds that a report's own second is off what others show; 0 where it says none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int SecondsOff(int slot, in StoredReport report) =>
        _machine is null || (uint)(report.UtcSecondNumber - 1) >= SecondsMax || report.Has(ReportTraits.TimeAssumed)
            ? 0
            : State.Clocks.SecondsOff(
                report.Source, slot, SourceClocks.Turn(report.UtcSecondNumber - 1 - (int)(report.EventAtMs / 1000 % SecondsMax)));

    /// <summary>Is it off by enough to be watched?</summary>
    public bool IsOff(int seconds) => _machine is not null && Math.Abs(seconds) >= _machine.ClockSeconds;

    public override ref Stretch StretchOf(ref Suspect suspect) => ref suspect.Clock;

    public void OnReport(int slot, in HullState hull, ref Suspect suspect, in StoredReport report, int secondsOff)
    {
        ref var stretch = ref suspect.Clock;
        if (stretch.IsOn && report.EventAtMs - stretch.LastAtMs >= _machine!.SilenceMs)
        {
            End(slot, in hull, ref stretch);
        }

        if ((uint)(report.UtcSecondNumber - 1) >= SecondsMax || report.Has(ReportTraits.TimeAssumed))
        {
            return; // Says nothing either way.
        }

        if (!IsOff(secondsOff) || (stretch.IsOn && Math.Abs(SourceClocks.Turn(secondsOff - stretch.B)) > SteadySeconds))
        {
            if (stretch.IsOn)
            {
                End(slot, in hull, ref stretch);
            }

            return;
        }

        if (stretch.IsOn)
        {
            stretch.GoOn(in report);
        }
        else
        {
            stretch.Begin(in report);
            stretch.B = secondsOff;
        }

        if (stretch.Reports < _machine!.ClockReports || stretch.ForMs < _machine.ClockMs
            || !State.Clocks.IsKnown(report.Source, Math.Min(OthersKnownMax, _machine.ClockOthers)))
        {
            return;
        }

        for (var profile = 0; profile < State.Profiles.Length; profile++)
        {
            if (State.Profiles[profile].Spoofing is not null)
            {
                Tell(slot, in hull, profile, in stretch, in report, Severity.Low, stretch.B, stretch.Reports);
            }
        }
    }

    protected override string? Contradiction(Finding? finding, in StoredReport late) => null;

    protected override long SilenceMs(Finding finding) => State.Profiles[finding.Profile].Spoofing!.SilenceMs;

    protected override long LeastMs(Finding finding) => State.Profiles[finding.Profile].Spoofing!.ClockMs;

    protected override void Describe(int slot, Finding finding, long untilMs)
    {
        var thresholds = State.Profiles[finding.Profile].Spoofing!;
        var off = Math.Abs(finding.ScratchA);
        finding.Measure = [new("clock_off_s", off), new("reports", finding.ScratchC), new("minutes", (untilMs - finding.StartAtMs) / 60_000)];
        finding.ClearsIf = new Figure("clock_off_s", thresholds.ClockSeconds - 1);
        finding.ClearsIfText = $"a second of UTC within {thresholds.ClockSeconds} s of what others show at the same receiver";
        finding.Reason = string.Create(
            CultureInfo.InvariantCulture,
            $"{State.NameOf(slot)} said a second of UTC that is {off} s {(finding.ScratchA < 0 ? "behind" : "ahead of")} what other ships show at the same receivers (modulo a minute), in {finding.ScratchC} reports in a row over {Instants.ToWords(untilMs - finding.StartAtMs)}.");
    }
}
