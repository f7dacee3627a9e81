namespace MaritimeWatch.Recognition;

/// <summary>
/// From a network's planes to ships: a ship is where the heat is the greatest of its nine cells (of equals the first in
/// row order). Source of the form: Zhou, Wang and Kraehenbuehl, "Objects as points", 2019, without its limit of 100.
/// </summary>
internal static class HeatDecoder
{
    /// <summary>Below this nothing is a ship, thousandths.</summary>
    public const int FloorMilli = 50;

    /// <summary>The most ships of one view: more are no ships on the sea. The surest are kept.</summary>
    public const int ShipsMax = 4000;

    // e^8 is 2,981 pixels, longer than any ship in any picture that is taken.
    private const float LogMost = 8;

    /// <summary>Finds the ships of a view.</summary>
    /// <param name="planes">The network's output: <see cref="IShipScorer.Planes"/> planes of rows times columns.</param>
    /// <param name="rows">Rows of cells.</param>
    /// <param name="columns">Columns of cells.</param>
    /// <param name="stride">Pixels of a cell.</param>
    /// <param name="found">Takes them, in row order.</param>
    public static void Decode(ReadOnlySpan<float> planes, int rows, int columns, int stride, List<HeatShip> found)
    {
        const float Floor = (FloorMilli - 1) / 1000f;
        var size = rows * columns;
        var heat = planes[..size];
        var first = found.Count;
        for (var y = 0; y < rows; y++)
        {
            for (var x = 0; x < columns; x++)
            {
                var at = (y * columns) + x;
                if (heat[at] > Floor && IsPeak(heat, x, y, rows, columns) && Ship(planes, at, x, y, size, stride) is { } ship)
                {
                    found.Add(ship);
                }
            }
        }

        if (found.Count - first > ShipsMax)
        {
            var kept = found.Skip(first).OrderByDescending(ship => ship.ConfidenceMilli).ThenBy(ship => ship.Y).ThenBy(ship => ship.X)
                .Take(ShipsMax).ToArray();
            found.RemoveRange(first, found.Count - first);
            found.AddRange(kept);
        }
    }

    // Greater than those before it, not less than those after it.
    private static bool IsPeak(ReadOnlySpan<float> heat, int x, int y, int rows, int columns)
    {
        var own = heat[(y * columns) + x];
        for (var nearY = Math.Max(0, y - 1); nearY <= Math.Min(rows - 1, y + 1); nearY++)
        {
            for (var nearX = Math.Max(0, x - 1); nearX <= Math.Min(columns - 1, x + 1); nearX++)
            {
                var isBefore = nearY < y || (nearY == y && nearX < x);
                var near = heat[(nearY * columns) + nearX];
                if (near > own || (isBefore && near == own))
                {
                    return false;
                }
            }
        }

        return true;
    }

    private static HeatShip? Ship(ReadOnlySpan<float> planes, int at, int x, int y, int size, int stride)
    {
        var confidence = (int)Math.Round(1000.0 * Math.Min(1, planes[at]));
        var (dx, dy) = (planes[at + size], planes[at + (2 * size)]);
        var (width, height, length) = (planes[at + (3 * size)], planes[at + (4 * size)], planes[at + (5 * size)]);
        var (cosine, sine) = (planes[at + (6 * size)], planes[at + (7 * size)]);
        if (confidence < FloorMilli || !float.IsFinite(dx + dy + width + height + length + cosine + sine))
        {
            return null;
        }

        return new HeatShip(
            (x + (double)dx) * stride, (y + (double)dy) * stride, Exp(width), Exp(height), Exp(length),
            Math.Atan2(sine, cosine) / 2, confidence);
    }

    private static double Exp(float log) => Math.Exp(Math.Clamp(log, -1, LogMost));
}
