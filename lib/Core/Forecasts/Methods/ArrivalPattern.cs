using MaritimeWatch.Forecasts.Calls;

namespace MaritimeWatch.Forecasts.Methods;

/// <summary>
/// How many ships come in an hour that nobody has announced: the usual number at that hour of day, less the share of
/// arrivals that is usually announced so long before.
/// </summary>
internal sealed class ArrivalPattern
{
    private const double HalfLifeDays = 14;
    private const double ShrinkDays = 3;
    private readonly double[] perHour = new double[24];
    private readonly double[] leadHours;
    private readonly double arrivals;

    public ArrivalPattern(PortPicture picture)
    {
        var (sums, weights) = (new double[24], new double[24]);
        for (var hour = 0; hour < picture.Arrivals.Count; hour++)
        {
            if (picture.Queue[hour] is null)
            {
                continue;
            }

            var atMs = picture.FromHourMs + (hour * PortPicture.HourMs);
            var weight = Math.Pow(0.5, (picture.AtMs - atMs) / 86_400_000.0 / HalfLifeDays);
            sums[HourOfDay(atMs)] += weight * picture.Arrivals[hour];
            weights[HourOfDay(atMs)] += weight;
            arrivals += picture.Arrivals[hour];
        }

        var mean = weights.Sum() > 0 ? sums.Sum() / weights.Sum() : 0;
        for (var hour = 0; hour < 24; hour++)
        {
            perHour[hour] = (sums[hour] + (ShrinkDays * mean)) / (weights[hour] + ShrinkDays);
        }

        leadHours = [.. picture.LeadHours.Order()];
        PerDay = perHour.Sum();
    }

    /// <summary>Arrivals a day.</summary>
    public double PerDay { get; }

    /// <summary>Unannounced arrivals to expect in the hour that begins at a time.</summary>
    /// <param name="atMs">The hour.</param>
    /// <param name="aheadHours">How far ahead it is.</param>
    public double Unannounced(long atMs, double aheadHours) => perHour[HourOfDay(atMs)] * (1 - AnnouncedShare(aheadHours));

    private double AnnouncedShare(double aheadHours)
    {
        var earlier = leadHours.Length - LowerBound(aheadHours);
        return arrivals == 0 ? 0 : Math.Min(1, earlier / arrivals);
    }

    private int LowerBound(double value)
    {
        var place = Array.BinarySearch(leadHours, value);
        return place < 0 ? ~place : place;
    }

    private static int HourOfDay(long atMs) => (int)(atMs / PortPicture.HourMs % 24);
}
