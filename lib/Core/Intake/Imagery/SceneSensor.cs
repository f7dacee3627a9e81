namespace MaritimeWatch.Intake.Imagery;

/// <summary>What took a scene. The number is stored: never renumber.</summary>
public enum SceneSensor : byte
{
    /// <summary>Synthetic aperture radar: amplitude, intensity or decibel; sees through cloud and by night.</summary>
    Sar = 0,

    /// <summary>Sunlight, best the near infrared, in which water is dark; cloud hides ships, and cloud is not absence.</summary>
    Optical = 1,
}

/// <summary>Names of sensors on the command line, in requests and in lines.</summary>
public static class SceneSensors
{
    /// <summary>The name: <c>sar</c> or <c>optical</c>.</summary>
    public static string NameOf(SceneSensor sensor) => sensor == SceneSensor.Sar ? "sar" : "optical";

    /// <summary>Reads a name, or what a STAC item says of its instruments (<c>sentinel-1</c>, <c>msi</c>, <c>c-sar</c>...).</summary>
    /// <param name="text">The name; null is none.</param>
    /// <param name="sensor">What it names.</param>
    /// <returns>False where the name says nothing known.</returns>
    public static bool TryParse(string? text, out SceneSensor sensor)
    {
        var folded = (text ?? string.Empty).Trim().ToLowerInvariant();
        if (folded.Contains("sar", StringComparison.Ordinal) || folded.Contains("sentinel-1", StringComparison.Ordinal)
            || folded.Contains("radar", StringComparison.Ordinal))
        {
            sensor = SceneSensor.Sar;
            return true;
        }

        sensor = SceneSensor.Optical;
        return folded is "optical" or "oli" || IsSentinel2(folded)
            || folded.Contains("landsat", StringComparison.Ordinal);
    }

    /// <summary>What the name says of one mission whose files have a known order of bands.</summary>
    public const string Sentinel2 = "sentinel-2";

    /// <summary>Whether a name is Sentinel-2's, or its instrument's.</summary>
    public static bool IsSentinel2(string? text)
    {
        var folded = (text ?? string.Empty).Trim().ToLowerInvariant();
        return folded == "msi" || folded.Contains(Sentinel2, StringComparison.Ordinal);
    }

    /// <summary>The smallest hull that such a sensor shows reliably, metres: Sentinel-1 IW about 20, Sentinel-2 about 20.</summary>
    public static int SmallestLengthMetres(SceneSensor sensor) => sensor == SceneSensor.Sar ? 20 : 20;
}
