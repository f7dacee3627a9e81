using MaritimeWatch.Findings.DarkShip;

namespace MaritimeWatch.Tests.Findings.DarkShip;

/// <summary>The odds grow with the hull and jump nowhere.</summary>
[TestFixture]
public sealed class CarriageDutyTests
{
    [Test]
    public void A_longer_hull_is_never_less_likely_to_have_the_duty_and_no_metre_matters_much()
    {
        for (var length = 0; length < 400; length++)
        {
            var (shorter, longer) = (CarriageDuty.OddsMilli(length, 10), CarriageDuty.OddsMilli(length + 1, 10));
            Assert.That(longer, Is.InRange(shorter, shorter + 30), $"{length} m");
        }
    }

    [TestCase(10, 0, 200)]
    [TestCase(45, 500, 800)]
    [TestCase(90, 900, 1000)]
    public void The_odds_are_those_of_the_law(int lengthM, int least, int most) =>
        Assert.That(CarriageDuty.OddsMilli(lengthM, CarriageDuty.LengthSigmaMetres(lengthM, 1000)), Is.InRange(least, most));
}
