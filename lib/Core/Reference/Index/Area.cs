using MaritimeWatch.Geodesy;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Reference.Index;

/// <summary>
/// One area (any number of outer rings and holes) as edges in integers, sorted into bands of latitude so that a test
/// meets only the few edges at the height of the place. The test is exact: cross products of 1e-7 degree fit in 64
/// bits, and a place on an edge is inside. Rings do not cross the antimeridian; they are cut there before.
/// </summary>
internal sealed class Area
{
    private const int EdgesPerBand = 4;
    private const int CopiesPerEdge = 3;
    private const int BandsMax = 1 << 16;
    private readonly int[] bandStarts;
    private readonly Edge[] edges;
    private readonly long bandHeightE7;

    public Area(IReadOnlyList<Edge> all)
    {
        South = all.Min(e => Math.Min(e.FromLatitudeE7, e.ToLatitudeE7));
        North = all.Max(e => Math.Max(e.FromLatitudeE7, e.ToLatitudeE7));
        West = all.Min(e => Math.Min(e.FromLongitudeE7, e.ToLongitudeE7));
        East = all.Max(e => Math.Max(e.FromLongitudeE7, e.ToLongitudeE7));
        var bands = BandCount(all, (double)North - South);
        bandHeightE7 = (((long)North - South) / bands) + 1;
        bandStarts = new int[bands + 1];
        foreach (var edge in all)
        {
            for (var band = BandOf(edge.SouthE7); band <= BandOf(edge.NorthE7); band++)
            {
                bandStarts[band + 1]++;
            }
        }

        for (var band = 0; band < bands; band++)
        {
            bandStarts[band + 1] += bandStarts[band];
        }

        edges = new Edge[bandStarts[bands]];
        var next = bandStarts.AsSpan(0, bands).ToArray();
        foreach (var edge in all)
        {
            for (var band = BandOf(edge.SouthE7); band <= BandOf(edge.NorthE7); band++)
            {
                edges[next[band]++] = edge;
            }
        }
    }

    public int South { get; }

    public int North { get; }

    public int West { get; }

    public int East { get; }

    /// <summary>True where the place is inside or on an edge.</summary>
    public bool Contains(int latitudeE7, int longitudeE7)
    {
        if (latitudeE7 < South || latitudeE7 > North || longitudeE7 < West || longitudeE7 > East)
        {
            return false;
        }

        var band = BandOf(latitudeE7);
        var isInside = false;
        foreach (ref readonly var edge in edges.AsSpan(bandStarts[band]..bandStarts[band + 1]))
        {
            var ay = (long)edge.FromLatitudeE7 - latitudeE7;
            var by = (long)edge.ToLatitudeE7 - latitudeE7;
            if ((ay > 0 && by > 0) || (ay < 0 && by < 0))
            {
                continue;
            }

            var ax = (long)edge.FromLongitudeE7 - longitudeE7;
            var bx = (long)edge.ToLongitudeE7 - longitudeE7;
            if (ay == 0 && by == 0)
            {
                if ((ax <= 0 && bx >= 0) || (bx <= 0 && ax >= 0))
                {
                    return true;
                }

                continue;
            }

            // The place is left of the edge where the first product is larger. They are compared, not subtracted: each
            // fits in 63 bits, their difference does not.
            var (left, right) = (ax * by, ay * bx);
            if (left == right)
            {
                return true;
            }

            // A ray to the east: counts edges that pass the height of the place, the lower end included.
            if ((ay > 0) != (by > 0) && (by > ay) == (left > right))
            {
                isInside = !isInside;
            }
        }

        return isInside;
    }

    /// <summary>Metres from a place outside to the nearest edge, or the cap where none is nearer.</summary>
    public double MetresTo(Position place, double capMetres)
    {
        var nearest = new NearestEdge(place, capMetres);
        var first = Math.Clamp(BandOf(Math.Clamp(place.LatitudeE7, South, North)), 0, bandStarts.Length - 2);
        for (var band = first; band < bandStarts.Length - 1; band++)
        {
            var gap = South + (band * bandHeightE7) - place.LatitudeE7;
            if (gap * FlatDistance.MetresPerUnit > nearest.Metres)
            {
                break;
            }

            Offer(ref nearest, band);
        }

        for (var band = first - 1; band >= 0; band--)
        {
            var gap = place.LatitudeE7 - (South + ((band + 1) * bandHeightE7));
            if (gap * FlatDistance.MetresPerUnit > nearest.Metres)
            {
                break;
            }

            Offer(ref nearest, band);
        }

        return nearest.Metres;
    }

    /// <summary>Few enough bands that long edges, which lie in many, take no more than their share of memory.</summary>
    private static int BandCount(IReadOnlyList<Edge> all, double height)
    {
        var heights = all.Sum(e => (double)e.NorthE7 - e.SouthE7);
        var affordable = heights == 0 ? 1 : CopiesPerEdge * all.Count * height / heights;
        return (int)Math.Clamp(Math.Min(all.Count / EdgesPerBand, affordable), 1, BandsMax);
    }

    private void Offer(ref NearestEdge nearest, int band)
    {
        foreach (ref readonly var edge in edges.AsSpan(bandStarts[band]..bandStarts[band + 1]))
        {
            nearest.Offer(edge);
        }
    }

    private int BandOf(int latitudeE7) => (int)(((long)latitudeE7 - South) / bandHeightE7);
}

/// <summary>An edge of a ring, 1e-7 degree.</summary>
internal readonly record struct Edge(int FromLatitudeE7, int FromLongitudeE7, int ToLatitudeE7, int ToLongitudeE7)
{
    public int SouthE7 => Math.Min(FromLatitudeE7, ToLatitudeE7);

    public int NorthE7 => Math.Max(FromLatitudeE7, ToLatitudeE7);
}
