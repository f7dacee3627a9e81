namespace MaritimeWatch.Functions.Evaluate.Matching;

/// <summary>What became of the ships of one scene; adds up.</summary>
internal sealed record MatchingCounts
{
    /// <summary>Upper ends of the bands of age, minutes; the last is open.</summary>
    public static IReadOnlyList<int> AgeMinutes { get; } = [5, 15, 60, 180, int.MaxValue];

    /// <summary>Ships that report and have an echo.</summary>
    public int WithAis { get; set; }

    /// <summary>Of those, given their own echo as one that reports.</summary>
    public int Right { get; set; }

    /// <summary>Of those, their own echo is called dark but named after them, as of a ship that fell silent.</summary>
    public int RightButSilent { get; set; }

    /// <summary>Of those, their echo was given to another vessel.</summary>
    public int Wrong { get; set; }

    /// <summary>Of those, their echo is called dark.</summary>
    public int CalledDark { get; set; }

    /// <summary>Ships that report nothing.</summary>
    public int Dark { get; set; }

    /// <summary>Of those, explained by a vessel that reports.</summary>
    public int ExplainedAway { get; set; }

    /// <summary>Of those, called dark.</summary>
    public int DarkFound { get; set; }

    /// <summary>Of those, left in doubt.</summary>
    public int DarkDoubtful { get; set; }

    /// <summary>Vessels that report and have no echo.</summary>
    public int NoEcho { get; set; }

    /// <summary>Of those, given one all the same.</summary>
    public int NoEchoGiven { get; set; }

    /// <summary>Ships that report and have an echo, by band of age.</summary>
    public int[] ByAge { get; } = new int[AgeMinutes.Count];

    /// <summary>Of those, given their own.</summary>
    public int[] RightByAge { get; } = new int[AgeMinutes.Count];

    /// <summary>The band of an age.</summary>
    public static int BandOf(double ageSeconds)
    {
        var band = 0;
        while (ageSeconds >= AgeMinutes[band] * 60L)
        {
            band++;
        }

        return band;
    }

    /// <summary>The sum of many.</summary>
    public static MatchingCounts Sum(IEnumerable<MatchingCounts> parts)
    {
        var sum = new MatchingCounts();
        foreach (var part in parts)
        {
            sum.WithAis += part.WithAis;
            sum.Right += part.Right;
            sum.RightButSilent += part.RightButSilent;
            sum.Wrong += part.Wrong;
            sum.CalledDark += part.CalledDark;
            sum.Dark += part.Dark;
            sum.ExplainedAway += part.ExplainedAway;
            sum.DarkFound += part.DarkFound;
            sum.DarkDoubtful += part.DarkDoubtful;
            sum.NoEcho += part.NoEcho;
            sum.NoEchoGiven += part.NoEchoGiven;
            for (var band = 0; band < AgeMinutes.Count; band++)
            {
                sum.ByAge[band] += part.ByAge[band];
                sum.RightByAge[band] += part.RightByAge[band];
            }
        }

        return sum;
    }
}
