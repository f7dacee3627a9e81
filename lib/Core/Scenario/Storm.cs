namespace MaritimeWatch.Scenario;

/// <summary>
/// A storm of about a day over all these waters: it grows for three hours, blows, and dies down for three hours. The traffic
/// makes less way, so that all that it does comes later, and receivers hear less (rain, spray, aerials under green water).
/// </summary>
internal sealed class Storm
{
    /// <summary>What a ship loses of its speed where the storm is at its height.</summary>
    private const double SlowerPart = 0.4;

    /// <summary>What a receiver loses of the messages there.</summary>
    private const double UnheardPart = 0.45;

    private const long RampMs = 3 * 3_600_000;

    public Storm(ulong seed, long startAtMs, long endAtMs)
    {
        var random = new SimRandom(seed, 0x5708_0001);
        var length = Math.Min(random.Hours(20, 28), (long)(0.6 * (endAtMs - startAtMs)));
        FromAtMs = startAtMs + (long)((endAtMs - startAtMs - length) * random.Between(0.3, 0.7));
        ToAtMs = FromAtMs + Math.Max(length, 2 * RampMs);
        WindFromDegrees = random.Between(230, 310);
    }

    /// <summary>When the wind rises.</summary>
    public long FromAtMs { get; }

    /// <summary>When it has gone.</summary>
    public long ToAtMs { get; }

    /// <summary>Where it blows from.</summary>
    public double WindFromDegrees { get; }

    /// <summary>0 for fair weather to 1 for the height of the storm.</summary>
    public double StrengthAt(long atMs) =>
        Math.Clamp(Math.Min(atMs - FromAtMs, ToAtMs - atMs) / (double)RampMs, 0, 1);

    /// <summary>Part of its speed that a ship keeps.</summary>
    public double PaceAt(long atMs) => 1 - (SlowerPart * StrengthAt(atMs));

    /// <summary>Part of the messages that receivers still hear.</summary>
    public double HearingAt(long atMs) => 1 - (UnheardPart * StrengthAt(atMs));

    /// <summary>The instant of a plan made for fair weather that is reached at an instant.</summary>
    public long PlanTime(long atMs) => atMs - LostMs(atMs);

    /// <summary>How late whoever is held up is by an instant, milliseconds.</summary>
    public long LostMs(long atMs) => (long)(SlowerPart * StrengthUntil(atMs));

    // The strength summed over time: two ramps and a plateau.
    private double StrengthUntil(long atMs)
    {
        var rising = Math.Clamp(atMs - FromAtMs, 0, RampMs);
        var falling = Math.Clamp(atMs - (ToAtMs - RampMs), 0, RampMs);
        var height = Math.Clamp(atMs - FromAtMs - RampMs, 0, ToAtMs - FromAtMs - (2 * RampMs));
        return (rising * (double)rising / (2 * RampMs)) + height + falling - (falling * (double)falling / (2 * RampMs));
    }
}
