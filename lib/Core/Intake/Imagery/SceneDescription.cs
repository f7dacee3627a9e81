using System.Globalization;

namespace MaritimeWatch.Intake.Imagery;

/// <summary>
/// What is known of a scene beside its pixels: when it was taken, by what, and when it could be known. It comes with the
/// request, from a STAC item, or from the TIFF's own tags.
/// </summary>
public sealed record SceneDescription
{
    /// <summary>A scene that says it was taken longer than this after it came is not believed: 10 minutes, as clocks differ.</summary>
    public static readonly TimeSpan AheadMax = TimeSpan.FromMinutes(10);

    /// <summary>When it was taken, milliseconds since 1970 UTC, or null where nobody says.</summary>
    public long? AtMs { get; init; }

    /// <summary>What took it, or null.</summary>
    public SceneSensor? Sensor { get; init; }

    /// <summary>When it was received first, for a recorded scene, or null.</summary>
    public long? ReceivedAtMs { get; init; }

    /// <summary>Which band, from 1, or null for the usual one.</summary>
    public int? Band { get; init; }

    /// <summary>The bands of the file in their order, as <see cref="BandNames.Parse"/> spells them, or null where nobody says.</summary>
    public string? Bands { get; init; }

    /// <summary>Sentinel-2 took it: unnamed bands in its usual number have its usual order.</summary>
    public bool IsSentinel2 { get; init; }

    /// <summary>How the radar looked, for the shift of moving ships; null where nobody says.</summary>
    public RadarGeometry? Radar { get; init; }

    /// <summary>Whoever made it calls it invented.</summary>
    public bool IsSimulated { get; init; }

    /// <summary>
    /// Reads the facts of a landed note: <c>at</c>, <c>sensor</c>, <c>received_at</c>, <c>band</c>, <c>bands</c>,
    /// <c>simulated</c>, and of a radar <c>slant_range_over_speed_s</c>, <c>look_bearing_degrees</c>,
    /// <c>incidence_degrees</c> and <c>flight_bearing_degrees</c> (all four or none).
    /// </summary>
    /// <exception cref="FormatException">A fact is there and says nothing sensible; the message names it.</exception>
    public static SceneDescription From(IReadOnlyDictionary<string, string> facts) => new()
    {
        AtMs = Time(facts, "at") ?? Time(facts, "datetime"),
        Sensor = SensorOf(facts),
        ReceivedAtMs = Time(facts, "received_at"),
        Band = BandOf(facts),
        Bands = facts.TryGetValue("bands", out var bands) ? BandNames.Parse(bands) : null,
        IsSentinel2 = SceneSensors.IsSentinel2(facts.GetValueOrDefault("sensor")),
        Radar = RadarOf(facts),
        IsSimulated = facts.GetValueOrDefault("simulated") is "true" or "True",
    };

    /// <summary>Why the scene is not believed to be of its time: it would come from the future; null where there is nothing to say.</summary>
    /// <param name="receivedAtMs">When it came, milliseconds since 1970 UTC.</param>
    public string? FutureAt(long receivedAtMs) => AtMs is { } at && at - receivedAtMs > (long)AheadMax.TotalMilliseconds
        ? $"the scene says it was taken at {Terms.Instants.ToText(at)}, after it came ({Terms.Instants.ToText(receivedAtMs / 1000 * 1000)}): check its time"
        : null;

