using System.Globalization;
using MaritimeWatch.Findings.Motion;
using MaritimeWatch.Terms;
using MaritimeWatch.Tracks;

namespace MaritimeWatch.Findings.Spoofing;

/// <summary>
/// A position that stays the same to the last digit while the ship says that it moves: no receiver is that quiet. A stuck
/// receiver does it as well as a false signal.
/// </summary>
internal sealed class FrozenDetector(WatchState state, FindingDesk desk) : StretchDetector(state, desk)
{
    /// <summary>1e-4 minute, the last digit of a position, in 1e-7 degree, rounded up.</summary>
    public const int LastDigitE7 = 17;

    // Of a stretch: A fastest said, 0.1 knot.
    private readonly SpoofingThresholds? _machine = Array.Find(state.Profiles, profile => profile.Spoofing is not null)?.Spoofing;

    public int FastDeciKnots => _machine?.FrozenDeciKnots ?? int.MaxValue;

    protected override FindingKind Kind => FindingKind.Spoofing;

    protected override string Object => "frozen-noise";

    public static bool IsSamePlace(in StoredReport one, in StoredReport other) =>
        Math.Abs(one.LatitudeE7 - other.LatitudeE7) <= LastDigitE7
        && Math.Abs((long)one.LongitudeE7 - other.LongitudeE7) <= LastDigitE7;

    public override ref Stretch StretchOf(ref Suspect suspect) => ref suspect.Frozen;

    public void OnReport(int slot, in HullState hull, ref Suspect suspect, in StoredReport report)
    {
        ref var stretch = ref suspect.Frozen;
        if (stretch.IsOn && (!IsSamePlace(in stretch.First, in report) || report.EventAtMs - stretch.LastAtMs >= _machine!.SilenceMs))
        {
            End(slot, in hull, ref stretch);
        }

        if (report.SpeedDeciKnots < _machine!.FrozenDeciKnots || !IsSamePlace(in hull.Last, in report))
        {
            // At the same place and slow: it may have stopped. A few such reports end it.
            if (stretch.IsOn && ++stretch.Others >= _machine.FrozenReports)
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
        }

        stretch.A = Math.Max(stretch.A, report.SpeedDeciKnots);
        for (var profile = 0; profile < State.Profiles.Length; profile++)
        {
            if (State.Profiles[profile].Spoofing is { } thresholds && stretch.ForMs >= thresholds.FrozenMs
                && stretch.Reports >= thresholds.FrozenReports)
            {
                Tell(slot, in hull, profile, in stretch, in report, Severity.Low, stretch.A, stretch.Reports);
            }
        }
    }

    protected override string? Contradiction(Finding? finding, in StoredReport late) =>
        finding is not null && (Math.Abs(finding.Places[0].LatitudeE7 - late.LatitudeE7) > LastDigitE7
            || Math.Abs((long)finding.Places[0].LongitudeE7 - late.LongitudeE7) > LastDigitE7)
            ? "another position" : null;

    protected override long SilenceMs(Finding finding) => State.Profiles[finding.Profile].Spoofing!.SilenceMs;

    protected override long LeastMs(Finding finding) => State.Profiles[finding.Profile].Spoofing!.FrozenMs;

    protected override void Describe(int slot, Finding finding, long untilMs)
    {
        var thresholds = State.Profiles[finding.Profile].Spoofing!;
        var forMs = untilMs - finding.StartAtMs;
        var speed = new Figure("speed_knots_most", finding.ScratchA, 1);
        finding.Measure = [new("frozen_minutes", forMs / 60_000), speed, new("reports", finding.ScratchC)];
        finding.ClearsIf = new Figure("frozen_minutes", (thresholds.FrozenMs / 60_000) - 1);
        finding.ClearsIfText = $"a position that differs by 0.0001 minute, or a speed below {new Figure(string.Empty, thresholds.FrozenDeciKnots, 1)} kn";
        finding.Reason = string.Create(
            CultureInfo.InvariantCulture,
            $"{State.NameOf(slot)} reported the very same position {finding.Places[0]} {finding.ScratchC} times in {Instants.ToWords(forMs)} while it said up to {speed} kn.");
    }
}
