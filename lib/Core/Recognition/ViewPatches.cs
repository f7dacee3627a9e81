namespace MaritimeWatch.Recognition;

/// <summary>
/// Which parts of a view the network looks at: small patches around the blocks that a screen has left, or the whole view
/// where patches would be no cheaper. The same blocks give the same patches.
/// </summary>
internal static class ViewPatches
{
    /// <summary>Edge of a patch without its margins, blocks.</summary>
    public const int CoreBlocks = 4;

    private const int CorePixels = CoreBlocks * SeaScreen.BlockPixels;

    /// <summary>Covers the blocks.</summary>
    /// <param name="blocks">Of the whole view, by rows: whether the network must look.</param>
    /// <param name="columns">Blocks along a row.</param>
    /// <param name="view">The view, in its own pixels: X and Y are 0.</param>
    /// <param name="core">The part of it that is asked for.</param>
    /// <param name="margin">How far a patch sees beyond its own core.</param>
    /// <param name="patches">Takes cores with what is seen around them, in the view's pixels.</param>
    public static void Cover(
        ReadOnlySpan<bool> blocks, int columns, SceneWindow view, SceneWindow core, int margin, List<(SceneWindow Core, SceneWindow Seen)> patches)
    {
        patches.Clear();
        var rows = blocks.Length / columns;
        var isLeft = new bool[blocks.Length];
        for (var i = 0; i < blocks.Length; i++)
        {
            isLeft[i] = blocks[i] && Touches(core, i % columns, i / columns);
        }

        var whole = (long)view.Width * view.Height;
        var one = (long)(CorePixels + (2 * margin)) * (CorePixels + (2 * margin));
        for (var at = 0; at < isLeft.Length; at++)
        {
            if (!isLeft[at])
            {
                continue;
            }

            var (row, column) = Math.DivRem(at, columns);
            var left = BestLeft(isLeft, columns, rows, row, column);
            Take(isLeft, columns, rows, row, left);
            var own = new SceneWindow(left * SeaScreen.BlockPixels, row * SeaScreen.BlockPixels, CorePixels, CorePixels);
            own = Clipped(own, view);
            patches.Add((own, SceneTiles.Widened(own, margin, view.Width, view.Height)));
            if (patches.Count * one > whole)
            {
                patches.Clear();
                patches.Add((core, view));
                return;
            }
        }
    }

    private static bool Touches(SceneWindow core, int column, int row)
    {
        var (x, y) = (column * SeaScreen.BlockPixels, row * SeaScreen.BlockPixels);
        return x < core.Right && x + SeaScreen.BlockPixels > core.X && y < core.Bottom && y + SeaScreen.BlockPixels > core.Y;
    }

    private static SceneWindow Clipped(SceneWindow own, SceneWindow view) =>
        own with { Width = Math.Min(own.Width, view.Width - own.X), Height = Math.Min(own.Height, view.Height - own.Y) };

    // The first block left lies in the patch's first row; where along it takes most with it?
    private static int BestLeft(bool[] isLeft, int columns, int rows, int row, int column)
    {
        var (best, most) = (column, -1);
        for (var left = column; left > column - CoreBlocks && left >= 0; left--)
        {
            var count = 0;
            for (var y = row; y < Math.Min(rows, row + CoreBlocks); y++)
            {
                for (var x = left; x < Math.Min(columns, left + CoreBlocks); x++)
                {
                    count += isLeft[(y * columns) + x] ? 1 : 0;
                }
            }

            if (count > most)
            {
                (best, most) = (left, count);
            }
        }

        return best;
    }

    private static void Take(bool[] isLeft, int columns, int rows, int row, int left)
    {
        for (var y = row; y < Math.Min(rows, row + CoreBlocks); y++)
        {
            for (var x = left; x < Math.Min(columns, left + CoreBlocks); x++)
            {
                isLeft[(y * columns) + x] = false;
            }
        }
    }
}
