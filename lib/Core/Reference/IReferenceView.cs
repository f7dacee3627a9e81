using MaritimeWatch.Terms;

namespace MaritimeWatch.Reference;

/// <summary>
/// Reference data as one immutable version that a fold looks things up in. Look-ups allocate nothing and are exact:
/// a grid only narrows the candidates.
/// </summary>
public interface IReferenceView
{
    /// <summary>Version of each kind that is in force, in ordinal order of kind; a finding pins these.</summary>
    IReadOnlyDictionary<string, int> Versions { get; }

    /// <summary>How many zones there are; indices 0 to this minus 1 are valid for this version only.</summary>
    int ZoneCount { get; }

    /// <summary>A zone by index.</summary>
    Zone ZoneAt(int index);

    /// <summary>Writes the indices of the zones whose polygon holds the position, ascending; returns how many.</summary>
    /// <param name="position">Where.</param>
    /// <param name="target">At least 16 long; more zones than fit are dropped from the end.</param>
    int ZonesAt(Position position, Span<int> target);

    /// <summary>Distance in metres from a position to a zone's boundary (0 inside); capped at 50,000.</summary>
    double MetresToZone(int index, Position position);

    /// <summary>The nearest stopping place (anchorage or port point) within a distance, or -1.</summary>
    /// <param name="position">Where.</param>
    /// <param name="withinMetres">Search radius, metres, at most 20,000.</param>
    /// <param name="metres">The distance when found.</param>
    int NearestAnchorage(Position position, double withinMetres, out double metres);

    /// <summary>How many stopping places there are; 0 where they cannot be listed.</summary>
    int AnchorageCount => 0;

    /// <summary>A stopping place by index.</summary>
    AnchoragePoint AnchorageAt(int index);

    /// <summary>Kilometres from a position to the nearest coast, 0 on land; null where no coastline is loaded.</summary>
    double? KilometresOffshore(Position position);

    /// <summary>Kilometres from a position on land to the nearest coast, 0 at sea; null where no coastline is loaded.</summary>
    double? KilometresInland(Position position) => null;

    /// <summary>The lanes of the traffic; empty where none are in force or they could not be read.</summary>
    Lanes.LaneAtlas Lanes => MaritimeWatch.Reference.Lanes.LaneAtlas.Empty;

    /// <summary>The network of sea lanes; null where none is loaded.</summary>
    SeaLanes.SeaLaneNetwork? SeaLanes => null;

    /// <summary>True on land; false at sea, and where no coastline is loaded.</summary>
    bool IsLand(Position position) => KilometresOffshore(position) is 0;
}

/// <summary>A zone that somebody drew: a reserve, a boarding area, a restricted area.</summary>
/// <param name="Id">Stable id within the set, <c>[A-Za-z0-9._-]{1,64}</c>.</param>
/// <param name="Name">What people call it.</param>
/// <param name="EntrySeverity">Severity of an entry; default low.</param>
public sealed record Zone(string Id, string Name, Severity EntrySeverity);

/// <summary>A point where ships stop, labelled with the port that it belongs to.</summary>
/// <param name="Id">Stable id: the LOCODE of a port point, or a learned id.</param>
/// <param name="Where">The point.</param>
/// <param name="PortLocode">UN/LOCODE of the port (five letters), or null where unknown.</param>
/// <param name="PortName">Name of the port.</param>
/// <param name="Kind">Port point, anchorage or berth.</param>
public sealed record AnchoragePoint(string Id, Position Where, string? PortLocode, string PortName, StoppingPlace Kind);

/// <summary>What sort of stopping place a point is.</summary>
public enum StoppingPlace
{
    /// <summary>The port's published position.</summary>
    Port,

    /// <summary>An anchorage.</summary>
    Anchorage,

    /// <summary>A berth.</summary>
    Berth,
}
