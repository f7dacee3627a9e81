namespace MaritimeWatch.Feeds;

/// <summary>
/// Exact tests of a geometry against a box. A shape is one array, to be small: first 1 for an area or 0 for lines and
/// points, then for each part (line, ring or point) its number of positions and their longitudes and latitudes.
/// </summary>
internal static class Shapes
{
    /// <summary>True when the shape and the box share at least a point.</summary>
    public static bool Meets(int[] shape, FeedBox box)
    {
        for (var at = 1; at < shape.Length;)
        {
            var end = at + 1 + (2 * shape[at]);
            var (x, y) = (shape[at + 1], shape[at + 2]);
            if (box.Meets(x, y, x, y))
            {
                return true;
            }

            for (var i = at + 3; i < end; i += 2)
            {
                if (SegmentMeets(x, y, shape[i], shape[i + 1], box))
                {
                    return true;
                }

                (x, y) = (shape[i], shape[i + 1]);
            }

            at = end;
        }

        // No edge meets the box, so the box lies wholly inside the area or wholly outside: one corner decides.
        return shape[0] == 1 && Contains(shape, box.West, box.South);
    }

    private static bool SegmentMeets(int x0, int y0, int x1, int y1, FeedBox box)
    {
        if (!box.Meets(Math.Min(x0, x1), Math.Min(y0, y1), Math.Max(x0, x1), Math.Max(y0, y1)))
        {
            return false;
        }

        // With overlapping envelopes the segment misses the box only if all corners lie strictly on one side of it.
        var a = Side(x0, y0, x1, y1, box.West, box.South);
        var b = Side(x0, y0, x1, y1, box.West, box.North);
        var c = Side(x0, y0, x1, y1, box.East, box.South);
        var d = Side(x0, y0, x1, y1, box.East, box.North);
        return !(a > 0 && b > 0 && c > 0 && d > 0) && !(a < 0 && b < 0 && c < 0 && d < 0);
    }

    private static bool Contains(int[] shape, int x, int y)
    {
        var inside = false;
        for (var at = 1; at < shape.Length;)
        {
            var end = at + 1 + (2 * shape[at]);
            for (var i = at + 3; i < end; i += 2)
            {
                var (x0, y0, x1, y1) = (shape[i - 2], shape[i - 1], shape[i], shape[i + 1]);
                if (y0 > y != y1 > y)
                {
                    var side = Side(x0, y0, x1, y1, x, y);
                    inside ^= y1 > y0 ? side > 0 : side < 0;
                }
            }

            at = end;
        }

        return inside;
    }

    // Which side of the line a point lies on; 128 bits because two products of whole circles overflow 64.
    private static int Side(long x0, long y0, long x1, long y1, long x, long y) =>
        Int128.Sign(((Int128)(x1 - x0) * (y - y0)) - ((Int128)(y1 - y0) * (x - x0)));
}
