namespace MaritimeWatch.Scenario;

/// <content>Reports that are false for a while, and stretches in which the network keeps every report.</content>
internal sealed partial class Faults
{
    private readonly List<FalseReport> falseReports = [];
    private readonly Queue<Stretch> watched = new();
    private long firstFalseAtMs = long.MaxValue;
    private long lastFalseAtMs;

    /// <summary>Adds a false report; several may be at work at once, applied in the order in which they were added.</summary>
    public void Add(FalseReport one)
    {
        falseReports.Add(one);
        firstFalseAtMs = Math.Min(firstFalseAtMs, one.When.FromAtMs);
        lastFalseAtMs = Math.Max(lastFalseAtMs, one.When.ToAtMs);
    }

    /// <summary>A traffic service watches the ship closely and keeps every report; stretches come in order.</summary>
    public void Watch(long fromAtMs, long toAtMs) => watched.Enqueue(new Stretch(fromAtMs, toAtMs));

    /// <summary>True where the network does not thin the ship's reports.</summary>
    public bool IsWatched(long atMs)
    {
        while (watched.TryPeek(out var next) && next.ToAtMs <= atMs)
        {
            watched.Dequeue();
        }

        return watched.TryPeek(out var now) && now.FromAtMs <= atMs;
    }

    /// <summary>Puts what is false into a position report that is about to be sent.</summary>
    public void Falsify(ref Transmission sent)
    {
        if (sent.AtMs < firstFalseAtMs || sent.AtMs > lastFalseAtMs)
        {
            return;
        }

        foreach (var one in falseReports)
        {
            if (one.When.FromAtMs <= sent.AtMs && sent.AtMs < one.When.ToAtMs && !(one.IsOnce && one.IsSpent))
            {
                one.IsSpent = true;
                one.Tell(ref sent);
            }
        }
    }
}