    /// <summary>As a note carries them.</summary>
    public SortedDictionary<string, string> ToFacts()
    {
        var facts = new SortedDictionary<string, string>(StringComparer.Ordinal);
        if (AtMs is { } at)
        {
            facts["at"] = Terms.Instants.ToText(at);
        }

        if (Sensor is { } sensor)
        {
            facts["sensor"] = IsSentinel2 && sensor == SceneSensor.Optical ? SceneSensors.Sentinel2 : SceneSensors.NameOf(sensor);
        }

        if (ReceivedAtMs is { } received)
        {
            facts["received_at"] = Terms.Instants.ToText(received);
        }

        if (Band is { } band)
        {
            facts["band"] = band.ToString(CultureInfo.InvariantCulture);
        }

        if (Bands is { } bands)
        {
            facts["bands"] = bands;
        }

        if (Radar is { } radar)
        {
            facts["slant_range_over_speed_s"] = Thousandths(radar.SlantRangeOverSpeedMs);
            facts["look_bearing_degrees"] = Thousandths(radar.LookMillidegrees);
            facts["incidence_degrees"] = Thousandths(radar.IncidenceMillidegrees);
            facts["flight_bearing_degrees"] = Thousandths(radar.FlightMillidegrees);
        }

        if (IsSimulated)
        {
            facts["simulated"] = "true";
        }

        return facts;
    }

    /// <summary>These facts, with those of another source where these are silent.</summary>
    public SceneDescription Or(SceneDescription other) => new()
    {
        AtMs = AtMs ?? other.AtMs,
        Sensor = Sensor ?? other.Sensor,
        ReceivedAtMs = ReceivedAtMs ?? other.ReceivedAtMs,
        Band = Band ?? other.Band,
        Bands = Bands ?? other.Bands,
        IsSentinel2 = IsSentinel2 || (Sensor != SceneSensor.Sar && other.IsSentinel2),
        Radar = Radar ?? other.Radar,
        IsSimulated = IsSimulated || other.IsSimulated,
    };

    private static long? Time(IReadOnlyDictionary<string, string> facts, string name)
    {
        if (!facts.TryGetValue(name, out var text))
        {
            return null;
        }

        return DateTimeOffset.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at)
            && at.Year is >= 1970 and <= 2200
            ? at.ToUnixTimeMilliseconds()
            : throw new FormatException($"{name} is \"{text}\": give a time such as 2025-03-01T05:41:00Z");
    }

    private static SceneSensor? SensorOf(IReadOnlyDictionary<string, string> facts) =>
        !facts.TryGetValue("sensor", out var text) ? null
        : SceneSensors.TryParse(text, out var sensor) ? sensor
        : throw new FormatException($"sensor is \"{text}\": give sar, optical or sentinel-2");

    private static int? BandOf(IReadOnlyDictionary<string, string> facts) =>
        !facts.TryGetValue("band", out var text) ? null
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var band) && band is >= 1 and <= 1000 ? band
        : throw new FormatException($"band is \"{text}\": give a number from 1");

    private static RadarGeometry? RadarOf(IReadOnlyDictionary<string, string> facts)
    {
        var range = Thousandths(facts, "slant_range_over_speed_s", 1_000, 1_000_000);
        var look = Thousandths(facts, "look_bearing_degrees", 0, 359_999);
        var incidence = Thousandths(facts, "incidence_degrees", 1, 89_999);
        var flight = Thousandths(facts, "flight_bearing_degrees", 0, 359_999);
        return (range, look, incidence, flight) switch
        {
            ({ } r, { } l, { } i, { } f) => new RadarGeometry(r, l, i, f),
            (null, null, null, null) => null,
            _ => throw new FormatException(
                "slant_range_over_speed_s, look_bearing_degrees, incidence_degrees and flight_bearing_degrees go together: give all four or none"),
        };
    }

    private static int? Thousandths(IReadOnlyDictionary<string, string> facts, string name, int min, int max)
    {
        if (!facts.TryGetValue(name, out var text))
        {
            return null;
        }

        return decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)
            && value is >= 0 and <= 1_000 && Math.Round(value * 1000) is var rounded && rounded >= min && rounded <= max
            ? (int)rounded
            : throw new FormatException(string.Create(
                CultureInfo.InvariantCulture, $"{name} is \"{text}\": give a number from {min / 1000.0} to {max / 1000.0}"));
    }

    private static string Thousandths(int value) => (value / 1000m).ToString("0.###", CultureInfo.InvariantCulture);
}
