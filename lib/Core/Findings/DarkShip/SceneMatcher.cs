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
    /// <summary>Ships that nobody reports, per square metre: one in 100 square kilometres.</summary>
    private const double DarkPerSquareMetre = 1e-8;

    /// <summary>An unknown ship has any length up to this, metres.</summary>
    private const double LengthSpanMetres = 300;

    /// <summary>A pair is possible within so many standard deviations, and within <see cref="GateMetresMax"/>.</summary>
    private const double GateSigmas = 4;

    private const double GateMetresMax = 20_000;

    /// <summary>A silent vessel is named from this probability on, with the probability.</summary>
    private const double SilentProbabilityMin = 0.1;

    /// <summary>Worths are kept in thousandths, so that two processors agree.</summary>
    private const double Milli = 1000;

    /// <summary>The sum over everything.</summary>
    public static SceneMatch[] Match(SceneEntry entry)
    {
        var pairs = PairsOf(entry);
        var positive = pairs.SelectMany((of, row) => of.Where(p => p.Worth > 0).Select(p => new WorthyPair(row, p.Candidate, p.Worth))).ToArray();
        var chosen = Assignment.Solve(entry.Detections.Count, entry.Candidates.Count, positive);
        var isTaken = new bool[entry.Candidates.Count];
        foreach (var candidate in chosen.Where(candidate => candidate >= 0))
        {
            isTaken[candidate] = true;
        }

        return [.. chosen.Select((candidate, row) => Weigh(entry, pairs[row], candidate, isTaken))];
    }

    // Odds of each explanation that is still free for this detection, against a ship that nobody reports (odds 1).
    private static SceneMatch Weigh(SceneEntry entry, List<(int Candidate, long Worth)> pairs, int chosen, bool[] isTaken)
    {
        double all = 1, reporting = 0, own = 0;
        var (silent, silentOdds) = (-1, 0.0);
        foreach (var (candidate, worth) in pairs)
        {
            if (candidate != chosen && isTaken[candidate])
            {
                continue;
            }

            var odds = Math.Exp(Math.Min(600, worth / Milli));
            all += odds;
            own = candidate == chosen ? odds : own;
            if (entry.Candidates[candidate].IsReporting)
            {
                reporting += odds;
            }
            else if (odds > silentOdds)
            {
                (silent, silentOdds) = (candidate, odds);
            }
        }

        var isSilentLikely = silent >= 0 && silentOdds / all >= SilentProbabilityMin;
        return new SceneMatch(
            chosen >= 0 && entry.Candidates[chosen].IsReporting ? chosen : -1,
            (int)Math.Round(own / all * 1000),
            (int)Math.Round(reporting / all * 1000),
            isSilentLikely ? silent : -1,
            isSilentLikely ? (int)Math.Round(silentOdds / all * 1000) : 0);
    }

    private static List<(int Candidate, long Worth)>[] PairsOf(SceneEntry entry)
    {
        // By latitude, so that each detection looks only at those within its reach.
        var order = Enumerable.Range(0, entry.Candidates.Count).OrderBy(i => entry.Candidates[i].Lat).ThenBy(i => i).ToArray();
        var latitudes = order.Select(i => entry.Candidates[i].Lat).ToArray();
        var reach = (int)(GateMetresMax / FlatDistance.MetresPerUnit);
        var located = entry.Sensor == SceneSensor.Sar ? 60.0 : 30.0;
        return [.. entry.Detections.Select(detection =>
        {
            var pairs = new List<(int Candidate, long Worth)>();
            var from = Array.BinarySearch(latitudes, detection.Lat - reach);
            from = from < 0 ? ~from : from;
            while (from > 0 && latitudes[from - 1] >= detection.Lat - reach)
            {
                from--;
            }

            for (var at = from; at < order.Length && latitudes[at] <= detection.Lat + reach; at++)
            {
                if (WorthOf(entry, detection, entry.Candidates[order[at]], located) is { } worth)
                {
                    pairs.Add((order[at], worth));
                }
            }

            pairs.Sort();
            return pairs;
        })];
    }

    private static long? WorthOf(SceneEntry entry, SceneDetection detection, SceneCandidate candidate, double located)
    {
        var metres = GreatCircle.DistanceMetres(detection.Where, candidate.Where);
        // An antenna is not the middle of its ship.
        var antenna = (candidate.LengthM ?? detection.LengthM) / 4.0;
        var variance = ((double)candidate.SigmaM * candidate.SigmaM) + (located * located) + (antenna * antenna);
        if (metres > GateMetresMax || metres > GateSigmas * Math.Sqrt(variance)
            || (!candidate.IsReporting && !candidate.Reaches(detection.Where)))
        {
            return null;
        }

        var log = -Math.Log(2 * Math.PI * variance) - (metres * metres / (2 * variance)) - Math.Log(DarkPerSquareMetre);
        if (candidate.LengthM is { } length)
        {
            var sigma = Math.Max(CarriageDuty.LengthSigmaMetres(detection.LengthM, entry.PixelCentimetres), length / 5.0);
            var off = (detection.LengthM - length) / sigma;
            // Echoes that are cut short or smeared are common: a length that is far off is unlikely, not impossible.
            log += Math.Log((0.9 * Math.Exp(-off * off / 2) / (Math.Sqrt(2 * Math.PI) * sigma)) + (0.1 / LengthSpanMetres)) + Math.Log(LengthSpanMetres);
        }

        return (long)Math.Round(log * Milli);
    }
}

/// <summary>What one detection is.</summary>
/// <param name="Candidate">The reporting vessel that it is, as an index, or -1.</param>
/// <param name="OwnMilli">Probability that it is the vessel that it was given to, thousandths.</param>
/// <param name="ExplainedMilli">Probability that any reporting vessel explains it.</param>
/// <param name="Silent">The vessel that was silent and may most likely be this echo, or -1.</param>
/// <param name="SilentMilli">That probability.</param>
internal readonly record struct SceneMatch(int Candidate, int OwnMilli, int ExplainedMilli, int Silent, int SilentMilli);
