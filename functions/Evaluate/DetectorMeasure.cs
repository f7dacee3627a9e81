using System.Diagnostics;
using MaritimeWatch.Recognition;

namespace MaritimeWatch.Functions.Evaluate;

/// <summary>What one detector found in labelled pictures, and how well that fits.</summary>
internal sealed class DetectorMeasure
{
    private const double Half = 0.5;
    private const double Third = 0.3;

    private readonly List<ImageResult> results = [];
    private readonly DetectionScores half = new();
    private readonly DetectionScores third = new();

    /// <summary>Picture by picture.</summary>
    public IReadOnlyList<ImageResult> Results => results;

    /// <summary>Ships that people marked.</summary>
    public int Ships => half.Ships;

    /// <summary>Time to look at a picture, milliseconds, all threads at work.</summary>
    public double MillisecondsPerImage { get; private set; }

    /// <summary>Average precision over all thresholds.</summary>
    public double AveragePrecision => half.AveragePrecision();

    /// <summary>Counts at each picture's own threshold, all together.</summary>
    public Tally Total => Sum(results.Select(result => result.Counts));

    /// <summary>The same where boxes that overlap by 0.3 count.</summary>
    public Tally TotalThird => Sum(results.Select(result => result.CountsThird));

    /// <summary>The threshold, thousandths: the mean where pictures have different detectors.</summary>
    public double ThresholdMilli => results.Count == 0 ? 0 : results.Average(result => result.ThresholdMilli);

    /// <summary>Measures.</summary>
    /// <param name="images">The pictures.</param>
    /// <param name="detectorOf">The detector for a picture: the same, or the one that was not trained on it.</param>
    /// <param name="threads">Threads to use.</param>
    public static DetectorMeasure Of(IReadOnlyList<LabelledImage> images, Func<LabelledImage, IShipDetector> detectorOf, int threads)
    {
        var measure = new DetectorMeasure();
        var watch = new Stopwatch();
        foreach (var image in images)
        {
            var detector = detectorOf(image);
            watch.Start();
            var found = detector.Detect(image.Image, null, threads, CancellationToken.None);
            watch.Stop();
            measure.Add(image, found, detector.ConfidenceMilliMin);
        }

        measure.MillisecondsPerImage = watch.Elapsed.TotalMilliseconds / Math.Max(1, images.Count);
        return measure;
    }

    private void Add(LabelledImage image, IReadOnlyList<ShipDetection> found, int thresholdMilli)
    {
        var (own, ownThird) = (new DetectionScores(), new DetectionScores());
        var isShip = own.Add(image, found, Half);
        ownThird.Add(image, found, Third, isByOverlap: true);
        half.Add(own);
        third.Add(ownThird);
        results.Add(new ImageResult(image, found, isShip, thresholdMilli, own.CountsAt(thresholdMilli), ownThird.CountsAt(thresholdMilli)));
    }

    private static Tally Sum(IEnumerable<Tally> all)
    {
        var sum = default(Tally);
        foreach (var one in all)
        {
            sum += one;
        }

        return sum;
    }
}

/// <summary>What was found in one picture.</summary>
/// <param name="Image">The picture.</param>
/// <param name="Found">What the detector says.</param>
/// <param name="IsShip">Which of those fit a ship that people marked.</param>
/// <param name="ThresholdMilli">From which confidence it counts.</param>
/// <param name="Counts">At that threshold, by the measure of the picture.</param>
/// <param name="CountsThird">At that threshold, by boxes that overlap by 0.3.</param>
internal sealed record ImageResult(
    LabelledImage Image, IReadOnlyList<ShipDetection> Found, IReadOnlyList<bool> IsShip, int ThresholdMilli, Tally Counts, Tally CountsThird);

/// <summary>Counts of detections and ships.</summary>
/// <param name="Right">Detections that fit a ship.</param>
/// <param name="Found">Detections.</param>
/// <param name="Ships">Ships.</param>
internal readonly record struct Tally(int Right, int Found, int Ships)
{
    /// <summary>Share of detections that are ships.</summary>
    public double Precision => Found == 0 ? 0 : (double)Right / Found;

    /// <summary>Share of ships that were found.</summary>
    public double Recall => Ships == 0 ? 0 : (double)Right / Ships;

    /// <summary>Their harmonic mean.</summary>
    public double F1 => Found + Ships == 0 ? 0 : 2.0 * Right / (Found + Ships);

    public static Tally operator +(Tally a, Tally b) => new(a.Right + b.Right, a.Found + b.Found, a.Ships + b.Ships);
}
