namespace MaritimeWatch.Functions.Evaluate.Deviation;

/// <summary>
/// The scores of untouched tracks, to hold others to at equal length: a track of n judged moments is compared with the
/// untouched tracks cut to their first n moments (one that has fewer is taken as it is). A track's score is its maximum, and
/// more moments make a larger maximum.
/// </summary>
internal sealed class EqualLengths
{
    private readonly List<double[]> running = [];
    private readonly Dictionary<int, double[]> cut = [];

    /// <summary>Takes the scores of the moments of the untouched tracks.</summary>
    /// <param name="untouched">For each track its moments' scores in order of time; at least one each.</param>
    public EqualLengths(IEnumerable<IReadOnlyList<double>> untouched)
    {
        foreach (var track in untouched)
        {
            var most = new double[track.Count];
            for (var at = 0; at < most.Length; at++)
            {
                most[at] = Math.Max(at == 0 ? double.NegativeInfinity : most[at - 1], track[at]);
            }

            running.Add(most);
        }
    }

    /// <summary>How many untouched tracks there are.</summary>
    public int Count => running.Count;

    /// <summary>How many may be over a threshold at 1 %.</summary>
    public int FalseMax => Count / 100;

    /// <summary>The share of untouched tracks under a score, equal ones counted half: averaged it is the area under the ROC curve.</summary>
    /// <param name="score">The track's maximum.</param>
    /// <param name="moments">How many moments it has.</param>
    public double ShareUnder(double score, int moments)
    {
        var scores = Cut(moments);
        var (under, upTo) = (First(scores, score, false), First(scores, score, true));
        return (under + upTo) / (2.0 * scores.Length);
    }

    /// <summary>The threshold that at most 1 % of the untouched tracks are over.</summary>
    /// <param name="moments">How many moments the track has that is held to it.</param>
    public double ThresholdAt1Pct(int moments) => Cut(moments)[^(FalseMax + 1)];

    // How many are under the score, or no more than it.
    private static int First(double[] scores, double score, bool orEqual)
    {
        var (low, high) = (0, scores.Length);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            (low, high) = scores[middle] < score || (orEqual && scores[middle] == score) ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private double[] Cut(int moments)
    {
        if (!cut.TryGetValue(moments, out var scores))
        {
            scores = [.. running.Select(most => most[Math.Min(moments, most.Length) - 1]).Order()];
            cut.Add(moments, scores);
        }

        return scores;
    }
}
