using MaritimeWatch.Terms;

namespace MaritimeWatch.Findings.RouteDeviation;

/// <summary>Voyages of one vessel between two ports, the newest last, and the lane that they make.</summary>
internal sealed class RoutePair(Harbour from, Harbour to)
{
    /// <summary>Most voyages that are kept; the oldest goes first.</summary>
    public const int VoyagesMax = 8;

    private Lane? _lane;
    private bool _isLaneKnown;

    public Harbour From { get; } = from;

    public Harbour To { get; } = to;

    public List<Voyage> Voyages { get; } = [];

    /// <summary>What findings name as their object.</summary>
    public string Object => $"lane:{From.Id}-{To.Id}";

    /// <summary>Their lane, or null; a pure function of the voyages, so it is no part of the saved state.</summary>
    public Lane? LaneOf(RouteDeviationThresholds thresholds)
    {
        if (!_isLaneKnown)
        {
            (_lane, _isLaneKnown) = (Lane.Of(Voyages, thresholds), true);
        }

        return _lane;
    }

    /// <summary>Adds a voyage; returns by how many places the pair has grown.</summary>
    public int Add(Voyage voyage)
    {
        Voyages.Add(voyage);
        var grown = voyage.Places.Length;
        if (Voyages.Count > VoyagesMax)
        {
            grown -= Voyages[0].Places.Length;
            Voyages.RemoveAt(0);
        }

        _isLaneKnown = false;
        return grown;
    }
}

/// <summary>What is remembered of the ways of one vessel.</summary>
internal sealed class VesselRoutes
{
    /// <summary>Most pairs of ports; the one sailed longest ago goes first.</summary>
    public const int PairsMax = 6;

    public List<RoutePair> Pairs { get; } = [];

    public VoyageInProgress? InProgress { get; set; }

    /// <summary>The pairs changed since they were saved.</summary>
    public bool ArePairsNew { get; set; } = true;

    public int PlaceCount => Pairs.Sum(pair => pair.Voyages.Sum(voyage => voyage.Places.Length));

    /// <summary>True within a distance of where an earlier voyage from a port was heard.</summary>
    public bool HasGoneThisWay(string fromId, Position at, int withinDecimetres)
    {
        foreach (var pair in Pairs)
        {
            if (pair.From.Id != fromId)
            {
                continue;
            }

            foreach (var earlier in pair.Voyages)
            {
                if (Way.DecimetresOff(earlier.Places, at, withHoles: false) <= withinDecimetres)
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>Adds a voyage; returns its pair and by how many places the vessel has grown.</summary>
    public (RoutePair Pair, int Grown) Add(Harbour from, Harbour to, Voyage voyage)
    {
        var grown = 0;
        var pair = Pairs.Find(each => each.From.Id == from.Id && each.To.Id == to.Id);
        if (pair is null)
        {
            if (Pairs.Count == PairsMax)
            {
                var oldest = Pairs.MinBy(each => each.Voyages[^1].EndAtMs)!;
                grown -= oldest.Voyages.Sum(each => each.Places.Length);
                Pairs.Remove(oldest);
            }

            Pairs.Add(pair = new RoutePair(from, to));
        }

        ArePairsNew = true;
        return (pair, grown + pair.Add(voyage));
    }
}
