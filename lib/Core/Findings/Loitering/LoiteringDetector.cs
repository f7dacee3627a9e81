using System.Globalization;
using MaritimeWatch.Findings.Motion;
using MaritimeWatch.Geodesy;
using MaritimeWatch.Reference;
using MaritimeWatch.Terms;
using MaritimeWatch.Tracks;

namespace MaritimeWatch.Findings.Loitering;

/// <summary>
/// A ship that is slow for hours where there is no port. The mean over the whole stretch counts, so that a short faster
/// move does not end it. Waiting for orders or for a berth looks the same: it never is more than worth knowing.
/// </summary>
internal sealed class LoiteringDetector : StretchDetector
{
    // Of a stretch: A way in decimetres; B reports that say it lies at anchor; C minute of the next look at places.
    private const int StillDeciKnots = 3;
    private const long LookEveryMinutes = 30;
    private const long ReportedForMs = 10 * 60_000;
    private const int SearchMetresMax = 20_000;
    private readonly LoiteringThresholds? _machine;
    private readonly long _leastMs;
    private int _viewNumber;
    private bool _knowsPlaces;

    public LoiteringDetector(WatchState state, FindingDesk desk)
        : base(state, desk)
    {
        var all = state.Profiles.Where(profile => profile.Loitering is not null).Select(profile => profile.Loitering!).ToArray();
        _machine = all.FirstOrDefault();
        _leastMs = all.Length == 0 ? long.MaxValue : all.Min(each => each.ForMs);
        if (Array.Exists(all, other => !_machine!.IsSameMachine(other)))
        {
            throw new ArgumentException("the profiles of one fold must agree in the speeds and times of loitering");
        }
    }

    /// <summary>Slower than this is of interest, 0.1 knot; less than any speed where no profile asks.</summary>
    public int SlowDeciKnots => _machine?.SlowDeciKnots ?? int.MinValue;

    protected override FindingKind Kind => FindingKind.Loitering;

    /// <summary>Slow out of port: is it worth remembering?</summary>
    public bool Begins(in HullState hull) => hull.Port.EntryAtMs == 0 && KnowsStoppingPlaces();

    public override ref Stretch StretchOf(ref Suspect suspect) => ref suspect.Loitering;

    public void OnReport(int slot, in HullState hull, ref Suspect suspect, in StoredReport report)
    {
        ref var stretch = ref suspect.Loitering;
        var isSlow = report.SpeedDeciKnots < _machine!.SlowDeciKnots;
        if (stretch.IsOn)
        {
            Add(ref stretch, in hull, in report);
            if (IsOver(in stretch, in hull, in report, isSlow))
            {
                End(slot, in hull, ref stretch);
            }
            else if (isSlow)
            {
                stretch.GoOn(in report);
                stretch.B += report.SaysItLiesStill ? 1 : 0;
                if (stretch.C != 0)
                {
                    GoOn(slot, in hull, report.EventAtMs, stretch.A);
                }
            }
        }

        if (!stretch.IsOn && isSlow && report.SpeedDeciKnots >= 0 && Begins(in hull))
        {
            stretch.Begin(in report);
            stretch.B = report.SaysItLiesStill ? 1 : 0;
        }

        if (isSlow && stretch.IsOn && stretch.ForMs >= _leastMs && report.EventAtMs / 60_000 >= stretch.C)
        {
            stretch.C = (int)((report.EventAtMs / 60_000) + LookEveryMinutes);
            Look(slot, in hull, ref stretch, in report);
        }
    }

    protected override string? Contradiction(Finding? finding, in StoredReport late) =>
        late.SpeedDeciKnots >= 2 * _machine!.SlowDeciKnots ? $"{new Figure(string.Empty, late.SpeedDeciKnots, 1)} kn" : null;

    protected override long SilenceMs(Finding finding) => _machine!.SilenceMs;

    protected override long LeastMs(Finding finding) => State.Profiles[finding.Profile].Loitering!.ForMs;

