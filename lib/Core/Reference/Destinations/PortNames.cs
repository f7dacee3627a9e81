namespace MaritimeWatch.Reference.Destinations;

/// <summary>The ports of one reference view by code and by every name that they are known under; immutable.</summary>
internal sealed class PortNames
{
    private const int KeyLengthMin = 3;
    private static readonly string[] Sorts = ["PORT", "HARBOUR", "HARBOR", "PUERTO", "PORTO", "HAVN", "HAMN", "HAFEN", "HAVEN", "TERMINAL", "OF", "DE"];

    private readonly Dictionary<string, int> byCode = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<int>> bySuffix = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, List<NamedPort>> byKey = new(StringComparer.Ordinal);

    public PortNames(IReferenceView view)
    {
        for (var i = 0; i < view.AnchorageCount; i++)
        {
            if (view.AnchorageAt(i) is { PortLocode: { Length: 5 } locode } point)
            {
                Take(locode, point);
            }
        }

        for (var port = 0; port < Ports.Count; port++)
        {
            foreach (var (key, isOwn) in Ports[port].Names)
            {
                ListOf(byKey, key, new NamedPort(port, isOwn));
            }
        }
    }

    /// <summary>The ports, by the order in which the view has them.</summary>
    public List<KnownPort> Ports { get; } = [];

    /// <summary>Countries that have a port.</summary>
    public HashSet<string> Countries { get; } = new(StringComparer.Ordinal);

    /// <summary>All names by key, in ordinal order.</summary>
    public IEnumerable<KeyValuePair<string, List<NamedPort>>> Names => byKey;

    /// <summary>The port of a UN/LOCODE, or -1.</summary>
    public int OfCode(string code) => byCode.GetValueOrDefault(code, -1);

    /// <summary>The ports whose code ends with these three letters.</summary>
    public IReadOnlyList<int> OfSuffix(string suffix) => bySuffix.GetValueOrDefault(suffix) ?? [];

    /// <summary>The ports of a name.</summary>
    public IReadOnlyList<NamedPort> OfKey(string key) => byKey.GetValueOrDefault(key) ?? [];

    private void Take(string locode, AnchoragePoint point)
    {
        if (byCode.TryGetValue(locode, out var known))
        {
            // The port's own point says best where it is.
            if (point.Kind == StoppingPlace.Port && Ports[known].Kind != StoppingPlace.Port)
            {
                Ports[known] = Ports[known] with { Where = point.Where, Kind = point.Kind, Name = point.PortName, Names = KeysOf(locode[..2], point.PortName) };
            }

            return;
        }

        byCode.Add(locode, Ports.Count);
        Countries.Add(locode[..2]);
        if (!bySuffix.TryGetValue(locode[2..], out var list))
        {
            bySuffix.Add(locode[2..], list = []);
        }

        list.Add(Ports.Count);
        Ports.Add(new KnownPort(locode, point.PortName, point.Where, point.Kind, KeysOf(locode[..2], point.PortName)));
    }

    // "Helsingfors (Helsinki)" and "Saint Petersburg (ex Leningrad)" are two names each; "Howard Beach/New York" is a part of
    // New York and has no right to its name where New York itself is known.
    private static List<(string Key, bool IsOwn)> KeysOf(string country, string name)
    {
        var own = new SortedSet<string>(StringComparer.Ordinal);
        var others = new SortedSet<string>(StringComparer.Ordinal);
        var isPart = name.IndexOf('/', StringComparison.Ordinal) is > 0 and var slash ? slash : int.MaxValue;
        foreach (var part in PlainLetters.Of(name, 80).Split(['(', ')', '/', ','], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var one = part.StartsWith("EX ", StringComparison.Ordinal) ? part[3..] : part;
            var isOwn = PlainLetters.Of(name, 80).IndexOf(part, StringComparison.Ordinal) < isPart;
            own.UnionWith(isOwn ? [PlainLetters.Key(one)] : []);
            others.Add(PlainLetters.Key(one));
            others.Add(PlainLetters.Key(string.Concat(one.Split(' ', '-').Where(word => !Sorts.Contains(word)))));
        }

        others.UnionWith(OtherNames.Of(country, [.. own, .. others]).ToArray());
        return [.. others.Where(key => key.Length >= KeyLengthMin).Select(key => (key, own.Contains(key)))];
    }

    private static void ListOf(SortedDictionary<string, List<NamedPort>> lists, string key, NamedPort port)
    {
        if (!lists.TryGetValue(key, out var list))
        {
            lists.Add(key, list = []);
        }

        list.Add(port);
    }
}

/// <summary>A port of the reference, with the keys of its names.</summary>
internal sealed record KnownPort(string Locode, string Name, Terms.Position Where, StoppingPlace Kind, List<(string Key, bool IsOwn)> Names);

/// <summary>A port that bears a name, by its number, and whether it is its own or what others call it.</summary>
internal readonly record struct NamedPort(int Port, bool IsOwn);
