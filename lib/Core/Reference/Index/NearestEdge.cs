using MaritimeWatch.Geodesy;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Reference.Index;

/// <summary>
/// Keeps the smallest distance from a place to the edges offered to it, up to a cap. The foot on an edge is found on a
/// flat map around the place, its distance then by <see cref="FlatDistance"/>: right to 0.1 % within 50 km, and the
/// same on every processor.
/// </summary>
internal struct NearestEdge(Position place, double capMetres)
{
    private readonly double cosine = Math.Max(FlatDistance.CosineOfLatitude(place.LatitudeE7), 1e-6);
    private double squared = FlatDistance.UnitsOf(capMetres) * FlatDistance.UnitsOf(capMetres);

    /// <summary>The smallest distance so far, metres; the cap where nothing was nearer.</summary>
    public readonly double Metres => Math.Sqrt(squared) * FlatDistance.MetresPerUnit;

    public void Offer(in Edge edge)
    {
        var ay = (double)edge.FromLatitudeE7 - place.LatitudeE7;
        var east = (double)Longitudes.Delta(place.LongitudeE7, edge.FromLongitudeE7);
        var dy = (double)edge.ToLatitudeE7 - edge.FromLatitudeE7;
        var width = (double)edge.ToLongitudeE7 - edge.FromLongitudeE7;
        var ax = east * cosine;
        var dx = width * cosine;
        var length = (dx * dx) + (dy * dy);
        var along = length == 0 ? 0 : Math.Clamp(-((ax * dx) + (ay * dy)) / length, 0, 1);
        var y = ay + (along * dy);
        var x = (east + (along * width)) * FlatDistance.CosineOfLatitude(place.LatitudeE7 + (0.5 * y));
        squared = Math.Min(squared, (x * x) + (y * y));
    }
}
