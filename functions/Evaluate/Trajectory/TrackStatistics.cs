using MaritimeWatch.Functions.Evaluate.Matching;

namespace MaritimeWatch.Functions.Evaluate.Trajectory;

/// <summary>The small sums behind the scores of tracks.</summary>
internal static class TrackStatistics
{
    /// <summary>How often the bootstrap draws.</summary>
    public const int Draws = 2000;

    /// <summary>A quantile on the line between two ordered values.</summary>
    /// <param name="values">At least one, in any order.</param>
    /// <param name="level">0 to 1.</param>
    public static double Quantile(IEnumerable<double> values, double level)
    {
        double[] sorted = [.. values.Order()];
        var at = Math.Clamp(level, 0, 1) * (sorted.Length - 1);
        var (below, above, part) = (sorted[(int)at], sorted[Math.Min((int)at + 1, sorted.Length - 1)], at - (int)at);

        // Values may be endless, and nothing of an endless difference is no number.
        return below == above || part == 0 ? below : below + ((above - below) * part);
    }

    /// <summary>
    /// The area of the circle around the place of dead reckoning that holds a share: its radius is that quantile of how far
    /// dead reckoning was off on the same tracks.
    /// </summary>
    public static double CircleArea(IEnumerable<double> offNmi, double share)
    {
        var radius = Quantile(offNmi, share);
        return Math.PI * radius * radius;
    }

    /// <summary>The 2.5 and 97.5 % of a share when vessels, with all their tracks, are drawn again and again with replacement.</summary>
    /// <param name="hits">Vessel and whether it held, one for each track; at least one.</param>
    /// <param name="seed">Seed of the draws.</param>
    public static (double Low, double High) Bootstrap(IEnumerable<(string Vessel, bool Is)> hits, int seed) =>
        Bootstrap(hits.Select(static hit => (hit.Vessel, hit.Is ? 1.0 : 0, 1.0)), seed);

    /// <summary>The same of a ratio of two sums.</summary>
    /// <param name="parts">Vessel and what it adds above and below the line, one for each track; at least one.</param>
    /// <param name="seed">Seed of the draws.</param>
    public static (double Low, double High) Bootstrap(IEnumerable<(string Vessel, double Above, double Below)> parts, int seed)
    {
        (double Above, double Below)[] vessels =
        [
            .. parts.GroupBy(static part => part.Vessel, StringComparer.Ordinal).OrderBy(static vessel => vessel.Key, StringComparer.Ordinal)
                .Select(static vessel => (vessel.Sum(static part => part.Above), vessel.Sum(static part => part.Below))),
        ];
        var (chance, ratios) = (new Chance(seed), new double[Draws]);
        for (var draw = 0; draw < Draws; draw++)
        {
            var (above, below) = (0.0, 0.0);
            for (var vessel = 0; vessel < vessels.Length; vessel++)
            {
                var drawn = vessels[chance.Below(vessels.Length)];
                (above, below) = (above + drawn.Above, below + drawn.Below);
            }

            ratios[draw] = above / below;
        }

        return (Quantile(ratios, 0.025), Quantile(ratios, 0.975));
    }
}
