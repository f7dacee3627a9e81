using MaritimeWatch.Reference;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Findings;

/// <summary>Reference data before any was named: nothing anywhere.</summary>
internal sealed class EmptyReferenceView : IReferenceView
{
    public static EmptyReferenceView Instance { get; } = new();

    public IReadOnlyDictionary<string, int> Versions { get; } = new Dictionary<string, int>();

    public int ZoneCount => 0;

    public Zone ZoneAt(int index) => throw new ArgumentOutOfRangeException(nameof(index), index, "there is no zone");

    public int ZonesAt(Position position, Span<int> target) => 0;

    public double MetresToZone(int index, Position position) => ZoneAt(index) is null ? 0 : 0;

    public int NearestAnchorage(Position position, double withinMetres, out double metres)
    {
        metres = 0;
        return -1;
    }

    public AnchoragePoint AnchorageAt(int index) =>
        throw new ArgumentOutOfRangeException(nameof(index), index, "there is no stopping place");

    public double? KilometresOffshore(Position position) => null;
}
