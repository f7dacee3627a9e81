using System.Globalization;
using MaritimeWatch.Recognition;

#pragma warning disable CA5394 // A search that must be repeatable from its seed; nothing here is a secret.

namespace MaritimeWatch.Functions.Evaluate;

/// <summary>
/// Chooses the numbers of the CFAR detector by a seeded random search on training pictures only, and says what they are
/// worth on those left out. For chips the split is by file hash; for ports each port is left out in turn.
/// </summary>
/// <param name="log">Takes what was tried.</param>
/// <param name="seed">Seed of the search.</param>
internal sealed class DetectorTuning(TextWriter log, int seed)
{
    private const double Overlap = 0.5;

    /// <summary>Searches.</summary>
    /// <param name="images">All pictures.</param>
    /// <param name="start">Where to begin.</param>
    /// <param name="tries">How many settings to try, 1 to 10,000.</param>
    public void Run(IReadOnlyList<LabelledImage> images, CfarSettings start, int tries)
    {
        var random = new Random(seed);
        var isPorts = images[0].CentreMetres is not null;
        var training = isPorts ? images : [.. images.Where(image => image.IsTraining)];
        var best = start;
        var bestF1 = 0.0;
        var tried = new List<(CfarSettings Settings, DetectionScores[] Scores)>();
        for (var at = 0; at < tries; at++)
        {
            // The first half looks everywhere, at a quarter of the chips; the second half near the best, at all of them.
            var isWide = at < tries / 2;
            var settings = at == 0 || at == tries / 2 ? best : isWide ? Anywhere(random, start) : Near(random, best);
            bestF1 = at == tries / 2 ? 0 : bestF1;
            var scores = Measure(isWide && !isPorts ? [.. training.Where((_, i) => i % 4 == 0)] : training, settings);
            var (threshold, f1) = Sum(scores, -1).Best();
            if (isPorts)
            {
                tried.Add((settings, scores));
            }

            if (f1 > bestF1)
            {
                (best, bestF1) = (settings, f1);
                log.WriteLine(string.Create(CultureInfo.InvariantCulture, $"try {at}: f1 {f1:F4} from confidence {threshold}: {settings}"));
            }
        }

        if (isPorts)
        {
            LeaveOneOut(images, tried);
            return;
        }

        var chosen = Sum(Measure(training, best), -1);
        var heldOut = Sum(Measure([.. images.Where(image => !image.IsTraining)], best), -1);
        var at500 = chosen.Best().ConfidenceMilli;
        log.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"training f1 {chosen.At(at500).F1:F4}, held out f1 {heldOut.At(at500).F1:F4} ap {heldOut.AveragePrecision():F4} at confidence {at500}: {best}"));
    }

    private void LeaveOneOut(IReadOnlyList<LabelledImage> images, List<(CfarSettings Settings, DetectionScores[] Scores)> tried)
    {
        var all = new DetectionScores();
        var (right, found, ships) = (0.0, 0.0, 0);
        for (var left = 0; left < images.Count; left++)
        {
            var (settings, scores) = tried.MaxBy(one => Sum(one.Scores, left).Best().F1);
            var threshold = Sum(scores, left).Best().ConfidenceMilli;
            var (precision, recall, f1) = scores[left].At(threshold);
            all.Add(scores[left]);
            right += recall * scores[left].Ships;
            found += precision > 0 ? recall * scores[left].Ships / precision : 0;
            ships += scores[left].Ships;
            log.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{images[left].Name} left out: precision {precision:F3} recall {recall:F3} f1 {f1:F3} at confidence {threshold}: seed {settings.SeedSigma:F1}"));
        }

        log.WriteLine(string.Create(CultureInfo.InvariantCulture, $"left out, all ports together: f1 {2 * right / (found + ships):F4}"));
    }

    private static DetectionScores Sum(DetectionScores[] scores, int without)
    {
        var sum = new DetectionScores();
        for (var i = 0; i < scores.Length; i++)
        {
            if (i != without)
            {
                sum.Add(scores[i]);
            }
        }

        return sum;
    }

    private static DetectionScores[] Measure(IReadOnlyList<LabelledImage> images, CfarSettings settings)
    {
        var scores = new DetectionScores[images.Count];
        var detector = new CfarDetector(settings);
        Parallel.For(0, images.Count, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, at =>
        {
            scores[at] = new DetectionScores();
            scores[at].Add(images[at], detector.Detect(images[at].Image, null, 1, CancellationToken.None), Overlap);
        });
        return scores;
    }

    private static CfarSettings Anywhere(Random random, CfarSettings start)
    {
        var guard = random.Next(4, 45);
        return start with
        {
            GuardPixels = guard,
            BackgroundPixels = guard + random.Next(6, 50),
            SeedSigma = Between(random, 2.5, 12),
            GrowSigma = Between(random, 1, 5),
            GrowShare = Between(random, 0.02, 0.6),
            CensorSigma = Between(random, 2, 14),
            SpreadShareMin = Between(random, 0.02, 0.6),
            SeaShareMin = Between(random, 0.1, 0.95),
            GapPixels = random.Next(1, 6),
            PixelsMin = random.Next(3, 60),
            FillShareMin = Between(random, 0.1, 0.6),
            EvenContrast = 8,
        };
    }

    private static CfarSettings Near(Random random, CfarSettings best)
    {
        var guard = Math.Clamp(best.GuardPixels + random.Next(-5, 6), 2, 60);
        return best with
        {
            GuardPixels = guard,
            BackgroundPixels = Math.Clamp(best.BackgroundPixels + random.Next(-8, 9), guard + 4, 120),
            SeedSigma = best.SeedSigma * Between(random, 0.8, 1.25),
            GrowSigma = best.GrowSigma * Between(random, 0.75, 1.33),
            GrowShare = Math.Clamp(best.GrowShare * Between(random, 0.7, 1.4), 0, 0.8),
            CensorSigma = best.CensorSigma * Between(random, 0.75, 1.33),
            SpreadShareMin = Math.Clamp(best.SpreadShareMin * Between(random, 0.7, 1.4), 0.01, 0.9),
            SeaShareMin = Math.Clamp(best.SeaShareMin + Between(random, -0.12, 0.12), 0, 0.98),
            GapPixels = Math.Clamp(best.GapPixels + random.Next(-1, 2), 1, 6),
            PixelsMin = Math.Max(2, (int)Math.Round(best.PixelsMin * Between(random, 0.7, 1.4))),
            FillShareMin = Math.Clamp(best.FillShareMin + Between(random, -0.08, 0.08), 0.05, 0.7),
        };
    }

    private static double Between(Random random, double least, double most) => least + (random.NextDouble() * (most - least));
}
