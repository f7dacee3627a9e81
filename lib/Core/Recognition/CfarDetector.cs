using MaritimeWatch.Reference;

namespace MaritimeWatch.Recognition;

/// <summary>
/// Cell-averaging CFAR: a pixel is bright when it stands out of its own surroundings by a constant false-alarm rule, so
/// that rough and calm seas need no two thresholds. Bright pixels that hang together are a ship. The scene is read in
/// overlapping tiles; a ship belongs to the tile that holds its centre.
/// </summary>
/// <remarks>
/// Sources: Finn and Johnson 1968 (cell averaging); Crisp, "The state-of-the-art in ship detection in SAR imagery",
/// DSTO-RR-0272, 2004 (guard area, censored background, clustering).
/// </remarks>
/// <param name="settings">Its numbers.</param>
public sealed class CfarDetector(CfarSettings settings) : IShipDetector
{
    /// <summary>Edge of a tile, pixels, without its margins.</summary>
    public const int TilePixels = 1024;

    /// <summary>The most detections in one scene; a scene with more is not of ships on the sea.</summary>
    public const int DetectionsMax = 100_000;

    /// <inheritdoc/>
    public string Name => settings.Name;

    /// <inheritdoc/>
    public int Version => settings.Version;

    /// <inheritdoc/>
    public int ConfidenceMilliMin => settings.ConfidenceMilliMin;

    /// <inheritdoc/>
    public IReadOnlyList<ShipDetection> Detect(ISceneImage image, Coastline? land, int threads, CancellationToken cancel)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        var scale = CfarScale.Of(settings, image);
        var tiles = SceneTiles.Of(image.Width, image.Height, TilePixels);
        var found = SceneTiles.Run(
            tiles.Count, threads, () => new CfarTile(settings, scale), (tile, at) => tile.Detect(image, land, tiles[at]), cancel);
        var all = new List<ShipDetection>();
        foreach (var some in found)
        {
            all.AddRange(some);
        }

        all.Sort(static (a, b) => (a.Y, a.X).CompareTo((b.Y, b.X)));
        all = all.Count <= DetectionsMax ? all : [.. all.Take(DetectionsMax)];
        return settings.SidelobeShare > 0 ? [.. all.Where((_, at) => !IsSidelobe(all, at))] : all;
    }

    // In order of rows: only those a ship's length up or down need be looked at.
    private bool IsSidelobe(List<ShipDetection> all, int at)
    {
        const int NearPixels = 4;
        var dim = all[at];
        for (var step = -1; step <= 1; step += 2)
        {
            for (var i = at + step; i >= 0 && i < all.Count && Math.Abs(all[i].Y - dim.Y) <= settings.LengthPixelsMax; i += step)
            {
                var bright = all[i];
                var reach = Math.Max(bright.Box.Width, bright.Box.Height) + NearPixels;
                if (dim.ContrastHundredths < bright.ContrastHundredths * settings.SidelobeShare
                    && Math.Abs(bright.X - dim.X) <= reach && Math.Abs(bright.Y - dim.Y) <= reach)
                {
                    return true;
                }
            }
        }

        return false;
    }
}

/// <summary>The distances of the settings in this image's pixels.</summary>
internal readonly record struct CfarScale(int Guard, int Background, int LengthMax, bool IsPlaced)
{
    private const double UsualPixelMetres = 10;
    private const int BackgroundMax = 120;

    /// <summary>How far a tile must see beyond its edge.</summary>
    public int Margin => Background + (LengthMax / 2) + 2;

    public static CfarScale Of(CfarSettings settings, ISceneImage image)
    {
        var (x, y) = (image.Width / 2.0, image.Height / 2.0);
        if (image.PositionAt(x, y) is null)
        {
            return new CfarScale(settings.GuardPixels, settings.BackgroundPixels, settings.LengthPixelsMax, false);
        }

        var pixel = image.PixelAt(x, y);
        var metres = Math.Max(1e-3, Math.Min(pixel.WidthMetres, pixel.HeightMetres));
        var factor = UsualPixelMetres / metres;
        var background = (int)Math.Clamp(Math.Round(settings.BackgroundPixels * factor), 4, BackgroundMax);
        var guard = (int)Math.Clamp(Math.Round(settings.GuardPixels * factor), 2, background - 2);
        return new CfarScale(guard, background, (int)Math.Clamp(settings.LengthMetresMax / metres, 8, 400), true);
    }
}
