using System.IO.Compression;

namespace MaritimeWatch.Intake.Anpr;

/// <summary>
/// Reads plates from what cameras and their software send: the webhook of Plate Recognizer as JSON or as a multipart form
/// whose field <c>json</c> holds it, its CSV, and our own CSV and NDJSON; gzip or plain. Never throws for what it is given:
/// what cannot be read is refused with its reason, the rest is taken.
/// </summary>
/// <remarks>
/// Forms: https://guides.platerecognizer.com/docs/stream/results and .../snapshot/results. Times without a zone are UTC,
/// which is what that software writes.
/// </remarks>
public static class PlateReader
{
    /// <summary>Reads a body.</summary>
    /// <param name="body">The clear bytes.</param>
    /// <param name="options">What the bytes do not say.</param>
    public static PlateDocument Read(ReadOnlyMemory<byte> body, PlateReadOptions options)
    {
        var document = new PlateDocument();
        if (body.Length > options.BodyBytesMax)
        {
            document.Refuse(PlateFault.TooLarge, 0, body.Span);
        }
        else if (body.Span.StartsWith((ReadOnlySpan<byte>)[0x1f, 0x8b]))
        {
            if (Unpack(body, options.BodyBytesMax, out var fault) is { } unpacked)
            {
                ReadClear(unpacked, options, document);
            }
            else
            {
                document.Refuse(fault, 0, body.Span);
            }
        }
        else
        {
            ReadClear(body, options, document);
        }

        return document;
    }

    private static void ReadClear(ReadOnlyMemory<byte> body, PlateReadOptions options, PlateDocument document)
    {
        var start = body.Span.StartsWith("\uFEFF"u8) ? 3 : 0;
        var text = body[start..];
        var first = text.Span.IndexOfAnyExcept(" \t\r\n"u8);
        if (first < 0)
        {
            document.Refuse(PlateFault.Empty, 0, body.Span);
        }
        else if (MultipartBody.IsNamedBy(options.ContentType) || text.Span.StartsWith("--"u8))
        {
            ReadForm(body, options, document);
        }
        else if (text.Span[first] is (byte)'{' or (byte)'[')
        {
            JsonReads.Read(text, start, options, document);
        }
        else
        {
            CsvReads.Read(text, start, options, document);
        }
    }

    private static void ReadForm(ReadOnlyMemory<byte> body, PlateReadOptions options, PlateDocument document)
    {
        if (MultipartBody.Parse(body, options.ContentType) is not { } form || form.Find("json") is not { } json)
        {
            document.Refuse(PlateFault.BadForm, 0, body.Span);
            return;
        }

        document.Images = form.Parts.Count(part => part.IsFile);
        JsonReads.Read(json.Content, json.Offset, options, document);
    }

    private static byte[]? Unpack(ReadOnlyMemory<byte> body, int bytesMax, out PlateFault fault)
    {
        fault = PlateFault.BadForm;
        using var packed = new MemoryStream(body.ToArray(), writable: false);
        using var gzip = new GZipStream(packed, CompressionMode.Decompress);
        using var clear = new MemoryStream();
        var chunk = new byte[64 * 1024];
        try
        {
            for (int count; (count = gzip.Read(chunk)) > 0;)
            {
                if (clear.Length + count > bytesMax)
                {
                    fault = PlateFault.TooLarge;
                    return null;
                }

                clear.Write(chunk.AsSpan(0, count));
            }

            return clear.ToArray();
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }
}
