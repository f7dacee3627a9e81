namespace MaritimeWatch.Feeds;

/// <summary>A box in 1e-7 degree whose west is not east of its east; its edges belong to it.</summary>
/// <param name="West">Western longitude.</param>
/// <param name="South">Southern latitude.</param>
/// <param name="East">Eastern longitude.</param>
/// <param name="North">Northern latitude.</param>
public readonly record struct FeedBox(int West, int South, int East, int North)
{
    /// <summary>True when the other box lies wholly in this one.</summary>
    public bool Holds(int west, int south, int east, int north) =>
        west >= West && east <= East && south >= South && north <= North;

    /// <summary>True when the boxes share at least a point.</summary>
    public bool Meets(int west, int south, int east, int north) =>
        west <= East && east >= West && south <= North && north >= South;
}

/// <summary>What a bbox parameter covers: one box, or two where it crosses the antimeridian or touches it.</summary>
/// <param name="First">The box, or its western half.</param>
/// <param name="Second">The eastern half, or the same box once more.</param>
public readonly record struct FeedArea(FeedBox First, FeedBox Second)
{
    private const int Half = 1_800_000_000;
    private const int Quarter = 900_000_000;

    /// <summary>
    /// Makes the area of a bbox. West greater than east means that it crosses the antimeridian (RFC 7946, 5.2).
    /// Longitudes beyond 180 degrees, as maps that were panned around the world send them, are brought back.
    /// </summary>
    /// <param name="west">Degrees, -540 to 540.</param>
    /// <param name="south">Degrees, -90 to 90; not north of north.</param>
    /// <param name="east">Degrees, -540 to 540.</param>
    /// <param name="north">Degrees, -90 to 90.</param>
    public static FeedArea Of(double west, double south, double east, double north)
    {
        var (bottom, top) = (ToE7(south, Quarter), ToE7(north, Quarter));
        if (east - west >= 360)
        {
            var world = new FeedBox(-Half, bottom, Half, top);
            return new FeedArea(world, world);
        }

        var (left, right) = (ToE7(Wrapped(west), Half), ToE7(Wrapped(east), Half));
        if (left > right)
        {
            return new FeedArea(new FeedBox(left, bottom, Half, top), new FeedBox(-Half, bottom, right, top));
        }

        // The meridians 180 and -180 are one line: a box that ends at one of them touches what lies on the other.
        var box = new FeedBox(left, bottom, right, top);
        var other = left == -Half && right < Half ? box with { West = Half, East = Half }
            : right == Half && left > -Half ? box with { West = -Half, East = -Half }
            : box;
        return new FeedArea(box, other);
    }

    private static double Wrapped(double longitude) =>
        longitude > 180 ? longitude - 360 : longitude < -180 ? longitude + 360 : longitude;

    private static int ToE7(double degrees, int most) => (int)Math.Clamp(Math.Round(degrees * 1e7), -most, most);
}
