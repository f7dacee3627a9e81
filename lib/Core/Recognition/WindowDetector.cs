using MaritimeWatch.Reference;

namespace MaritimeWatch.Recognition;

/// <summary>
/// Finds ships with a network, window by window, in a scene of any size. What overlapping windows both see is merged, so a
/// ship on a seam is one ship. Small pictures are looked at in one view. In radar scenes a screen leaves out empty water.
/// The detections do not depend on the number of threads.
/// </summary>
/// <param name="settings">What the network takes and gives.</param>
/// <param name="scorer">The network.</param>
/// <param name="switches">Changes for measurements; null changes nothing.</param>
public sealed class WindowDetector(ShipNetSettings settings, IShipScorer scorer, WindowSwitches? switches = null) : IShipDetector
{
    /// <summary>A radar picture with no edge longer than this is looked at in one view, pixels.</summary>
    public const int OneViewEdge = 800;

    /// <summary>An optical picture with no more pixels is looked at in one view.</summary>
    public const int OneViewPixels = 2_000_000;

    private readonly WindowCounts counts = new();
    private readonly WindowSwitches switches = switches ?? new WindowSwitches();

    /// <inheritdoc/>
    public string Name => settings.Name;

    /// <inheritdoc/>
    public int Version => settings.Version;

    /// <inheritdoc/>
    public int ConfidenceMilliMin => settings.ThresholdMilli;

    /// <summary>What has been looked at so far.</summary>
    public WindowCounts Counts => counts;

    /// <summary>Why such a network cannot look at an image, or null where it can.</summary>
    public static string? Obstacle(ShipNetSettings settings, ISceneImage image)
    {
        if (settings.IsRadar)
        {
            return null;
        }

        var missing = settings.Inputs.Where(band => band != SceneBand.ShortWaveInfrared && !image.Bands.Contains(band)).ToList();
        return missing.Count == 0
            ? null
            : $"{settings.Name} needs blue, green, red and near infrared; nobody says which band is {string.Join(", ", missing)}";
    }

    /// <inheritdoc/>
    /// <exception cref="NotSupportedException">A band that the network needs is not in the image: see <see cref="Obstacle"/>.</exception>
    public IReadOnlyList<ShipDetection> Detect(ISceneImage image, Coastline? land, int threads, CancellationToken cancel)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        if (Obstacle(settings, image) is { } obstacle)
        {
            throw new NotSupportedException(obstacle);
        }

