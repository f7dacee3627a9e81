using System.Globalization;
using System.Text;
using MaritimeWatch.Intake.Imagery;
using MaritimeWatch.Recognition;

namespace MaritimeWatch.Functions.Evaluate;

/// <summary>
/// Cuts out what a detector is sure of and no label has, so that a person can judge whether the label is missing: a PNG for
/// each with its box in red and the labels in green, and <c>false.csv</c>, the surest first.
/// </summary>
internal static class FalseChips
{
    /// <summary>The most chips.</summary>
    public const int ChipsMax = 1000;

    private const int EdgePixels = 96;
    private const int Enlarged = 4;

    /// <summary>Writes them.</summary>
    /// <param name="measure">What was found.</param>
    /// <param name="folder">Where to; made if absent.</param>
    /// <returns>How many false detections there are, and how many of them touch no label.</returns>
    public static (int All, int Unlabelled) Write(DetectorMeasure measure, string folder)
    {
        Directory.CreateDirectory(folder);
        var wrong = (from result in measure.Results
                     from at in Enumerable.Range(0, result.Found.Count)
                     let ship = result.Found[at]
                     where !result.IsShip[at] && ship.ConfidenceMilli >= result.ThresholdMilli
                     orderby ship.ConfidenceMilli descending, result.Image.Name, ship.Y, ship.X
                     select (result.Image, Ship: ship, Overlap: result.Image.Ships.Select(label => label.OverlapWith(ship)).DefaultIfEmpty().Max()))
            .ToList();
        var lines = new StringBuilder("file,image,x,y,latitude,longitude,length_m,width_m,confidence,label_iou,judgement\n");
        var number = 0;
        foreach (var (image, ship, overlap) in wrong.Where(one => one.Overlap <= 0).Take(ChipsMax))
        {
            var file = string.Create(CultureInfo.InvariantCulture, $"{++number:D4}-{image.Name}-{(int)ship.X}-{(int)ship.Y}.png");
            Write(Path.Combine(folder, file), image, ship);
            lines.AppendLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{file},{image.Name},{ship.X:F1},{ship.Y:F1},{ship.Where?.LatitudeDegrees:F6},{ship.Where?.LongitudeDegrees:F6},{ship.LengthMetres},{ship.WidthMetres},{ship.ConfidenceMilli / 1000.0:F3},{overlap:F2},"));
        }

        File.WriteAllText(Path.Combine(folder, "false.csv"), lines.ToString());
        return (wrong.Count, wrong.Count(one => one.Overlap <= 0));
    }

    private static void Write(string path, LabelledImage image, ShipDetection ship)
    {
        var picture = image.Image;
        var (width, height) = (Math.Min(EdgePixels, picture.Width), Math.Min(EdgePixels, picture.Height));
        var window = new SceneWindow(
            Math.Clamp((int)ship.X - (width / 2), 0, picture.Width - width), Math.Clamp((int)ship.Y - (height / 2), 0, picture.Height - height), width, height);
        var canvas = new ChipCanvas(width * Enlarged, height * Enlarged);
        var bands = Colours(picture.Bands);
        var pixels = new float[width * height];
        for (var channel = 0; channel < 3; channel++)
        {
            picture.Read(window, bands[channel], pixels);
            canvas.Fill(channel, pixels, width, Enlarged);
        }

        foreach (var label in image.Ships)
        {
            canvas.Box(Box(label.Left, label.Top, label.Right, label.Bottom, window), 0, 230, 0);
        }

        var edge = ship.Outline ?? new PixelBox(ship.Box.X, ship.Box.Y, ship.Box.Right, ship.Box.Bottom);
        canvas.Box(Box(edge.Left, edge.Top, edge.Right, edge.Bottom, window), 255, 40, 40);
        using var stream = File.Create(path);
        canvas.Write(stream);
    }

    // Red, green and blue where they are there, else the main band as grey.
    private static int[] Colours(IReadOnlyList<SceneBand> bands)
    {
        var named = bands.ToList();
        int[] colours = [named.IndexOf(SceneBand.Red), named.IndexOf(SceneBand.Green), named.IndexOf(SceneBand.Blue)];
        return colours.Any(at => at < 0) ? [0, 0, 0] : colours;
    }

    private static SceneWindow Box(double left, double top, double right, double bottom, SceneWindow window)
    {
        var (x, y) = ((int)((left - window.X) * Enlarged), (int)((top - window.Y) * Enlarged));
        return new SceneWindow(x, y, (int)Math.Ceiling((right - window.X) * Enlarged) - x, (int)Math.Ceiling((bottom - window.Y) * Enlarged) - y);
    }
}

/// <summary>A small picture in colours.</summary>
internal sealed class ChipCanvas(int width, int height)
{
    private readonly byte[] pixels = new byte[width * height * 3];

    /// <summary>Fills one channel, each number as a square, stretched from its 1st to its 99th hundredth.</summary>
    public void Fill(int channel, float[] values, int columns, int times)
    {
        var sorted = values.Where(float.IsFinite).Order().ToArray();
        var (low, high) = sorted.Length == 0 ? (0, 1) : (sorted[sorted.Length / 100], sorted[^(1 + (sorted.Length / 100))]);
        var by = 255 / Math.Max(1e-6f, high - low);
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var value = values[(y / times * columns) + (x / times)];
                pixels[(((y * width) + x) * 3) + channel] = float.IsNaN(value) ? (byte)0 : (byte)Math.Clamp((value - low) * by, 0, 255);
            }
        }
    }

    /// <summary>Draws the edge of a box, as far as it lies in the picture.</summary>
    public void Box(SceneWindow box, byte red, byte green, byte blue)
    {
        for (var x = box.X; x <= box.Right; x++)
        {
            Dot(x, box.Y, red, green, blue);
            Dot(x, box.Bottom, red, green, blue);
        }

        for (var y = box.Y; y <= box.Bottom; y++)
        {
            Dot(box.X, y, red, green, blue);
            Dot(box.Right, y, red, green, blue);
        }
    }

    /// <summary>Writes it as PNG.</summary>
    public void Write(Stream stream) => PngWriter.Write(stream, width, height, 3, pixels);

    private void Dot(int x, int y, byte red, byte green, byte blue)
    {
        if (x >= 0 && y >= 0 && x < width && y < height)
        {
            var at = ((y * width) + x) * 3;
            (pixels[at], pixels[at + 1], pixels[at + 2]) = (red, green, blue);
        }
    }
}
