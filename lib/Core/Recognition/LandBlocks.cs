using MaritimeWatch.Reference;

namespace MaritimeWatch.Recognition;

/// <summary>
/// Takes what lies well inland out of a window, block by block. The coastline is good to about 1 km and knows no moles, so
/// a wide margin stays in sight: a ship at a berth that the coastline calls land must not be lost.
/// </summary>
internal static class LandBlocks
{
    /// <summary>Land so far from the shore is taken out, kilometres.</summary>
    public const double MarginKilometres = 2;

    /// <summary>Edge of a block, pixels.</summary>
    private const int Block = 64;

    /// <summary>Finds the blocks of a window that are land, by their upper left corners in the window.</summary>
    public static void Find(SceneWindow window, ISceneImage image, Coastline? land, List<(int X, int Y)> blocks)
    {
        blocks.Clear();
        if (land is null)
        {
            return;
        }

        for (var y = 0; y < window.Height; y += Block)
        {
            for (var x = 0; x < window.Width; x += Block)
            {
                if (image.PositionAt(window.X + x + (Block / 2), window.Y + y + (Block / 2)) is { } place
                    && land.IsLand(place) && land.KilometresToShore(place) > MarginKilometres)
                {
                    blocks.Add((x, y));
                }
            }
        }
    }

    /// <summary>Makes NaN of blocks.</summary>
    public static void Blank(Span<float> view, SceneWindow window, List<(int X, int Y)> blocks)
    {
        foreach (var (x, y) in blocks)
        {
            var width = Math.Min(Block, window.Width - x);
            for (var row = y; row < Math.Min(window.Height, y + Block); row++)
            {
                view.Slice((row * window.Width) + x, width).Fill(float.NaN);
            }
        }
    }

    /// <summary>Finds and blanks.</summary>
    public static void Blank(Span<float> view, SceneWindow window, ISceneImage image, Coastline? land)
    {
        var blocks = new List<(int X, int Y)>();
        Find(window, image, land, blocks);
        Blank(view, window, blocks);
    }
}
