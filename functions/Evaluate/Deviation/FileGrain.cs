using MaritimeWatch.Functions.Evaluate.Trajectory;
using MaritimeWatch.Geodesy;
using MaritimeWatch.Terms;
using MaritimeWatch.Trajectories;

namespace MaritimeWatch.Functions.Evaluate.Deviation;

/// <summary>How a file rounds places, speeds and courses.</summary>
/// <param name="Latitude">Latitudes, degrees.</param>
/// <param name="Longitude">Longitudes, degrees.</param>
/// <param name="Speed">Speeds, knots.</param>
/// <param name="Course">Courses, degrees.</param>
internal sealed record FileGrain(Quantum Latitude, Quantum Longitude, Quantum Speed, Quantum Course)
{
    /// <summary>Finds it from the file's own values.</summary>
    public static FileGrain Of(IReadOnlyList<VesselTrack> tracks)
    {
        TrackPoint[] points = [.. tracks.SelectMany(static track => track.Points)];
        return new FileGrain(
            Quantum.Of([.. points.Select(static point => point.Place.LatitudeDegrees)]),
            Quantum.Of([.. points.Select(static point => point.Place.LongitudeDegrees)]),
            Quantum.Of([.. points.Select(static point => point.SpeedKnots).OfType<double>()]),
            Quantum.Of([.. points.Select(static point => point.CourseDegrees).OfType<double>()]));
    }

    /// <summary>Rounds a place, east and north of which the file knows nothing finer.</summary>
    public Position Round(Position place) => new(
        (int)Math.Round(Math.Clamp(Latitude.Round(place.LatitudeDegrees), -90, 90) * Position.UnitsPerDegree),
        Longitudes.Wrap((long)Math.Round(Longitude.Round(place.LongitudeDegrees) * Position.UnitsPerDegree)));

    /// <summary>Rounds a report.</summary>
    public TrackPoint Round(TrackPoint point) => new(
        point.AtMs,
        Round(point.Place),
        point.SpeedKnots is { } speed ? Math.Max(0, Speed.Round(speed)) : null,
        point.CourseDegrees is { } course ? Turned(Course.Round(Turned(course))) : null);

    private static double Turned(double degrees)
    {
        var turned = degrees % 360;
        return turned < 0 ? turned + 360 : turned;
    }
}
