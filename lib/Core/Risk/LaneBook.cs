namespace MaritimeWatch.Risk;

/// <summary>One of the last assessed calls.</summary>
/// <param name="Subject">The call.</param>
/// <param name="TotalMilli">Its log-odds in 1/1000.</param>
/// <param name="HasEvidence">Something speaks against it: only such a call can leave the green lane.</param>
public sealed record RankedCall(string Subject, int TotalMilli, bool HasEvidence);

/// <summary>
/// Lanes by a budget: among the last assessed calls, the share that can be inspected is red, the share after it orange,
/// and every other green. Which calls are among the last goes by when they were first assessed; ties go to the earlier.
/// </summary>
/// <param name="redPerMille">Calls in 1,000 that can be inspected, at least one.</param>
/// <param name="orangePerMille">Calls in 1,000 after those.</param>
/// <param name="callsMax">How many of the last calls are ranked.</param>
public sealed class LaneBook(int redPerMille, int orangePerMille, int callsMax)
{
    private readonly List<RankedCall> calls = [];
    private readonly Dictionary<string, (RiskLane Lane, int Rank)> ranked = new(StringComparer.Ordinal);
    private bool isRanked;

    /// <summary>The ranked calls, in the order in which they were first assessed.</summary>
    public IReadOnlyList<RankedCall> Calls => calls;

    /// <summary>Takes an assessment's total; a new call pushes the oldest out.</summary>
    /// <returns>True where that may move lanes.</returns>
    public bool Put(RankedCall call)
    {
        var at = calls.FindIndex(known => known.Subject == call.Subject);
        if (at >= 0 && calls[at] == call)
        {
            return false;
        }

        isRanked = false;
        if (at >= 0)
        {
            calls[at] = call;
            return true;
        }

        calls.Add(call);
        if (calls.Count > callsMax)
        {
            calls.RemoveAt(0);
        }

        return true;
    }

    /// <summary>The lane of a call, its rank from 1, and among how many; green and rank 0 where it is no longer ranked.</summary>
    public (RiskLane Lane, int Rank, int Calls) LaneOf(string subject)
    {
        if (!isRanked)
        {
            Rank();
        }

        var (lane, rank) = ranked.GetValueOrDefault(subject);
        return (lane, rank, calls.Count);
    }

    /// <summary>Takes the state back.</summary>
    public void Restore(IEnumerable<RankedCall> known)
    {
        calls.Clear();
        calls.AddRange(known);
        isRanked = false;
    }

    private void Rank()
    {
        ranked.Clear();
        var (red, orange) = (Share(redPerMille), Share(redPerMille + orangePerMille));
        foreach (var call in calls.OrderByDescending(call => call.TotalMilli))
        {
            var rank = ranked.Count + 1;
            var lane = !call.HasEvidence ? RiskLane.Green : rank <= red ? RiskLane.Red : rank <= orange ? RiskLane.Orange : RiskLane.Green;
            ranked.Add(call.Subject, (lane, rank));
        }

        isRanked = true;
    }

    // Rounded up, so that a small port has one inspection too.
    private int Share(int perMille) => ((calls.Count * perMille) + 999) / 1000;
}
