namespace MaritimeWatch.Trajectories;

/// <summary>One moment of a track that was judged.</summary>
/// <param name="AtMs">When, milliseconds since 1970 in UTC.</param>
/// <param name="Index">The report of the track.</param>
/// <param name="Score">How unlikely the way of the last moments was, from 0; a ship that the model knows has about 1.</param>
/// <param name="OffNm">
/// How far the ship is from the best guess made 30 minutes before, nautical miles; null where none was made.
/// </param>
public readonly record struct WayMoment(long AtMs, int Index, double Score, double? OffNm);

/// <summary>
/// How unlikely the way of a ship is. Every ten minutes the place is held to forecasts made some time before from what was
/// known then (10 and 30 minutes, unless the model says otherwise). For each the surprise is the negative natural logarithm
/// of a bound on the chance of a place where the mixture is no denser: of one normal distribution it is exponential with
/// mean 1. A moment's value is the mean of its surprises, or 0 where there is none; its score is the sum of the values of
/// the last moments (nine, an hour and a half) divided by how many those are, fewer so far or a hole counting as 0.
/// </summary>
/// <remarks>
/// A moment is the report nearest to a whole ten minutes after the track's first report, at most five minutes off. A forecast
/// made less than half an hour after the first report knows too little of the ship and is not used.
/// </remarks>
/// <param name="model">Says where ships go, and which horizons and how many moments are taken.</param>
public sealed class WayScore(IMotionModel model)
{
    private const long HalfStepMs = MotionSteps.Ms / 2;
    private const int UsualSteps = 3;
    private const int KnownSteps = 3;

    /// <summary>How far back the guess lies that <see cref="WayMoment.OffNm"/> is held to.</summary>
    public static TimeSpan UsualHorizon { get; } = TimeSpan.FromMinutes(UsualSteps * MotionSteps.Minutes);

    /// <summary>Judges a track.</summary>
    /// <param name="track">Reports in order of time.</param>
    /// <returns>Every moment in order of time.</returns>
    public IReadOnlyList<WayMoment> Moments(ReadOnlySpan<TrackPoint> track)
    {
        var moments = MomentsOf(track);
        var (batch, rows) = (new MotionBatch(), new int[moments.Count]);
        for (var at = 0; at < moments.Count; at++)
        {
            rows[at] = moments[at].Grid >= KnownSteps && batch.TryAdd(track, moments[at].Index) ? batch.Count - 1 : -1;
        }

        var forecasts = model.Forecast(batch);
        var judged = new List<WayMoment>();
        var (values, first) = (new double[moments.Count], 0);
        for (var at = 0; at < moments.Count; at++)
        {
            var now = track[moments[at].Index];
            values[at] = Value(now, at);
            while (moments[first].Grid <= moments[at].Grid - model.Score.Moments)
            {
                first++;
            }

            var sum = 0.0;
            foreach (var value in values.AsSpan(first..(at + 1)))
            {
                sum += value;
            }

            judged.Add(new WayMoment(now.AtMs, moments[at].Index, sum / model.Score.Moments, Off(now, at)));
        }

        return judged;

        double Value(in TrackPoint now, int at)
        {
            var (surprises, known) = (0.0, 0);
            foreach (var steps in model.Score.HorizonSteps)
            {
                if (Before(moments, at, moments[at].Grid - steps) is var from and >= 0 && rows[from] >= 0)
                {
                    surprises += Surprise(forecasts[rows[from]], now);
                    known++;
                }
            }

            return known == 0 ? 0 : surprises / known;
        }

        double? Off(in TrackPoint now, int at) =>
            Before(moments, at, moments[at].Grid - UsualSteps) is var from and >= 0 && rows[from] >= 0 ? OffNm(forecasts[rows[from]], now) : null;
    }

    /// <summary>How surprising a place is beside a forecast: the negative natural logarithm of the bound, from 0.</summary>
    internal static double Surprise(MotionForecast forecast, in TrackPoint now)
    {
        var mixture = forecast.MixtureAt(TimeSpan.FromMilliseconds(now.AtMs - forecast.Origin.AtMs));
        return Math.Max(0, -mixture.LogMassBelowAtMost(mixture.LogDensity(OffsetNm.Between(forecast.Origin.Place, now.Place))));
    }

    private static double OffNm(MotionForecast forecast, in TrackPoint now)
    {
        var guess = forecast.OffsetAt(TimeSpan.FromMilliseconds(now.AtMs - forecast.Origin.AtMs));
        var there = OffsetNm.Between(forecast.Origin.Place, now.Place);
        return new OffsetNm(there.EastNm - guess.EastNm, there.NorthNm - guess.NorthNm).LengthNm;
    }

    private static int Before(List<(int Index, long Grid)> moments, int at, long grid)
    {
        while (at >= 0 && moments[at].Grid > grid)
        {
            at--;
        }

        return at >= 0 && moments[at].Grid == grid ? at : -1;
    }

    // One report for each ten minutes: the nearest within half of that, and never one twice.
    private static List<(int Index, long Grid)> MomentsOf(ReadOnlySpan<TrackPoint> track)
    {
        var moments = new List<(int Index, long Grid)>();
        for (var index = 0; index < track.Length; index++)
        {
            var since = track[index].AtMs - track[0].AtMs;
            var grid = (since + HalfStepMs) / MotionSteps.Ms;
            var off = Math.Abs(since - (grid * MotionSteps.Ms));
            if (moments.Count == 0 || moments[^1].Grid < grid)
            {
                moments.Add((index, grid));
            }
            else if (off < Math.Abs(track[moments[^1].Index].AtMs - track[0].AtMs - (grid * MotionSteps.Ms)))
            {
                moments[^1] = (index, grid);
            }
        }

        return moments;
    }
}
