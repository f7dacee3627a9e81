using MaritimeWatch.Geodesy;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Findings.DarkShip;

/// <summary>
/// How likely a vessel's echo falls on a place, per square metre: a sum of bell curves, one for each way in which it may have
/// gone on and for each way in which the radar may have drawn it. Longer tails than one bell curve has, as turns have.
/// </summary>
internal sealed class EchoLikelihood
{
    private const double KnotsToMetres = 1852.0 / 3600;

    private readonly SceneCandidate candidate;
    private readonly Bell[] bells;

    /// <summary>Of one vessel in one scene.</summary>
    /// <param name="entry">The scene.</param>
    /// <param name="candidate">The vessel.</param>
    /// <param name="locatedMetres">Standard deviation of an echo's place.</param>
    /// <param name="middle">The middle of the scene.</param>
    public EchoLikelihood(SceneEntry entry, SceneCandidate candidate, double locatedMetres, Position middle)
    {
        this.candidate = candidate;
        // An antenna is not the middle of its ship, and lies aft of it more often than not: along the hull.
        var antenna = Square((candidate.LengthM ?? UsualLengthMetres) * 0.25);
        bells = candidate.Ways is { } ways
            ? [.. ways.All.SelectMany(way => Of(entry, middle, candidate.Where, way, antenna, Square(locatedMetres)))]
            : [Bell.Round(0, 0, Square(candidate.SigmaM) + Square(locatedMetres) + antenna, 1)];
        GateMetres = bells.Max(bell => Math.Sqrt(Square(bell.East) + Square(bell.North)) + (GateSigmas * Math.Sqrt(bell.VarianceMax)));
    }

    private static IEnumerable<Bell> Of(
        SceneEntry entry, Position middle, Position from, CandidateWay way, double antenna, double located)
    {
        var (east, north) = OffMetres(from, way.Where);
        var weight = way.Milli / 1000.0;
        var speed = way.SpeedDeciKnots / 10.0 * KnotsToMetres;
        if (way.CourseDegrees is not { } course)
        {
            // A course that nobody knows is drawn somewhere along the flight.
            var drawn = entry.Sensor == Intake.Imagery.SceneSensor.Sar ? Square(speed * UnknownShiftSeconds) : 0;
            return [Bell.Round(east, north, Square(way.AlongM) + located + antenna + drawn, weight)];
        }

        var (middleEast, middleNorth) = OffMetres(middle, way.Where);
        return AzimuthShift.Of(entry.Sensor, entry.Radar, speed, course, middleEast, middleNorth).Select(shift => Bell.Of(
            east + shift.East, north + shift.North, weight * shift.Share,
            (course, Square(way.AlongM) + antenna, Square(way.AcrossM)),
            (shift.Along, Square(shift.SigmaMetres), 0),
            (0, located, located)));
    }

    private const double GateSigmas = 4;
    private const double UsualLengthMetres = 80;
    private const double UnknownShiftSeconds = 45;

    /// <summary>No echo beyond this from its place is its own, metres.</summary>
    public double GateMetres { get; }

    /// <summary>Logarithm of the likelihood per square metre, or null outside every gate.</summary>
    /// <param name="place">The echo.</param>
    public double? LogAt(Position place)
    {
        var (east, north) = OffMetres(candidate.Where, place);
        double sum = 0;
        foreach (var bell in bells)
        {
            sum += bell.At(east, north);
        }

        return sum > 0 ? Math.Log(sum) : null;
    }

    private static double Square(double value) => value * value;

    // Flat is exact enough within the gate; the cosine is that of the middle.
    private static (double East, double North) OffMetres(Position from, Position to)
    {
        var north = (to.LatitudeE7 - from.LatitudeE7) * FlatDistance.MetresPerUnit;
        var middle = ((double)from.LatitudeE7 + to.LatitudeE7) / 2;
        return (Longitudes.Wrap((long)to.LongitudeE7 - from.LongitudeE7) * FlatDistance.MetresPerUnit * FlatDistance.CosineOfLatitude(middle), north);
    }

    private readonly record struct Bell(double East, double North, double Xx, double Xy, double Yy, double Weight)
    {
        private const double FarSquared = GateSigmas * GateSigmas;

        public double VarianceMax => ((Xx + Yy) / 2) + Math.Sqrt(Square((Xx - Yy) / 2) + (Xy * Xy));

        public static Bell Round(double east, double north, double variance, double weight) => new(east, north, variance, 0, variance, weight);

        // Each part: a direction, the variance along it and that across it.
        public static Bell Of(double east, double north, double weight, params ReadOnlySpan<(double Degrees, double Along, double Across)> parts)
        {
            double xx = 0, xy = 0, yy = 0;
            foreach (var (degrees, along, across) in parts)
            {
                var (sin, cos) = Math.SinCos(degrees * Math.PI / 180);
                xx += (along * sin * sin) + (across * cos * cos);
                yy += (along * cos * cos) + (across * sin * sin);
                xy += (along - across) * sin * cos;
            }

            return new Bell(east, north, xx, xy, yy, weight);
        }

        public double At(double east, double north)
        {
            var (x, y) = (east - East, north - North);
            var determinant = (Xx * Yy) - (Xy * Xy);
            var squared = ((Yy * x * x) - (2 * Xy * x * y) + (Xx * y * y)) / determinant;
            return squared > FarSquared ? 0 : Weight * Math.Exp(-squared / 2) / (2 * Math.PI * Math.Sqrt(determinant));
        }
    }
}
