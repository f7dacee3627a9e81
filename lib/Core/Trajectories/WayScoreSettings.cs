namespace MaritimeWatch.Trajectories;

/// <summary>How the ways of ships are scored with a model, and how often ships that did nothing unusual reach a score.</summary>
public sealed class WayScoreSettings
{
    /// <summary>Takes the settings.</summary>
    /// <param name="horizonMinutes">How long before forecasts were made: 1 to 18 whole tens of minutes, 10 to 180.</param>
    /// <param name="moments">Over how many moments of ten minutes a score goes, 1 to 144.</param>
    /// <param name="voyages">How many untouched voyages of other vessels the shares come from, not negative.</param>
    /// <param name="reached">Scores from the highest down, each with the share of those voyages that reach it at all, 0 to 1.</param>
    /// <exception cref="ArgumentException">A number is out of its range or the scores are out of order.</exception>
    public WayScoreSettings(
        IReadOnlyList<int> horizonMinutes, int moments, int voyages, IReadOnlyList<(double Score, double Share)> reached)
    {
        if (horizonMinutes.Count is < 1 or > MotionSteps.Count || moments is < 1 or > 144 || voyages < 0
            || horizonMinutes.Any(static minutes => minutes < MotionSteps.Minutes || minutes > MotionSteps.HorizonMax.TotalMinutes || minutes % MotionSteps.Minutes != 0))
        {
            throw new ArgumentException("a score has horizons of whole tens of minutes up to 180 and 1 to 144 moments", nameof(horizonMinutes));
        }

        if (reached.Any(static one => !(one.Score >= 0) || one.Share is not (>= 0 and <= 1))
            || reached.Zip(reached.Skip(1)).Any(static pair => pair.First.Score < pair.Second.Score || pair.First.Share > pair.Second.Share))
        {
            throw new ArgumentException("scores come from the highest down with shares that grow", nameof(reached));
        }

        (HorizonSteps, Moments, Voyages) = ([.. horizonMinutes.Select(static minutes => minutes / MotionSteps.Minutes)], moments, voyages);
        Reached = [.. reached];
    }

    /// <summary>Forecasts of 10 and 30 minutes over nine moments, with no voyages to say how often a score is reached.</summary>
    public static WayScoreSettings Usual { get; } = new([10, 30], 9, 0, []);

    /// <summary>How many steps before forecasts were made, 1 to 18.</summary>
    public IReadOnlyList<int> HorizonSteps { get; }

    /// <summary>Over how many moments of ten minutes a score goes.</summary>
    public int Moments { get; }

    /// <summary>How many untouched voyages the shares come from.</summary>
    public int Voyages { get; }

    /// <summary>Scores from the highest down, each with the share of untouched voyages that reach it.</summary>
    public IReadOnlyList<(double Score, double Share)> Reached { get; }

    /// <summary>
    /// The stated rate of false findings at a threshold: the share of untouched voyages that reach a score. Above the highest
    /// that was seen it is what one voyage more would be; below the lowest that is listed it is 1.
    /// </summary>
    /// <param name="score">The threshold.</param>
    /// <returns>Over 0, up to 1.</returns>
    public double ShareReaching(double score)
    {
        if (Reached.Count == 0 || score < Reached[^1].Score)
        {
            return 1;
        }

        var least = 1.0 / (Voyages + 1);
        return Math.Max(least, Reached.LastOrDefault(one => one.Score >= score).Share);
    }

    /// <summary>The lowest score that at most a share of untouched voyages reach; the highest listed where the share is too small to tell.</summary>
    /// <param name="share">Over 0, up to 1.</param>
    /// <returns>The score, or null where no voyages were looked at.</returns>
    public double? ScoreReachedBy(double share) =>
        Reached.Count == 0 ? null : Reached.TakeWhile(one => one.Share <= share).Append(Reached[0]).Min(one => one.Score);
}
