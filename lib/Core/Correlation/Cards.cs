using MaritimeWatch.Findings;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Correlation;

/// <summary>What is known of a vessel besides her findings.</summary>
internal sealed class VesselCard
{
    public required uint Mmsi { get; init; }

    public int? Imo { get; set; }

    public string? CallSign { get; set; }

    public string? Name { get; set; }

    /// <summary>When she was last heard of: the oldest goes first where there are too many.</summary>
    public long TouchedAtMs { get; set; }

    /// <summary>Observed calls by arrival.</summary>
    public List<ObservedCall> Calls { get; init; } = [];

    /// <summary>Silences that cannot be judged, oldest first; bounded.</summary>
    public List<Unheard> Unheard { get; init; } = [];

    /// <summary>Ids of her findings.</summary>
    public SortedSet<string> EvidenceIds { get; init; } = new(StringComparer.Ordinal);
}

/// <summary>A call at a port that was observed.</summary>
internal sealed record ObservedCall
{
    public required string Id { get; init; }

    public string? Port { get; init; }

    public string? PortName { get; init; }

    public required long ArrivalAtMs { get; init; }

    /// <summary>When she first lay still, or null.</summary>
    public long? StopAtMs { get; init; }

    public long? DepartureAtMs { get; init; }

    public bool IsSimulated { get; init; }

    public Position? Place { get; init; }

    /// <summary>Its port as people read it.</summary>
    public string Label => Port ?? PortName ?? "a port without a code";

    /// <summary>Departure, or arrival while she is there.</summary>
    public long LastSeenAtMs => DepartureAtMs ?? ArrivalAtMs;
}

/// <summary>A call that somebody declared, and what was observed of it.</summary>
internal sealed class DeclaredCall
{
    private string? plainName;
    private string? plainVoyage;

    /// <summary>As first declared; the call keeps it when its ETA is revised.</summary>
    public required string Subject { get; init; }

    public required string Port { get; init; }

    /// <summary>Name and voyage as keys, see <see cref="Identity.Plain"/>; null where they are not declared.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public string? PlainName => Name is null ? null : plainName ??= Identity.Plain(Name);

    [System.Text.Json.Serialization.JsonIgnore]
    public string? PlainVoyage => Voyage is null ? null : plainVoyage ??= Identity.Plain(Voyage);

    /// <summary>Ids of the lines that spoke of it.</summary>
    public SortedSet<string> LineIds { get; init; } = new(StringComparer.Ordinal);

    public uint? Mmsi { get; set; }

    public int? Imo { get; set; }

    public string? CallSign { get; set; }

    public string? Name
    {
        get;
        set => (field, plainName) = (value, null);
    }

    public string? Voyage
    {
        get;
        set => (field, plainVoyage) = (value, null);
    }

    public string? LastPort { get; set; }

    public long? EtaAtMs { get; set; }

    public required long KnownAtMs { get; init; }

    public bool IsCancelled { get; set; }

    public bool IsSimulated { get; set; }

    public Position? Place { get; set; }

    /// <summary>What was declared when, by when it was known; at most 16.</summary>
    public List<EtaNotice> Notices { get; init; } = [];

    /// <summary>The observed call that it became, or null.</summary>
    public string? ObservedId { get; set; }

    public long? ArrivedAtMs { get; set; }

    /// <summary>When she lay still after the last waiting place of this port.</summary>
    public long? BerthedAtMs { get; set; }

    public long? DepartedAtMs { get; set; }

    /// <summary>Expected at the berth, as declared.</summary>
    public long? BerthEtaAtMs { get; set; }

    /// <summary>When she was estimated to be there by what she was seen to do; used where nobody has announced a time.</summary>
    public long? EstimatedAtMs { get; set; }

    /// <summary>When it is there with 10 %, and with 90 %.</summary>
    public long? EstimatedLowAtMs { get; set; }

    public long? EstimatedHighAtMs { get; set; }

    /// <summary>What the port says of arrival, berth and departure: no observation, but better than an expectation.</summary>
    public long? ToldArrivedAtMs { get; set; }

    public long? ToldBerthedAtMs { get; set; }

    public long? ToldDepartedAtMs { get; set; }

    /// <summary>Findings that speak for or against it.</summary>
    public SortedSet<string> EvidenceIds { get; init; } = new(StringComparer.Ordinal);

    /// <summary>When time alone brings something for it, or <see cref="long.MaxValue"/>.</summary>
    public long DueAtMs { get; set; } = long.MaxValue;

    /// <summary>Arrival as observed or told, else null.</summary>
    public long? CameAtMs => ArrivedAtMs ?? ToldArrivedAtMs;

    /// <summary>Departure as observed or told, else null.</summary>
    public long? LeftAtMs => DepartedAtMs ?? ToldDepartedAtMs;

    /// <summary>Arrival, else the ETA, else when it was declared.</summary>
    public long ExpectedAtMs => CameAtMs ?? EtaAtMs ?? KnownAtMs;

