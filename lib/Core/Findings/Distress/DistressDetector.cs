using System.Globalization;
using MaritimeWatch.Findings.Motion;
using MaritimeWatch.Terms;
using MaritimeWatch.Tracks;

namespace MaritimeWatch.Findings.Distress;

/// <summary>
/// A distress device that is active, at once; one under test, for information; a ship that says so of itself, when it has
/// said it twice. Lawful always: other rules leave it alone.
/// </summary>
internal sealed class DistressDetector(WatchState state, FindingDesk desk, bool isTest) : StretchDetector(state, desk)
{
    /// <summary>Navigation status of an active device, and of one under test.</summary>
    public const byte Active = 14;
    public const byte Test = 15;

    private const int SailsDeciKnots = 80;
    private readonly DistressThresholds? _machine = Array.Find(state.Profiles, profile => profile.Distress is not null)?.Distress;

    public bool IsOn => _machine is not null;

    protected override FindingKind Kind => FindingKind.Distress;

    protected override string? Object => isTest ? "test" : null;

    /// <summary>A search and rescue transmitter, a man-overboard device or an EPIRB by its number.</summary>
    public static bool IsDevice(VesselId vessel) => vessel.Value - 970_000_000 is < 1_000_000 or (>= 2_000_000 and < 3_000_000) or (>= 4_000_000 and < 5_000_000);

    public override ref Stretch StretchOf(ref Suspect suspect) => ref suspect.Distress;

    public void OnReport(int slot, in HullState hull, ref Suspect suspect, in StoredReport report)
    {
        ref var stretch = ref suspect.Distress;
        var isDevice = IsDevice(State.Table.Vessels[slot].Vessel);
        var holds = report.NavigationStatus == Active ? !isTest : isTest && isDevice && report.NavigationStatus == Test;
        if (stretch.IsOn && (stretch.A == 1) != isTest)
        {
            return; // The stretch is the other rule's; it ends by its own account first.
        }

        if (stretch.IsOn && report.EventAtMs - stretch.LastAtMs >= _machine!.SilenceMs)
        {
            End(slot, in hull, ref stretch);
        }

        if (!holds)
        {
            if (stretch.IsOn && isTest && report.NavigationStatus == Active)
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
            stretch.A = isTest ? 1 : 0;
        }

        for (var profile = 0; profile < State.Profiles.Length; profile++)
        {
            if (State.Profiles[profile].Distress is { } thresholds && (isDevice || stretch.Reports >= thresholds.ShipReports))
            {
                Tell(slot, in hull, profile, in stretch, in report, SeverityOf(in report, isDevice), stretch.Reports, isDevice ? 1 : 0);
            }
        }
    }

    // A late report with another status does not take a distress back: a person does.
    protected override string? Contradiction(Finding? finding, in StoredReport late) => null;

    protected override long SilenceMs(Finding finding) => State.Profiles[finding.Profile].Distress!.SilenceMs;

    protected override long LeastMs(Finding finding) => 0;

    protected override void Describe(int slot, Finding finding, long untilMs)
    {
        var thresholds = State.Profiles[finding.Profile].Distress!;
        var isDevice = finding.ScratchC == 1;
        finding.Measure = [new("distress_minutes", (untilMs - finding.StartAtMs) / 60_000), new("reports", finding.ScratchA)];
        finding.ClearsIf = new Figure("reports", isDevice ? 0 : thresholds.ShipReports - 1);
        finding.ClearsIfText = isDevice ? "no report with this status" : $"fewer than {thresholds.ShipReports} reports with navigation status 14";
        var what = isTest
            ? "sends as a distress device under test"
            : isDevice ? $"{DeviceName(finding)} is active" : "says navigation status 14, an active distress signal";
        finding.Reason = string.Create(
            CultureInfo.InvariantCulture,
            $"{State.NameOf(slot)}: {what}, from {Instants.ToText(finding.StartAtMs)} to {Instants.ToText(untilMs)}, last at {finding.Places[^1]}.");
    }

    // A ship that sails on at speed has set its status wrong; 14 was free for other uses before 2010.
    private Severity SeverityOf(in StoredReport report, bool isDevice) =>
        isTest ? Severity.Info : !isDevice && report.SpeedDeciKnots > SailsDeciKnots ? Severity.Low : Severity.High;

    private static string DeviceName(Finding finding) => Mmsi.KindOf((int)finding.Vessel.Value) switch
    {
        MmsiKind.SearchAndRescueTransmitter => "a search and rescue transmitter",
        MmsiKind.ManOverboard => "a man-overboard device",
        _ => "an EPIRB",
    };
}
