namespace MaritimeWatch.Reference.Lanes;

/// <summary>
/// Voyages between two ports grouped into the ways that the traffic takes: two are of one group where they are nowhere far
/// apart, or where others lie between them (single linkage). A corridor that ships fill evenly is one lane however wide it
/// is; two ways around a bank are two; a voyage that nobody else made is none.
/// </summary>
internal static class WayClusters
{
    /// <summary>Groups, the largest first; members in the order given. Does not depend on the order of the voyages.</summary>
    public static List<List<VoyageWay>> Find(IReadOnlyList<VoyageWay> ways, LaneLearningOptions options)
    {
        var parents = Enumerable.Range(0, ways.Count).ToArray();
        for (var i = 1; i < ways.Count; i++)
        {
            for (var j = 0; j < i; j++)
            {
                var (a, b) = (Root(parents, i), Root(parents, j));
                if (a != b && VoyageWay.AreTogether(ways[i], ways[j], options.LinkDecimetres))
                {
                    parents[Math.Max(a, b)] = Math.Min(a, b);
                }
            }
        }

        return
        [
            .. ways.Select((way, i) => (Way: way, Root: Root(parents, i))).GroupBy(one => one.Root)
                .Select(group => group.Select(one => one.Way).ToList())
                .OrderByDescending(group => group.Count)
                .ThenBy(group => group.Min(way => way.Voyage.ArriveAtMs)),
        ];
    }

    private static int Root(int[] parents, int i)
    {
        while (parents[i] != i)
        {
            i = parents[i] = parents[parents[i]];
        }

        return i;
    }
}
