using MaritimeWatch.Reference;

namespace MaritimeWatch.Recognition;

/// <summary>Finds the ships of one tile; keeps its buffers from tile to tile. One thread each.</summary>
internal sealed class CfarTile(CfarSettings settings, CfarScale scale)
{
    private const double RingCountMin = 24;

    private readonly SquareSums sums = new();
    private readonly List<(float Value, int At)> seeds = [];
    private readonly Blob blob = new();
    private float[] pixels = [];
    private float[] sample = [];
    private bool[] taken = [];

    /// <summary>Reads the tile with its margins and finds the ships whose centre it holds.</summary>
    public List<ShipDetection> Detect(ISceneImage image, Coastline? land, SceneWindow tile)
    {
        var window = SceneTiles.Widened(tile, scale.Margin, image.Width, image.Height);
        var size = window.Width * window.Height;
        if (pixels.Length < size)
        {
            pixels = new float[size];
            taken = new bool[size];
        }

        var view = pixels.AsSpan(0, size);
        image.Read(window, view);
        LandBlocks.Blank(view, window, image, land);
        FromDecibel(view, ref sample);
        var sea = SeaLevel.Of(view, ref sample);
        var spread = Math.Max(sea.Deviation, sea.Median * settings.SpreadShareMin);
        if (spread <= 0)
        {
            spread = 1;
        }

        sums.Take(view, window.Width, window.Height, sea.Median + (settings.CensorSigma * spread));
        FindSeeds(view, window, sea, spread);
        return Grow(view, window, tile, image, sea, spread);
    }

    // Backscatter in decibel is mostly below zero; its amplitude is what the rest is made for.
    private static void FromDecibel(Span<float> view, ref float[] sample)
    {
        if (SeaLevel.Of(view, ref sample).Median >= 0)
        {
            return;
        }

        for (var i = 0; i < view.Length; i++)
        {
            view[i] = MathF.Pow(10, (view[i] / 20) + 2);
        }
    }

    private void FindSeeds(ReadOnlySpan<float> view, SceneWindow window, SeaLevel sea, double spread)
    {
        seeds.Clear();
        var floor = sea.Median + spread;
        for (var y = 0; y < window.Height; y++)
        {
            for (var x = 0; x < window.Width; x++)
            {
                var value = view[(y * window.Width) + x];
                if (!(value > floor))
                {
                    continue;
                }

                var ring = Surroundings(x, y, sea, spread);
                if (value > ring.Mean + (settings.SeedSigma * ring.Deviation))
                {
                    seeds.Add((value, (y * window.Width) + x));
                }
            }
        }

        // The brightest first, so that a ship grows from its middle whichever way the tile lies.
        seeds.Sort(static (a, b) => a.Value != b.Value ? b.Value.CompareTo(a.Value) : a.At.CompareTo(b.At));
    }

    private List<ShipDetection> Grow(
        ReadOnlySpan<float> view, SceneWindow window, SceneWindow tile, ISceneImage image, SeaLevel sea, double spread)
    {
        Array.Clear(taken, 0, view.Length);
        var found = new List<ShipDetection>();
        foreach (var (peak, at) in seeds)
        {
            if (taken[at])
            {
                continue;
            }

            var (y, x) = Math.DivRem(at, window.Width);
            var ring = Surroundings(x, y, sea, spread);
            var least = ring.Mean + Math.Max(settings.GrowSigma * ring.Deviation, settings.GrowShare * (peak - ring.Mean));
            blob.Grow(view, taken, window.Width, window.Height, at, (float)least, settings.GapPixels);
            var dim = ring.Mean + (Math.Min(settings.GrowSigma, settings.SeedSigma) / 2 * ring.Deviation);
            blob.TakeHalo(view, taken, window.Width, window.Height, (float)dim, (float)least);
            if (blob.Count < settings.PixelsMin || blob.Longest > scale.LengthMax || !IsInTile(window, tile))
            {
                continue;
            }

            var middle = Surroundings((int)blob.CentreX, (int)blob.CentreY, sea, spread);
            if (middle.Share < settings.SeaShareMin)
            {
                continue;
            }

            var contrast = (peak - middle.Mean) / middle.Deviation;
            if (blob.ToDetection(window, image, settings, scale.IsPlaced, contrast) is { } ship)
            {
                found.Add(ship);
            }
        }

        return found;
    }

    private bool IsInTile(SceneWindow window, SceneWindow tile)
    {
        var (x, y) = (window.X + blob.CentreX, window.Y + blob.CentreY);
        return x >= tile.X && x < tile.Right && y >= tile.Y && y < tile.Bottom;
    }

    // Where there is too little sea in sight, the sea of the whole window stands in for it.
    private RingStatistics Surroundings(int x, int y, SeaLevel sea, double spread)
    {
        var ring = sums.Ring(x, y, scale.Guard, scale.Background);
        return ring.Count >= RingCountMin
            ? ring with { Deviation = Math.Max(Math.Max(ring.Deviation, ring.Mean * settings.SpreadShareMin), 1e-6) }
            : new RingStatistics(0, sea.Median, spread, ring.Share);
    }
}
