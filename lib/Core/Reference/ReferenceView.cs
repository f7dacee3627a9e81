using MaritimeWatch.Reference.Index;
using MaritimeWatch.Reference.Lanes;
using MaritimeWatch.Reference.SeaLanes;
using NetTopologySuite.Geometries;
using Position = MaritimeWatch.Terms.Position;

namespace MaritimeWatch.Reference;

/// <summary>One immutable version of the reference data, indexed by cell; threads may share it.</summary>
public sealed class ReferenceView : IReferenceView
{
    private readonly Zone[] zones;
    private readonly AnchoragePoint[] places;
    private readonly ZoneIndex zoneIndex;
    private readonly PlaceIndex placeIndex;
    private readonly Coastline? coast;

    /// <summary>Indexes the data.</summary>
    /// <param name="versions">Version of each kind in force.</param>
    /// <param name="zones">Zones with their polygons within -180 to 180 degrees; the order gives the indices.</param>
    /// <param name="places">Stopping places; the order gives the indices.</param>
    /// <param name="coast">The coastline, or null where none is loaded.</param>
    /// <exception cref="ReferenceException">The data is too large to index.</exception>
    public ReferenceView(
        IReadOnlyDictionary<string, int> versions,
        IReadOnlyList<(Zone Zone, Geometry Shape)> zones,
        IReadOnlyList<AnchoragePoint> places,
        Coastline? coast)
    {
        Versions = new SortedDictionary<string, int>(versions.ToDictionary(), StringComparer.Ordinal);
        this.zones = [.. zones.Select(zone => zone.Zone)];
        this.places = [.. places];
        this.coast = coast;
        zoneIndex = new ZoneIndex([.. zones.Select(zone => zone.Shape)]);
        placeIndex = new PlaceIndex([.. this.places.Select(place => place.Where)]);
    }

    /// <summary>Nothing at all: no zones, no places, no coast.</summary>
    public static ReferenceView Empty { get; } = new(new Dictionary<string, int>(), [], [], null);

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, int> Versions { get; }

    /// <inheritdoc/>
    public LaneAtlas Lanes { get; init; } = LaneAtlas.Empty;

    /// <inheritdoc/>
    public SeaLaneNetwork? SeaLanes => LoadSeaLanes?.Invoke();

    /// <summary>Gives the network of sea lanes: reading it takes most of a second, so it waits until somebody asks.</summary>
    public Func<SeaLaneNetwork?>? LoadSeaLanes { get; init; }

    /// <inheritdoc/>
    public int ZoneCount => zones.Length;

    /// <inheritdoc/>
    public int AnchorageCount => places.Length;

    /// <inheritdoc/>
    public Zone ZoneAt(int index) => zones[index];

    /// <inheritdoc/>
    public int ZonesAt(Position position, Span<int> target) => zoneIndex.At(position, target);

    /// <inheritdoc/>
    public double MetresToZone(int index, Position position) => zoneIndex.MetresTo(index, position);

    /// <inheritdoc/>
    public int NearestAnchorage(Position position, double withinMetres, out double metres) =>
        placeIndex.Nearest(position, withinMetres, out metres);

    /// <inheritdoc/>
    public AnchoragePoint AnchorageAt(int index) => places[index];

    /// <inheritdoc/>
    public double? KilometresOffshore(Position position) => coast?.KilometresOffshore(position);

    /// <inheritdoc/>
    public double? KilometresInland(Position position) =>
        coast is null ? null : coast.IsLand(position) ? coast.KilometresToShore(position) : 0;

    /// <inheritdoc/>
    public bool IsLand(Position position) => coast?.IsLand(position) ?? false;
}
