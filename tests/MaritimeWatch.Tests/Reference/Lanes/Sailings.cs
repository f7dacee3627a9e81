using MaritimeWatch.Geodesy;
using MaritimeWatch.Reference.Lanes;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Tests.Reference.Lanes;

/// <summary>Voyages as tests want them.</summary>
internal static class Sailings
{
    public const long Start = 1_760_000_000_000;
    public static readonly LanePort Gothenburg = new("SEGOT", "Gothenburg");
    public static readonly LanePort Rotterdam = new("NLRTM", "Rotterdam");
    public static readonly Position West = Position.FromDegrees(57, 5);
    public static readonly Position East = Position.FromDegrees(57, 9);

    /// <summary>From one place to another, so many miles to starboard at each part of the way, five minutes between points.</summary>
    public static SailedVoyage Voyage(
        int number,
        Func<double, double>? milesOff = null,
        double knots = 15,
        Position? from = null,
        Position? to = null,
        string type = "cargo",
        LanePort? toPort = null,
        int step = 1,
        double stopAtPart = -1,
        double stopHours = 0)
    {
        var (a, b) = (from ?? West, to ?? East);
        var metres = GreatCircle.DistanceMetres(a, b);
        var bearing = GreatCircle.InitialBearingDegrees(a, b);
        var steps = (int)(metres / (knots * 1852 / 12)) + 1;
        var departs = Start + (number * 86_400_000L / 4);
        var points = new List<VoyagePoint>();
        long late = 0;
        for (var i = 0; i <= steps; i += step)
        {
            var part = (double)i / steps;
            var on = GreatCircle.Destination(a, bearing, metres * part);
            var at = GreatCircle.Destination(on, bearing + 90, (milesOff?.Invoke(part) ?? 0) * 1852);
            if (stopHours > 0 && part >= stopAtPart && late == 0)
            {
                late = (long)(stopHours * 3_600_000);
                points.Add(new VoyagePoint(at, departs + (i * 300_000L), 0));
                points.Add(new VoyagePoint(at, departs + (i * 300_000L) + late - 1000, 0));
            }

            points.Add(new VoyagePoint(at, departs + (i * 300_000L) + late, (int)(knots * 10)));
        }

        return new SailedVoyage(
            $"mmsi:{200_000_000 + (number % 40)}", type, Gothenburg, toPort ?? Rotterdam, departs, points[^1].AtMs, false, points);
    }

    /// <summary>So many voyages that stray a little, each its own.</summary>
    public static List<SailedVoyage> Many(int count, double spreadMiles = 0.5, int seed = 1, double middle = 0, int first = 0)
    {
        var random = new Random(seed);
        return
        [
            .. Enumerable.Range(first, count).Select(number =>
            {
                var stray = middle + ((random.NextDouble() - 0.5) * 2 * spreadMiles);
                return Voyage(number, part => stray * Math.Sin(part * Math.PI), 12 + (random.NextDouble() * 6));
            }),
        ];
    }
}
