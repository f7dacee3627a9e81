namespace MaritimeWatch.Scenario;

/// <summary>
/// One thing that a hull says of itself again and again: stable once it was said twice running, changed once something else
/// was said twice running after that. Saying nothing is no statement.
/// </summary>
/// <typeparam name="T">What is said.</typeparam>
internal sealed class Statement<T>
    where T : IEquatable<T>
{
    private T? stable;
    private T? candidate;
    private int times;
    private bool isStable;
    private long stableAtMs;
    private long candidateAtMs;

    /// <summary>What was said before, from its last statement, and what is said now, from its first.</summary>
    internal readonly record struct Change(T Was, T Is, long WasAtMs, long IsAtMs);

    /// <summary>Something was said; a change where this is the second time that it is said.</summary>
    public Change? Say(T said, long atMs)
    {
        if (isStable && said.Equals(stable!))
        {
            stableAtMs = atMs;
            times = 0;
            return null;
        }

        if (times == 0 || !said.Equals(candidate!))
        {
            (candidate, candidateAtMs, times) = (said, atMs, 1);
            return null;
        }

        var change = isStable ? new Change(stable!, said, stableAtMs, candidateAtMs) : (Change?)null;
        (stable, stableAtMs, isStable, times) = (said, atMs, true, 0);
        return change;
    }
}
