namespace MaritimeWatch.Feeds;

/// <summary>Who takes part in a subject that names more than itself.</summary>
internal static class Parties
{
    private const string Vessel = "mmsi:";
    private const string Call = "call:";

    /// <summary>
    /// The two ships of a pair (<c>mmsi:A+mmsi:B</c>), or the ship of a declared call (<c>call:LOCODE:MMSI:arrival</c>);
    /// none for every other text.
    /// </summary>
    public static string[] Within(string subject)
    {
        if (subject.StartsWith(Vessel, StringComparison.Ordinal) && subject.Contains('+', StringComparison.Ordinal))
        {
            return [.. subject.Split('+').Where(part => part.StartsWith(Vessel, StringComparison.Ordinal)).Distinct(StringComparer.Ordinal)];
        }

        var parts = subject.StartsWith(Call, StringComparison.Ordinal) ? subject.Split(':', 4) : [];
        return parts.Length == 4 && parts[2].Length > 0 && parts[2].All(char.IsAsciiDigit) ? [Vessel + parts[2]] : [];
    }
}
