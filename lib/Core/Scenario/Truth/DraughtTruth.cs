using MaritimeWatch.Intake.Ais;

namespace MaritimeWatch.Scenario;

/// <summary>
/// A draught that changes by half a metre and a twentieth or more between two statements, each made twice running, without a
/// stop in a port between them. Lawful where it stopped in a port within the day before: typed by hand, and late. Size in
/// decimetres.
/// </summary>
internal sealed class DraughtTruth(int vessels, HeardStops stops) : TruthWatch
{
    private const int LeastDecimetres = 5;
    private const int LeastPart = 20;
    private const long StaleMs = 24 * 3_600_000;

    private readonly Statement<int>?[] hulls = new Statement<int>?[vessels];

    public override void OnStaticHeard(SimVessel vessel, StaticReport said, long atMs, List<TruthEntry> truth)
    {
        if (said.DraughtDecimetres is not { } draught
            || (hulls[vessel.Index] ??= new Statement<int>()).Say(draught, atMs) is not { } change)
        {
            return;
        }

        var decimetres = Math.Abs(change.Is - change.Was);
        if (decimetres < LeastDecimetres || decimetres * LeastPart < change.Was || stops.AnySince(vessel, change.WasAtMs))
        {
            return;
        }

        var lawful = stops.AnySince(vessel, change.WasAtMs - StaleMs);
        truth.Add(new TruthEntry(
            "draught-change", vessel.Identity.About.Vessel.Subject, change.WasAtMs, atMs, decimetres, "decimetres", lawful, null,
            lawful ? "typed by hand some hours after the port call" : null));
    }
}
