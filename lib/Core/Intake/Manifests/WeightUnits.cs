namespace MaritimeWatch.Intake.Manifests;

/// <summary>Units of mass of UN/ECE Recommendation 20, and what people write instead, in kilograms.</summary>
internal static class WeightUnits
{
    /// <summary>Turns a weight into kg, rounded to a gram.</summary>
    /// <param name="value">The number.</param>
    /// <param name="unit">Its unit as given.</param>
    /// <param name="conversion">What was done, for the record; null where it was kg.</param>
    /// <param name="isDoubtful">The unit can mean several things.</param>
    /// <returns>Kilograms, or null where the unit is unknown.</returns>
    public static decimal? ToKg(decimal value, string unit, out string? conversion, out bool isDoubtful)
    {
        (var factor, conversion, isDoubtful) = unit.ToUpperInvariant() switch
        {
            "KGM" => (1m, null, false),
            "TNE" => (1000m, "TNE is the metric ton of 1,000 kg", false),
            "GRM" => (0.001m, "GRM is the gram", false),
            "LBR" => (0.45359237m, "LBR is the pound of 0.45359237 kg", false),
            "LTN" => (1016.0469088m, "LTN is the long ton of 1,016.047 kg", false),
            "STN" => (907.18474m, "STN is the short ton of 907.185 kg", false),
            "KGS" or "KG" or "KILO" => (1m, "read as KGM", true),
            "LBS" or "LB" => (0.45359237m, "read as LBR, 0.45359237 kg", true),
            "TON" => (1000m, "TON means a long ton (1,016.047 kg) by the code list and mostly a metric ton in trade: read as 1,000 kg", true),
            "MT" or "MTS" => (1000m, "read as TNE, 1,000 kg", true),
            _ => ((decimal?)null, (string?)null, false),
        };
        return factor is { } known && value is >= 0 and < 1_000_000_000 ? Math.Round(value * known, 3) : null;
    }
}
