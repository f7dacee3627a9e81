using MaritimeWatch.Geodesy;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Trajectories;

/// <summary>
/// How far a place lies from another on an earth taken as flat around that other: a minute of latitude is a nautical mile,
/// a minute of longitude that times the cosine of the other's latitude. Longitudes go the short way round, so nothing
/// happens at the antimeridian. Poleward of <see cref="LatitudeDegreesMax"/> nothing is said: within three hours of a ship's
/// way the meridians there run together too much (at that limit a place 60 NM east is 6 NM off the flat one).
/// </summary>
/// <param name="EastNm">Nautical miles east, negative is west.</param>
/// <param name="NorthNm">Nautical miles north, negative is south.</param>
public readonly record struct OffsetNm(double EastNm, double NorthNm)
{
    /// <summary>The latitude, north or south, beyond which offsets are refused, degrees.</summary>
    public const double LatitudeDegreesMax = 85;

    private const double UnitsPerNm = Position.UnitsPerDegree / 60.0;

    /// <summary>Its length, nautical miles.</summary>
    public double LengthNm => Math.Sqrt((EastNm * EastNm) + (NorthNm * NorthNm));

    /// <summary>True where offsets from a place mean something.</summary>
    public static bool IsFlatAround(Position origin) => Math.Abs(origin.LatitudeDegrees) <= LatitudeDegreesMax;

    /// <summary>The offset of a place from another.</summary>
    /// <param name="origin">Where the earth is taken as flat, within <see cref="LatitudeDegreesMax"/>.</param>
    /// <param name="place">The place.</param>
    public static OffsetNm Between(Position origin, Position place) => new(
        Longitudes.Delta(origin.LongitudeE7, place.LongitudeE7) / UnitsPerNm * FlatDistance.CosineOfLatitude(origin.LatitudeE7),
        ((double)place.LatitudeE7 - origin.LatitudeE7) / UnitsPerNm);

    /// <summary>The place at this offset; over a pole it stays on the pole.</summary>
    /// <param name="origin">Where the earth is taken as flat.</param>
    /// <exception cref="ArgumentOutOfRangeException">The origin is beyond <see cref="LatitudeDegreesMax"/>.</exception>
    public Position From(Position origin)
    {
        if (!IsFlatAround(origin))
        {
            throw new ArgumentOutOfRangeException(nameof(origin), origin, $"offsets are taken up to {LatitudeDegreesMax} degrees of latitude");
        }

        var latitude = Math.Clamp(Math.Round(origin.LatitudeE7 + (NorthNm * UnitsPerNm)), -900_000_000, 900_000_000);
        var east = EastNm * UnitsPerNm / FlatDistance.CosineOfLatitude(origin.LatitudeE7);
        return new Position((int)latitude, Longitudes.Wrap(origin.LongitudeE7 + (long)Math.Round(east)));
    }

    /// <summary>A part of the way from this offset to another.</summary>
    /// <param name="to">The other.</param>
    /// <param name="part">0 is this, 1 the other.</param>
    public OffsetNm Toward(OffsetNm to, double part) =>
        new(EastNm + ((to.EastNm - EastNm) * part), NorthNm + ((to.NorthNm - NorthNm) * part));
}
