using MaritimeWatch.Findings.RouteDeviation;
using MaritimeWatch.Reference;
using MaritimeWatch.Reference.Destinations;
using MaritimeWatch.Reference.Lanes;
using MaritimeWatch.Tracks;

namespace MaritimeWatch.Findings.Arrival;

/// <summary>
/// Where a ship is bound for: what its destination text means, and, as far as that leaves it open, where it went before when
/// it left the port that it left now, or else where ships of its type went by the lanes that it keeps.
/// </summary>
internal sealed class DestinationBelief(WatchState state)
{
    private const int MovesDeciKnots = 10;
    private DestinationResolver? _resolver;
    private IReferenceView? _view;

    /// <summary>Ports with their chances, the likeliest first; the chances sum to at most 1,000.</summary>
    public IReadOnlyList<DestinationPort> Of(int slot, in StoredReport report)
    {
        if (_resolver is null || !ReferenceEquals(_view, state.Reference.View))
        {
            (_resolver, _view) = (new DestinationResolver(state.Reference.View), state.Reference.View);
        }

        if (_resolver.PortCount == 0)
        {
            return [];
        }

        var routes = state.Routes.Of(slot);
        var from = routes?.InProgress?.From.Id;
        var guess = _resolver.Resolve(state.Table.Cards[slot].Destination, new DestinationContext(
            report.Position, report.CourseDeciDegrees, report.SpeedDeciKnots >= MovesDeciKnots, from,
            routes is null ? null : [.. routes.Pairs.Select(pair => pair.To.Id)]));
        if (from is null)
        {
            return guess.Ports;
        }

        // A place that the reference does not have may be another one: or what this ship always types.
        var left = 1000 - guess.Ports.Sum(port => port.Thousandths);
        left = guess.Sort == DestinationSort.UnknownPlace ? left * 3 / 4 : left;

        var chances = new SortedDictionary<string, DestinationPort>(StringComparer.Ordinal);
        foreach (var port in guess.Ports)
        {
            chances[port.Locode] = port;
        }

        if (routes!.Pairs.Exists(pair => pair.From.Id == from))
        {
            Recall(routes, from, left, chances);
        }
        else
        {
            Follow(from, state.Table.Cards[slot].ShipType, in report, left, chances);
        }

        return [.. chances.Values.OrderByDescending(port => port.Thousandths).ThenBy(port => port.Locode, StringComparer.Ordinal)];
    }

    // Of n voyages from here so many went there; one more may go anywhere. The lane that it keeps now counts threefold.
    private void Recall(VesselRoutes routes, string from, int left, SortedDictionary<string, DestinationPort> chances)
    {
        var pairs = routes.Pairs.Where(pair => pair.From.Id == from).ToList();
        long Weight(RoutePair pair) => pair.Voyages.Count * (routes.InProgress!.Follows == pair.To.Id ? 3 : 1);
        var sum = pairs.Sum(Weight) + 1;
        foreach (var pair in pairs)
        {
            var chance = (int)(left * Weight(pair) / sum);
            Add(chances, pair.To.Id, chance, "earlier voyages");
        }
    }

    // Without voyages of its own: of all ships of its type that left from here by the lanes that it keeps now so many went there.
    private void Follow(string from, int shipType, in StoredReport report, int left, SortedDictionary<string, DestinationPort> chances)
    {
        var atlas = state.Reference.View.Lanes;
        if (report.EventAtMs <= atlas.LearnedAtMs)
        {
            return;
        }

        var type = ShipClass.Of(shipType);
        var kept = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (var lane in atlas.From(from, type))
        {
            if (LaneTimes.Keeps(lane, in report, isFromThere: true) is not null)
            {
                kept[lane.To] = kept.GetValueOrDefault(lane.To) + lane.Voyages;
            }
        }

        var sum = kept.Values.Sum(voyages => (long)voyages) + atlas.OriginOf(from, type).Outside + 1;
        foreach (var (to, voyages) in kept)
        {
            Add(chances, to, (int)(left * (long)voyages / sum), "lanes of all ships");
        }
    }

    private void Add(SortedDictionary<string, DestinationPort> chances, string to, int chance, string by)
    {
        if (chance > 0 && _resolver!.Port(to) is { } port)
        {
            chances[to] = chances.GetValueOrDefault(to) is { } before
                ? before with { Thousandths = before.Thousandths + chance }
                : port with { Thousandths = chance, By = by };
        }
    }
}
