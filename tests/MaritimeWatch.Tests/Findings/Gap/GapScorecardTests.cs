using MaritimeWatch.Findings.Gap;

namespace MaritimeWatch.Tests.Findings.Gap;

internal sealed class GapScorecardTests
{
    [Test]
    public void The_chance_is_the_logistic_function_to_a_thousandth()
    {
        for (var odds = -1_200; odds <= 1_200; odds++)
        {
            var exact = Math.Clamp(1000 / (1 + Math.Exp(-odds / 100.0)), 1, 999);
            Assert.That(GapScorecard.PermilleOf(odds), Is.EqualTo(exact).Within(0.501), $"odds {odds}");
        }
    }

    [Test]
    public void Every_sign_has_a_term_with_one_weight_more_than_bounds_and_never_says_the_contrary()
    {
        Assert.That(GapScorecard.Terms, Has.Length.EqualTo(GapSigns.Count));
        for (var i = 0; i < GapSigns.Count; i++)
        {
            var term = GapScorecard.Terms[i];
            Assert.That(term.Odds, Has.Length.EqualTo(term.From.Length + 1), term.Name);
            Assert.That(term.From, Is.Ordered, term.Name);
            var isDownwards = i <= (int)GapSign.Passing;
            Assert.That(term.Odds, isDownwards ? Is.Ordered.Descending : Is.Ordered, term.Name);
            Assert.That(term.OddsOf(-1), Is.Zero, "what cannot be known adds nothing");
        }
    }

    [Test]
    public void Reports_that_thin_out_and_nobody_ahead_make_it_unlikely()
    {
        int[] silenced = [98, 0, 15, 100, 100, 100, 100, 50, 60];
        int[] leaving = [180, 0, 2, 0, 100, 90, -1, 50, 60];
        Assert.Multiple(() =>
        {
            Assert.That(GapScorecard.PermilleOf(GapScorecard.OddsOf(silenced)), Is.GreaterThan(950));
            Assert.That(GapScorecard.PermilleOf(GapScorecard.OddsOf(leaving)), Is.LessThan(20));
        });
    }
}
