using MaritimeWatch.Geodesy;
using MaritimeWatch.GeoJson;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Reference.Index;

/// <summary>
/// Cuts the rings of one polygon at the antimeridian edge by edge: a step over it becomes two edges that end on it, and
/// once all are there the ends on each side, from the south pole up, are joined in pairs along it. Edges that run on the
/// antimeridian itself are left out, because joining makes them anew. An odd end belongs to a ring around a pole.
/// </summary>
internal sealed class SeamCut(List<Edge> edges)
{
    private const int Pole = 900_000_000;
    private readonly List<int> westEnds = [];
    private readonly List<int> eastEnds = [];
    private long latitudes;

    public void Add(Position first, Position second)
    {
        latitudes += Math.Sign(first.LatitudeE7);
        if (IsOnSeam(first) && IsOnSeam(second))
        {
            return;
        }

        // An end on the seam has two names: it takes that of the side where the edge lies.
        var start = IsOnSeam(first) ? first with { LongitudeE7 = SideOf(second) } : first;
        var end = IsOnSeam(second) ? second with { LongitudeE7 = SideOf(first) } : second;
        if (!RingPath.StepsOver(start.LongitudeE7, end.LongitudeE7))
        {
            AddWhole(start, end);
            return;
        }

        var latitude = LinePieces.LatitudeAtEdge(start, end);
        AddWhole(start, new Position(latitude, SideOf(start)));
        AddWhole(new Position(latitude, SideOf(end)), end);
    }

    public void Close()
    {
        Join(westEnds, -Longitudes.HalfTurn);
        Join(eastEnds, Longitudes.HalfTurn);
    }

    private static bool IsOnSeam(Position place) => Math.Abs((long)place.LongitudeE7) == Longitudes.HalfTurn;

    private static int SideOf(Position place) => place.LongitudeE7 < 0 ? -Longitudes.HalfTurn : Longitudes.HalfTurn;

    private void AddWhole(Position from, Position to)
    {
        edges.Add(new Edge(from.LatitudeE7, from.LongitudeE7, to.LatitudeE7, to.LongitudeE7));
        foreach (var place in (ReadOnlySpan<Position>)[from, to])
        {
            if (IsOnSeam(place))
            {
                (place.LongitudeE7 < 0 ? westEnds : eastEnds).Add(place.LatitudeE7);
            }
        }
    }

    private void Join(List<int> ends, int longitudeE7)
    {
        if (ends.Count % 2 == 1)
        {
            ends.Add(latitudes < 0 ? -Pole : Pole);
        }

        ends.Sort();
        for (var i = 0; i < ends.Count; i += 2)
        {
            if (ends[i] != ends[i + 1])
            {
                edges.Add(new Edge(ends[i], longitudeE7, ends[i + 1], longitudeE7));
            }
        }
    }
}
