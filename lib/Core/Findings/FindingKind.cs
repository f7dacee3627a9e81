namespace MaritimeWatch.Findings;

/// <summary>The closed list of behaviours. The number is stored: never renumber. Names in JSON are kebab-case.</summary>
public enum FindingKind : byte
{
    /// <summary>A silence although reception went on.</summary>
    Gap,

    /// <summary>Going round without a purpose.</summary>
    Loitering,

    /// <summary>Carried by wind and current.</summary>
    Drift,

    /// <summary>A stop within seconds.</summary>
    SuddenStop,

    /// <summary>Faster than any ship.</summary>
    ImpossibleMovement,

    /// <summary>Two hulls on one identity.</summary>
    SharedIdentity,

    /// <summary>Name, call sign or number changed.</summary>
    IdentityChange,

    /// <summary>Destination or ETA changed.</summary>
    VoyageChange,

    /// <summary>Draught changed without a call.</summary>
    DraughtChange,

    /// <summary>Went into a zone.</summary>
    ZoneEntry,

    /// <summary>Called at a port.</summary>
    PortVisit,

    /// <summary>Met another ship at sea.</summary>
    Encounter,

    /// <summary>Left its lane.</summary>
    RouteDeviation,

    /// <summary>Unlikely under a learned model.</summary>
    UnlikelyMotion,

    /// <summary>Says what is not so.</summary>
    Spoofing,

    /// <summary>A distress beacon.</summary>
    Distress,

    /// <summary>Seen without a report.</summary>
    DarkShip,

    /// <summary>A vehicle off its route.</summary>
    VehicleDeviation,

    /// <summary>One plate at two places.</summary>
    ClonedPlate,

    /// <summary>Vehicles that go together.</summary>
    Convoy,

    /// <summary>Declared otherwise than observed.</summary>
    DeclaredMismatch,

    /// <summary>A seal opened or exchanged.</summary>
    SealChanged,

    /// <summary>Left before its release.</summary>
    EarlyRelease,

    /// <summary>More ships than a port can take.</summary>
    Congestion,
}

/// <summary>Where a finding stands.</summary>
public enum FindingLife : byte
{
    /// <summary>It goes on.</summary>
    Open,

    /// <summary>It has ended.</summary>
    Closed,

    /// <summary>It was wrong, and a reason says why.</summary>
    Retracted,
}

/// <summary>Names in JSON.</summary>
public static class FindingNames
{
    private static readonly string[] Kinds =
    [
        "gap", "loitering", "drift", "sudden-stop", "impossible-movement", "shared-identity", "identity-change",
        "voyage-change", "draught-change", "zone-entry", "port-visit", "encounter", "route-deviation",
        "unlikely-motion", "spoofing", "distress", "dark-ship", "vehicle-deviation", "cloned-plate", "convoy",
        "declared-mismatch", "seal-changed", "early-release", "congestion",
    ];

    private static readonly string[] Lives = ["open", "closed", "retracted"];
    private static readonly string[] Severities = ["info", "low", "medium", "high"];

    /// <summary>Name of a kind, kebab-case.</summary>
    public static string Of(FindingKind kind) => Kinds[(int)kind];

    /// <summary>Name of a state.</summary>
    public static string Of(FindingLife life) => Lives[(int)life];

    /// <summary>Name of a severity.</summary>
    public static string Of(Terms.Severity severity) => Severities[(int)severity];

    /// <summary>All names of kinds, in the order of the list.</summary>
    public static IReadOnlyList<string> AllKinds => Kinds;
}
