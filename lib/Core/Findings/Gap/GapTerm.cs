namespace MaritimeWatch.Findings.Gap;

/// <summary>
/// One line of the scorecard: a sign, its ranges, and what each range adds to the log-odds that the transmitter was off.
/// </summary>
/// <param name="Name">How a finding calls the number; with <c>_odds</c> behind it, what it adds.</param>
/// <param name="From">Where each range but the first begins, rising.</param>
/// <param name="Odds">What each range adds, hundredths; one more than <paramref name="From"/> has.</param>
/// <param name="Decimals">Decimals of the sign itself.</param>
/// <remarks>A sign of which nothing can be known (-1) adds nothing.</remarks>
internal sealed record GapTerm(string Name, int[] From, int[] Odds, int Decimals = 0)
{
    /// <summary>What a value adds, hundredths of a natural logarithm of odds.</summary>
    public int OddsOf(int value)
    {
        if (value < 0)
        {
            return 0;
        }

        var range = 0;
        while (range < From.Length && value >= From[range])
        {
            range++;
        }

        return Odds[range];
    }
}
