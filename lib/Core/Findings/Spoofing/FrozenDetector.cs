using System.Globalization;
using MaritimeWatch.Findings.Motion;
using MaritimeWatch.Terms;
using MaritimeWatch.Tracks;

namespace MaritimeWatch.Findings.Spoofing;

/// <summary>
/// A position that stays the same to the last digit while the ship says that it moves, or that goes on exactly as one
/// speed and one course lead it: no receiver is that quiet. A stuck receiver does it as well as a false signal.
/// </summary>
internal sealed class FrozenDetector(WatchState state, FindingDesk desk) : StretchDetector(state, desk)
{
    /// <summary>1e-4 minute, the last digit of a position, in 1e-7 degree, rounded up.</summary>
    public const int LastDigitE7 = 17;

    /// <summary>A place is where a speed and course lead within this, decimetres: less than the noise of any receiver.</summary>
    private const long OffDecimetresMax = 40;

    /// <summary>... and along the course within so many milliseconds more: the clocks of receivers.</summary>
    private const long ClockMs = 4_000;

    /// <summary>Added to the speed in the finding's own number where it goes on along a line.</summary>
    private const long OnLine = 1 << 16;

    // Of a stretch: A fastest said, 0.1 knot; B 1 where it goes on along a line, 0 at one place.
    private readonly SpoofingThresholds? _machine = Array.Find(state.Profiles, profile => profile.Spoofing is not null)?.Spoofing;

    public int FastDeciKnots => _machine?.FrozenDeciKnots ?? int.MaxValue;

    protected override FindingKind Kind => FindingKind.Spoofing;

    protected override string Object => "frozen-noise";

    public static bool IsSamePlace(in StoredReport one, in StoredReport other) =>
        Math.Abs(one.LatitudeE7 - other.LatitudeE7) <= LastDigitE7
        && Math.Abs((long)one.LongitudeE7 - other.LongitudeE7) <= LastDigitE7;

    /// <summary>The cheap question: the same place, or the same speed and course to the last digit.</summary>
    public static bool MayBegin(in StoredReport last, in StoredReport report) =>
        IsSamePlace(in last, in report)
        || (last.SpeedDeciKnots == report.SpeedDeciKnots && last.CourseDeciDegrees == report.CourseDeciDegrees);

    /// <summary>True where a report lies exactly where the speed and course of an earlier one lead, and says the same ones.</summary>
    public static bool IsOnLine(in StoredReport first, in StoredReport report)
    {
        if (first.SpeedDeciKnots != report.SpeedDeciKnots || first.CourseDeciDegrees != report.CourseDeciDegrees
            || first.SpeedDeciKnots <= 0 || first.CourseDeciDegrees < 0)
        {
            return false;
        }

        var (along, across) = WayMadeGood.OffDecimetres(in first, in report);
        var clock = first.SpeedDeciKnots * ClockMs * 1852 / 3_600_000; // 0.1 kn for 1 ms is 1852 / 3,600,000 dm
        return Math.Abs(across) <= OffDecimetresMax && Math.Abs(along) <= OffDecimetresMax + clock;
    }

    public override ref Stretch StretchOf(ref Suspect suspect) => ref suspect.Frozen;

    public void OnReport(int slot, in HullState hull, ref Suspect suspect, in StoredReport report)
    {
        ref var stretch = ref suspect.Frozen;
        if (stretch.IsOn && (!GoesOn(in stretch, in report) || report.EventAtMs - stretch.LastAtMs >= _machine!.SilenceMs))
        {
            End(slot, in hull, ref stretch);
        }

        var isSamePlace = IsSamePlace(in hull.Last, in report);
        if (report.SpeedDeciKnots < _machine!.FrozenDeciKnots || !(isSamePlace || IsOnLine(in hull.Last, in report)))
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
            stretch.B = isSamePlace ? 0 : 1;
        }

        stretch.A = Math.Max(stretch.A, report.SpeedDeciKnots);
        for (var profile = 0; profile < State.Profiles.Length; profile++)
        {
            if (State.Profiles[profile].Spoofing is { } thresholds && stretch.ForMs >= thresholds.FrozenMs
                && stretch.Reports >= thresholds.FrozenReports)
            {
                Tell(slot, in hull, profile, in stretch, in report, Severity.Low, stretch.A + (stretch.B == 0 ? 0 : OnLine), stretch.Reports);
            }
        }
    }

    private static bool GoesOn(in Stretch stretch, in StoredReport report) =>
        stretch.B == 0 ? IsSamePlace(in stretch.First, in report) : IsOnLine(in stretch.First, in report);

    protected override string? Contradiction(Finding? finding, in StoredReport late) =>
        finding is not null && finding.ScratchA < OnLine && (Math.Abs(finding.Places[0].LatitudeE7 - late.LatitudeE7) > LastDigitE7
            || Math.Abs((long)finding.Places[0].LongitudeE7 - late.LongitudeE7) > LastDigitE7)
            ? "another position" : null;

    protected override long SilenceMs(Finding finding) => State.Profiles[finding.Profile].Spoofing!.SilenceMs;

    protected override long LeastMs(Finding finding) => State.Profiles[finding.Profile].Spoofing!.FrozenMs;

    protected override void Describe(int slot, Finding finding, long untilMs)
    {
        var thresholds = State.Profiles[finding.Profile].Spoofing!;
        var forMs = untilMs - finding.StartAtMs;
        var isOnLine = finding.ScratchA >= OnLine;
        var speed = new Figure("speed_knots_most", finding.ScratchA % OnLine, 1);
        finding.Measure = [new("frozen_minutes", forMs / 60_000), speed, new("reports", finding.ScratchC)];
        finding.ClearsIf = new Figure("frozen_minutes", (thresholds.FrozenMs / 60_000) - 1);
        finding.ClearsIfText = $"a position that differs by 0.0001 minute, or a speed below {new Figure(string.Empty, thresholds.FrozenDeciKnots, 1)} kn";
        if (isOnLine)
        {
            finding.ClearsIfText = $"another speed or course, or a position {OffDecimetresMax / 10} m off the line";
            finding.Reason = string.Create(
                CultureInfo.InvariantCulture,
                $"{State.NameOf(slot)} went on from {finding.Places[0]} for {Instants.ToWords(forMs)} exactly as {speed} kn on one course lead: {finding.ScratchC} reports within {OffDecimetresMax / 10} m, where every receiver has some noise.");
            return;
        }

        finding.Reason = string.Create(
            CultureInfo.InvariantCulture,
            $"{State.NameOf(slot)} reported the very same position {finding.Places[0]} {finding.ScratchC} times in {Instants.ToWords(forMs)} while it said up to {speed} kn.");
    }
}
