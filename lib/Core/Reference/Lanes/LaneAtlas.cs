using System.Collections.Frozen;
using MaritimeWatch.Geodesy;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Reference.Lanes;

/// <summary>How many voyages began in a port, and how many of them kept to none of its lanes.</summary>
/// <param name="Port">The port of departure.</param>
/// <param name="Type">One of <see cref="ShipClass"/>, or <see cref="ShipClass.All"/>.</param>
/// <param name="Voyages">Voyages from there.</param>
/// <param name="Outside">Of these, those that made no lane.</param>
public readonly record struct LaneOrigin(string Port, string Type, int Voyages, int Outside)
{
    /// <summary>
    /// The chance that an ordinary voyage keeps to no lane, thousandths: among n + 1 voyages of one kind each is as likely
    /// as the others to be one of the odd ones.
    /// </summary>
    public int ChancePermille => Voyages <= 0 ? 1000 : (int)(1000L * (Outside + 1) / (Voyages + 1));
}

/// <summary>All lanes of one version, by port and type of ship. Immutable; threads may share it; look-ups allocate nothing.</summary>
public sealed class LaneAtlas
{
    private static readonly TrafficLane[] NoLanes = [];
    private readonly FrozenDictionary<(string Port, string Type), TrafficLane[]> _from;
    private readonly FrozenDictionary<(string Port, string Type), TrafficLane[]> _to;
    private readonly FrozenDictionary<(string Port, string Type), LaneOrigin> _origins;
    private readonly FrozenDictionary<string, TrafficLane> _byId;
    private readonly (string Port, Position Place)[] _starts;

    /// <summary>An atlas of some lanes.</summary>
    /// <param name="lanes">The lanes; ids must differ.</param>
    /// <param name="origins">How the voyages from each port kept to them.</param>
    /// <param name="learnedAtMs">When the last voyage ended that was learned from, milliseconds since 1970 UTC.</param>
    /// <exception cref="ArgumentException">Two lanes have one id.</exception>
    public LaneAtlas(IReadOnlyList<TrafficLane> lanes, IReadOnlyList<LaneOrigin> origins, long learnedAtMs)
    {
        ArgumentNullException.ThrowIfNull(lanes);
        ArgumentNullException.ThrowIfNull(origins);
        All = [.. lanes];
        Origins = [.. origins];
        LearnedAtMs = learnedAtMs;
        _starts = [.. All.Where(lane => lane.From != TrafficLane.Sea).Select(lane => (lane.From, lane.Stations[0].Place)).Distinct()];
        _byId = All.ToFrozenDictionary(lane => lane.Id, StringComparer.Ordinal);
        _from = ByPort(lane => lane.From, lane => lane.To);
        _to = ByPort(lane => lane.To, lane => lane.From);
        _origins = Origins.ToFrozenDictionary(origin => (origin.Port, origin.Type));
    }

    /// <summary>No lanes.</summary>
    public static LaneAtlas Empty { get; } = new([], [], long.MinValue);

    /// <summary>Every lane, in the order of the file.</summary>
    public IReadOnlyList<TrafficLane> All { get; }

    /// <summary>Ways of the sea-lane network between ports whose history is thin. No look-up gives them: nobody is judged by one.</summary>
    public IReadOnlyList<PriorLane> Priors { get; init; } = [];

    /// <summary>How the voyages from each port kept to the lanes.</summary>
    public IReadOnlyList<LaneOrigin> Origins { get; }

    /// <summary>
    /// When the last voyage ended that was learned from, milliseconds since 1970 UTC. What happened before is never judged
    /// by these lanes.
    /// </summary>
    public long LearnedAtMs { get; }

    /// <summary>Why the stored lanes could not be read, or null: they are then left out and everything else goes on.</summary>
    public string? Fault { get; init; }

    /// <summary>A lane by its id, or null.</summary>
    public TrafficLane? Find(string id) => _byId.GetValueOrDefault(id);

    /// <summary>
    /// The lanes from a port that a ship of a type goes by: between each two ports those of its type, or where it has none
    /// those of all types.
    /// </summary>
    /// <param name="port">UN/LOCODE or id of the port of departure, or <see cref="TrafficLane.Sea"/>.</param>
    /// <param name="type">One of <see cref="ShipClass"/>.</param>
    public ReadOnlySpan<TrafficLane> From(string port, string type) => Of(_from, port, type);

    /// <summary>The lanes into a port, in the same manner.</summary>
    /// <param name="port">UN/LOCODE or id of the port of arrival, or <see cref="TrafficLane.Sea"/>.</param>
    /// <param name="type">One of <see cref="ShipClass"/>.</param>
    public ReadOnlySpan<TrafficLane> To(string port, string type) => Of(_to, port, type);

    /// <summary>The lanes between two ports for a type of ship; those with most voyages first. Makes a list.</summary>
    public IReadOnlyList<TrafficLane> Between(string from, string to, string type)
    {
        var lanes = new List<TrafficLane>();
        foreach (var lane in From(from, type))
        {
            if (lane.To == to)
            {
                lanes.Add(lane);
            }
        }

        return lanes;
    }

    /// <summary>The port whose lanes begin nearest to a place, for places that bear no port's name; null where none does.</summary>
    /// <param name="at">Where a ship left.</param>
    /// <param name="withinDecimetres">How near they must begin, 0.1 m.</param>
    public string? PortNear(Position at, int withinDecimetres)
    {
        string? port = null;
        var units = FlatDistance.UnitsOf(withinDecimetres / 10.0);
        var least = units * units;
        foreach (var (name, place) in _starts)
        {
            var squared = FlatDistance.SquaredUnits(place, at);
            (port, least) = squared < least ? (name, squared) : (port, least);
        }

        return port;
    }

    /// <summary>How the voyages of a type from a port kept to the lanes; of all types where the type is not known there.</summary>
    public LaneOrigin OriginOf(string port, string type) =>
        _origins.TryGetValue((port, type), out var own) ? own
        : _origins.TryGetValue((port, ShipClass.All), out var all) ? all
        : new LaneOrigin(port, type, 0, 0);

    private static ReadOnlySpan<TrafficLane> Of(
        FrozenDictionary<(string Port, string Type), TrafficLane[]> index, string port, string type) =>
        index.TryGetValue((port, type), out var lanes) ? lanes
        : index.TryGetValue((port, ShipClass.All), out var all) ? all : NoLanes;

    // For each port and type: between each two ports the lanes of the type, or of all types where it has none.
    private FrozenDictionary<(string Port, string Type), TrafficLane[]> ByPort(
        Func<TrafficLane, string> here, Func<TrafficLane, string> there)
    {
        var index = new Dictionary<(string Port, string Type), TrafficLane[]>();
        foreach (var port in All.GroupBy(here, StringComparer.Ordinal))
        {
            foreach (var type in port.Select(lane => lane.Type).Append(ShipClass.All).Distinct(StringComparer.Ordinal))
            {
                index[(port.Key, type)] =
                [
                    .. port.GroupBy(there, StringComparer.Ordinal)
                        .SelectMany(pair => pair.Any(lane => lane.Type == type)
                            ? pair.Where(lane => lane.Type == type)
                            : pair.Any(lane => lane.Type == ShipClass.All) ? pair.Where(lane => lane.Type == ShipClass.All) : pair)
                        .OrderByDescending(lane => lane.Voyages).ThenBy(lane => lane.Id, StringComparer.Ordinal),
                ];
            }
        }

        return index.ToFrozenDictionary();
    }
}
