namespace MaritimeWatch.Correlation;

/// <summary>How observed and declared are tied, and when they contradict each other. Times in milliseconds.</summary>
public sealed record CorrelationThresholds
{
    /// <summary>One hour in milliseconds.</summary>
    public const long HourMs = 3_600_000;

    /// <summary>The oldest evidence that attaches to a call, before its arrival; default 7 days.</summary>
    public long EvidenceBeforeMs { get; init; } = 7 * 24 * HourMs;

    /// <summary>How much earlier than declared an observed arrival may be and still be that call; default 12 h.</summary>
    public long MatchEarlyMs { get; init; } = 12 * HourMs;

    /// <summary>How much later; default 48 h. After that a call that was not observed has lapsed.</summary>
    public long MatchLateMs { get; init; } = 48 * HourMs;

    /// <summary>Between a consignment's declared arrival and the call that it arrives with; default 72 h.</summary>
    public long ConsignmentMatchMs { get; init; } = 72 * HourMs;

    /// <summary>How far back observed calls are kept; default 60 days.</summary>
    public long CallsKeptMs { get; init; } = 60 * 24 * HourMs;

    /// <summary>The fewest observed calls before an arrival that say where a ship was; default 3.</summary>
    public int ObservedCallsMin { get; init; } = 3;

    /// <summary>
    /// The longest time between two observed calls after which it is still known that she called nowhere between; default
    /// 48 h. Longer, or with a silence between that cannot be judged, and the ports of loading are not observable.
    /// </summary>
    public long BetweenCallsMaxMs { get; init; } = 48 * HourMs;

    /// <summary>
    /// The longest gap between two calls in which she cannot have called at a port whose place is not known; default 12 h.
    /// Where its place is known, the way there and back counts.
    /// </summary>
    public long GapMaxMs { get; init; } = 12 * HourMs;

    /// <summary>
    /// How often she must have been observed at the port of discharge before: a box that stayed on board once too long is
    /// lawful; default 2. Or else <see cref="CoveredMs"/>.
    /// </summary>
    public int RoundsMin { get; init; } = 2;

    /// <summary>Observed without a hole for so long, a box loaded before is not to be expected; default 21 days.</summary>
    public long CoveredMs { get; init; } = 21 * 24 * HourMs;

    /// <summary>
    /// How long before the expected arrival a port of loading at which she has not called is held against her; default
    /// 2 h: before that she may still call there. Earlier where her last call is the declared one.
    /// </summary>
    public long LoadingSayBeforeMs { get; init; } = 2 * HourMs;

    /// <summary>Two ports nearer than this are one place: a berth may bear a neighbour's code; default 15,000 m.</summary>
    public int SamePortMetres { get; init; } = 15_000;

    /// <summary>An observed arrival so much before the last valid notice is a mismatch; default 6 h.</summary>
    public long ArrivalEarlyMs { get; init; } = 6 * HourMs;

    /// <summary>So much after it; default 12 h: waiting in a queue is no lie.</summary>
    public long ArrivalLateMs { get; init; } = 12 * HourMs;

    /// <summary>The fastest that a silent ship may have gone, knots; default 25.</summary>
    public int DarkSpeedKnots { get; init; } = 25;

    /// <summary>Added to how far she can be, nautical miles; default 2.</summary>
    public int DarkMarginNm { get; init; } = 2;

    /// <summary>Other unreported hulls to be expected in 1,000 square nautical miles, in thousandths; default 250.</summary>
    public int OtherHullsPerThousandSquareNmMilli { get; init; } = 250;

    /// <summary>A vehicle finding belongs to a pick-up that is at most so much earlier; default 24 h.</summary>
    public long PickupBeforeMs { get; init; } = 24 * HourMs;

    /// <summary>Or at most so much later (the way to the gate); default 2 h.</summary>
    public long PickupAfterMs { get; init; } = 2 * HourMs;

    /// <summary>Vessels remembered; default 20,000. The one that was heard of longest ago goes first.</summary>
    public int VesselsMax { get; init; } = 20_000;

    /// <summary>Declared calls remembered; default 5,000.</summary>
    public int CallsMax { get; init; } = 5_000;

    /// <summary>Consignments remembered; default 10,000.</summary>
    public int ConsignmentsMax { get; init; } = 10_000;

    /// <summary>Findings remembered; default 20,000.</summary>
    public int EvidenceMax { get; init; } = 20_000;

    /// <summary>
    /// Findings whose marks by people are remembered; default 10,000. The inbox keeps all; of what is forgotten a mark no
    /// longer counts, and those of findings that nothing stands on go first.
    /// </summary>
    public int MarksMax { get; init; } = 10_000;

    /// <summary>Pick-ups and journeys remembered, each; default 5,000.</summary>
    public int PickupsMax { get; init; } = 5_000;

    /// <summary>Observed calls remembered of one vessel; default 64.</summary>
    public int ObservedCallsMax { get; init; } = 64;

    /// <summary>A declared call is forgotten so long after departure or lapse; default 10 days.</summary>
    public long CallKeptMs { get; init; } = 10 * 24 * HourMs;
}
