using MaritimeWatch.Tracks;

namespace MaritimeWatch.Findings.Gap;

/// <summary>The chance that a silence is deliberate, with the signs that it was added up from.</summary>
/// <param name="Signs">In the order of <see cref="GapSign"/>; -1 where nothing can be known.</param>
/// <param name="Odds">The sum of the log-odds, hundredths.</param>
/// <param name="Permille">The chance, thousandths.</param>
internal sealed record GapChance(int[] Signs, int Odds, int Permille)
{
    /// <summary>How many figures show it.</summary>
    public const int FigureCount = 3 + (2 * GapSigns.Count);

    /// <summary>The chance, what it starts from, each sign with what it adds, and the sum: to be added up by hand.</summary>
    public IEnumerable<Figure> Figures()
    {
        yield return new Figure("deliberate_probability", Permille, 3);
        yield return new Figure("odds_before", GapScorecard.OddsBefore, 2);
        for (var i = 0; i < GapSigns.Count; i++)
        {
            var term = GapScorecard.Terms[i];
            yield return new Figure(term.Name, Signs[i], Signs[i] < 0 ? 0 : term.Decimals);
            yield return new Figure(term.Name + "_odds", term.OddsOf(Signs[i]), 2);
        }

        yield return new Figure("odds_sum", Odds, 2);
    }
}

/// <summary>Judges silences by the scorecard.</summary>
internal sealed class GapChances(WatchState state)
{
    private readonly GapSigns _signs = new(state);

    /// <summary>The chance for a vessel that is silent since its last report.</summary>
    public GapChance Of(in VesselState vessel, long nowMs)
    {
        var signs = new int[GapSigns.Count];
        _signs.Read(in vessel, nowMs, signs);
        var odds = GapScorecard.OddsOf(signs);
        return new GapChance(signs, odds, GapScorecard.PermilleOf(odds));
    }
}
