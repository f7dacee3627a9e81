using System.Globalization;

namespace MaritimeWatch.Functions.Evaluate.Trajectory;

/// <summary>Lengths of time as they are written on the command line: 3h, 30m.</summary>
internal static class Spans
{
    /// <summary>Reads one.</summary>
    /// <returns>The length, more than nothing and up to 7 days, or null where it is none.</returns>
    public static TimeSpan? Of(string text)
    {
        text = text.Trim();
        if (text.Length < 2 || !int.TryParse(text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number is < 1 or > 10_080)
        {
            return null;
        }

        TimeSpan? span = text[^1] switch
        {
            'm' => TimeSpan.FromMinutes(number),
            'h' => TimeSpan.FromHours(number),
            _ => null,
        };
        return span <= TimeSpan.FromDays(7) ? span : null;
    }
}
