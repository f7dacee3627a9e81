namespace MaritimeWatch.Findings.Vehicles;

/// <summary>What is remembered of one token: where it is under way, and which ways are its habit.</summary>
internal sealed class Vehicle(string token)
{
    private const int HabitsMax = 64;

    public string Token { get; } = token;

    /// <summary>Tokens of its one-deletion texts, by which a misread is found.</summary>
    public IReadOnlyList<string> Deletions { get; set; } = [];

    public long LastAtMs { get; set; }

    /// <summary>Journeys under way; more than one where the plate is at two places at once.</summary>
    public List<Journey> Journeys { get; } = [];

    /// <summary>How often it took a way.</summary>
    public Dictionary<(string From, string To), int> Habits { get; } = [];

    public int HabitOf(string from, string to) => Habits.GetValueOrDefault((from, to));

    public void Took(string from, string to)
    {
        if (Habits.Count < HabitsMax || Habits.ContainsKey((from, to)))
        {
            Habits[(from, to)] = HabitOf(from, to) + 1;
        }
    }

    /// <summary>The same under the token of the next epoch.</summary>
    public Vehicle As(string next)
    {
        var renamed = new Vehicle(next) { Deletions = Deletions, LastAtMs = LastAtMs };
        renamed.Journeys.AddRange(Journeys);
        foreach (var (way, count) in Habits)
        {
            renamed.Habits.Add(way, count);
        }

        return renamed;
    }
}

/// <summary>A vehicle's ordered reads while it is under way.</summary>
internal sealed class Journey
{
    /// <summary>Most stops of one journey; then a new one begins.</summary>
    public const int StopsMax = 200;

    public List<Stop> Stops { get; } = [];

    public bool IsSimulated { get; set; }

    /// <summary>Another vehicle of which this may be a misread; a candidate, no more.</summary>
    public string? CandidateOf { get; set; }

    /// <summary>How well time and place fit that, permille.</summary>
    public int CandidatePermille { get; set; }

    /// <summary>What was odd on it, or null.</summary>
    public OddWay? Odd { get; set; }

    public Stop Last => Stops[^1];

    public long StartAtMs => Stops[0].AtMs;
}

/// <summary>One passage of a camera.</summary>
internal sealed record Stop(string Camera, long AtMs, string Written, int? ConfidencePermille, StageEvidence Evidence)
{
    /// <summary>When it was last read there.</summary>
    public long LastSeenMs { get; set; } = AtMs;
}

/// <summary>What is odd about the ways of a journey: the first odd step counts, later ones lengthen it.</summary>
internal sealed record OddWay(
    string From, string To, long StartAtMs, long SharePermille, long Departures, bool IsWatched, StageEvidence Left, StageEvidence Came)
{
    public string LastTo { get; set; } = To;

    public long EndAtMs { get; set; }

    public int Steps { get; set; } = 1;
}

/// <summary>A lateness of which it is not settled yet whether all were late.</summary>
internal sealed record PendingLate(
    string Token, string From, string To, long DepartedMs, long ArrivedMs, long MedianMs, long MostMs, bool IsSimulated, long KnownAtMs,
    StageEvidence Left, StageEvidence Came)
{
    public int OthersLate { get; set; }

    public int OthersInTime { get; set; }

    public string Key => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"late:{Token}:{From}:{To}:{DepartedMs}");
}
