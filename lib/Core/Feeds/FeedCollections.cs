namespace MaritimeWatch.Feeds;

/// <summary>What a property that can be filtered on holds.</summary>
public enum QueryableType
{
    /// <summary>A short text, compared whole and case-sensitively.</summary>
    Text,

    /// <summary>One of a closed list of texts.</summary>
    Choice,

    /// <summary>A whole number from 1.</summary>
    Number,

    /// <summary>True or false.</summary>
    Boolean,
}

/// <summary>A property that a feed can be filtered on.</summary>
/// <param name="Name">The property's name, which is the query parameter's name too.</param>
/// <param name="Type">What it holds.</param>
/// <param name="Description">What it says, for the documents.</param>
/// <param name="Example">A value that makes sense.</param>
/// <param name="Choices">The closed list, empty unless the type is <see cref="QueryableType.Choice"/>.</param>
public sealed record FeedQueryable(
    string Name, QueryableType Type, string Description, string Example, IReadOnlyList<string> Choices);

/// <summary>A collection of the feed: what its lines are and what can be asked of them.</summary>
/// <param name="Id">The name in addresses and in segments.</param>
/// <param name="Title">What people call it.</param>
/// <param name="Description">One sentence.</param>
/// <param name="StartProperty">The property that holds when a feature begins, or null where it has no time.</param>
/// <param name="EndProperty">When it ends; a null value means that it has not ended yet.</param>
/// <param name="Queryables">What can be filtered on.</param>
/// <param name="Columns">The properties that a person wants to see first.</param>
public sealed record FeedCollection(
    string Id,
    string Title,
    string Description,
    string? StartProperty,
    string? EndProperty,
    IReadOnlyList<FeedQueryable> Queryables,
    IReadOnlyList<string> Columns);

/// <summary>The closed list of collections.</summary>
public static class FeedCollections
{
    /// <summary>
    /// A parameter that no property bears: it finds <c>subject</c> by one of its parts, see <see cref="ReadModel.Filter"/>.
    /// </summary>
    internal const string PartyName = "party";

    private static readonly string[] Kinds =
    [
        "gap", "loitering", "drift", "sudden-stop", "impossible-movement", "shared-identity", "identity-change",
        "voyage-change", "draught-change", "zone-entry", "port-visit", "encounter", "route-deviation",
        "unlikely-motion", "spoofing", "distress", "dark-ship", "vehicle-deviation", "cloned-plate", "convoy",
        "declared-mismatch", "seal-changed", "early-release", "congestion",
    ];

    private static readonly FeedQueryable Mmsi = new("mmsi", QueryableType.Number, "The vessel's MMSI.", "235012345", []);
    private static readonly FeedQueryable Subject = Text("subject", "Who it is about.", "mmsi:235012345");
    private static readonly FeedQueryable Source = Text("source", "The receiver or file that it was heard by.", "roof");
    private static readonly FeedQueryable Simulated =
        new("simulated", QueryableType.Boolean, "True where simulated reports are part of it.", "false", []);

    private static readonly FeedQueryable Kind = Choice("kind", "The kind of behaviour.", "gap", Kinds);
    private static readonly FeedQueryable Party = Text(
        PartyName, "Who takes part: the subject itself, one of a pair, or the ship of a declared call.", "mmsi:235012345");

    private static readonly FeedQueryable Rule = Text("rule", "The rule that made it.", "gap-silence-with-reception");

    private static readonly FeedQueryable[] OfFindings =
    [
        Kind,
        Choice("severity", "How much it asks for a person's eye.", "medium", ["info", "low", "medium", "high"]),
        Choice("state", "Where it stands in its life.", "open", ["open", "closed", "retracted"]),
        new("settled", QueryableType.Boolean, "True once later data can no longer change it.", "true", []),
        Mmsi,
        Subject,
        Text("object", "The zone, port or other party that it concerns.", "GBDVR"),
        Text("profile", "The set of thresholds that judged it.", "default"),
        Simulated,
        Rule,
        Party,
    ];

    private static readonly string[] FindingColumns =
        ["severity", "kind", "name", "subject", "state", "start_at", "end_at", "reason"];

    /// <summary>The latest revision of each finding.</summary>
    public static FeedCollection Findings { get; } = new(
        "findings", "Findings", "What was unusual, explained: the latest revision of each finding.",
        "start_at", "end_at", OfFindings, FindingColumns);

    /// <summary>Every revision of every finding.</summary>
    public static FeedCollection Revisions { get; } = new(
        "revisions", "Revisions", "Every revision of every finding, so that nothing is silently changed.",
        "start_at", "end_at", OfFindings, ["revision", .. FindingColumns]);

    /// <summary>What people said of findings.</summary>
    public static FeedCollection Judgements { get; } = new(
        "judgements", "Judgements",
        "Findings that an analyst has marked false, or whose mark was withdrawn: the latest word on each, with all before it.",
        "at", "at",
        [
            Kind, Rule, Choice("verdict", "What holds now.", "false", ["false", "stands"]), Subject, Party,
            Text("finding", "The finding's id.", "4f1c"), Simulated,
        ],
        ["kind", "subject", "verdict", "reason", "by_role", "at", "finding"]);

