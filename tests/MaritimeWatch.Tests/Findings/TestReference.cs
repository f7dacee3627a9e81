using MaritimeWatch.Findings;
using MaritimeWatch.Geodesy;
using MaritimeWatch.Reference;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Tests.Findings;

/// <summary>One square zone, one port or more, and a coast that is as far as the test wants.</summary>
internal sealed class TestReference : IReferenceView, IReferenceSource
{
    private const int HalfEdgeE7 = 500_000;

    public Position ZoneCentre { get; init; } = Position.FromDegrees(57.5, 11.5);

    public Severity ZoneSeverity { get; init; } = Severity.Medium;

    public AnchoragePoint Port { get; init; } =
        new("SEGOT", Position.FromDegrees(57.7, 11.9), "SEGOT", "Gothenburg", StoppingPlace.Port);

    /// <summary>Ports besides the one.</summary>
    public IReadOnlyList<AnchoragePoint> MorePorts { get; init; } = [];

    public double? Offshore { get; init; }

    /// <summary>A coast that has a place, instead.</summary>
    public Func<Position, double>? OffshoreAt { get; init; }

    public Func<Position, double>? InlandAt { get; init; }

    public IReadOnlyDictionary<string, int> Versions { get; } = new SortedDictionary<string, int> { ["ports"] = 1, ["zones"] = 1 };

    public MaritimeWatch.Reference.Lanes.LaneAtlas Lanes { get; init; } = MaritimeWatch.Reference.Lanes.LaneAtlas.Empty;

    public MaritimeWatch.Reference.SeaLanes.SeaLaneNetwork? SeaLanes { get; init; }

    public int ZoneCount => 1;

    public Zone ZoneAt(int index) => new("reserve", "the reserve", ZoneSeverity);

    public int ZonesAt(Position position, Span<int> target)
    {
        target[0] = 0;
        return MetresToZone(0, position) <= 0 ? 1 : 0;
    }

    public double MetresToZone(int index, Position position)
    {
        var latitude = Math.Clamp(position.LatitudeE7, ZoneCentre.LatitudeE7 - HalfEdgeE7, ZoneCentre.LatitudeE7 + HalfEdgeE7);
        var delta = Math.Clamp(Longitudes.Delta(ZoneCentre.LongitudeE7, position.LongitudeE7), -HalfEdgeE7, HalfEdgeE7);
        return FlatDistance.Metres(new Position(latitude, Longitudes.Wrap(ZoneCentre.LongitudeE7 + delta)), position);
    }

    public int NearestAnchorage(Position position, double withinMetres, out double metres)
    {
        metres = FlatDistance.Metres(Port.Where, position);
        var nearest = 0;
        for (var i = 0; i < MorePorts.Count; i++)
        {
            var other = FlatDistance.Metres(MorePorts[i].Where, position);
            (nearest, metres) = other < metres ? (i + 1, other) : (nearest, metres);
        }

        return metres <= withinMetres ? nearest : -1;
    }

    public int AnchorageCount => 1 + MorePorts.Count;

    public AnchoragePoint AnchorageAt(int index) => index == 0 ? Port : MorePorts[index - 1];

    public double? KilometresOffshore(Position position) => OffshoreAt?.Invoke(position) ?? Offshore;

    public double? KilometresInland(Position position) => InlandAt?.Invoke(position);

    public ValueTask<IReferenceView> LoadAsync(IReadOnlyDictionary<string, int> versions, CancellationToken cancel) => new(this);
}
