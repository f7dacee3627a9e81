using MaritimeWatch.Geodesy;
using MaritimeWatch.Reference.Index;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Reference;

/// <summary>
/// Where land is and how far the nearest coast. From Natural Earth 1:10m land as world-atlas packs it (quantised to 400 m),
/// so it is good to about 1 km; small harbours, moles and many small islands are not in it, lakes count as land.
/// Immutable, so threads may share it; look-ups allocate nothing.
/// </summary>
public sealed class Coastline
{
    /// <summary>The farthest distance that is told: 200 nautical miles, in kilometres.</summary>
    public const double KilometresMax = 370.4;

    private const byte Sea = 0;
    private const byte Land = 1;
    private const byte Both = 2;
    private readonly byte[] kinds = new byte[GridCells.Count];
    private readonly Area land;
    private readonly Edge[] shores;
    private readonly CellLists cells;

    private Coastline(List<Edge> edges)
    {
        land = new Area(edges);
        CellCover.Visit(land, edges, (cell, isWhole) => kinds[cell] = isWhole ? Land : Both);
        shores = [.. edges.Where(IsShore)];
        var pairs = new List<(int Cell, int Item)>();
        for (var i = 0; i < shores.Length; i++)
        {
            AddCells(shores[i], i, pairs);
        }

        cells = new CellLists(pairs);
    }

    /// <summary>Reads a TopoJSON file whose object <c>land</c> holds polygons.</summary>
    /// <param name="topoJson">The bytes of <c>land-10m.json</c> of world-atlas (or the 50m or 110m one, coarser).</param>
    /// <exception cref="ReferenceException">The bytes are not such a file.</exception>
    public static Coastline FromTopoJson(ReadOnlyMemory<byte> topoJson) => new(TopoJsonLand.ReadEdges(topoJson));

    /// <summary>True on land; a lake is land here.</summary>
    public bool IsLand(Position position) => kinds[GridCells.Of(position)] switch
    {
        Sea => false,
        Land => true,
        _ => land.Contains(position.LatitudeE7, position.LongitudeE7),
    };

    /// <summary>Kilometres to the nearest coast, 0 on land, at most <see cref="KilometresMax"/>.</summary>
    public double KilometresOffshore(Position position) => IsLand(position) ? 0 : KilometresToShore(position);

    /// <summary>Kilometres to the nearest coast from either side, at most <see cref="KilometresMax"/>.</summary>
    public double KilometresToShore(Position position)
    {
        var nearest = new NearestEdge(position, KilometresMax * 1000);
        var row = GridCells.Of(position) / GridCells.Columns;
        SearchRow(ref nearest, position, row);
        for (var step = 1; step < GridCells.Rows; step++)
        {
            // A row that is n rows away is at least n - 1 whole rows away.
            if ((step - 1) * GridCells.EdgeE7 * FlatDistance.MetresPerUnit > nearest.Metres)
            {
                break;
            }

            SearchRow(ref nearest, position, row - step);
            SearchRow(ref nearest, position, row + step);
        }

        return nearest.Metres / 1000;
    }

    private void SearchRow(ref NearestEdge nearest, Position position, int row)
    {
        if (row is < 0 or >= GridCells.Rows)
        {
            return;
        }

        var column = GridCells.Of(position) % GridCells.Columns;
        var cosine = FlatDistance.CosineOfLatitude(position.LatitudeE7);
        Offer(ref nearest, row, column);
        for (var step = 1; step <= GridCells.Columns / 2; step++)
        {
            // The way to the meridian at that many whole columns: asin(cos latitude * sin gap); 2 % for its roughness.
            var gap = Math.Min((step - 1) * 0.25, 90) * Math.PI / 180;
            if (Math.Asin(cosine * Math.Sin(gap)) * GreatCircle.EarthRadiusMetres > nearest.Metres * 1.02)
            {
                break;
            }

            Offer(ref nearest, row, (column - step + GridCells.Columns) % GridCells.Columns);
            Offer(ref nearest, row, (column + step) % GridCells.Columns);
        }
    }

    private void Offer(ref NearestEdge nearest, int row, int column)
    {
        var cell = (row * GridCells.Columns) + column;
        if (cells.IsEmpty(cell))
        {
            return;
        }

        foreach (var shore in cells.ItemsOf(cell))
        {
            nearest.Offer(shores[shore]);
        }
    }

    /// <summary>The cut at the antimeridian is no coast.</summary>
    private static bool IsShore(Edge edge) => edge.FromLongitudeE7 != edge.ToLongitudeE7
        || Math.Abs((long)edge.FromLongitudeE7) != Longitudes.HalfTurn;

    private static void AddCells(Edge edge, int item, List<(int Cell, int Item)> pairs)
    {
        var from = GridCells.Of(new Position(edge.SouthE7, Math.Min(edge.FromLongitudeE7, edge.ToLongitudeE7)));
        var to = GridCells.Of(new Position(
            edge.NorthE7, Math.Min(Math.Max(edge.FromLongitudeE7, edge.ToLongitudeE7), Longitudes.HalfTurn - 1)));
        for (var row = from / GridCells.Columns; row <= to / GridCells.Columns; row++)
        {
            for (var column = from % GridCells.Columns; column <= to % GridCells.Columns; column++)
            {
                pairs.Add(((row * GridCells.Columns) + column, item));
            }
        }
    }
}
