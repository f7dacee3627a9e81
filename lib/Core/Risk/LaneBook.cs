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

    /// <summary>The ranked calls, in the order in which they were first assessed.</summary>
    public IReadOnlyList<RankedCall> Calls => calls;

    /// <summary>Takes an assessment's total; a new call pushes the oldest out.</summary>
    public void Put(RankedCall call)
    {
        var at = calls.FindIndex(ranked => ranked.Subject == call.Subject);
        if (at >= 0)
        {
            calls[at] = call;
            return;
        }

        calls.Add(call);
        if (calls.Count > callsMax)
        {
            calls.RemoveAt(0);
        }
    }

    /// <summary>The lane of a call, its rank from 1, and among how many; green and rank 0 where it is no longer ranked.</summary>
    public (RiskLane Lane, int Rank, int Calls) LaneOf(string subject)
    {
        var at = calls.FindIndex(ranked => ranked.Subject == subject);
        if (at < 0)
        {
            return (RiskLane.Green, 0, calls.Count);
        }

        var rank = 1;
        for (var i = 0; i < calls.Count; i++)
        {
            rank += calls[i].TotalMilli > calls[at].TotalMilli || (i < at && calls[i].TotalMilli == calls[at].TotalMilli) ? 1 : 0;
        }

        var lane = !calls[at].HasEvidence ? RiskLane.Green
            : rank <= Share(redPerMille) ? RiskLane.Red
            : rank <= Share(redPerMille + orangePerMille) ? RiskLane.Orange
            : RiskLane.Green;
        return (lane, rank, calls.Count);
    }

    /// <summary>Takes the state back.</summary>
    public void Restore(IEnumerable<RankedCall> ranked)
    {
        calls.Clear();
        calls.AddRange(ranked);
    }

    // Rounded up, so that a small port has one inspection too.
    private int Share(int perMille) => ((calls.Count * perMille) + 999) / 1000;
}
