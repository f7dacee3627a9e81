namespace MaritimeWatch.Findings.Gap;

/// <summary>
/// The chance that a silence is deliberate: the transmitter was off although it could have been heard. A sum of log-odds,
/// one for each sign, fitted together by logistic regression on simulated receivers; the method, the seeds and what it
/// cannot know are in lib/decisions/0016. Whoever has a finding can add it up by hand: chance = 1 / (1 + e^-sum).
/// </summary>
internal static class GapScorecard
{
    /// <summary>Counts changes of any number in it.</summary>
    public const int Version = 1;

    /// <summary>Log-odds before anything is asked, hundredths.</summary>
    public const int OddsBefore = -579;

    private const int Bits = 30;

    // e^(-0.01 * 2^k), as whole numbers of 2^-30: the same on every processor.
    private static readonly long[] Powers =
        [1_063_057_914, 1_052_480_311, 1_031_639_805, 991_188_630, 914_982_426, 779_696_592, 566_175_929, 298_540_278, 83_005_333, 6_416_706];

    /// <summary>In the order of <see cref="GapSign"/>.</summary>
    public static GapTerm[] Terms { get; } =
    [
        new("intervals_to_usual_percent", [101, 106, 112, 125, 150], [224, 224, 222, 49, -91, -202]),
        new("heard_in_passes_only", [1], [0, -197]),
        new("places_heard_near_ahead", [7, 10, 13, 15], [-88, -64, 13, 68, 230]),
        new("hours_heard_where_it_would_be_percent", [1, 34, 67, 100], [-70, 143, 332, 368, 515]),
        new("hours_heard_near_by_percent", [50], [0, 95]),
        new("heard_since_to_before_percent", [20, 80], [0, 50, 112]),
        new("heard_ahead_since_to_before_percent", [40, 60], [0, 128, 169]),
        new("neighbours", [10], [0, 0], 1),
        new("neighbours_heard_to_usual_percent", [55], [0, 0]),
    ];

    /// <summary>The sum of the log-odds, hundredths.</summary>
    public static int OddsOf(ReadOnlySpan<int> signs)
    {
        var odds = OddsBefore;
        for (var i = 0; i < Terms.Length; i++)
        {
            odds += Terms[i].OddsOf(signs[i]);
        }

        return odds;
    }

    /// <summary>The chance that goes with log-odds, thousandths, 1 to 999.</summary>
    /// <param name="odds">Hundredths.</param>
    public static int PermilleOf(int odds)
    {
        // e^-|odds|, bit by bit.
        var left = Math.Min(Math.Abs(odds), (1 << Powers.Length) - 1);
        var power = 1L << Bits;
        for (var bit = 0; bit < Powers.Length; bit++)
        {
            power = (left & (1 << bit)) != 0 ? (power * Powers[bit]) >> Bits : power;
        }

        var whole = (1L << Bits) + power;
        var likelier = (int)Math.Min(999, ((1000L << Bits) + (whole / 2)) / whole);
        return odds >= 0 ? likelier : 1000 - likelier;
    }
}
