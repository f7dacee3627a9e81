using MaritimeWatch.Recognition;

namespace MaritimeWatch.Functions.Evaluate;

/// <summary>
/// How well detections fit the ships that people marked: each ship is found at most once, by the surest detection that fits.
/// Precision and recall at a threshold of confidence, and the average precision over all of them (all points, as in
/// Pascal VOC since 2010).
/// </summary>
internal sealed class DetectionScores
{
    private readonly List<(int Confidence, bool IsShip)> detections = [];

    /// <summary>Ships that were marked.</summary>
    public int Ships { get; private set; }

    /// <summary>Adds a picture.</summary>
    /// <param name="image">The picture with its ships.</param>
    /// <param name="found">What was found in it.</param>
    /// <param name="overlapMin">Least overlap that counts, where overlap decides.</param>
    /// <param name="isByOverlap">Overlap decides even where centres could.</param>
    /// <returns>For each of what was found, in its order, whether it fits a ship.</returns>
    public bool[] Add(LabelledImage image, IReadOnlyList<ShipDetection> found, double overlapMin, bool isByOverlap = false)
    {
        Ships += image.Ships.Count;
        var isFree = Enumerable.Repeat(true, image.Ships.Count).ToArray();
        var isShip = new bool[found.Count];
        var order = Enumerable.Range(0, found.Count)
            .OrderByDescending(at => found[at].ConfidenceMilli).ThenBy(at => found[at].Y).ThenBy(at => found[at].X);
        foreach (var at in order)
        {
            var detection = found[at];
            var (best, bestFit) = (-1, double.MinValue);
            for (var i = 0; i < isFree.Length; i++)
            {
                var fit = isByOverlap || image.CentreMetres is null
                    ? image.Ships[i].OverlapWith(detection) - overlapMin
                    : image.CentreMetres.Value - Metres(image, image.Ships[i], detection);
                if (isFree[i] && fit >= 0 && fit > bestFit)
                {
                    (best, bestFit) = (i, fit);
                }
            }

            if (best >= 0)
            {
                isFree[best] = false;
            }

            isShip[at] = best >= 0;
            detections.Add((detection.ConfidenceMilli, best >= 0));
        }

        return isShip;
    }

    /// <summary>Adds what others counted.</summary>
    public void Add(DetectionScores other)
    {
        Ships += other.Ships;
        detections.AddRange(other.detections);
    }

    /// <summary>Precision, recall and their harmonic mean at a threshold.</summary>
    public (double Precision, double Recall, double F1) At(int confidenceMilli)
    {
        var counts = CountsAt(confidenceMilli);
        return (counts.Precision, counts.Recall, counts.F1);
    }

    /// <summary>Counts at a threshold, thousandths.</summary>
    public Tally CountsAt(int confidenceMilli)
    {
        var (all, right) = (0, 0);
        foreach (var (confidence, isShip) in detections)
        {
            if (confidence >= confidenceMilli)
            {
                all++;
                right += isShip ? 1 : 0;
            }
        }

        return new Tally(right, all, Ships);
    }

    /// <summary>The threshold with the best harmonic mean, thousandths.</summary>
    public (int ConfidenceMilli, double F1) Best()
    {
        var sorted = detections.OrderByDescending(d => d.Confidence).ToArray();
        var (best, bestF1, right) = (0, 0.0, 0);
        for (var i = 0; i < sorted.Length; i++)
        {
            right += sorted[i].IsShip ? 1 : 0;
            var isLastOfItsKind = i + 1 == sorted.Length || sorted[i + 1].Confidence != sorted[i].Confidence;
            var f1 = 2.0 * right / (i + 1 + Ships);
            if (isLastOfItsKind && f1 > bestF1)
            {
                (best, bestF1) = (sorted[i].Confidence, f1);
            }
        }

        return (best, bestF1);
    }

    /// <summary>Average precision, 0 to 1.</summary>
    public double AveragePrecision()
    {
        var points = new List<(double Recall, double Precision)>();
        var (all, right) = (0, 0);
        foreach (var group in detections.GroupBy(d => d.Confidence).OrderByDescending(g => g.Key))
        {
            all += group.Count();
            right += group.Count(d => d.IsShip);
            points.Add((Ships == 0 ? 0 : (double)right / Ships, (double)right / all));
        }

        var (area, highest, to) = (0.0, 0.0, points.Count == 0 ? 0 : points[^1].Recall);
        for (var i = points.Count - 1; i >= 0; i--)
        {
            highest = Math.Max(highest, points[i].Precision);
            var from = i == 0 ? 0 : points[i - 1].Recall;
            area += (to - from) * highest;
            to = from;
        }

        return area;
    }

    private static double Metres(LabelledImage image, LabelledBox ship, ShipDetection detection)
    {
        var pixel = image.Image.PixelAt(ship.CentreX, ship.CentreY);
        var (x, y) = ((ship.CentreX - detection.X) * pixel.WidthMetres, (ship.CentreY - detection.Y) * pixel.HeightMetres);
        return Math.Sqrt((x * x) + (y * y));
    }
}