    protected override void Describe(int slot, Finding finding, long untilMs)
    {
        var thresholds = State.Profiles[finding.Profile].Loitering!;
        var forMs = Math.Max(1, untilMs - finding.StartAtMs);
        var isAnchored = finding.ScratchC == 1;
        var mean = new Figure("mean_knots", Math.Min(thresholds.SlowDeciKnots, DeciKnots(finding.ScratchA, forMs)), 1);
        finding.Measure = [Figure.Hours("slow_h", forMs), mean, new("says_at_anchor", isAnchored ? 1 : 0)];
        finding.ClearsIf = Figure.Hours("slow_h", thresholds.ForMs) with { Value = (thresholds.ForMs / 360_000) - 1 };
        finding.ClearsIfText = $"under way at {new Figure(string.Empty, thresholds.SlowDeciKnots, 1)} kn or more before {Instants.ToText(finding.StartAtMs + thresholds.ForMs)}, or a stopping place within {thresholds.StoppingPlaceKm} km";
        finding.Reason = string.Create(
            CultureInfo.InvariantCulture,
            $"{State.NameOf(slot)} made good {mean} kn on the average for {Instants.ToWords(forMs)} from {Instants.ToText(finding.StartAtMs)}, {thresholds.StoppingPlaceKm} km or more from any known stopping place{(isAnchored ? "; it says that it lies at anchor or moored" : string.Empty)}.");
    }

    // 0.1 knot is 185.2 m an hour: decimetres * 3,600,000 / (ms * 1852).
    private static long DeciKnots(long decimetres, long forMs) => decimetres * 3_600_000 / (forMs * 1852);

    // By what it said; over a longer silence by how far it came, if that is more.
    private static void Add(ref Stretch stretch, in HullState hull, in StoredReport report)
    {
        var forMs = report.EventAtMs - hull.Last.EventAtMs;
        var said = (Math.Max((short)0, hull.Last.SpeedDeciKnots) + Math.Max((short)0, report.SpeedDeciKnots)) * forMs * 1852 / (2 * 3_600_000L);
        stretch.A += forMs <= ReportedForMs
            ? said
            : Math.Max(said, (long)Math.Round(FlatDistance.Metres(hull.Last.Position, report.Position) * 10));
    }

    private bool IsOver(in Stretch stretch, in HullState hull, in StoredReport report, bool isSlow)
    {
        var forMs = report.EventAtMs - stretch.First.EventAtMs;
        return hull.Port.EntryAtMs != 0
            || report.EventAtMs - stretch.LastAtMs >= _machine!.SilenceMs
            || (!isSlow && report.EventAtMs - stretch.LastAtMs >= _machine.FastMs)
            || (forMs >= 3_600_000 && DeciKnots(stretch.A, forMs) >= _machine.SlowDeciKnots);
    }

    private void Look(int slot, in HullState hull, ref Stretch stretch, in StoredReport report)
    {
        var index = State.Reference.View.NearestAnchorage(report.Position, SearchMetresMax, out var metres);
        var decimetres = index < 0 ? long.MaxValue : (long)Math.Round(metres * 10);
        long? hectometres = State.Reference.View.KilometresOffshore(report.Position) is { } kilometres ? (long)Math.Round(kilometres * 10) : null;
        var isAnyAway = false;
        for (var profile = 0; profile < State.Profiles.Length; profile++)
        {
            if (State.Profiles[profile].Loitering is not { } thresholds || stretch.ForMs < thresholds.ForMs)
            {
                continue;
            }

            if (decimetres >= thresholds.StoppingPlaceKm * 10_000L
                && (thresholds.OffshoreHectometres == 0 || hectometres >= thresholds.OffshoreHectometres
                    || (hectometres is null && thresholds.OffshoreHectometres <= 20)))
            {
                isAnyAway = true;
                var isAnchored = stretch.B * 2 > stretch.Reports;
                var isStill = DeciKnots(stretch.A, stretch.ForMs) < StillDeciKnots;
                var severity = isAnchored || isStill || Craft.WorksOddly(in State.Table.Cards[slot], in report) ? Severity.Info : Severity.Low;
                Tell(slot, in hull, profile, in stretch, in report, severity, stretch.A, isAnchored ? 1 : 0);
            }
        }

        if (!isAnyAway)
        {
            End(slot, in hull, ref stretch);
        }
    }

    // Where no list of stopping places is in force nobody can be said to be far from them.
    private bool KnowsStoppingPlaces()
    {
        if (_viewNumber != State.Reference.Number)
        {
            _viewNumber = State.Reference.Number;
            _knowsPlaces = State.Reference.Versions.Keys.Any(ReferenceKinds.IsStoppingPlaces);
        }

        return _knowsPlaces;
    }
}
