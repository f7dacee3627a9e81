namespace MaritimeWatch.Reference.Destinations;

/// <summary>
/// Odds, in hundredths, that a text which fits a port in some way means it and nothing else. Set by how often each way was
/// right among 330 texts of real recordings, judged by hand (decisions/0028): 6,000 is 60 to 1, or 98.4 %.
/// </summary>
internal static class MatchOdds
{
    /// <summary>A UN/LOCODE and nothing else.</summary>
    public const int Code = 8000;

    public const int CodeAmongWords = 1000;

    /// <summary>A name, alone or with words of no place.</summary>
    public const int Name = 6000;

    /// <summary>A name of three letters.</summary>
    public const int ShortName = 300;

    /// <summary>A name that is a word of no place too: Anchorage, Alaska.</summary>
    public const int NoiseName = 40;

    public const int NameFirst = 1500;
    public const int NameAmongWords = 400;

    /// <summary>Three letters of a code.</summary>
    public const int Suffix = 60;

    /// <summary>What a name is less where a place follows it, or stands before it, that the reference does not have.</summary>
    public const int UnknownLaterDivisor = 30;

    public const int UnknownEarlierDivisor = 4;

    /// <summary>What a name that others bear with better right is less: another tongue's, a district's city.</summary>
    public const int OthersNameDivisor = 8;

    public static NearlyOdds WholeNearly { get; } = new(350, 60, 30, 350, 60);

    public static NearlyOdds PartNearly { get; } = new(100, 15, 0, 100, 20);
}

/// <summary>Odds of a name that is nearly a port's, hundredths.</summary>
/// <param name="OneEdit">One letter wrong of seven or more, not the first.</param>
/// <param name="OneEditShort">One letter wrong of five or six, or the first of seven.</param>
/// <param name="TwoEdits">Two letters wrong of nine or more, not the first.</param>
/// <param name="Cut">The first three fifths of a name or more, at least six letters.</param>
/// <param name="Longer">A name of six letters or more, and more letters after it.</param>
internal readonly record struct NearlyOdds(int OneEdit, int OneEditShort, int TwoEdits, int Cut, int Longer);