    /// <summary>When she berths: as told, else expected there, else where she lay still, else the ETA, else when she came in, else as estimated.</summary>
    public long? BerthingAtMs => ToldBerthedAtMs
        ?? (BerthedAtMs is { } still ? Math.Max(still, BerthEtaAtMs ?? still)
            : EtaAtMs is { } eta ? Math.Max(eta, BerthEtaAtMs ?? eta) : BerthEtaAtMs ?? CameAtMs ?? EstimatedAtMs);

    /// <summary>Where that time comes from; null where there is none.</summary>
    public BerthingBy? BerthingBy => ToldBerthedAtMs is not null ? Terms.BerthingBy.Port
        : BerthedAtMs is { } still && still >= (BerthEtaAtMs ?? still) ? Terms.BerthingBy.Observed
        : EtaAtMs is not null || BerthEtaAtMs is not null ? Terms.BerthingBy.Announced
        : ArrivedAtMs is not null ? Terms.BerthingBy.Observed : ToldArrivedAtMs is not null ? Terms.BerthingBy.Port
        : EstimatedAtMs is not null ? Terms.BerthingBy.Estimated : null;
}

/// <summary>An ETA and when it was known.</summary>
internal readonly record struct EtaNotice(long KnownAtMs, long EtaAtMs);

/// <summary>A finding of an earlier stage, or of this one, in its latest revision.</summary>
internal sealed class EvidenceItem
{
    public required string Id { get; init; }

    public required string Kind { get; init; }

    public required Severity Severity { get; init; }

    public required FindingLife Life { get; init; }

    public required string Subject { get; init; }

    public string? Object { get; init; }

    public required long StartAtMs { get; init; }

    public long? EndAtMs { get; init; }

    public required long KnownAtMs { get; init; }

    public required string Reason { get; init; }

    public string? Because { get; init; }

    /// <summary>It was said to be settled (findings of this stage only).</summary>
    public bool IsSettled { get; init; }

    public bool IsSimulated { get; init; }

    public Position? First { get; init; }

    public Position? Last { get; init; }

    /// <summary>The vessels that it names; empty for echoes and plates.</summary>
    public uint[] Mmsis { get; init; } = [];

    /// <summary>The speed that bounds where a silent ship can be, 0.1 knot; null where her gap does not say.</summary>
    public int? ReachDeciKnots { get; init; }

    /// <summary>The silent vessel that the scene's own match gives for an echo, and how likely.</summary>
    public DarkCandidate? Given { get; init; }

    /// <summary>Silent vessels that an echo may be.</summary>
    public List<DarkCandidate> Candidates { get; set; } = [];

    /// <summary>Subjects of the calls that it speaks of.</summary>
    public SortedSet<string> Calls { get; init; } = new(StringComparer.Ordinal);

    /// <summary>It still holds.</summary>
    public bool IsLive => Life != FindingLife.Retracted;
}

/// <summary>A silent vessel that an echo may be.</summary>
/// <param name="Mmsi">The vessel.</param>
/// <param name="PerMille">How likely, in thousandths.</param>
/// <param name="TenthsNm">How far from where she was last heard, tenths of a nautical mile; null where a scene's own match gives her.</param>
/// <param name="SilentMs">How long she had been silent, milliseconds.</param>
internal readonly record struct DarkCandidate(uint Mmsi, int PerMille, int? TenthsNm, long SilentMs);

/// <summary>How a consignment was tied to its vessel.</summary>
internal enum LinkStrength
{
    None,
    Mmsi,
    Imo,
    CallSign,
    NameAndVoyage,
}

/// <summary>One bill of lading as declared, with what it is tied to.</summary>
internal sealed class ConsignmentCard
{
    public required string Id { get; init; }

    public uint? DeclaredMmsi { get; init; }

    public int? Imo { get; init; }

    public string? CallSign { get; init; }

    public string? VesselName { get; init; }

    public string? Voyage { get; init; }

    public string? PortOfLoading { get; init; }

    public string? PortOfDischarge { get; init; }

    public string? ArrivalPort { get; init; }

    public long? DeclaredArrivalAtMs { get; init; }

    public List<string> Containers { get; init; } = [];

    public required long KnownAtMs { get; init; }

    public bool IsSimulated { get; init; }

    public string? Landing { get; init; }

    public string? Hash { get; init; }

    public LinkStrength Strength { get; set; }

    public uint? Mmsi { get; set; }

    /// <summary>Subject of the call that it arrives with, or null.</summary>
    public string? Call { get; set; }
}

/// <summary>A box taken by a vehicle.</summary>
internal sealed record PickupCard(string Id, string Container, string Token, long AtMs, bool IsSimulated);

/// <summary>From when on a vessel was silent without that anybody could have heard her.</summary>
internal readonly record struct Unheard(long SinceMs, long JudgedAtMs);

/// <summary>A vehicle's way.</summary>
internal sealed record JourneyCard(string Id, string Token, long StartAtMs, long EndAtMs);

/// <summary>What a scene said of an echo besides its finding.</summary>
internal sealed record EchoCard(string Subject, long AtMs, int DutyPerMille, int? LengthM);

/// <summary>Where a port lies, learned from calls.</summary>
internal sealed record PortPlace(string Port, Position Place);
