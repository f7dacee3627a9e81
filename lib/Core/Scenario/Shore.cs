using System.Globalization;

namespace MaritimeWatch.Scenario;

/// <summary>
/// Where land is in these waters, good to 500 m: a simplified coast, so that the simulator needs no file. Small
/// harbours and many small islands are not in it; lakes and rivers count as land.
/// </summary>
internal sealed partial class Shore
{
    /// <summary>How far the coast may be off: nothing nearer to a limit than this is decided.</summary>
    public const double ErrorM = 500;

    private const double CellDegrees = 0.04;
    private const double NeverM = 50_000;

    private static readonly Lazy<Shore> Shared = new(() => new Shore());

    private readonly List<(GeoPoint A, GeoPoint B)> shores = [];
    private readonly List<(GeoPoint A, GeoPoint B)>[] strips;
    private readonly float[] cellM;
    private readonly int columns = (int)((EastThousandths - WestThousandths) / (CellDegrees * 1000));
    private readonly int rows = (int)((NorthThousandths - SouthThousandths) / (CellDegrees * 1000));

    private Shore()
    {
        strips = [.. Enumerable.Range(0, rows).Select(_ => new List<(GeoPoint, GeoPoint)>())];
        foreach (var ring in Rings)
        {
            var points = Array.ConvertAll(ring.Split(','), Parse);
            for (var index = 0; index < points.Length; index++)
            {
                Keep(points[index], points[(index + 1) % points.Length]);
            }
        }

        cellM = new float[rows * columns];
        Array.Fill(cellM, float.NaN); // found when first asked for
    }

    /// <summary>The one coast.</summary>
    public static Shore Here => Shared.Value;

    /// <summary>True on land; false in the water and outside these waters.</summary>
    public bool IsLand(GeoPoint at) => at.Lat > SouthThousandths / 1000.0 && at.Lat < NorthThousandths / 1000.0
        && at.Lon > WestThousandths / 1000.0 && at.Lon < EastThousandths / 1000.0 && Holds(at);

    /// <summary>Metres inland (positive) or off the coast (negative), exact only near the coast; null outside these waters.</summary>
    public double? InlandM(GeoPoint at)
    {
        var row = (int)Math.Floor((at.Lat - (SouthThousandths / 1000.0)) / CellDegrees);
        var column = (int)Math.Floor((at.Lon - (WestThousandths / 1000.0)) / CellDegrees);
        if (row < 0 || row >= rows || column < 0 || column >= columns)
        {
            return null;
        }

        // A cell measures at most 4.5 by 2.5 km: beyond 10 km its middle tells for all of it.
        ref var known = ref cellM[(row * columns) + column];
        if (float.IsNaN(known))
        {
            known = (float)Measure(new GeoPoint(
                (SouthThousandths / 1000.0) + ((row + 0.5) * CellDegrees), (WestThousandths / 1000.0) + ((column + 0.5) * CellDegrees)));
        }

        return Math.Abs(known) > 10_000 ? known : Measure(at);
    }

    /// <summary>True where a straight line stays so many metres off the coast.</summary>
    public bool IsClear(GeoPoint from, GeoPoint to, double offM)
    {
        const double StepM = 600;
        var steps = 1 + (int)(SimMaths.Metres(from, to) / StepM);
        for (var step = 0; step <= steps; step++)
        {
            if (InlandM(from.Toward(to, step / (double)steps)) is not { } inland || inland > -offM)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The longitudes at which a parallel enters and leaves land, from west to east, water first.</summary>
    /// <param name="lat">The parallel.</param>
    /// <param name="to">Takes them, instead of what it holds.</param>
    public void Coasts(double lat, List<double> to)
    {
        to.Clear();
        foreach (var (a, b) in strips[StripOf(lat)])
        {
            if (a.Lat > lat != b.Lat > lat)
            {
                to.Add(((b.Lon - a.Lon) * (lat - a.Lat) / (b.Lat - a.Lat)) + a.Lon);
            }
        }

        to.Sort();
    }

    private static GeoPoint Parse(string pair)
    {
        var parts = pair.Trim().Split(' ');
        return new GeoPoint(
            int.Parse(parts[1], CultureInfo.InvariantCulture) / 1000.0, int.Parse(parts[0], CultureInfo.InvariantCulture) / 1000.0);
    }

    private void Keep(GeoPoint a, GeoPoint b)
    {
        var first = StripOf(Math.Min(a.Lat, b.Lat));
        var last = StripOf(Math.Max(a.Lat, b.Lat));
        for (var strip = first; strip <= last; strip++)
        {
            strips[strip].Add((a, b));
        }

        var isEdge = (a.Lon == b.Lon && (a.Lon == WestThousandths / 1000.0 || a.Lon == EastThousandths / 1000.0))
            || (a.Lat == b.Lat && (a.Lat == SouthThousandths / 1000.0 || a.Lat == NorthThousandths / 1000.0));
        if (!isEdge)
        {
            shores.Add((a, b));
        }
    }

    private int StripOf(double lat) => Math.Clamp((int)Math.Floor((lat - (SouthThousandths / 1000.0)) / CellDegrees), 0, rows - 1);

    private double Measure(GeoPoint at)
    {
        var best = NeverM * NeverM;
        var reach = NeverM / SimMaths.MetresPerDegree;
        var cosine = SimMaths.CosDegrees(at.Lat);
        foreach (var (a, b) in shores)
        {
            if (Math.Min(a.Lat, b.Lat) > at.Lat + reach || Math.Max(a.Lat, b.Lat) < at.Lat - reach)
            {
                continue;
            }

            var (ax, ay) = ((a.Lon - at.Lon) * SimMaths.MetresPerDegree * cosine, (a.Lat - at.Lat) * SimMaths.MetresPerDegree);
            var (bx, by) = ((b.Lon - at.Lon) * SimMaths.MetresPerDegree * cosine, (b.Lat - at.Lat) * SimMaths.MetresPerDegree);
            var (dx, dy) = (bx - ax, by - ay);
            var square = (dx * dx) + (dy * dy);
            var along = square > 0 ? Math.Clamp(-((ax * dx) + (ay * dy)) / square, 0, 1) : 0;
            var (px, py) = (ax + (along * dx), ay + (along * dy));
            best = Math.Min(best, (px * px) + (py * py));
        }

        var metres = Math.Sqrt(best);
        return Holds(at) ? metres : -metres;
    }

    private bool Holds(GeoPoint at)
    {
        var inside = false;
        foreach (var (a, b) in strips[StripOf(at.Lat)])
        {
            if ((a.Lat > at.Lat) != (b.Lat > at.Lat) && at.Lon < ((b.Lon - a.Lon) * (at.Lat - a.Lat) / (b.Lat - a.Lat)) + a.Lon)
            {
                inside = !inside;
            }
        }

        return inside;
    }
}
