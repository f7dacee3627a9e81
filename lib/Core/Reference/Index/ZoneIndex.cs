using MaritimeWatch.Geodesy;
using NetTopologySuite.Geometries;
using NetTopologySuite.Geometries.Utilities;
using Position = MaritimeWatch.Terms.Position;

namespace MaritimeWatch.Reference.Index;

/// <summary>
/// Zones by cell. A cell that a zone holds whole needs no test; one with an edge in it asks <see cref="Area"/>, which
/// is exact.
/// </summary>
internal sealed class ZoneIndex
{
    /// <summary>The farthest distance that is told, metres.</summary>
    public const double MetresMax = 50_000;

    private const int PairsMax = 32_000_000;
    private const int WholeBit = int.MinValue;
    private readonly Area[] areas;
    private readonly CellLists cells;

    /// <param name="zones">Polygons or multi-polygons within -180 to 180, in the order of their indices.</param>
    /// <exception cref="ReferenceException">The zones cover too many cells together.</exception>
    public ZoneIndex(IReadOnlyList<Geometry> zones)
    {
        areas = new Area[zones.Count];
        var pairs = new List<(int Cell, int Item)>();
        for (var i = 0; i < areas.Length; i++)
        {
            var edges = EdgesOf(zones[i]);
            areas[i] = new Area(edges);
            var item = i;
            CellCover.Visit(areas[i], edges, (cell, isWhole) => pairs.Add((cell, isWhole ? item | WholeBit : item)));
            if (pairs.Count > PairsMax)
            {
                throw new ReferenceException("the zones together cover too many cells of 0.25 degree");
            }
        }

        cells = new CellLists(pairs);
    }

    /// <summary>Writes the zones that hold a place, ascending.</summary>
    public int At(Position position, Span<int> target)
    {
        var cell = GridCells.Of(position);
        return cells.IsEmpty(cell) ? 0 : Test(cells.ItemsOf(cell), position, target);
    }

    /// <summary>Metres from a place to a zone, 0 inside, at most <see cref="MetresMax"/>.</summary>
    public double MetresTo(int zone, Position position) =>
        Holds(zone, position) ? 0 : areas[zone].MetresTo(position, MetresMax);

    /// <summary>The edges of all rings; those along the cut at the antimeridian too, since a place there is inside.</summary>
    internal static List<Edge> EdgesOf(Geometry zone)
    {
        var edges = new List<Edge>();
        foreach (var ring in LinearComponentExtracter.GetLines(zone).OfType<LineString>())
        {
            var coordinates = ring.Coordinates;
            for (var i = 1; i < coordinates.Length; i++)
            {
                var edge = new Edge(
                    ToE7(coordinates[i - 1].Y), ToE7(coordinates[i - 1].X), ToE7(coordinates[i].Y), ToE7(coordinates[i].X));
                if (edge.FromLatitudeE7 != edge.ToLatitudeE7 || edge.FromLongitudeE7 != edge.ToLongitudeE7)
                {
                    edges.Add(edge);
                }
            }
        }

        return edges;
    }

    private static int ToE7(double degrees) => (int)Math.Round(degrees * Position.UnitsPerDegree);

    private int Test(ReadOnlySpan<int> candidates, Position position, Span<int> target)
    {
        var count = 0;
        foreach (var item in candidates)
        {
            var zone = item & ~WholeBit;
            if ((item < 0 || Holds(zone, position)) && count < target.Length)
            {
                target[count++] = zone;
            }
        }

        return count;
    }

    private bool Holds(int zone, Position position) =>
        areas[zone].Contains(position.LatitudeE7, position.LongitudeE7)
        || (Math.Abs((long)position.LongitudeE7) == Longitudes.HalfTurn
            && areas[zone].Contains(position.LatitudeE7, -position.LongitudeE7));
}
