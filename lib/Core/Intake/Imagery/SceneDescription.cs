using System.Globalization;

namespace MaritimeWatch.Intake.Imagery;

/// <summary>
/// What is known of a scene beside its pixels: when it was taken, by what, and when it could be known. It comes with the
/// request, from a STAC item, or from the TIFF's own tags.
/// </summary>
public sealed record SceneDescription
{
    /// <summary>When it was taken, milliseconds since 1970 UTC, or null where nobody says.</summary>
    public long? AtMs { get; init; }

    /// <summary>What took it, or null.</summary>
    public SceneSensor? Sensor { get; init; }

    /// <summary>When it was received first, for a recorded scene, or null.</summary>
    public long? ReceivedAtMs { get; init; }

    /// <summary>Which band, from 1, or null for the usual one.</summary>
    public int? Band { get; init; }

    /// <summary>Whoever made it calls it invented.</summary>
    public bool IsSimulated { get; init; }

    /// <summary>Reads the facts of a landed note: <c>at</c>, <c>sensor</c>, <c>received_at</c>, <c>band</c>, <c>simulated</c>.</summary>
    /// <exception cref="FormatException">A fact is there and says nothing sensible; the message names it.</exception>
    public static SceneDescription From(IReadOnlyDictionary<string, string> facts) => new()
    {
        AtMs = Time(facts, "at") ?? Time(facts, "datetime"),
        Sensor = SensorOf(facts),
        ReceivedAtMs = Time(facts, "received_at"),
        Band = BandOf(facts),
        IsSimulated = facts.GetValueOrDefault("simulated") is "true" or "True",
    };

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
            facts["sensor"] = SceneSensors.NameOf(sensor);
        }

        if (ReceivedAtMs is { } received)
        {
            facts["received_at"] = Terms.Instants.ToText(received);
        }

        if (Band is { } band)
        {
            facts["band"] = band.ToString(CultureInfo.InvariantCulture);
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
        : throw new FormatException($"sensor is \"{text}\": give sar or optical");

    private static int? BandOf(IReadOnlyDictionary<string, string> facts) =>
        !facts.TryGetValue("band", out var text) ? null
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var band) && band is >= 1 and <= 1000 ? band
        : throw new FormatException($"band is \"{text}\": give a number from 1");
}
