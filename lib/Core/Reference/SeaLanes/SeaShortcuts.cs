using MaritimeWatch.Geodesy;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Reference.SeaLanes;

/// <summary>
/// Straight pieces across the open ocean. There the network is a grid of ten degrees, and along it Suva to Apia would be half
/// as long again as the sea is; no ship keeps to that grid.
/// </summary>
internal static class SeaShortcuts
{
    private const int FarDecimetres = 800 * 18_520;
    private const int CellsNear = 2;
    private const int CellsFar = 27;
    private const int LonelyMax = 6;

    /// <summary>Pieces between lonely places of the ocean that see one another over the sea.</summary>
    public static IEnumerable<(Position From, Position To, int Decimetres)> Of(SeaGraph graph, SeaLegs legs)
    {
        var lonely = Enumerable.Range(0, graph.Places.Length).Where(place => IsLonely(graph, place)).ToHashSet();
        var near = new List<int>();
        foreach (var place in lonely.Order())
        {
            near.Clear();
            graph.AddNear(graph.Places[place], CellsFar, near);
            foreach (var other in near)
            {
                if (other > place && lonely.Contains(other)
                    && SteadyArc.Decimetres(graph.Places[place], graph.Places[other]) is var length and <= FarDecimetres
                    && legs.Cost(graph.Places[place], graph.Places[other], length, isToPort: false) == length)
                {
                    yield return (graph.Places[place], graph.Places[other], (int)length);
                }
            }
        }
    }

    private static bool IsLonely(SeaGraph graph, int place)
    {
        var near = new List<int>();
        graph.AddNear(graph.Places[place], CellsNear, near);
        return near.Count <= LonelyMax;
    }
}
