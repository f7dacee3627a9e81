using System.Globalization;
using MaritimeWatch.Findings.Motion;
using MaritimeWatch.Geodesy;
using MaritimeWatch.Intake.Ais;
using MaritimeWatch.Terms;
using MaritimeWatch.Tracks;

namespace MaritimeWatch.Findings.Spoofing;

/// <summary>
/// A ship that was at sea and moves well inland. The coastline does not know rivers, lakes and canals: a ship that was only
/// ever heard inland is left alone, and so is one that went ashore by a port, where rivers end; one that came step by step
/// elsewhere stays low, and so does a boat that may have gone by road.
/// </summary>
internal sealed class OnLandDetector(WatchState state, FindingDesk desk) : StretchDetector(state, desk)
{
    // Of a stretch: A farthest inland, hectometres.
    private const int SearchMetresMax = 20_000;
    private const int LookAgainDecimetres = 3_000;
    private const int EndReports = 2;
    private const int HullNewReports = 3;
    private const int RiverMouthMetres = 15_000;

    // A hull that appeared inland at once came up no river; another ship on the same number may lie at a quay there.
    private const int QuayMetres = 3_000;

    // Boats go by road, and leave their AIS on.
    private const int LargeM = 50;
    private readonly SpoofingThresholds? _machine = Array.Find(state.Profiles, profile => profile.Spoofing is not null)?.Spoofing;

    public bool IsOn => _machine is not null;

    protected override FindingKind Kind => FindingKind.Spoofing;

    protected override string Object => "on-land";

    public override ref Stretch StretchOf(ref Suspect suspect) => ref suspect.Inland;

    /// <summary>Looks where a hull is, when it has gone so far that the answer may be another; true where it is inland.</summary>
    public bool IsInland(int slot, ref HullState hull, in StoredReport report)
    {
        ref var motion = ref hull.Motion;
        if (motion.ViewNumber == State.Reference.Number)
        {
            var units = FlatDistance.UnitsOf(motion.SafeRadiusDecimetres / 10.0);
            if (FlatDistance.SquaredUnits(motion.SafeCentre, report.Position) < units * units)
            {
                return (motion.Flags & MotionFlags.Inland) != 0;
            }
        }

        return Locate(slot, ref hull, in report);
    }

    public void OnReport(int slot, in HullState hull, ref Suspect suspect, in StoredReport report, bool isInland)
    {
        ref var stretch = ref suspect.Inland;
        if (stretch.IsOn && report.EventAtMs - stretch.LastAtMs >= _machine!.SilenceMs)
        {
            End(slot, in hull, ref stretch);
        }

        if (!isInland || report.SpeedDeciKnots <= 0)
        {
            if (stretch.IsOn && !isInland && ++stretch.Others >= EndReports)
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
            Begin(in hull, ref stretch, in report);
        }

        if (stretch.Reports >= _machine!.InlandReports && stretch.ForMs >= _machine.InlandMs)
        {
            Tell(slot, in hull, ref stretch, in report);
        }
    }

    protected override string? Contradiction(Finding? finding, in StoredReport late) =>
        State.Reference.View.KilometresOffshore(late.Position) > 0 ? "it at sea" : null;

    protected override long SilenceMs(Finding finding) => State.Profiles[finding.Profile].Spoofing!.SilenceMs;

    protected override long LeastMs(Finding finding) => State.Profiles[finding.Profile].Spoofing!.InlandMs;

    protected override void Describe(int slot, Finding finding, long untilMs)
    {
        var thresholds = State.Profiles[finding.Profile].Spoofing!;
        var inland = new Figure("inland_km", finding.ScratchA, 1);
        finding.Measure = [inland, new("on_land_minutes", (untilMs - finding.StartAtMs) / 60_000), new("appeared_there", finding.ScratchC)];
        finding.ClearsIf = new Figure("inland_km", thresholds.InlandHectometres - 1, 1);
        finding.ClearsIfText = $"a river, lake or canal that ships use there, a stopping place within {thresholds.InlandStoppingPlaceKm} km, or a position less than {new Figure(string.Empty, thresholds.InlandHectometres, 1)} km inland";
        finding.Reason = string.Create(
            CultureInfo.InvariantCulture,
            $"{State.NameOf(slot)} was at sea and reported itself moving up to {inland} km inland for {Instants.ToWords(untilMs - finding.StartAtMs)} from {Instants.ToText(finding.StartAtMs)} ({finding.Places[0]}){(finding.ScratchC == 1 ? "; it appeared there at once" : string.Empty)}.");
    }

