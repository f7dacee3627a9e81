using System.Globalization;
using System.Text;

namespace MaritimeWatch.Intake.Anpr;

/// <summary>The fields of one read as text, whatever form they came in; checks them and makes the read.</summary>
internal sealed class ReadFields
{
    private const int TextLengthMax = 64;

    // 2000-01-01T00:00:00Z: no camera that posts here is older, and a clock that was never set says 1970.
    private const long EarliestMs = 946_684_800_000;

    public string? At { get; set; }

    public string? Camera { get; set; }

    public string? Plate { get; set; }

    public string? Confidence { get; set; }

    public string? Region { get; set; }

    public string? Vehicle { get; set; }

    public string? Direction { get; set; }

    public bool IsSimulated { get; set; }

    /// <summary>The read, or null and why not.</summary>
    public PlateRead? Make(PlateReadOptions options, long offset, int length, out PlateFault fault)
    {
        fault = PlateFault.BadPlate;
        if (!MaritimeWatch.Terms.Plate.TryParse(Plate, out var plate))
        {
            return null;
        }

        fault = PlateFault.BadTime;
        if (TimeOf(At) is not { } atMs || atMs < EarliestMs || atMs > options.ReceivedAtMs + options.AheadMsMax)
        {
            return null;
        }

        fault = PlateFault.BadCamera;
        if (CameraOf(string.IsNullOrWhiteSpace(Camera) ? options.Camera : Camera) is not { } camera)
        {
            return null;
        }

        fault = PlateFault.BadConfidence;
        if (!TryConfidence(Confidence, out var permille))
        {
            return null;
        }

        return new PlateRead(
            atMs, camera, plate, permille, Short(Region), Short(Vehicle), Short(Direction), IsSimulated || options.IsSimulated, offset, length);
    }

    /// <summary>An id of the characters that ids have; others become '-'.</summary>
    private static string? CameraOf(string? text)
    {
        if (text?.Trim() is not { Length: > 0 and <= TextLengthMax } name)
        {
            return null;
        }

        var id = new StringBuilder(name.Length);
        foreach (var c in name)
        {
            id.Append(char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-' ? c : '-');
        }

        return id.ToString();
    }

    private static long? TimeOf(string? text)
    {
        if (text?.Trim() is not { Length: >= 10 and <= 40 } given)
        {
            return null;
        }

        // Ten digits are seconds since 1970, thirteen milliseconds.
        if (long.TryParse(given, NumberStyles.None, CultureInfo.InvariantCulture, out var epoch))
        {
            return given.Length switch { 10 => epoch * 1000, 13 => epoch, _ => null };
        }

        // A date must come first: a time alone would be taken for today's.
        if (given[4] != '-' || !given[..4].All(char.IsAsciiDigit))
        {
            return null;
        }

        const DateTimeStyles styles = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        return DateTimeOffset.TryParse(given, CultureInfo.InvariantCulture, styles, out var at) ? at.ToUnixTimeMilliseconds() : null;
    }

    private static bool TryConfidence(string? text, out int? permille)
    {
        permille = null;
        if (string.IsNullOrWhiteSpace(text))
        {
            return true;
        }

        if (!decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) || value is < 0 or > 1)
        {
            return false;
        }

        permille = (int)Math.Round(value * 1000);
        return true;
    }

    private static string? Short(string? text) =>
        text?.Trim() is { Length: > 0 } kept ? (kept.Length > TextLengthMax ? kept[..TextLengthMax] : kept).ToLowerInvariant() : null;
}
