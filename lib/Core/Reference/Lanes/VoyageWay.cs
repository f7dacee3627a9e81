using MaritimeWatch.Geodesy;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Reference.Lanes;

/// <summary>The way of a voyage as clustering looks at it: a thin line, and places spread evenly over it.</summary>
internal sealed class VoyageWay
{
    /// <summary>Farther apart nobody heard the ship in between, 0.1 m: 10 NM.</summary>
    public const int HoleDecimetres = 185_200;

    private const int SamplesMax = 64;
    private const int HoleWidthPart = 8;
    private const double DecimetresPerUnit = FlatDistance.MetresPerUnit * 10;
    private readonly HashSet<int> _holes = [];

    public VoyageWay(SailedVoyage voyage, LaneLearningOptions options)
    {
        Voyage = voyage;
        Line = Thinned(voyage.Points);
        for (var i = 1; i < Line.Length; i++)
        {
            var part = Decimetres(Line[i - 1], Line[i]);
            LengthDecimetres += part;
            WidestHole = _holes.Contains(i) ? Math.Max(WidestHole, part) : WidestHole;
        }

        Ends = (int)Math.Min(options.EndsDecimetres, LengthDecimetres / 5);
        Samples = SamplesOf();
    }

    public SailedVoyage Voyage { get; }

    public Position[] Line { get; }

    public Position[] Samples { get; }

    public long LengthDecimetres { get; }

    /// <summary>The longest part in which nobody heard it, 0.1 m; 0 for none.</summary>
    public int WidestHole { get; }

    private int Ends { get; }

    /// <summary>Are two ways nowhere farther apart than a distance?</summary>
    public static bool AreTogether(VoyageWay a, VoyageWay b, int withinDecimetres)
    {
        if (a.Voyage.From.Id != TrafficLane.Sea && a.Voyage.To.Id != TrafficLane.Sea)
        {
            return a.FarthestOff(b, withinDecimetres) <= withinDecimetres && b.FarthestOff(a, withinDecimetres) <= withinDecimetres;
        }

        // Where they go out of hearing differs from day to day: the shorter must lie on the longer, and be most of it.
        var (shorter, longer) = a.LengthDecimetres <= b.LengthDecimetres ? (a, b) : (b, a);
        return shorter.LengthDecimetres * 10 >= longer.LengthDecimetres * 6
            && longer.FarthestOff(shorter, withinDecimetres) <= withinDecimetres;
    }

    /// <summary>How far another way strays from this one at most, 0.1 m; stops looking beyond a limit.</summary>
    public int FarthestOff(VoyageWay other, int limit = int.MaxValue)
    {
        var farthest = 0;
        foreach (var sample in other.Samples)
        {
            farthest = Math.Max(farthest, DecimetresOff(sample));
            if (farthest > limit)
            {
                break;
            }
        }

        return farthest;
    }

    /// <summary>Distance between two places, 0.1 m.</summary>
    public static int Decimetres(Position from, Position to) =>
        (int)Math.Min(int.MaxValue, Math.Round(FlatDistance.Metres(from, to) * 10));

    // A part in which nobody heard it is taken to be as wide to either side as an eighth of its length.
    private int DecimetresOff(Position place)
    {
        var cosine = FlatDistance.CosineOfLatitude(place.LatitudeE7);
        var (x, y) = Offset(place, Line[0], cosine);
        var least = Math.Sqrt((x * x) + (y * y));
        for (var i = 1; i < Line.Length; i++)
        {
            var (toX, toY) = Offset(place, Line[i], cosine);
            var (wayX, wayY) = (toX - x, toY - y);
            var length = (wayX * wayX) + (wayY * wayY);
            var part = length == 0 ? 0 : Math.Clamp(-((x * wayX) + (y * wayY)) / length, 0, 1);
            var (offX, offY) = (x + (part * wayX), y + (part * wayY));
            var off = Math.Sqrt((offX * offX) + (offY * offY));
            least = Math.Min(least, _holes.Contains(i) ? Math.Max(0, off - (Math.Sqrt(length) / HoleWidthPart)) : off);
            (x, y) = (toX, toY);
        }

        return (int)Math.Min(int.MaxValue, Math.Round(least * DecimetresPerUnit));
    }

