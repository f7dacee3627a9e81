using System.Text;

namespace MaritimeWatch.Functions.Watch;

/// <summary>
/// Which door a file would have come through, by its name and its first bytes: null for AIS, which has its own reader
/// and is recognised there.
/// </summary>
internal static class DocumentKind
{
    private const int HeadBytes = 4096;

    /// <summary>The door, or null where it is a recording of AIS or nothing that is known.</summary>
    /// <param name="path">The file.</param>
    public static string? DoorOf(string path)
    {
        if (Path.GetExtension(path).ToUpperInvariant() is ".TIF" or ".TIFF")
        {
            return "scenes";
        }

        var head = Head(path);
        var text = head.TrimStart('\uFEFF', ' ', '\t', '\r', '\n');
        if (text.StartsWith("UNA", StringComparison.Ordinal) || text.StartsWith("UNB", StringComparison.Ordinal)
            || text.StartsWith("UNH", StringComparison.Ordinal))
        {
            return "manifests";
        }

        return text.StartsWith('{') || text.StartsWith('[') ? OfJson(text) : OfHeader(text);
    }

    private static string? OfJson(string text)
    {
        bool Has(string member) => text.Contains($"\"{member}\"", StringComparison.Ordinal);
        return Has("document_number") && (Has("consignments") || Has("vessel")) ? "manifests"
            : Has("camera_id") || (Has("camera") && Has("plate")) ? "plates"
            : Has("eventType") || Has("event_type") || Has("pickup") ? "notices"
            : null;
    }

    private static string? OfHeader(string text)
    {
        var line = text.AsSpan(0, Math.Max(0, text.AsSpan().IndexOfAny('\r', '\n')));
        bool Has(string column, ReadOnlySpan<char> header) => header.Contains(column, StringComparison.OrdinalIgnoreCase);
        return Has("plate", line) && Has("camera", line) ? "plates"
            : Has("portCallId", line) && Has("portToVisit", line) ? "notices"
            : null;
    }

    private static string Head(string path)
    {
        using var file = File.OpenRead(path);
        var bytes = new byte[HeadBytes];
        var read = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return Encoding.UTF8.GetString(bytes, 0, read);
    }
}
