using System.Globalization;

namespace MaritimeWatch.Terms;

/// <summary>A place on WGS 84, held as integers of 1e-7 degree so that it is the same on every processor.</summary>
/// <param name="LatitudeE7">Latitude in 1e-7 degree, north positive, -900,000,000 to 900,000,000.</param>
/// <param name="LongitudeE7">Longitude in 1e-7 degree, east positive, -1,800,000,000 to 1,800,000,000.</param>
public readonly record struct Position(int LatitudeE7, int LongitudeE7)
{
    /// <summary>How many units make one degree.</summary>
    public const int UnitsPerDegree = 10_000_000;

    /// <summary>Latitude in degrees, north positive.</summary>
    public double LatitudeDegrees => LatitudeE7 / 1e7;

    /// <summary>Longitude in degrees, east positive.</summary>
    public double LongitudeDegrees => LongitudeE7 / 1e7;

    /// <summary>Rounds degrees to the nearest 1e-7 degree.</summary>
    /// <param name="latitudeDegrees">Latitude in degrees, -90 to 90.</param>
    /// <param name="longitudeDegrees">Longitude in degrees, -180 to 180.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range or not a number.</exception>
    public static Position FromDegrees(double latitudeDegrees, double longitudeDegrees)
    {
        if (!(Math.Abs(latitudeDegrees) <= 90))
        {
            throw new ArgumentOutOfRangeException(nameof(latitudeDegrees), latitudeDegrees, "latitude is -90 to 90");
        }

        if (!(Math.Abs(longitudeDegrees) <= 180))
        {
            throw new ArgumentOutOfRangeException(nameof(longitudeDegrees), longitudeDegrees, "longitude is -180 to 180");
        }

        return new Position((int)Math.Round(latitudeDegrees * 1e7), (int)Math.Round(longitudeDegrees * 1e7));
    }

    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{LatitudeDegrees:F5} {LongitudeDegrees:F5}");
}
