
namespace MaritimeWatch.Recognition;

/// <summary>Bright pixels that hang together, and their shape. Reused.</summary>
internal sealed class Blob
{
    /// <summary>Longer than so many times its width, it has a direction; in tenths.</summary>
    private const int LongTenths = 15;

    private readonly List<(int X, int Y)> members = [];
    private readonly List<(int X, int Y)> halo = [];
    private int left;
    private int top;
    private int right;
    private int bottom;

    /// <summary>How many pixels.</summary>
    public int Count => members.Count;

    /// <summary>The longer edge of its box, pixels.</summary>
    public int Longest => Math.Max(right - left, bottom - top);

    /// <summary>Its centre, columns from the window's left edge.</summary>
    public double CentreX { get; private set; }

    /// <summary>Its centre, rows from the window's upper edge.</summary>
    public double CentreY { get; private set; }

    /// <summary>Takes all pixels that hang together with one and are bright enough; marks them as taken.</summary>
    public void Grow(ReadOnlySpan<float> view, bool[] taken, int width, int height, int from, float least, int gap)
    {
        members.Clear();
        var (startY, startX) = Math.DivRem(from, width);
        members.Add((startX, startY));
        taken[from] = true;
        (left, top, right, bottom) = (startX, startY, startX + 1, startY + 1);
        double sumX = 0, sumY = 0;
        for (var i = 0; i < members.Count; i++)
        {
            var (x, y) = members[i];
            sumX += x + 0.5;
            sumY += y + 0.5;
            (left, right) = (Math.Min(left, x), Math.Max(right, x + 1));
            (top, bottom) = (Math.Min(top, y), Math.Max(bottom, y + 1));
            for (var nearY = Math.Max(0, y - gap); nearY <= Math.Min(height - 1, y + gap); nearY++)
            {
                for (var nearX = Math.Max(0, x - gap); nearX <= Math.Min(width - 1, x + gap); nearX++)
                {
                    var at = (nearY * width) + nearX;
                    if (!taken[at] && view[at] > least)
                    {
                        taken[at] = true;
                        members.Add((nearX, nearY));
                    }
                }
            }
        }

        CentreX = sumX / members.Count;
        CentreY = sumY / members.Count;
    }

    /// <summary>
    /// Marks as taken what hangs on it and is too dim to be part of it: the blur around a bright hull is no second ship.
    /// Only near it, and nothing as bright as itself, so that a ship alongside is still found.
    /// </summary>
    public void TakeHalo(ReadOnlySpan<float> view, bool[] taken, int width, int height, float least, float brightest)
    {
        var margin = 2 + (Longest / 4);
        var (fromX, toX) = (Math.Max(0, left - margin), Math.Min(width - 1, right - 1 + margin));
        var (fromY, toY) = (Math.Max(0, top - margin), Math.Min(height - 1, bottom - 1 + margin));
        halo.Clear();
        halo.AddRange(members);
        for (var i = 0; i < halo.Count; i++)
        {
            var (x, y) = halo[i];
            for (var nearY = Math.Max(fromY, y - 1); nearY <= Math.Min(toY, y + 1); nearY++)
            {
                for (var nearX = Math.Max(fromX, x - 1); nearX <= Math.Min(toX, x + 1); nearX++)
                {
                    var at = (nearY * width) + nearX;
                    if (!taken[at] && view[at] > least && view[at] <= brightest)
                    {
                        taken[at] = true;
                        halo.Add((nearX, nearY));
                    }
                }
            }
        }
    }

    /// <summary>What it is on the ground, or null where no ship has such a shape.</summary>
    public ShipDetection? ToDetection(
        SceneWindow window, ISceneImage image, CfarSettings settings, bool isPlaced, double contrast)
    {
        var (x, y) = (window.X + CentreX, window.Y + CentreY);
        var pixel = image.PixelAt(x, y);
        var (length, breadth, angle) = Extent(pixel);
        var fill = Count * pixel.WidthMetres * pixel.HeightMetres / (length * breadth);
        if (isPlaced)
        {
            // What a point is smeared to is not length; half a pixel at least is.
            var edge = (pixel.WidthMetres + pixel.HeightMetres) / 2;
            length = Math.Max(length - (settings.BlurPixels * edge), edge / 2);
            breadth = Math.Min(length, Math.Max(breadth - (settings.BlurPixels * edge), edge / 2));
        }

        if (fill < settings.FillShareMin || (isPlaced && length > settings.LengthMetresMax))
        {
            return null;
        }

        var where = image.PositionAt(x, y);
        var box = new SceneWindow(window.X + left, window.Y + top, right - left, bottom - top);
        return new ShipDetection(Math.Round(x, 2), Math.Round(y, 2), box, Count)
        {
            Where = where,
            LengthMetres = (int)Math.Round(length),
            WidthMetres = (int)Math.Round(breadth),
            AxisDegrees = length * 10 >= breadth * LongTenths ? Axis(angle, pixel) : null,
            ContrastHundredths = (int)Math.Round(Math.Min(1e6, contrast) * 100),
            ConfidenceMilli = Confidence(contrast, settings),
        };
    }

    // Main axis by second moments, then how far the pixels' squares reach along it and across it.
    private (double Length, double Breadth, double Angle) Extent(GroundSize pixel)
    {
        double xx = 0, yy = 0, xy = 0;
        foreach (var (x, y) in members)
        {
            var (dx, dy) = ((x + 0.5 - CentreX) * pixel.WidthMetres, (y + 0.5 - CentreY) * pixel.HeightMetres);
            xx += dx * dx;
            yy += dy * dy;
            xy += dx * dy;
        }

        var angle = 0.5 * Math.Atan2(2 * xy, xx - yy);
        var (sine, cosine) = Math.SinCos(angle);
        double alongLeast = double.MaxValue, alongMost = double.MinValue, acrossLeast = double.MaxValue, acrossMost = double.MinValue;
        foreach (var (x, y) in members)
        {
            var (dx, dy) = ((x + 0.5 - CentreX) * pixel.WidthMetres, (y + 0.5 - CentreY) * pixel.HeightMetres);
            var (along, across) = ((dx * cosine) + (dy * sine), (dy * cosine) - (dx * sine));
            (alongLeast, alongMost) = (Math.Min(alongLeast, along), Math.Max(alongMost, along));
            (acrossLeast, acrossMost) = (Math.Min(acrossLeast, across), Math.Max(acrossMost, across));
        }

        var edge = (pixel.WidthMetres + pixel.HeightMetres) / 2;
        return (alongMost - alongLeast + edge, acrossMost - acrossLeast + edge, angle);
    }

    // Rows count down: a positive angle turns from the way of the columns to the right of it.
    private static int Axis(double angle, GroundSize pixel)
    {
        var degrees = (int)Math.Round(pixel.RowBearingDegrees + (angle * 180 / Math.PI)) % 180;
        return degrees < 0 ? degrees + 180 : degrees;
    }

    private static int Confidence(double contrast, CfarSettings settings)
    {
        var ratio = Math.Max(1e-3, contrast) / settings.EvenContrast;
        return (int)Math.Round(1000 * ratio * ratio / (1 + (ratio * ratio)));
    }
}
