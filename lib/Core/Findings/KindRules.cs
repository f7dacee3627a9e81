using MaritimeWatch.Findings.DarkShip;
using MaritimeWatch.Findings.Vehicles;

namespace MaritimeWatch.Findings;

/// <summary>One rule as a profile has it now.</summary>
/// <param name="Profile">Name of the profile.</param>
/// <param name="ProfileVersion">Its version.</param>
/// <param name="Rule">Id of the rule.</param>
/// <param name="RuleVersion">Its version.</param>
/// <param name="Thresholds">Its numbers; the unit is in the name. Empty where it has none.</param>
public sealed record KindRule(
    string Profile, int ProfileVersion, string Rule, int RuleVersion, IReadOnlyList<Figure> Thresholds);

/// <summary>By which rules each kind is judged, for people who want to read them; findings carry the same numbers.</summary>
public static class KindRules
{
    /// <summary>
    /// The rules of a kind, by profile. Empty where no detector makes it; <c>declared-mismatch</c> is judged by the stage
    /// that correlates, which says its own.
    /// </summary>
    public static IReadOnlyList<KindRule> Of(FindingKind kind) => kind switch
    {
        FindingKind.DarkShip => [Ours(DarkShipFinding.Rule, DarkShipFinding.Thresholds)],
        FindingKind.RouteDeviation =>
        [
            .. Profiles.All.Where(profile => profile.RouteDeviation is not null).SelectMany(profile =>
                Enum.GetValues<RouteDeviation.RouteRule>().Select(rule => new KindRule(
                    profile.Name, profile.Version, Rules.Of(kind, (byte)rule).Id, Rules.Of(kind, (byte)rule).Version,
                    Rules.Thresholds(profile, kind, (byte)rule)))),
        ],
        FindingKind.VehicleDeviation => OfDeviations(new GateThresholds()),
        FindingKind.ClonedPlate => [Ours(CloneJudge.Rule, CloneJudge.Numbers(new GateThresholds()))],
        _ =>
        [
            .. Profiles.All.Where(profile => LooksFor(profile, kind)).Select(profile => new KindRule(
                profile.Name, profile.Version, Rules.Of(kind).Id, Rules.Of(kind).Version, Rules.Thresholds(profile, kind))),
        ],
    };

    /// <summary>True where the profile looks for the behaviour; kinds that no profile governs are never looked for by it.</summary>
    public static bool LooksFor(Profile profile, FindingKind kind)
    {
        object? thresholds = kind switch
        {
            FindingKind.Gap => profile.Gap,
            FindingKind.ImpossibleMovement => profile.ImpossibleMovement,
            FindingKind.ZoneEntry => profile.ZoneEntry,
            FindingKind.PortVisit => profile.PortVisit,
            FindingKind.RouteDeviation => profile.RouteDeviation,
            FindingKind.Encounter => profile.Encounter,
            FindingKind.Loitering => profile.Loitering,
            FindingKind.Drift => profile.Drift,
            FindingKind.SuddenStop => profile.SuddenStop,
            FindingKind.SharedIdentity => profile.SharedIdentity,
            FindingKind.IdentityChange => profile.IdentityChange,
            FindingKind.VoyageChange => profile.VoyageChange,
            FindingKind.DraughtChange => profile.DraughtChange,
            FindingKind.Spoofing => profile.Spoofing,
            FindingKind.UnlikelyMotion => profile.UnlikelyMotion,
            FindingKind.Distress => profile.Distress,
            FindingKind.Congestion => profile.Congestion,
            _ => null,
        };
        return thresholds is not null;
    }

    private static KindRule Ours(string rule, IReadOnlyList<Figure> thresholds) =>
        new(Profiles.Default.Name, Profiles.Default.Version, rule, 1, thresholds);

    private static KindRule[] OfDeviations(GateThresholds gate) =>
    [
        Ours("vehicle-late", [
            new("times_the_median", gate.LateFactor), new("over_the_median_s", gate.LateMs / 1000),
            new("passages_least", gate.PassagesMin), new("others_late_for_a_jam", gate.JamOthers),
        ]),
        Ours("vehicle-odd-way", [
            new("way_share_percent", gate.OddPermille, 1), new("passages", gate.DeparturesMin), new("own_passages", gate.HabitMin),
        ]),
        Ours("vehicle-watched-area", [
            new("way_share_percent", gate.WatchedPermille, 1), new("passages", gate.WatchedDeparturesMin), new("own_passages", gate.HabitMin),
        ]),
    ];
}
