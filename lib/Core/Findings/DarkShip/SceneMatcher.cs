using MaritimeWatch.Geodesy;
using MaritimeWatch.Intake.Imagery;

namespace MaritimeWatch.Findings.DarkShip;

/// <summary>
/// Which vessel is which detection: the worth of a pair is the logarithm of how much better the vessel explains the echo
/// than a ship that nobody reports, by distance and length; then one to one with the greatest sum. Method as in Kroodsma
/// et al., "Revealing the global longline fleet with satellite radar", Sci. Rep. 12, 2022 (likelihoods of pairs, one to one).
/// </summary>
internal static class SceneMatcher
{
    /// <summary>Of the ships in a scene so many are taken to be unreported before anything is known.</summary>
    private const double DarkShare = 0.3;

    /// <summary>Ships are nowhere rarer than this, per square metre: one in 400 square kilometres.</summary>
    private const double ShipsPerSquareMetreMin = 2.5e-9;

    /// <summary>How many ships there are around a place is told by so many nearest.</summary>
    private const int NearestShips = 6;

    private const double NearestSquaredMin = 100 * 100;

    /// <summary>A vessel in a scene has an echo: of a hull that is large enough, and of any other.</summary>
    private const double SeenLarge = 0.95;

    private const double SeenOther = 0.7;

    /// <summary>An unknown ship has any length up to this, metres.</summary>
    private const double LengthSpanMetres = 300;

    /// <summary>No vessel is looked for farther off than this, metres.</summary>
    private const double GateMetresMax = 30_000;

    /// <summary>A silent vessel is named from this probability on, with the probability.</summary>
    private const double SilentProbabilityMin = 0.1;

    /// <summary>Worths are kept in thousandths, so that two processors agree.</summary>
    private const double Milli = 1000;

    private const long WorthMax = 60_000;

    /// <summary>The sum over everything.</summary>
    public static SceneMatch[] Match(SceneEntry entry)
    {
        var pairs = PairsOf(entry);
        var positive = pairs.Where(pair => pair.Worth > 0).ToArray();
        var chosen = Assignment.Solve(entry.Detections.Count, entry.Candidates.Count, positive);
        var chances = PairChances.Of(
            entry.Detections.Count, entry.Candidates.Count, [.. pairs.Select(p => (p.Row, p.Column, Math.Exp(Math.Min(WorthMax, p.Worth) / Milli)))]);
        var sums = new Sums[entry.Detections.Count];
        for (var row = 0; row < sums.Length; row++)
        {
            sums[row] = new Sums(0, 0, -1, 0);
        }

        for (var i = 0; i < pairs.Count; i++)
        {
            var (row, column, chance) = (pairs[i].Row, pairs[i].Column, chances[i]);
            ref var sum = ref sums[row];
            sum = sum with { Own = column == chosen[row] ? chance : sum.Own };
            sum = entry.Candidates[column].IsReporting ? sum with { Reporting = sum.Reporting + chance }
                : chance > sum.SilentChance ? sum with { Silent = column, SilentChance = chance }
                : sum;
        }

        return [.. chosen.Select((candidate, row) => MatchOf(entry, candidate, sums[row]))];
    }

    private static SceneMatch MatchOf(SceneEntry entry, int chosen, Sums sum)
    {
        var isSilentLikely = sum.Silent >= 0 && sum.SilentChance >= SilentProbabilityMin;
        return new SceneMatch(
            chosen >= 0 && entry.Candidates[chosen].IsReporting ? chosen : -1,
            (int)Math.Round(sum.Own * 1000),
            (int)Math.Round(sum.Reporting * 1000),
            isSilentLikely ? sum.Silent : -1,
            isSilentLikely ? (int)Math.Round(sum.SilentChance * 1000) : 0);
    }