    private static (double X, double Y) Offset(Position from, Position to, double cosine) =>
        (Longitudes.Delta(from.LongitudeE7, to.LongitudeE7) * cosine, (double)to.LatitudeE7 - from.LatitudeE7);

    private Position[] SamplesOf()
    {
        var samples = new List<Position>();
        var step = LengthDecimetres / SamplesMax;
        var (fromSea, toSea) = (Voyage.From.Id == TrafficLane.Sea, Voyage.To.Id == TrafficLane.Sea);
        long along = 0, next = 0;
        for (var i = 1; i < Line.Length; i++)
        {
            var part = Decimetres(Line[i - 1], Line[i]);
            for (; next <= along + part && samples.Count <= SamplesMax; next += Math.Max(step, 1))
            {
                if (_holes.Contains(i) || (next < Ends && !fromSea) || (next > LengthDecimetres - Ends && !toSea))
                {
                    continue;
                }

                samples.Add(Between(Line[i - 1], Line[i], part == 0 ? 0 : (next - along) / (double)part));
            }

            along += part;
        }

        return samples.Count > 0 ? [.. samples] : [Line[Line.Length / 2]];
    }

    /// <summary>A place between two others, the short way round.</summary>
    public static Position Between(Position from, Position to, double part) => new(
        from.LatitudeE7 + (int)Math.Round(part * ((long)to.LatitudeE7 - from.LatitudeE7)),
        Longitudes.Wrap(from.LongitudeE7 + (long)Math.Round(part * Longitudes.Delta(from.LongitudeE7, to.LongitudeE7))));

    // Douglas and Peucker's line, 100 m wide; the ends of a hole are kept.
    private Position[] Thinned(IReadOnlyList<VoyagePoint> points)
    {
        const int WithinDecimetres = 1000;
        var keep = new bool[points.Count];
        var holeEnds = new HashSet<int>();
        keep[0] = keep[^1] = true;
        for (var i = 1; i < points.Count; i++)
        {
            if (Decimetres(points[i - 1].Where, points[i].Where) > HoleDecimetres)
            {
                keep[i - 1] = keep[i] = true;
                holeEnds.Add(i);
            }
        }

        var parts = new Stack<(int First, int Last)>();
        var first = 0;
        for (var i = 1; i < points.Count; i++)
        {
            if (keep[i])
            {
                parts.Push((first, i));
                first = i;
            }
        }

        while (parts.TryPop(out var part))
        {
            var (farthest, at) = (WithinDecimetres, -1);
            for (var i = part.First + 1; i < part.Last; i++)
            {
                var off = OffPiece(points[part.First].Where, points[part.Last].Where, points[i].Where);
                (farthest, at) = off > farthest ? (off, i) : (farthest, at);
            }

            if (at > 0)
            {
                keep[at] = true;
                parts.Push((part.First, at));
                parts.Push((at, part.Last));
            }
        }

        var line = new List<Position>();
        for (var i = 0; i < points.Count; i++)
        {
            if (keep[i])
            {
                if (holeEnds.Contains(i))
                {
                    _holes.Add(line.Count);
                }

                line.Add(points[i].Where);
            }
        }

        return [.. line];
    }

    private static int OffPiece(Position from, Position to, Position place)
    {
        var cosine = FlatDistance.CosineOfLatitude(place.LatitudeE7);
        var (x, y) = Offset(place, from, cosine);
        var (toX, toY) = Offset(place, to, cosine);
        var (wayX, wayY) = (toX - x, toY - y);
        var length = (wayX * wayX) + (wayY * wayY);
        var part = length == 0 ? 0 : Math.Clamp(-((x * wayX) + (y * wayY)) / length, 0, 1);
        var (offX, offY) = (x + (part * wayX), y + (part * wayY));
        return (int)Math.Min(int.MaxValue, Math.Round(Math.Sqrt((offX * offX) + (offY * offY)) * DecimetresPerUnit));
    }
}
