using MaritimeWatch.Reference;

namespace MaritimeWatch.Recognition;

/// <summary>How one scene is looked at.</summary>
internal sealed record WindowPlan
{
    /// <summary>The most ships of a window of a large scene.</summary>
    public const int ShipsOfWindowMax = 600;

    public required ISceneImage Image { get; init; }

    public required Coastline? Land { get; init; }

    public required bool IsDecibel { get; init; }

    /// <summary>Index of each of the network's bands in the image, negative where it has none.</summary>
    public required IReadOnlyList<int> Bands { get; init; }

    /// <summary>Which number is a reflectance of 1; 1 for radar.</summary>
    public required float FullScale { get; init; }

    /// <summary>Quantiles of the whole raster; null takes those of each window.</summary>
    public required float[]? Quantiles { get; init; }

    public required int Margin { get; init; }

    /// <summary>Null where nothing is screened.</summary>
    public required double? ScreenSigmas { get; init; }

    public required IReadOnlyList<SceneWindow> Cores { get; init; }

    public required int ShipsMax { get; init; }
}

/// <summary>Reads a window, prepares it, lets the network look; keeps its buffers from window to window. One thread each.</summary>
internal sealed class WindowView(ShipNetSettings settings, IShipScorer scorer, WindowPlan plan, WindowCounts counts)
{
    /// <summary>
    /// A centre so far outside a core is kept as well: what its own window places a pixel farther would else be nobody's.
    /// </summary>
    private const int SeamPixels = 8;

    /// <summary>More parts of one window have no numbers of their own.</summary>
    private const int PartsMax = 256;

    private readonly ViewQuantile quantile = new();
    private readonly SeaScreen screen = new();
    private readonly List<(SceneWindow Core, SceneWindow Seen)> patches = [];
    private readonly List<(int X, int Y)> landBlocks = [];
    private readonly List<HeatShip> peaks = [];
    private float[][] bands = [];
    private ViewLevels[] levels = [];
    private float[] input = [];
    private float[] scores = [];

    /// <summary>Finds the ships of a window, in the scene's pixels.</summary>
    public List<HeatShip> Look(int number)
    {
        var core = plan.Cores[number];
        var window = SceneTiles.Widened(core, plan.Margin, plan.Image.Width, plan.Image.Height);
        patches.Clear();
        if (Read(window))
        {
            Plan(window, core with { X = core.X - window.X, Y = core.Y - window.Y });
        }

        counts.Window(core, patches.Count);
        var found = new List<HeatShip>();
        for (var part = 0; part < patches.Count; part++)
        {
            Look(window, patches[part].Core, patches[part].Seen, (number * PartsMax) + Math.Min(part, PartsMax - 1), found);
        }

        if (found.Count > plan.ShipsMax)
        {
            found.Sort(static (a, b) => (-a.ConfidenceMilli, a.Y, a.X).CompareTo((-b.ConfidenceMilli, b.Y, b.X)));
            found.RemoveRange(plan.ShipsMax, found.Count - plan.ShipsMax);
        }

        return found;
    }

    // False where there is nothing to look at.
    private bool Read(SceneWindow window)
    {
        var size = window.Width * window.Height;
        if (bands.Length == 0)
        {
            (bands, levels) = (new float[settings.Inputs.Count][], new ViewLevels[settings.Inputs.Count]);
            Array.Fill(bands, []);
        }

        LandBlocks.Find(window, plan.Image, plan.Land, landBlocks);
        var isKnown = false;
        for (var band = 0; band < bands.Length; band++)
        {
            if (bands[band].Length < size)
            {
                bands[band] = new float[size];
            }

            var view = bands[band].AsSpan(0, size);
            ReadBand(window, band, view);
            LandBlocks.Blank(view, window, landBlocks);
            levels[band] = new ViewLevels(Quantile(view, band), plan.FullScale);
            isKnown |= levels[band].Quantile > 0;
        }

        return isKnown;
    }

    private void ReadBand(SceneWindow window, int band, Span<float> view)
    {
        if (plan.Bands[band] < 0)
        {
            view.Fill(float.NaN);
            return;
        }

        if (!settings.IsRadar)
        {
            plan.Image.Read(window, plan.Bands[band], view);
            return;
        }

        plan.Image.Read(window, view);
        if (plan.IsDecibel)
        {
            Decibel.ToAmplitude(view);
        }
    }

    private float Quantile(ReadOnlySpan<float> view, int band) =>
        plan.Quantiles is { } whole && view.ContainsAnyExcept(float.NaN) ? whole[band] : quantile.Of(view, settings.Norm.QuantileMilli ?? 500);

    private void Plan(SceneWindow window, SceneWindow own)
    {
        var whole = window with { X = 0, Y = 0 };
        if (plan.ScreenSigmas is not { } sigmas)
        {
            patches.Add((own, whole));
            return;
        }

        var view = bands[0].AsSpan(0, window.Width * window.Height);
        var blocks = screen.Look(view, window.Width, window.Height, levels[0].Quantile, sigmas);
        ViewPatches.Cover(blocks, screen.Columns, whole, own, plan.Margin, patches);
    }

    private void Look(SceneWindow window, SceneWindow core, SceneWindow seen, int view, List<HeatShip> found)
    {
        var (width, height) = (Padded(seen.Width), Padded(seen.Height));
        var (columns, rows) = (width / settings.Stride, height / settings.Stride);
        var (size, cells) = (width * height, columns * rows);
        if (input.Length != bands.Length * size)
        {
            input = new float[bands.Length * size];
        }

        if (scores.Length != IShipScorer.Planes * cells)
        {
            scores = new float[IShipScorer.Planes * cells];
        }

        Array.Clear(input);
        for (var band = 0; band < bands.Length; band++)
        {
            for (var y = 0; y < seen.Height; y++)
            {
                var from = bands[band].AsSpan(((seen.Y + y) * window.Width) + seen.X, seen.Width);
                settings.Norm.Apply(from, band, levels[band], input.AsSpan((band * size) + (y * width), seen.Width));
            }
        }

        scorer.Score(input, bands.Length, height, width, scores);
        counts.Look(width, height);
        peaks.Clear();
        HeatDecoder.Decode(scores, rows, columns, settings.Stride, peaks);
        foreach (var peak in peaks)
        {
            var ship = peak.Moved(seen.X, seen.Y);
            if (ship.X >= core.X - SeamPixels && ship.X < core.Right + SeamPixels && ship.X < seen.Right
                && ship.Y >= core.Y - SeamPixels && ship.Y < core.Bottom + SeamPixels && ship.Y < seen.Bottom)
            {
                found.Add(ship.Moved(window.X, window.Y) with { View = view });
            }
        }
    }

    private int Padded(int edge) => (edge + settings.Multiple - 1) / settings.Multiple * settings.Multiple;
}