        var (stepX, stepY) = PixelSteps.Of(settings.IsRadar, image);
        var seen = stepX == 1 && stepY == 1 ? image : new ResampledImage(image, stepX, stepY);
        var isOne = !switches.IsAlwaysCut && IsOneView(seen);
        var bands = settings.Inputs.Select(band => IndexOf(seen.Bands, band)).ToArray();
        var plan = new WindowPlan
        {
            Image = seen,
            Land = land,
            IsDecibel = settings.IsRadar && Decibel.Is(image),
            Bands = bands,
            FullScale = settings.IsRadar ? 1 : SceneLevels.FullScale(image, IndexOf(image.Bands, SceneBand.NearInfrared)),
            Quantiles = settings.IsRadar ? null : SceneLevels.Whole(seen, bands, settings.Norm.QuantileMilli ?? 500),
            Margin = isOne ? 0 : settings.Margin,
            ScreenSigmas = settings.IsRadar && !isOne ? switches.ScreenSigmas : null,
            Cores = isOne ? [new SceneWindow(0, 0, seen.Width, seen.Height)] : SceneTiles.Of(seen.Width, seen.Height, settings.Window),
            ShipsMax = isOne ? HeatDecoder.ShipsMax : WindowPlan.ShipsOfWindowMax,
        };
        var found = SceneTiles.Run(
            plan.Cores.Count, threads, () => new WindowView(settings, scorer, plan, counts), static (view, at) => view.Look(at), cancel);
        var all = HeatMerge.Merge([.. found.SelectMany(ships => ships)], settings.NmsIouMilli, CfarDetector.DetectionsMax);
        var detections = all.ConvertAll(ship => OnGround(ship, image, stepX, stepY));
        detections.Sort(static (a, b) => (a.Y, a.X).CompareTo((b.Y, b.X)));
        return detections;
    }

    private bool IsOneView(ISceneImage image) => settings.IsRadar
        ? Math.Max(image.Width, image.Height) <= OneViewEdge
        : (long)image.Width * image.Height <= OneViewPixels;

    // A radar scene's one band is its main band, whatever it is called.
    private int IndexOf(IReadOnlyList<SceneBand> bands, SceneBand band)
    {
        for (var i = 0; i < bands.Count; i++)
        {
            if (settings.IsRadar || bands[i] == band)
            {
                return i;
            }
        }

        return -1;
    }

    private static ShipDetection OnGround(HeatShip ship, ISceneImage image, double stepX, double stepY)
    {
        const int LongTenths = 15;
        var (x, y) = (ship.X * stepX, ship.Y * stepY);
        var pixel = image.PixelAt(x, y);
        var (sine, cosine) = Math.SinCos(ship.Angle);

        // The upright box around a bar of a length and a width says the width.
        var across = Math.Abs(sine) + Math.Abs(cosine);
        var breadth = Math.Clamp(((ship.Width + ship.Height) / across) - ship.Length, ship.Length / 10, ship.Length);
        var (alongX, alongY) = (cosine * stepX * pixel.WidthMetres, sine * stepY * pixel.HeightMetres);
        var (acrossX, acrossY) = (sine * stepX * pixel.WidthMetres, cosine * stepY * pixel.HeightMetres);
        var lengthMetres = ship.Length * Math.Sqrt((alongX * alongX) + (alongY * alongY));
        var widthMetres = Math.Min(lengthMetres, breadth * Math.Sqrt((acrossX * acrossX) + (acrossY * acrossY)));
        var axis = (int)Math.Round(pixel.RowBearingDegrees + (Math.Atan2(alongY, alongX) * 180 / Math.PI)) % 180;
        var outline = new PixelBox(
            Math.Round((ship.X - (ship.Width / 2)) * stepX, 2), Math.Round((ship.Y - (ship.Height / 2)) * stepY, 2),
            Math.Round((ship.X + (ship.Width / 2)) * stepX, 2), Math.Round((ship.Y + (ship.Height / 2)) * stepY, 2));
        return new ShipDetection(
            Math.Round(x, 2), Math.Round(y, 2), outline.ToWindow(), Math.Max(1, (int)Math.Round(ship.Length * breadth * stepX * stepY)))
        {
            Outline = outline,
            Where = image.PositionAt(x, y),
            LengthMetres = (int)Math.Round(lengthMetres),
            WidthMetres = (int)Math.Round(widthMetres),
            AxisDegrees = lengthMetres * 10 >= widthMetres * LongTenths ? (axis + 180) % 180 : null,
            ConfidenceMilli = ship.ConfidenceMilli,
        };
    }
}

/// <summary>How scenes are looked at, where a measurement wants it otherwise.</summary>
public sealed record WindowSwitches
{
    /// <summary>Small pictures are cut and screened like scenes; default false.</summary>
    public bool IsAlwaysCut { get; init; }

    /// <summary>
    /// How many standard deviations brighter than the calmest water around it a block of a radar scene must be before the
    /// network looks at it; default 6, 1 to 100; null looks everywhere.
    /// </summary>
    public double? ScreenSigmas { get; init; } = SeaScreen.Sigmas;
}

/// <summary>What a detector has looked at; counted by all threads.</summary>
public sealed class WindowCounts
{
    private long windows;
    private long screenedOut;
    private long looks;
    private long pixels;
    private long pixelsScored;

    /// <summary>Windows of scenes.</summary>
    public long Windows => Interlocked.Read(ref windows);

    /// <summary>Windows in which nothing was left for the network: empty water, land or no data.</summary>
    public long WindowsLeftOut => Interlocked.Read(ref screenedOut);

    /// <summary>Runs of the network.</summary>
    public long Looks => Interlocked.Read(ref looks);

    /// <summary>Pixels of scenes, margins not counted.</summary>
    public long Pixels => Interlocked.Read(ref pixels);

    /// <summary>Pixels that went through the network, margins and padding counted.</summary>
    public long PixelsScored => Interlocked.Read(ref pixelsScored);

    internal void Window(SceneWindow core, int patches)
    {
        Interlocked.Increment(ref windows);
        Interlocked.Add(ref screenedOut, patches == 0 ? 1 : 0);
        Interlocked.Add(ref pixels, (long)core.Width * core.Height);
    }

    internal void Look(int width, int height)
    {
        Interlocked.Increment(ref looks);
        Interlocked.Add(ref pixelsScored, (long)width * height);
    }
}
