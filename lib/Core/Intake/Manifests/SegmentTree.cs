namespace MaritimeWatch.Intake.Manifests;

/// <summary>
/// Where a segment may stand in a message, by the directory: follows the order of tags and says which do not belong. It
/// checks order only, not how often a segment may come.
/// </summary>
/// <remarks>
/// The trees are those of CUSCAR in the directories D.95B and, from D.99B on, D.21B: the first tag of a group in
/// brackets begins each repeat of the group.
/// </remarks>
internal sealed class SegmentTree
{
    private const string D95B =
        "UNH BGM DTM RFF NAD FTX (TDT LOC DTM) GIS (EQD TSR MEA DIM SEL NAD GIS (TMP RNG)) CNT (CNI CNT (RFF CNT MOA LOC GIS "
        + "CUX CPI (TDT LOC DTM RFF) (NAD RFF (CTA COM)) (QTY FTX) (GID PAC HAN FTX MEA MOA SGP DGS PCI CST (GIS DOC) (QTY FTX)"
        + "))) (AUT DTM RFF) UNT";

    private const string D99BOn =
        "UNH BGM DTM LOC QTY (RFF DTM) (NAD DTM (CTA COM)) FTX (TDT LOC DTM) GIS GEI (EQD TSR MEA DIM SEL NAD GIS GEI LOC (TMP "
        + "RNG)) CNT (CNI CNT (RFF CNT MOA LOC GIS GEI CUX CPI (TDT LOC DTM MEA (RFF TSR)) (NAD RFF (CTA COM)) (QTY FTX) (GID PAC "
        + "HAN FTX MEA MOA SGP DGS PCI CST LOC TMD (GIS GEI DTM DOC PAC MEA) (GEI DTM DOC PAC MEA) (QTY FTX)))) (AUT DTM RFF) UNT";

    private readonly List<Node> nodes;
    private readonly HashSet<string> tags;
    private Node at;

    private SegmentTree(string text)
    {
        var root = new Node(string.Empty, null, 0);
        nodes = [];
        var group = root;
        foreach (var word in text.Replace("(", "( ", StringComparison.Ordinal).Replace(")", " )", StringComparison.Ordinal).Split(' '))
        {
            switch (word)
            {
                case "(":
                    group = group.Add(new Node(string.Empty, group, group.Children.Count));
                    break;
                case ")":
                    group = group.Parent!;
                    break;
                default:
                    nodes.Add(group.Add(new Node(word, group, group.Children.Count)));
                    break;
            }
        }

        at = nodes[0];
        tags = [.. nodes.Select(node => node.Tag)];
    }

    /// <summary>The tree of a release: D.95A to D.98B by D.95B, else by D.21B.</summary>
    /// <param name="release">The year and letter: <c>95B</c>; null where not said.</param>
    public static SegmentTree Of(string? release) =>
        new(release is { Length: 3 } && release[0] == '9' && release[1] < '9' ? D95B : D99BOn);

    /// <summary>True where the message knows the tag at all.</summary>
    public bool Knows(string tag) => tags.Contains(tag);

    /// <summary>Goes on to a segment; false where it may not stand here (the place is then kept).</summary>
    /// <param name="tag">The next tag, after UNH.</param>
    public bool MoveTo(string tag)
    {
        for (var from = at; from.Parent is { } group; from = group)
        {
            var first = from.Tag.Length == 0 ? from.Index + 1 : from.Index; // A segment may repeat; a group begins anew below.
            if (group.Find(tag, first) is { } next || (group.Children[0].Tag == tag && (next = group.Children[0]) is not null))
            {
                at = next;
                return true;
            }
        }

        return false;
    }

    private sealed class Node(string tag, Node? parent, int index)
    {
        public string Tag { get; } = tag;

        public Node? Parent { get; } = parent;

        public int Index { get; } = index;

        public List<Node> Children { get; } = [];

        public Node Add(Node child)
        {
            Children.Add(child);
            return child;
        }

        public Node? Find(string tag, int from)
        {
            for (var i = from; i < Children.Count; i++)
            {
                var child = Children[i];
                if (child.Tag == tag)
                {
                    return child;
                }

                if (child.Tag.Length == 0 && child.Children[0].Tag == tag)
                {
                    return child.Children[0];
                }
            }

            return null;
        }
    }
}