    // A hull that is not the vessel's own is looked at from its third report on: it has been there since its first.
    private static void Begin(in HullState hull, ref Stretch stretch, in StoredReport report)
    {
        stretch.Begin(in report);
        if (hull.Number > 1 && hull.Reports is > 0 and <= HullNewReports)
        {
            stretch.First.EventAtMs = hull.FirstAtMs;
            stretch.Reports += hull.Reports;
        }
    }

    private void Tell(int slot, in HullState hull, ref Stretch stretch, in StoredReport report)
    {
        // The distance is worth its cost only for who may be told of.
        stretch.A = Math.Max(stretch.A, (long)Math.Floor((State.Reference.View.KilometresInland(report.Position) ?? 0) * 10));
        var isDisplaced = hull.Number > 1;
        for (var profile = 0; profile < State.Profiles.Length; profile++)
        {
            if (State.Profiles[profile].Spoofing is { } thresholds && stretch.A >= thresholds.InlandHectometres)
            {
                var isLarge = State.Table.Cards[slot].LengthM >= LargeM;
                var severity = isDisplaced && isLarge ? Severity.Medium : Severity.Low;
                Tell(slot, in hull, profile, in stretch, in report, severity, stretch.A, isDisplaced ? 1 : 0);
            }
        }
    }

    private bool Locate(int slot, ref HullState hull, in StoredReport report)
    {
        ref var motion = ref hull.Motion;
        var view = State.Reference.View;
        motion.ViewNumber = State.Reference.Number;
        motion.SafeLatitudeE7 = report.LatitudeE7;
        motion.SafeLongitudeE7 = report.LongitudeE7;
        if (view.KilometresOffshore(report.Position) is not { } offshore || report.Has(ReportTraits.Aircraft)
            || !WatchState.IsShip(State.Table.Vessels[slot].Vessel))
        {
            motion.SafeRadiusDecimetres = int.MaxValue;
            motion.Flags &= ~MotionFlags.Inland;
            return false;
        }

        var inlandFrom = _machine!.InlandHectometres * 1000L;
        if (offshore > 0)
        {
            motion.Flags = (motion.Flags | MotionFlags.SeenAtSea) & ~(MotionFlags.Inland | MotionFlags.Ashore | MotionFlags.UpRiver);
            motion.SafeRadiusDecimetres = (int)Math.Max(LookAgainDecimetres, (long)Math.Round(offshore * 10_000));
            return false;
        }

        if (hull.Number == 1 && (motion.Flags & (MotionFlags.SeenAtSea | MotionFlags.Ashore)) == MotionFlags.SeenAtSea
            && view.NearestAnchorage(report.Position, RiverMouthMetres, out _) >= 0)
        {
            motion.Flags |= MotionFlags.UpRiver;
        }

        motion.Flags |= MotionFlags.Ashore;
        var inland = (long)Math.Floor((view.KilometresInland(report.Position) ?? 0) * 10_000);
        var isOdd = inland >= inlandFrom && (motion.Flags & MotionFlags.UpRiver) == 0 && (hull.Number > 1 || (motion.Flags & MotionFlags.SeenAtSea) != 0)
            && view.NearestAnchorage(report.Position, hull.Number > 1 ? QuayMetres : Math.Min(SearchMetresMax, _machine.InlandStoppingPlaceKm * 1000), out _) < 0;
        motion.Flags = isOdd ? motion.Flags | MotionFlags.Inland : motion.Flags & ~MotionFlags.Inland;
        motion.SafeRadiusDecimetres = (int)Math.Max(
            LookAgainDecimetres, isOdd || inland >= inlandFrom ? Math.Min(inland - inlandFrom, 50_000) : inlandFrom - inland);
        return isOdd;
    }
}
