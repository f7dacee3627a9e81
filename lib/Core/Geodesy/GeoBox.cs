using System.Globalization;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Geodesy;

/// <summary>
/// A box of latitudes and longitudes, edges included. Where <paramref name="WestE7"/> is more than
/// <paramref name="EastE7"/> it lies over the antimeridian (RFC 7946, 5.2).
/// </summary>
/// <param name="WestE7">West edge, 1e-7 degree.</param>
/// <param name="SouthE7">South edge, 1e-7 degree, not more than north.</param>
/// <param name="EastE7">East edge, 1e-7 degree.</param>
/// <param name="NorthE7">North edge, 1e-7 degree.</param>
public readonly record struct GeoBox(int WestE7, int SouthE7, int EastE7, int NorthE7)
{
    private const int Pole = 900_000_000;

    /// <summary>The whole earth.</summary>
    public static GeoBox World { get; } = new(-Longitudes.HalfTurn, -Pole, Longitudes.HalfTurn, Pole);

    /// <summary>True where the box lies over the antimeridian.</summary>
    public bool CrossesAntimeridian => WestE7 > EastE7;

    /// <summary>Its width, 1e-7 degree, 0 to 3,600,000,000.</summary>
    public long WidthE7 => CrossesAntimeridian ? Longitudes.WholeTurn - WestE7 + EastE7 : (long)EastE7 - WestE7;

    /// <summary>A box from degrees.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An edge is out of range or south is north of north.</exception>
    public static GeoBox FromDegrees(double west, double south, double east, double north)
    {
        var southWest = Position.FromDegrees(south, west);
        var northEast = Position.FromDegrees(north, east);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(south, north);
        return new GeoBox(southWest.LongitudeE7, southWest.LatitudeE7, northEast.LongitudeE7, northEast.LatitudeE7);
    }

    /// <summary>The box of one place.</summary>
    public static GeoBox Of(Position place) => new(place.LongitudeE7, place.LatitudeE7, place.LongitudeE7, place.LatitudeE7);

    /// <summary>The box of places on a way, each step taken the short way round.</summary>
    /// <exception cref="ArgumentException">There is no place.</exception>
    public static GeoBox Of(ReadOnlySpan<Position> way)
    {
        if (way.IsEmpty)
        {
            throw new ArgumentException("a box needs a place", nameof(way));
        }

        long at = way[0].LongitudeE7, west = at, east = at;
        int south = way[0].LatitudeE7, north = south;
        for (var i = 1; i < way.Length; i++)
        {
            at += Longitudes.Delta(way[i - 1].LongitudeE7, way[i].LongitudeE7);
            west = Math.Min(west, at);
            east = Math.Max(east, at);
            south = Math.Min(south, way[i].LatitudeE7);
            north = Math.Max(north, way[i].LatitudeE7);
        }

        return FromUnwrapped(west, south, east, north);
    }

    /// <summary>
    /// A box that holds every place within a distance (and a little more). Over a pole it takes all longitudes.
    /// </summary>
    /// <param name="centre">The centre.</param>
    /// <param name="metres">Radius, metres, not negative.</param>
    public static GeoBox Around(Position centre, double metres)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(metres);
        var angle = metres / GreatCircle.EarthRadiusMetres;
        var reach = (long)Math.Ceiling(angle * 180 / Math.PI * Position.UnitsPerDegree) + 1;
        var south = Math.Max(-Pole, centre.LatitudeE7 - reach);
        var north = Math.Min(Pole, centre.LatitudeE7 + reach);
        if (south == -Pole || north == Pole)
        {
            return new GeoBox(-Longitudes.HalfTurn, (int)south, Longitudes.HalfTurn, (int)north);
        }

        // The circle is widest where a meridian touches it: asin(sin r / cos latitude), a little poleward of its centre.
        var sine = Math.Sin(Math.Min(angle, Math.PI / 2)) / Math.Cos(centre.LatitudeDegrees * Math.PI / 180);
        var wide = (long)Math.Ceiling(Math.Asin(Math.Min(1, sine)) * 180 / Math.PI * Position.UnitsPerDegree) + 1;
        return FromUnwrapped(centre.LongitudeE7 - wide, (int)south, centre.LongitudeE7 + wide, (int)north);
    }

    /// <summary>A box from longitudes that may lie beyond 180 degrees; a whole turn or more becomes all longitudes.</summary>
    /// <param name="westE7">West, 1e-7 degree, not more than east.</param>
    /// <param name="southE7">South, 1e-7 degree.</param>
    /// <param name="eastE7">East, 1e-7 degree.</param>
    /// <param name="northE7">North, 1e-7 degree.</param>
    public static GeoBox FromUnwrapped(long westE7, int southE7, long eastE7, int northE7)
    {
        if (eastE7 - westE7 >= Longitudes.WholeTurn)
        {
            return new GeoBox(-Longitudes.HalfTurn, southE7, Longitudes.HalfTurn, northE7);
        }

        var west = Longitudes.Wrap(westE7);
        var east = eastE7 == Longitudes.HalfTurn ? Longitudes.HalfTurn : Longitudes.Wrap(eastE7);
        return new GeoBox(west, southE7, east, northE7);
    }

    /// <summary>True where the place is in the box or on its edge.</summary>
    public bool Contains(Position place) =>
        place.LatitudeE7 >= SouthE7 && place.LatitudeE7 <= NorthE7 && ContainsLongitude(place.LongitudeE7);

    /// <summary>True where the boxes share a place.</summary>
    public bool Intersects(GeoBox other) =>
        SouthE7 <= other.NorthE7 && other.SouthE7 <= NorthE7
        && (ContainsLongitude(other.WestE7) || other.ContainsLongitude(WestE7));

    /// <summary>The smallest of the boxes that hold this one and a place (it grows east or west, whichever is less).</summary>
    public GeoBox With(Position place)
    {
        var grown = this with
        {
            SouthE7 = Math.Min(SouthE7, place.LatitudeE7),
            NorthE7 = Math.Max(NorthE7, place.LatitudeE7),
        };
        if (ContainsLongitude(place.LongitudeE7))
        {
            return grown;
        }

        var eastward = (place.LongitudeE7 - (long)EastE7 + Longitudes.WholeTurn) % Longitudes.WholeTurn;
        var westward = (WestE7 - (long)place.LongitudeE7 + Longitudes.WholeTurn) % Longitudes.WholeTurn;
        return eastward <= westward ? grown with { EastE7 = place.LongitudeE7 } : grown with { WestE7 = place.LongitudeE7 };
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{WestE7 / 1e7:0.#######},{SouthE7 / 1e7:0.#######},{EastE7 / 1e7:0.#######},{NorthE7 / 1e7:0.#######}");

    private bool ContainsLongitude(int longitudeE7)
    {
        if (Math.Abs((long)longitudeE7) == Longitudes.HalfTurn)
        {
            // 180 and -180 are one meridian.
            return CrossesAntimeridian || WestE7 == -Longitudes.HalfTurn || EastE7 == Longitudes.HalfTurn;
        }

        return CrossesAntimeridian
            ? longitudeE7 >= WestE7 || longitudeE7 <= EastE7
            : longitudeE7 >= WestE7 && longitudeE7 <= EastE7;
    }
}
