using MaritimeWatch.Geodesy;
using MaritimeWatch.Terms;
using MaritimeWatch.Trajectories;

namespace MaritimeWatch.Functions.Evaluate.Trajectory;

/// <summary>
/// Holds a motion model to what ships did. Each track has one origin: the report nearest to the end of its history, within
/// half a step. The truth at a horizon is the report nearest to it, within half a step; a track that has none is left out of
/// that horizon. Beside it dead reckoning from the same origins.
/// </summary>
/// <param name="model">The model; null measures dead reckoning alone.</param>
/// <param name="history">How much of a track is known at its origin.</param>
/// <param name="step">What half of is the most that an origin or a truth may be off.</param>
internal sealed class TrajectoryMeasure(IMotionModel? model, TimeSpan history, TimeSpan step)
{
    private readonly long halfStepMs = (long)step.TotalMilliseconds / 2;

    /// <summary>Measures every track at every horizon.</summary>
    /// <returns>For each horizon the tracks that reach it.</returns>
    public IReadOnlyList<List<TrackError>> Of(IReadOnlyList<VesselTrack> tracks, IReadOnlyList<TimeSpan> horizons)
    {
        var (batch, starts) = (new MotionBatch(), new List<(VesselTrack Track, int Origin, int Row)>());
        foreach (var track in tracks)
        {
            var origin = TrackWay.Nearest(track.Points, track.Points[0].AtMs + (long)history.TotalMilliseconds, halfStepMs);
            if (origin >= 0 && OffsetNm.IsFlatAround(track.Points[origin].Place))
            {
                batch.TryAdd(track.Points, origin);
                starts.Add((track, origin, batch.Count - 1));
            }
        }

        var forecasts = model?.Forecast(batch);
        return [.. horizons.Select(horizon => starts.Select(start => Error(start, horizon, forecasts)).OfType<TrackError>().ToList())];
    }

    private TrackError? Error((VesselTrack Track, int Origin, int Row) start, TimeSpan horizon, MotionForecasts? forecasts)
    {
        var (points, now) = (start.Track.Points, start.Track.Points[start.Origin]);
        var truth = TrackWay.Nearest(points, now.AtMs + (long)horizon.TotalMilliseconds, halfStepMs);
        if (truth <= start.Origin || DeadReckoning.OffsetAt(points, start.Origin, horizon) is not { } straight)
        {
            return null;
        }

        var place = points[truth].Place;
        var cv = Nmi(straight.From(now.Place), place);
        if (forecasts is null)
        {
            return new TrackError(start.Track.Vessel, cv, null);
        }

        var forecast = forecasts[start.Row];
        var region = forecast.RegionAt(horizon);
        return new TrackError(start.Track.Vessel, cv, new ModelError(
            Nmi(forecast.PlaceAt(horizon), place), region.Holds(place, 0.5), region.Holds(place, 0.9), region.AreaNm2(0.9)));
    }

    private static double Nmi(Position one, Position other) => GreatCircle.DistanceMetres(one, other) / GreatCircle.MetresPerNauticalMile;
}

/// <summary>How far one track was off at one horizon.</summary>
/// <param name="Vessel">Whose it is.</param>
/// <param name="CvNmi">Dead reckoning, nautical miles.</param>
/// <param name="Model">The model, or null where none was measured.</param>
internal sealed record TrackError(string Vessel, double CvNmi, ModelError? Model);

/// <summary>How a model did on one track at one horizon.</summary>
/// <param name="Nmi">How far the best guess was off, nautical miles.</param>
/// <param name="In50">Whether the ship was in the 50 % region.</param>
/// <param name="In90">Whether the ship was in the 90 % region.</param>
/// <param name="Area90Nmi2">The area of that, square nautical miles.</param>
internal sealed record ModelError(double Nmi, bool In50, bool In90, double Area90Nmi2);
