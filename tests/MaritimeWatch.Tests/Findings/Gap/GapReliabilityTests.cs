using System.Globalization;
using MaritimeWatch.Findings.Gap;

namespace MaritimeWatch.Tests.Findings.Gap;

/// <summary>Is the chance what it says? On simulated receivers with known holes, seeds that nothing was fitted on.</summary>
internal sealed class GapReliabilityTests
{
    private const int Bins = 10;

    [Test]
    public async Task Of_silences_called_deliberate_with_a_chance_that_share_was()
    {
        var samples = new List<SilenceSample>();
        foreach (var seed in new ulong[] { 83_001, 83_002 })
        {
            samples.AddRange(await SimulatedSilences.Of(SimulatedSilences.Options(seed), muted: 12));
        }

        var (brier, error) = Print(samples, "seeds 83001 and 83002, 12 ships more silenced in each");
        Assert.Multiple(() =>
        {
            Assert.That(samples.Count(s => s.IsDeliberate), Is.GreaterThan(60));
            Assert.That(brier, Is.LessThan(0.045), "Brier score");
            Assert.That(error, Is.LessThan(0.04), "expected calibration error");
        });
    }

    [Test]
    [Explicit("by hand: more seeds, other densities, a report in ten minutes; what decision 0016 quotes")]
    public async Task Print_reliability_over_many_seeds()
    {
        foreach (var (from, count, vessels, thinning) in new[] { (83_001UL, 10, 300, 60), (83_101UL, 4, 120, 60), (83_201UL, 4, 300, 600) })
        {
            var samples = new List<SilenceSample>();
            for (var seed = from; seed < from + (ulong)count; seed++)
            {
                samples.AddRange(await SimulatedSilences.Of(SimulatedSilences.Options(seed, vessels, thinning), muted: 12));
            }

            Print(samples, $"seeds {from} and {count - 1} more, {vessels} vessels, a report in {thinning} s");
            Print([.. samples.Where(s => s.SpeedDeciKnots >= 90)], "    of these at 9 knots and more");
        }
    }

    private static (double Brier, double Error) Print(IReadOnlyList<SilenceSample> samples, string title)
    {
        var (brier, error) = (0.0, 0.0);
        TestContext.Out.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{title}: {samples.Count} silences, {samples.Count(s => s.IsDeliberate)} deliberate"));
        TestContext.Out.WriteLine("    said            silences  said on average  were deliberate");
        foreach (var bin in samples.GroupBy(s => Math.Min(Bins - 1, s.Chance.Permille * Bins / 1000)).OrderBy(g => g.Key))
        {
            var said = bin.Average(s => s.Chance.Permille / 1000.0);
            var was = bin.Average(s => s.IsDeliberate ? 1.0 : 0);
            error += bin.Count() * Math.Abs(said - was) / samples.Count;
            TestContext.Out.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"    {bin.Key / 10.0:F1} to {(bin.Key + 1) / 10.0:F1}  {bin.Count(),12}  {said,15:F3}  {was,15:F3}"));
        }

        brier = samples.Average(s => Math.Pow((s.Chance.Permille / 1000.0) - (s.IsDeliberate ? 1 : 0), 2));
        var open = samples.Where(s => s.Chance.Permille >= new GapThresholds().OpenPermille).ToArray();
        TestContext.Out.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"    Brier score {brier:F4}, expected calibration error {error:F4}; from the opening chance on {open.Length}, of them deliberate {open.Count(s => s.IsDeliberate)}"));
        return (brier, error);
    }
}
