using MaritimeWatch.Intake.Imagery;

namespace MaritimeWatch.Recognition;

/// <summary>
/// The few numbers of the CFAR detector. Distances in pixels are for pixels of about 10 m and are scaled where the ground
/// size is known. Tuned by <c>evaluate detector --tune</c>, on a training split only.
/// </summary>
public sealed record CfarSettings
{
    /// <summary>What a line calls it.</summary>
    public required string Name { get; init; }

    /// <summary>Version of these numbers, from 1.</summary>
    public int Version { get; init; } = 1;

    /// <summary>Half the edge of the square around a pixel that is left out of its background, pixels; 2 to 60.</summary>
    public required int GuardPixels { get; init; }

    /// <summary>Half the edge of the square that is its background, pixels; more than the guard, to 120.</summary>
    public required int BackgroundPixels { get; init; }

    /// <summary>A ship's brightest part is so many standard deviations above its background; 2 to 30.</summary>
    public required double SeedSigma { get; init; }

    /// <summary>A ship's other parts are so many standard deviations above it; 1 to <see cref="SeedSigma"/>.</summary>
    public required double GrowSigma { get; init; }

    /// <summary>And at least this share of the way from the background to the brightest part; 0 to 0.9.</summary>
    public required double GrowShare { get; init; }

    /// <summary>
    /// Pixels so many standard deviations above the sea are not counted as background (other ships, quays); 2 to 30.
    /// </summary>
    public required double CensorSigma { get; init; }

    /// <summary>The least standard deviation, as a share of the background's mean: a very smooth sea is not perfect; 0 to 1.</summary>
    public double SpreadShareMin { get; init; } = 0.05;

    /// <summary>Least share of a detection's surroundings that is sea, 0 to 1: what stands among houses is a house.</summary>
    public required double SeaShareMin { get; init; }

    /// <summary>Parts so many pixels apart are one ship; 1 (touching) to 6.</summary>
    public int GapPixels { get; init; } = 1;

    /// <summary>Least number of pixels; 1 or more.</summary>
    public required int PixelsMin { get; init; }

    /// <summary>Greatest length, in pixels where the ground size is not known; 20 to 400.</summary>
    public int LengthPixelsMax { get; init; } = 200;

    /// <summary>Greatest length, metres: no ship is longer than 460.</summary>
    public int LengthMetresMax { get; init; } = 500;

    /// <summary>Least share of its length times width that it fills, 0 to 1: a quay is a hook, a ship is a bar.</summary>
    public double FillShareMin { get; init; } = 0.3;

    /// <summary>How many pixels longer than itself a point shows, which is taken off lengths of placed scenes; 0 to 4.</summary>
    public double BlurPixels { get; init; } = 0.5;

    /// <summary>
    /// An echo within a ship's length of it that has less than this share of its contrast is its side lobe; 0 (none are) to
    /// 0.5. The side lobes of a radar image are 13 dB below the main lobe and more, a fifth of its amplitude.
    /// </summary>
    public double SidelobeShare { get; init; }

    /// <summary>The contrast (in standard deviations) at which half of the detections are ships, on the training split.</summary>
    public required double EvenContrast { get; init; }

    /// <summary>Detections of less confidence are left out of scenes, thousandths; 0 to 1000.</summary>
    public int ConfidenceMilliMin { get; init; } = 400;

    /// <summary>
    /// For radar chips of unknown ground size (1 to 15 m a pixel), tuned on the training chips of SSDD: seven in ten by the
    /// hash of the file, 160 tries. There f1 was 0.592, on the chips left out 0.598.
    /// </summary>
    public static CfarSettings SarChips { get; } = new()
    {
        Name = "cfar-sar-chips",
        GuardPixels = 16,
        BackgroundPixels = 40,
        SeedSigma = 6.09,
        GrowSigma = 5.99,
        GrowShare = 0.189,
        CensorSigma = 19.8,
        SpreadShareMin = 0.202,
        SeaShareMin = 0.753,
        GapPixels = 4,
        PixelsMin = 56,
        FillShareMin = 0.231,
        EvenContrast = 8,
        ConfidenceMilliMin = 93,
    };

    /// <summary>
    /// For radar scenes, whose ground size is known: the chips' thresholds, and distances for pixels of 10 m. Labelled
    /// radar scenes with pixels were not at hand, so sizes are set by reason: a guard of 200 m, 3 pixels at least.
    /// </summary>
    public static CfarSettings Sar { get; } = SarChips with
    {
        Name = "cfar-sar",
        GuardPixels = 20,
        SeedSigma = 6,
        GrowSigma = 3.5,
        CensorSigma = 8,
        SeaShareMin = 0.5,
        GapPixels = 2,
        PixelsMin = 3,
        BlurPixels = 1.7,
        SidelobeShare = 0.2,
        ConfidenceMilliMin = 360,
    };

    /// <summary>For the near infrared of Sentinel-2, tuned on its ports.</summary>
    public static CfarSettings Optical { get; } = new()
    {
        Name = "cfar-optical",
        GuardPixels = 13,
        BackgroundPixels = 34,
        SeedSigma = 4.78,
        GrowSigma = 1.77,
        GrowShare = 0.324,
        CensorSigma = 9.76,
        SpreadShareMin = 0.0466,
        SeaShareMin = 0.801,
        GapPixels = 3,
        PixelsMin = 19,
        FillShareMin = 0.538,
        EvenContrast = 8,
        ConfidenceMilliMin = 437,
    };

    /// <summary>The settings of a sensor.</summary>
    public static CfarSettings Of(SceneSensor sensor) => sensor == SceneSensor.Sar ? Sar : Optical;
}
