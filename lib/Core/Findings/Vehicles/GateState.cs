using MaritimeWatch.Intake.Anpr;

namespace MaritimeWatch.Findings.Vehicles;

/// <summary>Everything that the gate remembers. Bounded by the thresholds.</summary>
internal sealed class GateState
{
    private const int SeenMax = 4096;

    private readonly Dictionary<string, Vehicle> vehicles = new(StringComparer.Ordinal);
    private readonly SortedSet<(long AtMs, string Token)> ages = [];
    private readonly SortedSet<(long DueMs, string Token)> dues = [];
    private readonly Dictionary<string, long> dueOf = new(StringComparer.Ordinal);
    private readonly HashSet<string> changed = new(StringComparer.Ordinal);
    private readonly HashSet<string> gone = new(StringComparer.Ordinal);
    private readonly Queue<string> seenOrder = new();
    private readonly HashSet<string> seen = new(StringComparer.Ordinal);
    private readonly List<string> seenUnsaved = [];
    private readonly Dictionary<string, long> ageOf = new(StringComparer.Ordinal);

    /// <summary>The latest time that was heard of.</summary>
    public long ClockMs { get; set; } = long.MinValue;

    /// <summary>What is earlier has been folded.</summary>
    public long FoldedMs { get; set; } = long.MinValue;

    /// <summary>Version of the cameras in force, 0 for none.</summary>
    public int CameraVersion { get; set; }

    /// <summary>Reads that wait for earlier ones.</summary>
    public SortedSet<HeldRead> Held { get; } = new(HeldRead.Order);

    public Ways Ways { get; } = new();

    public List<PendingLate> Late { get; } = [];

    public StageFindings Findings { get; } = new(Log.StageNames.Gate);

    public SortedDictionary<string, long> Counts { get; } = new(StringComparer.Ordinal);

    public NearPlates Near { get; } = new();

    public IReadOnlyDictionary<string, Vehicle> Vehicles => vehicles;

    public IReadOnlyCollection<string> Changed => changed;

    public IReadOnlyCollection<string> Gone => gone;

    public IReadOnlyCollection<string> Seen => seenOrder;

    public IReadOnlyCollection<string> SeenUnsaved => seenUnsaved;

    public void Count(string what, long by = 1) => Counts[what] = Counts.GetValueOrDefault(what) + by;

    /// <summary>False where the batch was folded before.</summary>
    public bool See(string key)
    {
        if (!seen.Add(key))
        {
            return false;
        }

        seenOrder.Enqueue(key);
        seenUnsaved.Add(key);
        if (seenOrder.Count > SeenMax)
        {
            seen.Remove(seenOrder.Dequeue());
        }

        return true;
    }

    public Vehicle? Find(string token) => vehicles.GetValueOrDefault(token);

    /// <summary>Puts a vehicle in its places: by token, by age, by when its next journey ends.</summary>
    public void Put(Vehicle vehicle, long? dueMs)
    {
        if (ageOf.TryGetValue(vehicle.Token, out var age))
        {
            ages.Remove((age, vehicle.Token));
        }

        vehicles[vehicle.Token] = vehicle;
        ages.Add((vehicle.LastAtMs, vehicle.Token));
        ageOf[vehicle.Token] = vehicle.LastAtMs;
        if (dueOf.Remove(vehicle.Token, out var before))
        {
            dues.Remove((before, vehicle.Token));
        }

        if (dueMs is { } due)
        {
            dues.Add((due, vehicle.Token));
            dueOf[vehicle.Token] = due;
        }

        changed.Add(vehicle.Token);
        gone.Remove(vehicle.Token);
        Near.Put(vehicle);
    }

    public void Remove(string token)
    {
        if (!vehicles.Remove(token))
        {
            return;
        }

        ages.Remove((ageOf.GetValueOrDefault(token), token));
        ageOf.Remove(token);
        if (dueOf.Remove(token, out var due))
        {
            dues.Remove((due, token));
        }

        changed.Remove(token);
        gone.Add(token);
        Near.Remove(token);
    }

    /// <summary>The vehicle whose journey ends first, if it ends by then.</summary>
    public Vehicle? NextDue(long untilMs) => dues.Count > 0 && dues.Min.DueMs <= untilMs ? vehicles[dues.Min.Token] : null;

    /// <summary>The vehicle that was not read for longest, or null.</summary>
    public Vehicle? Oldest => ages.Count > 0 ? vehicles[ages.Min.Token] : null;

    public void Saved()
    {
        changed.Clear();
        gone.Clear();
        seenUnsaved.Clear();
        Ways.Saved();
    }

    public void Clear()
    {
        vehicles.Clear();
        ages.Clear();
        ageOf.Clear();
        dues.Clear();
        dueOf.Clear();
        seenOrder.Clear();
        seen.Clear();
        Held.Clear();
        Ways.Clear();
        Late.Clear();
        Findings.Clear();
        Counts.Clear();
        Near.Clear();
        (ClockMs, FoldedMs, CameraVersion) = (long.MinValue, long.MinValue, 0);
        Saved();
    }
}

/// <summary>A read with where it came from.</summary>
internal sealed record HeldRead(TokenRead Read, string Landing, string Hash)
{
    /// <summary>By time, camera and token; the rest only tells twins apart.</summary>
    public static IComparer<HeldRead> Order { get; } = Comparer<HeldRead>.Create(static (left, right) =>
    {
        var order = left.Read.AtMs.CompareTo(right.Read.AtMs);
        order = order != 0 ? order : string.CompareOrdinal(left.Read.Camera, right.Read.Camera);
        order = order != 0 ? order : string.CompareOrdinal(left.Read.Token, right.Read.Token);
        order = order != 0 ? order : string.CompareOrdinal(left.Hash, right.Hash);
        return order != 0 ? order : left.Read.Offset.CompareTo(right.Read.Offset);
    });

    public StageEvidence Evidence => new(Landing, Hash, Read.Offset, Read.Length, Read.AtMs);
}
