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

    /// <summary>Whether it defines a kind of finding.</summary>
    /// <param name="kind">Its name.</param>
    public bool LooksFor(string kind) =>
        Enum.GetValues<FindingKind>().Any(one => FindingNames.Of(one) == kind && Rules.Thresholds(this, one).Count > 0);

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

    /// <summary>Slow at sea for long.</summary>
    public Loitering.LoiteringThresholds? Loitering { get; init; }

    /// <summary>Carried by wind and current.</summary>
    public Drift.DriftThresholds? Drift { get; init; }

    /// <summary>A stop within seconds.</summary>
    public SuddenStop.SuddenStopThresholds? SuddenStop { get; init; }

    /// <summary>Two hulls on one identity.</summary>
    public SharedIdentity.SharedIdentityThresholds? SharedIdentity { get; init; }

    /// <summary>Name, call sign or number changed.</summary>
    public IdentityChange.IdentityChangeThresholds? IdentityChange { get; init; }

    /// <summary>Destination or ETA changed.</summary>
    public VoyageChange.VoyageChangeThresholds? VoyageChange { get; init; }

    /// <summary>Draught changed without a call.</summary>
    public DraughtChange.DraughtChangeThresholds? DraughtChange { get; init; }

    /// <summary>Says what cannot be.</summary>
    public Spoofing.SpoofingThresholds? Spoofing { get; init; }

    /// <summary>Satellite navigation disturbed over an area; a stage of its own judges it.</summary>
    public Disturbance.DisturbanceThresholds? Disturbance { get; init; }

    /// <summary>Moving otherwise than ships do; a stage of its own judges it.</summary>
    public UnlikelyMotion.UnlikelyMotionThresholds? UnlikelyMotion { get; init; }

    /// <summary>A distress beacon.</summary>
    public Distress.DistressThresholds? Distress { get; init; }

    /// <summary>More ships than a port can take; a stage of its own judges it.</summary>
    public Congestion.CongestionThresholds? Congestion { get; init; }
}

/// <summary>The profiles that are shipped.</summary>
public static class Profiles
{
    /// <summary>Ours: prompt, aware of coverage and of the duty to carry AIS.</summary>
    public static Profile Default { get; } = new()
    {
        Name = "default",
        Version = 2,
        Gap = new Gap.GapThresholds(),
        ImpossibleMovement = new ImpossibleMovement.ImpossibleMovementThresholds(),
        ZoneEntry = new ZoneEntry.ZoneEntryThresholds(),
        PortVisit = new PortVisit.PortVisitThresholds(),
        RouteDeviation = new RouteDeviation.RouteDeviationThresholds(),
        Encounter = new Encounter.EncounterThresholds(),
        Loitering = new Loitering.LoiteringThresholds(),
        Drift = new Drift.DriftThresholds(),
        SuddenStop = new SuddenStop.SuddenStopThresholds(),
        SharedIdentity = new SharedIdentity.SharedIdentityThresholds(),
        IdentityChange = new IdentityChange.IdentityChangeThresholds(),
        VoyageChange = new VoyageChange.VoyageChangeThresholds(),
        DraughtChange = new DraughtChange.DraughtChangeThresholds(),
        Spoofing = new Spoofing.SpoofingThresholds(),
        Disturbance = new Disturbance.DisturbanceThresholds(),
        UnlikelyMotion = new UnlikelyMotion.UnlikelyMotionThresholds(),
        Distress = new Distress.DistressThresholds(),
        Congestion = new Congestion.CongestionThresholds(),
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
            OpenPermille = 0,
            KeepPermille = 0,
            AlarmPermille = 0,
            AlarmIntervalMs = int.MaxValue,
            AlarmAfterMs = 12 * 3_600_000,
            AlarmOffshoreNm = 50,
            AlarmAreaReportsPerDay = 10,
            AlarmReportsBefore = 14,
        },
        PortVisit = new PortVisit.PortVisitThresholds { NeedsStop = false },
        Encounter = new Encounter.EncounterThresholds(),
        Loitering = new Loitering.LoiteringThresholds { OffshoreHectometres = 370 },
    };

    /// <summary>
    /// Skylight's definitions (Allen Institute for AI, skylight.global: standard rendezvous within 250 m for more than half
    /// an hour; speed range of 2 kn and less for loitering). It defines no others of ours.
    /// </summary>
    public static Profile Skylight { get; } = new()
    {
        Name = "skylight",
        Version = 1,
        Encounter = new Encounter.EncounterThresholds { TogetherMetres = 250, TogetherMs = 30 * 60_000 },
        Loitering = new Loitering.LoiteringThresholds { StoppingPlaceKm = 4, OffshoreHectometres = 0 },
    };

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Profile> All { get; } = [Default, Gfw, Skylight];

    /// <summary>A profile by name.</summary>
    /// <exception cref="ArgumentException">There is none of that name.</exception>
    public static Profile ByName(string name) =>
        All.FirstOrDefault(profile => profile.Name == name)
        ?? throw new ArgumentException($"there is no profile '{name}'; there are: {string.Join(", ", All.Select(p => p.Name))}", nameof(name));
}
