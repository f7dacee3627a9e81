using System.Text.Json;
using MaritimeWatch.Models;
using MaritimeWatch.Recognition;

namespace MaritimeWatch.Functions.Evaluate;

/// <summary>
/// What the screen before the network loses: pictures are cut into windows as scenes are, once with the screen and once
/// without. Counted are the ships that the network alone finds above its threshold.
/// </summary>
/// <param name="Alone">Ships that the network alone finds.</param>
/// <param name="Kept">Those of them that are found behind the screen too, within a third of their box.</param>
/// <param name="PixelsShare">Pixels that the network looked at behind the screen, as a share of those without.</param>
/// <param name="Labelled">Of the ships that people marked, those that the network alone finds.</param>
/// <param name="LabelledKept">Those of them that are found behind the screen too.</param>
internal sealed record ScreenMeasure(int Alone, int Kept, double PixelsShare, int Labelled, int LabelledKept)
{
    /// <summary>Share of the network's ships that the screen leaves.</summary>
    public double Recall => Alone == 0 ? 1 : (double)Kept / Alone;

    /// <summary>Measures.</summary>
    /// <param name="images">Radar pictures.</param>
    /// <param name="weights">The <c>.onnx</c> file.</param>
    /// <param name="sigmas">The screen's standard deviations.</param>
    /// <exception cref="ModelException">The weights cannot be used.</exception>
    public static ScreenMeasure Of(IReadOnlyList<LabelledImage> images, string weights, double sigmas)
    {
        using var alone = ShipNet.Load(weights, new WindowSwitches { IsAlwaysCut = true, ScreenSigmas = null });
        using var screened = ShipNet.Load(weights, new WindowSwitches { IsAlwaysCut = true, ScreenSigmas = sigmas });
        var (all, kept, labelled, labelledKept) = (0, 0, 0, 0);
        foreach (var image in images)
        {
            var found = Sure(alone, image);
            var behind = Sure(screened, image);
            var isKept = found.ConvertAll(ship => behind.Exists(other => IsSame(ship, other)));
            all += found.Count;
            kept += isKept.Count(one => one);
            var isShip = new DetectionScores().Add(image, found, 0.5);
            labelled += isShip.Count(one => one);
            labelledKept += isShip.Zip(isKept, (ship, left) => ship && left).Count(one => one);
        }

        return new ScreenMeasure(all, kept, (double)screened.Counts.PixelsScored / alone.Counts.PixelsScored, labelled, labelledKept);
    }

    /// <summary>As the verb says it.</summary>
    public string ToJson(double sigmas) => JsonSerializer.Serialize(new Dictionary<string, object>
    {
        ["screen"] = new Dictionary<string, double>
        {
            ["sigmas"] = sigmas,
            ["ships_alone"] = Alone,
            ["ships_kept"] = Kept,
            ["recall"] = Math.Round(Recall, 5),
            ["labelled_alone"] = Labelled,
            ["labelled_kept"] = LabelledKept,
            ["pixels_share"] = Math.Round(PixelsShare, 4),
        },
    });

    private static List<ShipDetection> Sure(ShipNet net, LabelledImage image) =>
        [.. net.Detect(image.Image, null, Environment.ProcessorCount, CancellationToken.None).Where(ship => ship.ConfidenceMilli >= net.ConfidenceMilliMin)];

    private static bool IsSame(ShipDetection a, ShipDetection b) =>
        a.Outline!.Value is var box && Math.Abs(a.X - b.X) * 3 <= box.Right - box.Left && Math.Abs(a.Y - b.Y) * 3 <= box.Bottom - box.Top;
}
