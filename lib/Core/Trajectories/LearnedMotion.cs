using MaritimeWatch.Terms;

namespace MaritimeWatch.Trajectories;

/// <summary>A model of motion with the waters whose traffic it has learned by place; elsewhere it knows motion alone.</summary>
/// <param name="Model">The model.</param>
/// <param name="Waters">The waters; none where it knows motion alone.</param>
public sealed record LearnedMotion(IMotionModel Model, IReadOnlyList<Water> Waters)
{
    /// <summary>True where the traffic around a place was learned.</summary>
    public bool Knows(Position place) => Waters.Any(water => water.Holds(place));
}

/// <summary>A rectangle of the sea; it does not go across the antimeridian.</summary>
/// <param name="Latitude">Its middle, degrees.</param>
/// <param name="Longitude">Its middle, degrees.</param>
/// <param name="HalfLatitude">Half its height, degrees.</param>
/// <param name="HalfLongitude">Half its width, degrees.</param>
public readonly record struct Water(double Latitude, double Longitude, double HalfLatitude, double HalfLongitude)
{
    /// <summary>True for a place in it or on its edge.</summary>
    public bool Holds(Position place) =>
        Math.Abs(place.LatitudeDegrees - Latitude) <= HalfLatitude && Math.Abs(place.LongitudeDegrees - Longitude) <= HalfLongitude;
}
