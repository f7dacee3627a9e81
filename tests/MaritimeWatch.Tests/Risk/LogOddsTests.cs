using MaritimeWatch.Risk;

namespace MaritimeWatch.Tests.Risk;

internal sealed class LogOddsTests
{
    [TestCase(100, -4595)]
    [TestCase(1000, -2197)]
    [TestCase(5000, 0)]
    [TestCase(9900, 4595)]
    public void A_chance_and_its_log_odds_belong_together(int tenThousandths, int milli)
    {
        Assert.Multiple(() =>
        {
            Assert.That(LogOdds.FromTenThousandths(tenThousandths), Is.EqualTo(milli));
            Assert.That(LogOdds.ToTenThousandths(milli), Is.EqualTo(tenThousandths));
        });
    }

    [Test]
    public void Log_odds_are_written_so_that_they_can_be_added() =>
        Assert.That((string[])[LogOdds.ToText(-4595), LogOdds.ToText(1200), LogOdds.ToText(0), LogOdds.ToText(-5)], Is.EqualTo((string[])["-4.595", "+1.200", "+0.000", "-0.005"]));
}
