using MaritimeWatch.Terms;

namespace MaritimeWatch.Trajectories;

/// <summary>
/// When a ship first comes within a radius of a place, as a distribution, by a forecast of its motion. 512 quasi-random ships
/// go the forecast's ways, each the whole time on the same way and as far beside and ahead of its middle, counted in standard
/// deviations; between the steps of ten minutes they go straight. So a chance to have come never falls with time, which the
/// mass within the circle at each instant would.
/// </summary>
/// <remarks>
/// A ship that is ahead stays ahead: speed is what a forecast is unsure of. Measured against other ways of asking the same
/// forecasts in decision 0028. Spreads are widened by what the masses of the regions say that they are too small.
/// </remarks>
public sealed class FirstPassage
{
    /// <summary>Fewer ships than this that come at all, of 512, tell no time: 5 %.</summary>
    public const int ShipsMin = 26;

    // After three hours a ship goes on for as long again as it went in its last half hour.
    private const int StraightSteps = MotionSteps.Count;
    private const int LastSteps = 3;

    // Fitted on the validation vessels off Brest, where 1.11 and 1.16 came of either half of them: what a forecast is unsure of
    // along the way is more than its regions tell, which hold across it too.
    private const double Wider = 1.15;

    private readonly double[] minutes;
    private readonly double[] chances;

    private FirstPassage(double[] minutes, bool isThere)
    {
        Array.Sort(minutes);
        (this.minutes, IsThere) = (minutes, isThere);
        chances = [.. Enumerable.Range(1, MotionSteps.Count).Select(step => Math.Round(
            minutes.Count(minute => minute <= step * MotionSteps.Minutes) / (double)(isThere ? 1 : QuasiNormal.Count), 6))];
    }

    /// <summary>True where the ship is in the circle now.</summary>
    public bool IsThere { get; }

    /// <summary>The chance that it has come by each of the 18 steps of ten minutes, 0 to 1; it never falls.</summary>
    public IReadOnlyList<double> ChanceBy => chances;

    /// <summary>The chance that it comes within three hours at all, 0 to 1.</summary>
    public double Chance => chances[^1];

    /// <summary>Works it out.</summary>
    /// <param name="forecast">Where the ship goes.</param>
    /// <param name="place">The middle of the circle.</param>
    /// <param name="radiusNm">Its radius, nautical miles, 0 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">The radius is negative or none.</exception>
    public static FirstPassage Of(MotionForecast forecast, Position place, double radiusNm)
    {
        if (!(radiusNm >= 0) || double.IsInfinity(radiusNm))
        {
            throw new ArgumentOutOfRangeException(nameof(radiusNm), radiusNm, "a radius is 0 NM or more");
        }

        var middle = OffsetNm.Between(forecast.Origin.Place, place);
        if (middle.LengthNm <= radiusNm)
        {
            return new FirstPassage([0], isThere: true);
        }

        var steps = Steps(forecast);
        var came = new List<double>();
        foreach (ref readonly var ship in QuasiNormal.Points)
        {
            if (Minutes(steps, in ship, middle, radiusNm) is { } minute)
            {
                came.Add(minute);
            }
        }

        return new FirstPassage([.. came], isThere: false);
    }

    /// <summary>
    /// How long it takes if it comes: the time by which a share of the ships that come at all have come, those too that come later
    /// than in three hours if they go on straight.
    /// </summary>
    /// <param name="share">The share, 0 to 1; 0.1, 0.5 and 0.9 were measured.</param>
    /// <returns>Whole minutes, up to six hours; null where too few ships come to tell (<see cref="ShipsMin"/>).</returns>
    public int? MinutesBy(double share)
    {
        if (IsThere)
        {
            return 0;
        }

        if (minutes.Length < ShipsMin)
        {
            return null;
        }

        var middle = Quantile(0.5);
        return (int)Math.Round(Math.Clamp(middle + (Wider * (Quantile(share) - middle)), 0, (MotionSteps.Count + StraightSteps) * MotionSteps.Minutes));
    }

    private static Mixture[] Steps(MotionForecast forecast) =>
    [
        .. Enumerable.Range(1, MotionSteps.Count).Select(step =>
        {
            var horizon = TimeSpan.FromMinutes(step * MotionSteps.Minutes);
            var (mixture, spread) = (forecast.MixtureAt(horizon), forecast.MassesAt(horizon).Spread);
            return new Mixture([.. mixture.Ways.Select(way => way with
            {
                EastEast = way.EastEast * spread * spread,
                NorthNorth = way.NorthNorth * spread * spread,
                EastNorth = way.EastNorth * spread * spread,
            })]);
        }),
    ];

    private static double? Minutes(Mixture[] steps, in QuasiNormal ship, OffsetNm middle, double radiusNm)
    {
        Span<OffsetNm> places = stackalloc OffsetNm[MotionSteps.Count + 1];
        places[0] = From(default, middle);
        for (var step = 1; step < places.Length; step++)
        {
            places[step] = From(steps[step - 1].PlaceOf(in ship), middle);
            if (CircleEntry.PartOf(places[step - 1], places[step], radiusNm) is { } part)
            {
                return (step - 1 + part) * MotionSteps.Minutes;
            }
        }

        var end = places[^1].Toward(places[^(1 + LastSteps)], -(double)StraightSteps / LastSteps);
        return CircleEntry.PartOf(places[^1], end, radiusNm) is { } later ? (MotionSteps.Count + (later * StraightSteps)) * MotionSteps.Minutes : null;
    }

    private static OffsetNm From(OffsetNm place, OffsetNm middle) => new(place.EastNm - middle.EastNm, place.NorthNm - middle.NorthNm);

    private double Quantile(double share)
    {
        var at = Math.Clamp(share, 0, 1) * (minutes.Length - 1);
        var (before, after) = (minutes[(int)at], minutes[Math.Min((int)at + 1, minutes.Length - 1)]);
        return before + ((after - before) * (at - (int)at));
    }
}
