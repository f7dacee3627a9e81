namespace MaritimeWatch.Findings.Vehicles;

/// <summary>What has been learned of going from one camera to the next.</summary>
internal sealed class Way(string from, string to)
{
    public const int RecentMax = 8;

    public string From { get; } = from;

    public string To { get; } = to;

    /// <summary>How many went this way.</summary>
    public long Count { get; set; }

    public TravelTimes Times { get; } = new();

    /// <summary>The latest passages, oldest first.</summary>
    public List<Passage> Recent { get; } = [];

    public void Learn(string token, long departedMs, long arrivedMs)
    {
        Count++;
        Times.Add(departedMs, arrivedMs - departedMs);
        Recent.Add(new Passage(token, departedMs, arrivedMs));
        if (Recent.Count > RecentMax)
        {
            Recent.RemoveAt(0);
        }
    }
}

/// <summary>One vehicle on one way.</summary>
internal readonly record struct Passage(string Token, long DepartedMs, long ArrivedMs);

/// <summary>All the ways that were learned, and how many left each camera. Bounded; what is new beyond that is not learned.</summary>
internal sealed class Ways
{
    private readonly Dictionary<(string From, string To), Way> ways = [];
    private readonly Dictionary<string, long> departures = new(StringComparer.Ordinal);
    private readonly HashSet<(string From, string To)> changed = [];

    public IReadOnlyDictionary<(string From, string To), Way> All => ways;

    public IReadOnlyCollection<(string From, string To)> Changed => changed;

    public Way? Find(string from, string to) => ways.GetValueOrDefault((from, to));

    public long DeparturesFrom(string camera) => departures.GetValueOrDefault(camera);

    /// <summary>False where there is no more room for a new way.</summary>
    public bool Learn(string from, string to, string token, long departedMs, long arrivedMs, int most)
    {
        if (!ways.TryGetValue((from, to), out var way))
        {
            if (ways.Count >= most)
            {
                return false;
            }

            ways.Add((from, to), way = new Way(from, to));
        }

        way.Learn(token, departedMs, arrivedMs);
        departures[from] = departures.GetValueOrDefault(from) + 1;
        changed.Add((from, to));
        return true;
    }

    /// <summary>Puts back what was saved; departures follow from the counts.</summary>
    public void Put(Way way)
    {
        var before = ways.TryGetValue((way.From, way.To), out var old) ? old.Count : 0;
        ways[(way.From, way.To)] = way;
        departures[way.From] = departures.GetValueOrDefault(way.From) + way.Count - before;
    }

    public void Saved() => changed.Clear();

    public void Clear()
    {
        ways.Clear();
        departures.Clear();
        changed.Clear();
    }
}