    /// <summary>All of them, in the order in which they are listed.</summary>
    public static IReadOnlyList<FeedCollection> All { get; } =
    [
        Findings,
        Revisions,
        new("vessels", "Vessels", "Where each vessel was last heard.", "last_at", "last_at",
            [Mmsi, Subject, Source, Simulated],
            ["name", "mmsi", "call_sign", "speed_knots", "course_degrees", "destination", "last_at", "source"]),
        new("tracks", "Tracks", "Pieces of vessels' tracks.", "start_at", "end_at",
            [Mmsi, Subject, Simulated], ["mmsi", "subject", "hull", "start_at", "end_at", "points"]),
        new("port-calls", "Port calls", "Observed calls at ports and anchorages.", "arrival_at", "departure_at",
            [
                Mmsi, Subject, Text("port", "UN/LOCODE of the port.", "GBDVR"),
                Choice("state", "Where the call stands.", "open", ["open", "closed", "retracted"]), Simulated,
            ],
            ["name", "mmsi", "port", "port_name", "arrival_at", "departure_at", "confidence", "state"]),
        new("expected-arrivals", "Expected arrivals", "Where each ship under way is bound for and when it will be there, by what it was seen to do.",
            "eta_low_at", "eta_high_at",
            [
                Mmsi, Subject, Text("destination_locode", "UN/LOCODE of the port that it is bound for.", "GBDVR"),
                Choice("state", "Whether it is under way still.", "under-way", ["under-way", "arrived", "unknown"]),
                Choice("eta_by", "By what its arrival is estimated.", "lane", ["lane", "own-voyages", "announced", "distance"]), Simulated,
            ],
            ["name", "mmsi", "destination_locode", "destination_probability", "eta_low_at", "eta_at", "eta_high_at", "eta_by", "announced_eta_at"]),
        new("zones", "Zones", "Areas that somebody drew: the latest version.", null, null,
            [], ["name", "severity"]),
        new("coverage", "Coverage", "Where and when each source heard anything: silence elsewhere proves nothing.",
            "first_heard_at", "last_heard_at", [Source, Simulated],
            ["source", "cell", "first_heard_at", "last_heard_at", "reports"]),
        new("identities", "Identities", "What each vessel has called itself, and from when to when.", "first_at", "last_at",
            [Mmsi, Subject, Simulated],
            ["name", "mmsi", "number", "call_sign", "imo", "length_m", "width_m", "first_at", "last_at"]),
        new("reach", "Reach", "Where a silent ship can be by now, and how far it can have gone: the latest of each ship.",
            "silent_since", "closed_at",
            [Mmsi, Subject, Choice("state", "Whether it is silent still.", "open", ["open", "closed"]), Simulated],
            ["name", "mmsi", "silent_since", "at", "radius_nm", "speed_knots", "deliberate_probability", "state"]),
        new("lanes", "Lanes", "The ways that vessels keep between two ports, learned from their own voyages; and the lanes of all ships, by type.",
            null, null,
            [
                Mmsi, Subject, Text("from", "UN/LOCODE of the port of departure.", "GBDVR"),
                Text("to", "UN/LOCODE of the port of arrival.", "SEGOT"), Simulated,
            ],
            ["name", "subject", "ship_type", "voyages", "half_width_nm", "known_at"]),
        new("scenes", "Scenes", "Satellite scenes that were read, as STAC items.", "datetime", "datetime",
            [Text("sensor", "What took it: sar or optical.", "sar"), Simulated],
            ["datetime", "sensor", "ships", "matched", "dark"]),
        new("detections", "Detections", "Ships in scenes, matched with reports or not.", "at", "at",
            [
                Mmsi, Subject, Text("scene", "The scene's id.", "4f1c"),
                Choice("status", "Whether a report explains it.", "dark", ["matched", "dark", "unsettled"]), Simulated,
            ],
            ["at", "status", "mmsi", "length_m", "confidence", "match_probability", "duty_odds"]),
        new("scene-counts", "Ships at anchorages and berths", "Ships that a scene shows at each stopping place, with and without AIS.", "at", "at",
            [
                Text("scene", "The scene's id.", "4f1c"), Text("port", "UN/LOCODE of the port.", "GBDVR"),
                Choice("place_kind", "What sort of place.", "anchorage", ["port", "anchorage", "berth"]), Simulated,
            ],
            ["at", "port_name", "place_kind", "ships", "with_ais", "without_ais", "unsettled", "passing"]),
        new("declared-calls", "Declared calls", "Port calls as notices declare them: the latest state of each.", "eta_at", "etd_at",
            [Mmsi, Subject, Text("port", "UN/LOCODE of the port.", "GBDVR"), Text("status", "What was said last.", "expected"), Simulated],
            ["name", "mmsi", "port", "eta_at", "etd_at", "last_port", "berth", "status"]),
        Judgements,
    ];

    /// <summary>The collection of that name, or null.</summary>
    public static FeedCollection? Find(string id) => All.FirstOrDefault(c => c.Id == id);

    private static FeedQueryable Text(string name, string description, string example) =>
        new(name, QueryableType.Text, description, example, []);

    private static FeedQueryable Choice(string name, string description, string example, string[] choices) =>
        new(name, QueryableType.Choice, description, example, choices);
}
