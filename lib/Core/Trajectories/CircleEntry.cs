namespace MaritimeWatch.Trajectories;

/// <summary>Where a straight way comes into a circle.</summary>
public static class CircleEntry
{
    /// <summary>The part of the way from one place to another at which it comes into a circle.</summary>
    /// <param name="from">Where the way begins, as an offset from the circle's middle, nautical miles.</param>
    /// <param name="to">Where it ends, as an offset from the circle's middle, nautical miles.</param>
    /// <param name="radiusNm">Radius of the circle, nautical miles, 0 or more.</param>
    /// <returns>0 where it begins in the circle or on its edge, up to 1; null where it stays outside.</returns>
    public static double? PartOf(OffsetNm from, OffsetNm to, double radiusNm)
    {
        var outside = Dot(from, from) - (radiusNm * radiusNm);
        if (outside <= 0)
        {
            return 0;
        }

        // |from + part * way| = radius, the earlier of the two roots.
        var way = new OffsetNm(to.EastNm - from.EastNm, to.NorthNm - from.NorthNm);
        var (square, half) = (Dot(way, way), Dot(from, way));
        var under = (half * half) - (square * outside);
        if (half >= 0 || under < 0)
        {
            return null;
        }

        var part = (-half - Math.Sqrt(under)) / square;
        return part <= 1 ? part : null;
    }

    private static double Dot(OffsetNm one, OffsetNm other) => (one.EastNm * other.EastNm) + (one.NorthNm * other.NorthNm);
}
