using MaritimeWatch.Geodesy;
using MaritimeWatch.Trajectories;

namespace MaritimeWatch.Functions.Evaluate.Eta;

/// <summary>
/// Holds times of arrival by a motion model to when ships came, beside the great circle to the circle's edge over the present
/// speed (as reported, else that of the last 30 minutes).
/// </summary>
/// <param name="model">The model; null measures distance over speed alone.</param>
internal sealed class EtaMeasure(IMotionModel? model)
{
    /// <summary>A ship slower than this is lying still: its speed tells nothing, and the question is counted apart, knots.</summary>
    public const double StillKnots = 1;

    private const int RowsMax = 4096;

    /// <summary>Answers every question.</summary>
    /// <returns>The answers in the order of the questions; null for a ship that lies still.</returns>
    public IReadOnlyList<EtaAnswer?> Of(IEnumerable<EtaQuestion> questions) => [.. questions.Chunk(RowsMax).SelectMany(Part)];

    private IEnumerable<EtaAnswer?> Part(EtaQuestion[] questions)
    {
        var batch = new MotionBatch();
        foreach (var question in questions)
        {
            batch.TryAdd(question.Track.Points, question.At); // Nothing is asked near a pole.
        }

        var forecasts = model?.Forecast(batch);
        return questions.Select((question, row) => Answer(question, forecasts?[row]));
    }

    private static EtaAnswer? Answer(EtaQuestion question, MotionForecast? forecast)
    {
        var (now, place) = (question.Now, question.Place);
        var knots = now.SpeedKnots ?? DeadReckoning.OffsetAt(question.Track.Points, question.At, TimeSpan.FromHours(1))?.LengthNm ?? 0;
        if (knots < StillKnots)
        {
            return null;
        }

        var distance = (GreatCircle.DistanceMetres(now.Place, place.Where) / GreatCircle.MetresPerNauticalMile) - place.RadiusNm;
        var passage = forecast is null ? null : FirstPassage.Of(forecast, place.Where, place.RadiusNm);
        return new EtaAnswer(question, Math.Max(0, distance) / knots * 60, passage?.Chance, EtaSaid.Of(passage));
    }
}

/// <summary>What was said of one question.</summary>
/// <param name="Question">The question.</param>
/// <param name="DistanceMinutes">Distance over speed, minutes.</param>
/// <param name="Chance">The model's chance that it comes within three hours; null without a model.</param>
/// <param name="Said">What the model said, or null where it did not see it come.</param>
internal sealed record EtaAnswer(EtaQuestion Question, double DistanceMinutes, double? Chance, EtaSaid? Said)
{
    /// <summary>How far distance over speed was off, minutes.</summary>
    public double DistanceOff => Math.Abs(DistanceMinutes - Question.Minutes);

    /// <summary>How far the model was off, minutes; only where it said a time.</summary>
    public double ModelOff => Math.Abs(Said!.Minutes - Question.Minutes);

    /// <summary>
    /// Whether the ship came within the model's interval, to the minute; only where it said one.
    /// </summary>
    public bool IsIn => Math.Round(Question.Minutes) >= Said!.LowMinutes && Math.Round(Question.Minutes) <= Said.HighMinutes;
}

/// <summary>10, 50 and 90 %, whole minutes.</summary>
internal sealed record EtaSaid(int LowMinutes, int Minutes, int HighMinutes)
{
    /// <summary>What a passage says, or null.</summary>
    public static EtaSaid? Of(FirstPassage? passage) =>
        passage?.MinutesBy(0.1) is { } low && passage.MinutesBy(0.5) is { } middle && passage.MinutesBy(0.9) is { } high
            ? new EtaSaid(low, middle, high)
            : null;
}
