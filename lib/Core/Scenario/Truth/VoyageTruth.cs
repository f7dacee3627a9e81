using MaritimeWatch.Intake.Ais;

namespace MaritimeWatch.Scenario;

/// <summary>
/// A voyage that is changed at sea: another destination, not the same in other letters; or a time of arrival that moves by
/// six hours or more, where both the old and the new one are still to come. Each was said twice running. In port (a stop was
/// heard between the old statement and the second new one) it is no news. Size is the hours that the time moved, or 0 for a
/// destination.
/// </summary>
internal sealed class VoyageTruth(int vessels, HeardStops stops) : TruthWatch
{
    private const long LeastMs = 6 * 3_600_000;

    /// <summary>What people write for the ports of these waters; anything else stands for itself.</summary>
    private static readonly (string Text, string Place)[] Spellings =
    [
        ("SEGOT", "SEGOT"), ("GOTHENBURG", "SEGOT"), ("GOTEBORG", "SEGOT"), ("GOT", "SEGOT"), ("DKFDH", "DKFDH"),
        ("FREDERIKSHAVN", "DKFDH"), ("SELYS", "SELYS"), ("LYSEKIL", "SELYS"),
    ];

    private readonly Said?[] hulls = new Said?[vessels];

    public override void OnStaticHeard(SimVessel vessel, StaticReport said, long atMs, List<TruthEntry> truth)
    {
        var hull = hulls[vessel.Index] ??= new Said();
        var startAtMs = long.MaxValue;
        var hours = 0.0;
        if (SaidTimes.EtaAtMs(said, atMs) is { } eta && hull.Eta.Say(eta, atMs) is { } moved
            && Math.Abs(moved.Is - moved.Was) >= LeastMs && moved.Was > moved.IsAtMs && moved.Is > atMs)
        {
            startAtMs = moved.WasAtMs;
            hours = Math.Round(Math.Abs(moved.Is - moved.Was) / 3_600_000.0, 1);
        }

        if (said.Destination is { } destination && hull.Place.Say(PlaceOf(destination), atMs) is { } diverted)
        {
            startAtMs = Math.Min(startAtMs, diverted.WasAtMs);
            hours = 0;
        }

        if (startAtMs < long.MaxValue && !stops.AnySince(vessel, startAtMs))
        {
            truth.Add(new TruthEntry(
                "voyage-change", vessel.Identity.About.Vessel.Subject, startAtMs, atMs, hours, "hours", false, null, null));
        }
    }

    private static string PlaceOf(string destination)
    {
        var letters = string.Concat(destination.Where(char.IsAsciiLetter)).ToUpperInvariant();
        foreach (var (text, place) in Spellings)
        {
            if (letters == text)
            {
                return place;
            }
        }

        return letters;
    }

    private sealed class Said
    {
        public Statement<string> Place { get; } = new();

        public Statement<long> Eta { get; } = new();
    }
}