    private static List<WorthyPair> PairsOf(SceneEntry entry)
    {
        // By latitude, so that each vessel looks only at the echoes within its reach.
        var order = Enumerable.Range(0, entry.Detections.Count).OrderBy(i => entry.Detections[i].Lat).ThenBy(i => i).ToArray();
        var latitudes = order.Select(i => entry.Detections[i].Lat).ToArray();
        var crowds = CrowdsOf(entry, order);
        var located = entry.Sensor == SceneSensor.Sar ? 25.0 : 15.0;
        var middle = entry.Middle;
        var pairs = new List<WorthyPair>();
        for (var column = 0; column < entry.Candidates.Count; column++)
        {
            var candidate = entry.Candidates[column];
            var likelihood = new EchoLikelihood(entry, candidate, located, middle);
            var reach = (int)(Math.Min(likelihood.GateMetres, GateMetresMax) / FlatDistance.MetresPerUnit) + 1;
            var from = Array.BinarySearch(latitudes, candidate.Lat - reach);
            from = from < 0 ? ~from : from;
            while (from > 0 && latitudes[from - 1] >= candidate.Lat - reach)
            {
                from--;
            }

            for (var at = from; at < order.Length && latitudes[at] <= candidate.Lat + reach; at++)
            {
                if (WorthOf(entry, entry.Detections[order[at]], candidate, likelihood, crowds[order[at]]) is { } worth)
                {
                    pairs.Add(new WorthyPair(order[at], column, worth));
                }
            }
        }

        pairs.Sort(static (a, b) => (a.Row, a.Column).CompareTo((b.Row, b.Column)));
        return pairs;
    }

    // Ships per square metre around each echo, by its nearest neighbours: where many lie, many that nobody reports lie too.
    private static double[] CrowdsOf(SceneEntry entry, int[] order)
    {
        var crowds = new double[order.Length];
        var nearest = new PriorityQueue<double, double>(NearestShips + 1);
        for (var middle = 0; middle < order.Length; middle++)
        {
            var here = entry.Detections[order[middle]];
            nearest.Clear();
            var (down, up) = (middle - 1, middle + 1);
            while (down >= 0 || up < order.Length)
            {
                var below = down >= 0 ? (long)here.Lat - entry.Detections[order[down]].Lat : long.MaxValue;
                var above = up < order.Length ? (long)entry.Detections[order[up]].Lat - here.Lat : long.MaxValue;
                var least = Math.Min(below, above) * FlatDistance.MetresPerUnit;
                if (nearest.Count == NearestShips && nearest.Peek() <= least)
                {
                    break;
                }

                var other = entry.Detections[order[below <= above ? down-- : up++]];
                var metres = FlatDistance.Metres(here.Where, other.Where);
                nearest.Enqueue(metres, -metres);
                if (nearest.Count > NearestShips)
                {
                    nearest.Dequeue();
                }
            }

            crowds[order[middle]] = nearest.Count == 0
                ? ShipsPerSquareMetreMin
                : Math.Max(ShipsPerSquareMetreMin, nearest.Count / (Math.PI * Math.Max(NearestSquaredMin, nearest.Peek() * nearest.Peek())));
        }

        return crowds;
    }

    private static long? WorthOf(
        SceneEntry entry, SceneDetection detection, SceneCandidate candidate, EchoLikelihood likelihood, double crowd)
    {
        if ((!candidate.IsReporting && !candidate.Reaches(detection.Where)) || likelihood.LogAt(detection.Where) is not { } place)
        {
            return null;
        }

        var seen = candidate.LengthM >= SceneSensors.SmallestLengthMetres(entry.Sensor) ? SeenLarge : SeenOther;
        var log = place + Math.Log(seen / (1 - seen)) - Math.Log(DarkShare * crowd);
        if (candidate.LengthM is { } length)
        {
            var sigma = Math.Max(CarriageDuty.LengthSigmaMetres(detection.LengthM, entry.PixelCentimetres), length * 0.2);
            var off = (detection.LengthM - length) / sigma;
            // Echoes that are cut short or smeared are common: a length that is far off is unlikely, not impossible.
            log += Math.Log((0.9 * Math.Exp(-off * off / 2) / (Math.Sqrt(2 * Math.PI) * sigma)) + (0.1 / LengthSpanMetres)) + Math.Log(LengthSpanMetres);
        }

        return (long)Math.Round(log * Milli);
    }

    private readonly record struct Sums(double Own, double Reporting, int Silent, double SilentChance);
}

/// <summary>What one detection is.</summary>
/// <param name="Candidate">The reporting vessel that it is, as an index, or -1.</param>
/// <param name="OwnMilli">Probability that it is the vessel that it was given to, thousandths.</param>
/// <param name="ExplainedMilli">Probability that any reporting vessel explains it.</param>
/// <param name="Silent">The vessel that was silent and may most likely be this echo, or -1.</param>
/// <param name="SilentMilli">That probability.</param>
internal readonly record struct SceneMatch(int Candidate, int OwnMilli, int ExplainedMilli, int Silent, int SilentMilli);
