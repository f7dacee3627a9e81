using MaritimeWatch.Reference;

namespace MaritimeWatch.Findings.DarkShip;

/// <summary>
/// Ships of a scene at each anchorage and berth: every ship belongs to the nearest stopping place within
/// <see cref="WithinMetres"/>. A ship that a report explains and that was under way only passes; an echo of a fixed
/// structure or beside a larger ship is none.
/// </summary>
internal static class AreaCounts
{
    /// <summary>A ship farther than this from every stopping place is at none, metres.</summary>
    public const double WithinMetres = 5_000;

    /// <summary>Faster than this it only passes, 0.1 knot.</summary>
    public const int PassingDeciKnots = 20;

    /// <summary>Counts; places in the order of their ids.</summary>
    /// <param name="ships">The ships with what they were judged to be.</param>
    /// <param name="view">The stopping places.</param>
    public static IReadOnlyList<AreaCount> Of(IEnumerable<(SceneDetection Ship, JudgedDetection Judged)> ships, IReferenceView view)
    {
        var counts = new SortedDictionary<string, AreaCount>(StringComparer.Ordinal);
        foreach (var (ship, judged) in ships)
        {
            if (judged.Judgement is Judgement.Fixed or Judgement.Beside
                || view.NearestAnchorage(ship.Where, WithinMetres, out _) is not (>= 0 and var index))
            {
                continue;
            }

            var place = view.AnchorageAt(index);
            var count = counts.GetValueOrDefault(place.Id) ?? new AreaCount(place);
            var isPassing = judged.Judgement == Judgement.Matched && judged.Vessel?.Ways?.Steady?.SpeedDeciKnots > PassingDeciKnots;
            counts[place.Id] = (judged.Judgement, isPassing) switch
            {
                (_, true) => count with { Passing = count.Passing + 1 },
                (Judgement.Matched, _) => count with { WithAis = count.WithAis + 1 },
                (Judgement.Dark, _) => count with { WithoutAis = count.WithoutAis + 1 },
                _ => count with { Unsettled = count.Unsettled + 1 },
            };
        }

        return [.. counts.Values];
    }
}

/// <summary>What lies at one stopping place.</summary>
/// <param name="Place">Where.</param>
internal sealed record AreaCount(AnchoragePoint Place)
{
    /// <summary>Ships that a report explains.</summary>
    public int WithAis { get; init; }

    /// <summary>Ships that no report explains.</summary>
    public int WithoutAis { get; init; }

    /// <summary>Ships of which neither can be said.</summary>
    public int Unsettled { get; init; }

    /// <summary>Ships with AIS that only passed.</summary>
    public int Passing { get; init; }

    /// <summary>Ships that lie there.</summary>
    public int Ships => WithAis + WithoutAis + Unsettled;
}
