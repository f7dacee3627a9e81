using MaritimeWatch.Geodesy;
using MaritimeWatch.Reference.SeaLanes;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Reference.Lanes;

/// <summary>Finds the pairs of ports whose history is thin and gives each the way that the network of sea lanes knows.</summary>
public static class PriorLanes
{
    /// <summary>Most priors of an atlas: those sailed last.</summary>
    public const int PriorsMax = 2_000;

    private const int HalfLivesMax = 6;

    /// <summary>The same atlas with a prior for each pair of ports that has voyages, but fewer than make a lane.</summary>
    /// <param name="learned">What was learned from the voyages; its lanes stay as they are.</param>
    /// <param name="voyages">The voyages.</param>
    /// <param name="network">The network; null gives no priors.</param>
    /// <param name="options">Thresholds, or null for the defaults.</param>
    public static LaneAtlas Added(
        LaneAtlas learned, IReadOnlyList<SailedVoyage> voyages, SeaLaneNetwork? network, LaneLearningOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(learned);
        options ??= LaneLearningOptions.Default;
        if (network is null || voyages.Count == 0)
        {
            return learned;
        }

        var fadedMs = voyages.Max(voyage => voyage.ArriveAtMs) - (long)(HalfLivesMax * options.HalfLife.TotalMilliseconds);
        var known = learned.All.Select(lane => (lane.From, lane.To)).ToHashSet();
        var priors = voyages
            .Where(voyage => voyage.ArriveAtMs >= fadedMs && voyage.From.Id != voyage.To.Id
                && voyage.From.Id != TrafficLane.Sea && voyage.To.Id != TrafficLane.Sea)
            .GroupBy(voyage => (From: voyage.From.Id, To: voyage.To.Id))
            .Where(pair => pair.Count() < options.VoyagesMin && !known.Contains(pair.Key))
            .Select(pair => pair.OrderBy(voyage => voyage.ArriveAtMs).ThenBy(voyage => voyage.Subject, StringComparer.Ordinal).ToList())
            .OrderByDescending(pair => pair[^1].ArriveAtMs).ThenBy(pair => pair[0].From.Id, StringComparer.Ordinal)
            .ThenBy(pair => pair[0].To.Id, StringComparer.Ordinal)
            .Take(PriorsMax)
            .Select(pair => Of(pair, network)).OfType<PriorLane>()
            .OrderBy(prior => prior.From, StringComparer.Ordinal).ThenBy(prior => prior.To, StringComparer.Ordinal);
        return new LaneAtlas(learned.All, learned.Origins, learned.LearnedAtMs) { Priors = [.. priors] };
    }

    private static PriorLane? Of(List<SailedVoyage> pair, SeaLaneNetwork network)
    {
        var last = pair[^1];
        if (network.Line(last.Points[0].Where, last.Points[^1].Where) is not { } whole)
        {
            return null;
        }

        // Crossings make places close together; what a map cannot show is left out.
        var step = (whole.Count + TrafficLane.StationsMax - 2) / (TrafficLane.StationsMax - 1);
        Position[] line = [.. whole.Where((_, i) => i % step == 0 && i < whole.Count - 1), whole[^1]];
        long length = 0;
        for (var i = 1; i < whole.Count; i++)
        {
            length += SteadyArc.Decimetres(whole[i - 1], whole[i]);
        }

        return new PriorLane(
            last.From.Id, last.From.Name, last.To.Id, last.To.Name, pair.Count,
            pair.Select(voyage => voyage.Subject).Distinct(StringComparer.Ordinal).Count(), last.ArriveAtMs,
            pair.Exists(voyage => voyage.IsSimulated), (int)length, line);
    }
}
