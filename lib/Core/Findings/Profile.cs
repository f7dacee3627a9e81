namespace MaritimeWatch.Findings;

/// <summary>
/// A named set of definitions. A behaviour that is null is not looked for. Thresholds are data: a finding names profile
/// and version and carries the thresholds that it met.
/// </summary>
public sealed record Profile
{
    /// <summary>Its name, lower case.</summary>
    public required string Name { get; init; }

    /// <summary>Counts changes of any number in it, from 1.</summary>
    public required int Version { get; init; }

    /// <summary>Silence.</summary>
    public Gap.GapThresholds? Gap { get; init; }

    /// <summary>Faster than any ship.</summary>
    public ImpossibleMovement.ImpossibleMovementThresholds? ImpossibleMovement { get; init; }

    /// <summary>Entering a zone.</summary>
    public ZoneEntry.ZoneEntryThresholds? ZoneEntry { get; init; }

    /// <summary>Calling at a port.</summary>
    public PortVisit.PortVisitThresholds? PortVisit { get; init; }

    /// <summary>Leaving its own lane.</summary>
    public RouteDeviation.RouteDeviationThresholds? RouteDeviation { get; init; }

    /// <summary>Meeting another ship at sea; a stage of its own judges it.</summary>
    public Encounter.EncounterThresholds? Encounter { get; init; }
}

/// <summary>The profiles that are shipped.</summary>
public static class Profiles
{
    /// <summary>Ours: prompt, aware of coverage and of the duty to carry AIS.</summary>
    public static Profile Default { get; } = new()
    {
        Name = "default",
        Version = 1,
        Gap = new Gap.GapThresholds(),
        ImpossibleMovement = new ImpossibleMovement.ImpossibleMovementThresholds(),
        ZoneEntry = new ZoneEntry.ZoneEntryThresholds(),
        PortVisit = new PortVisit.PortVisitThresholds(),
        RouteDeviation = new RouteDeviation.RouteDeviationThresholds(),
        Encounter = new Encounter.EncounterThresholds(),
    };

    /// <summary>
    /// Global Fishing Watch's definitions of gaps (Welch et al., Science Advances 8, 2022: intentional disabling), of port
    /// visits (anchorages-pipeline, "Anchorages, Ports and Voyages Data") and of encounters (pipe-encounters). They define
    /// no others of ours.
    /// </summary>
    public static Profile Gfw { get; } = new()
    {
        Name = "gfw",
        Version = 1,
        Gap = new Gap.GapThresholds
        {
            AlarmAfterMs = 12 * 3_600_000,
            AlarmOffshoreNm = 50,
            AlarmAreaReportsPerDay = 10,
            AlarmReportsBefore = 14,
        },
        PortVisit = new PortVisit.PortVisitThresholds { NeedsStop = false },
        Encounter = new Encounter.EncounterThresholds(),
    };

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Profile> All { get; } = [Default, Gfw];

    /// <summary>A profile by name.</summary>
    /// <exception cref="ArgumentException">There is none of that name.</exception>
    public static Profile ByName(string name) =>
        All.FirstOrDefault(profile => profile.Name == name)
        ?? throw new ArgumentException($"there is no profile '{name}'; there are: {string.Join(", ", All.Select(p => p.Name))}", nameof(name));
}
