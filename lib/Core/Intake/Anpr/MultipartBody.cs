using System.Text;

namespace MaritimeWatch.Intake.Anpr;

/// <summary>
/// The parts of a multipart/form-data body (RFC 7578), within bounds. A body whose last boundary is missing was cut short
/// and is no body.
/// </summary>
public sealed class MultipartBody
{
    private const int PartsMax = 32;
    private const int HeaderBytesMax = 8 * 1024;
    private const int BoundaryLengthMax = 70;

    private MultipartBody(IReadOnlyList<FormPart> parts) => Parts = parts;

    /// <summary>The parts in their order.</summary>
    public IReadOnlyList<FormPart> Parts { get; }

    /// <summary>True where a content type names this form.</summary>
    public static bool IsNamedBy(string? contentType) =>
        contentType?.StartsWith("multipart/form-data", StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>The first part of a name, or null.</summary>
    public FormPart? Find(string name) => Parts.FirstOrDefault(part => part.Name == name);

    /// <summary>Takes a body apart; null where it is damaged, cut short or out of bounds.</summary>
    /// <param name="body">The bytes.</param>
    /// <param name="contentType">Names the boundary; null takes the first line for it.</param>
    public static MultipartBody? Parse(ReadOnlyMemory<byte> body, string? contentType)
    {
        if (BoundaryOf(contentType) is not { } boundary && (boundary = FirstLine(body.Span)) is null)
        {
            return null;
        }

        var mark = Encoding.ASCII.GetBytes("--" + boundary);
        var at = body.Span.IndexOf(mark);
        var parts = new List<FormPart>();
        while (at >= 0 && parts.Count <= PartsMax)
        {
            var rest = body.Span[(at + mark.Length)..];
            if (rest.StartsWith("--"u8))
            {
                return new MultipartBody(parts);
            }

            // The header begins after the line of the boundary; the content ends before the line of the next one.
            var next = rest.IndexOf((byte[])[(byte)'\r', (byte)'\n', .. mark]);
            var blank = rest.IndexOf("\r\n\r\n"u8);
            if (next < 0 || blank < 0 || blank > HeaderBytesMax || blank + 4 > next + 2 || !rest.StartsWith("\r\n"u8))
            {
                return null;
            }

            var (from, length) = (at + mark.Length + blank + 4, Math.Max(0, next - blank - 4));
            parts.Add(PartOf(Encoding.UTF8.GetString(rest[..blank]), body.Slice(from, length), from));
            at += mark.Length + next + 2;
        }

        return null;
    }

    private static FormPart PartOf(string header, ReadOnlyMemory<byte> content, int offset)
    {
        var line = header.Split("\r\n").FirstOrDefault(
            text => text.StartsWith("Content-Disposition:", StringComparison.OrdinalIgnoreCase)) ?? "";
        var values = line.Split(';', StringSplitOptions.TrimEntries);
        return new FormPart(
            Value(values, "name=") ?? "", values.Any(value => value.StartsWith("filename", StringComparison.OrdinalIgnoreCase)), content, offset);
    }

    private static string? BoundaryOf(string? contentType) =>
        contentType is { Length: <= 512 } && Value(contentType.Split(';', StringSplitOptions.TrimEntries), "boundary=") is { } boundary
        && boundary.Length is > 0 and <= BoundaryLengthMax
            ? boundary
            : null;

    private static string? FirstLine(ReadOnlySpan<byte> body)
    {
        var end = body.IndexOf("\r\n"u8);
        return end is > 2 and <= BoundaryLengthMax + 2 && body.StartsWith("--"u8) ? Encoding.ASCII.GetString(body[2..end]) : null;
    }

    private static string? Value(string[] values, string name) =>
        values.FirstOrDefault(value => value.StartsWith(name, StringComparison.OrdinalIgnoreCase)) is { } found
            ? found[name.Length..].Trim('"')
            : null;
}

/// <summary>One field of a form.</summary>
/// <param name="Name">Its name.</param>
/// <param name="IsFile">It is a file: an image.</param>
/// <param name="Content">Its bytes.</param>
/// <param name="Offset">Where they begin in the body.</param>
public sealed record FormPart(string Name, bool IsFile, ReadOnlyMemory<byte> Content, int Offset);
