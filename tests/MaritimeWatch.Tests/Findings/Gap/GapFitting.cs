using System.Globalization;
using MaritimeWatch.Findings.Gap;

namespace MaritimeWatch.Tests.Findings.Gap;

/// <summary>
/// Fits the scorecard: logistic regression with one weight per range of each sign, monotone in the sign, with a small
/// penalty on squares (a range that was hardly seen stays near nothing), by Newton's method along one weight after the other. Run by hand; the
/// numbers that it prints are the ones in GapScorecard.
/// </summary>
internal sealed class GapFitting
{
    private const double Penalty = 0.5;
    private const int Rounds = 120;

    [Test]
    [Explicit("by hand: prints the scorecard that the training seeds give")]
    public async Task Print_the_scorecard()
    {
        var samples = new List<SilenceSample>();
        foreach (var (from, count, vessels, thinning) in Training)
        {
            await TestContext.Out.WriteLineAsync($"training seeds {from} to {from + (ulong)count - 1}, {vessels} vessels, a report in {thinning} s");
            for (var seed = from; seed < from + (ulong)count; seed++)
            {
                samples.AddRange(await SimulatedSilences.Of(SimulatedSilences.Options(seed, vessels, thinning), muted: 12));
            }
        }

        await TestContext.Out.WriteLineAsync(
            $"{samples.Count} silences, {samples.Count(s => s.IsDeliberate)} deliberate, of them {samples.Count(s => s.IsMuted)} muted, {samples.Count(s => s.IsMuted && s.SpeedDeciKnots >= 90)} at 9 knots and more");
        var (before, odds) = Fit([.. samples.Select(s => (s.Chance.Signs, s.IsDeliberate))]);
        await TestContext.Out.WriteLineAsync($"OddsBefore = {Hundredths(before)}");
        for (var i = 0; i < odds.Length; i++)
        {
            var term = GapScorecard.Terms[i];
            await TestContext.Out.WriteLineAsync(
                $"new(\"{term.Name}\", [{string.Join(", ", term.From)}], [{string.Join(", ", odds[i].Select(Hundredths))}]{(term.Decimals > 0 ? $", {term.Decimals}" : "")}),");
        }
    }

    internal static readonly (ulong From, int Count, int Vessels, int Thinning)[] Training =
        [(81_001, 24, 300, 60), (81_101, 8, 120, 60), (81_201, 8, 300, 600)];

    private static string Hundredths(double odds) => Math.Round(odds * 100).ToString("0", CultureInfo.InvariantCulture);

    // That these can be known at all says something (it reports often, it sails); of the others an unknown one counts as the
    // least that it can be.
    private static readonly GapSign[] Stated = [GapSign.Fading, GapSign.NearAhead, GapSign.Reckoned];

    // Each range is its neighbour's weight and an addition that has the sign's direction or is nothing, so that a range
    // never says the contrary of what the sign means because few were seen in it.
    internal static (double Before, double[][] Odds) Fit((int[] Signs, bool IsDeliberate)[] samples)
    {
        var terms = GapScorecard.Terms;
        var ranges = terms.Select((term, t) => samples.Select(s => RangeOf(term, s.Signs[t])).ToArray()).ToArray();
        var own = ranges.Select((of, t) => Enumerable.Range(0, terms[t].Odds.Length)
            .Select(range => Enumerable.Range(0, samples.Length).Where(i => of[i] >= range).ToArray()).ToArray()).ToArray();
        var all = Enumerable.Range(0, samples.Length).ToArray();
        var added = terms.Select(term => new double[term.Odds.Length]).ToArray();
        var before = 0.0;
        var sums = new double[samples.Length];
        for (var round = 0; round < Rounds; round++)
        {
            before = Step(all, samples, sums, before, 0, 0);
            for (var t = 0; t < terms.Length; t++)
            {
                for (var range = Array.IndexOf(Stated, (GapSign)t) >= 0 ? 0 : 1; range < added[t].Length; range++)
                {
                    var direction = range == 0 ? 0 : t <= (int)GapSign.Passing ? -1 : 1;
                    added[t][range] = Step(own[t][range], samples, sums, added[t][range], Penalty, direction);
                }
            }
        }

        return (before, [.. added.Select(of => of.Select((_, range) => of.Take(range + 1).Sum()).ToArray())]);
    }

    private static int RangeOf(GapTerm term, int value) => value < 0 ? -1 : term.From.Count(from => value >= from);

    private static double Step(
        int[] own, (int[] Signs, bool IsDeliberate)[] samples, double[] sums, double weight, double penalty, int direction)
    {
        var (slope, curve) = (-penalty * weight, penalty + 1e-9);
        foreach (var i in own)
        {
            var chance = 1 / (1 + Math.Exp(-sums[i]));
            slope += (samples[i].IsDeliberate ? 1 : 0) - chance;
            curve += chance * (1 - chance);
        }

        var next = weight + Math.Clamp(slope / curve, -1, 1);
        next = direction > 0 ? Math.Max(0, next) : direction < 0 ? Math.Min(0, next) : next;
        foreach (var i in own)
        {
            sums[i] += next - weight;
        }

        return next;
    }
}
