using System.Text.Json;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Intake.Anpr;

/// <summary>
/// Reads in JSON: one object or list over the whole body, or one object a line. An object is a webhook
/// (<c>data.results</c>), its data alone (<c>results</c>), or one read of our own
/// (<c>at, camera, plate, confidence, region, vehicle, direction, simulated</c>).
/// </summary>
internal static class JsonReads
{
    private const int DeepestEver = 1024;

    public static void Read(ReadOnlyMemory<byte> text, int offset, PlateReadOptions options, PlateDocument document)
    {
        var end = text.Span.IndexOf((byte)'\n');
        var firstLine = end < 0 ? text : text[..end];
        if (end >= 0 && IsWhole(firstLine.Span, options) && text.Span[(end + 1)..].IndexOfAnyExcept(" \t\r\n"u8) >= 0)
        {
            ReadLines(text, offset, options, document);
            return;
        }

        ReadValue(text, offset, 0, options, document);
    }

    private static void ReadLines(ReadOnlyMemory<byte> text, int offset, PlateReadOptions options, PlateDocument document)
    {
        var number = 0L;
        for (var at = 0; at < text.Length;)
        {
            number++;
            var end = text.Span[at..].IndexOf((byte)'\n');
            var line = end < 0 ? text[at..] : text.Slice(at, end);
            if (line.Span.IndexOfAnyExcept(" \t\r"u8) < 0)
            {
                document.Ignored++;
            }
            else if (line.Length > options.LineBytesMax)
            {
                document.Refuse(PlateFault.LineTooLong, offset + at, line.Span, number);
            }
            else
            {
                ReadValue(line, offset + at, number, options, document);
            }

            at += line.Length + 1;
        }
    }

    private static void ReadValue(ReadOnlyMemory<byte> bytes, long offset, long line, PlateReadOptions options, PlateDocument document)
    {
        if (Parse(bytes, options.DepthMax, isLax: false) is not { } parsed)
        {
            // Only now it is worth finding out which of the three it was.
            var fault = Parse(bytes, options.DepthMax, isLax: true) is { } twice ? With(twice, PlateFault.DuplicateKey)
                : Parse(bytes, DeepestEver, isLax: true) is { } deep ? With(deep, PlateFault.TooDeep)
                : PlateFault.BadJson;
            document.Refuse(fault, offset, bytes.Span, line);
            return;
        }

        using (parsed)
        {
            try
            {
                var list = parsed.RootElement.ValueKind == JsonValueKind.Array ? [.. parsed.RootElement.EnumerateArray()] : new[] { parsed.RootElement };
                foreach (var item in list)
                {
                    ReadObject(item, new Piece(bytes, offset, line), options, document);
                }
            }
            catch (InvalidOperationException)
            {
                // Half of a surrogate pair in an escape: JSON by its grammar, but no text.
                document.Refuse(PlateFault.BadJson, offset, bytes.Span, line);
            }
        }
    }

    private static void ReadObject(JsonElement item, Piece piece, PlateReadOptions options, PlateDocument document)
    {
        if (item.ValueKind != JsonValueKind.Object)
        {
            document.Refuse(PlateFault.UnknownForm, piece.Offset, piece.Bytes.Span, piece.Line);
            return;
        }

        var data = item.TryGetProperty("data", out var inner) && inner.ValueKind == JsonValueKind.Object ? inner : item;
        if (!data.TryGetProperty("results", out var results))
        {
            if (Text(item, "plate") is null && Text(item, "camera") is null)
            {
                document.Refuse(PlateFault.UnknownForm, piece.Offset, piece.Bytes.Span, piece.Line);
                return;
            }

            Take(OwnRead(item), piece, options, document);
            return;
        }

        if (results.ValueKind != JsonValueKind.Array)
        {
            document.Refuse(PlateFault.UnknownForm, piece.Offset, piece.Bytes.Span, piece.Line);
            return;
        }

        foreach (var result in results.EnumerateArray())
        {
            Take(WebhookRead(data, result), piece, options, document);
        }
    }

    private static ReadFields OwnRead(JsonElement item) => new()
    {
        At = Text(item, "at"),
        Camera = Text(item, "camera"),
        Plate = Text(item, "plate"),
        Confidence = Text(item, "confidence"),
        Region = Text(item, "region"),
        Vehicle = Text(item, "vehicle"),
        Direction = Text(item, "direction"),
        IsSimulated = item.TryGetProperty("simulated", out var simulated) && simulated.ValueKind == JsonValueKind.True,
    };

    // Newer versions wrap the plate: {"plate":{"props":{"plate":[{"value","score"}],"region":[{"value"}]}}}.
    private static ReadFields WebhookRead(JsonElement data, JsonElement result)
    {
        var props = Child(Child(result, "plate"), "props");
        var best = First(Child(props, "plate"));
        var vehicle = Child(result, "vehicle");
        return new ReadFields
        {
            At = Text(data, "timestamp"),
            Camera = Text(data, "camera_id"),
            Plate = Text(result, "plate") ?? Text(best, "value"),
            Confidence = Text(result, "score") ?? Text(best, "score"),
            Region = Text(Child(result, "region"), "code") ?? Text(First(Child(props, "region")), "value"),
            Vehicle = Text(vehicle, "type"),
            Direction = Text(result, "direction"),
            IsSimulated = data.TryGetProperty("simulated", out var simulated) && simulated.ValueKind == JsonValueKind.True,
        };
    }

    private static void Take(ReadFields fields, Piece piece, PlateReadOptions options, PlateDocument document)
    {
        if (document.Reads.Count >= options.ReadsMax)
        {
            document.Refuse(PlateFault.TooMany, piece.Offset, piece.Bytes.Span, piece.Line);
        }
        else if (fields.Make(options, piece.Offset, piece.Bytes.Length, out var fault) is { } read)
        {
            document.Add(read);
        }
        else
        {
            document.Refuse(fault, piece.Offset, piece.Bytes.Span, piece.Line);
        }
    }

    private static JsonDocument? Parse(ReadOnlyMemory<byte> bytes, int depth, bool isLax)
    {
        try
        {
            return SoundJson.Parse(bytes, new JsonDocumentOptions { MaxDepth = depth, AllowDuplicateProperties = isLax });
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static bool IsWhole(ReadOnlySpan<byte> line, PlateReadOptions options)
    {
        try
        {
            var reader = new Utf8JsonReader(line, new JsonReaderOptions { MaxDepth = options.DepthMax });
            return reader.Read() && reader.TrySkip() && !reader.Read();
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static PlateFault With(JsonDocument parsed, PlateFault fault)
    {
        parsed.Dispose();
        return fault;
    }

    private static JsonElement Child(JsonElement item, string name) =>
        item.ValueKind == JsonValueKind.Object && item.TryGetProperty(name, out var child) ? child : default;

    private static JsonElement First(JsonElement list) =>
        list.ValueKind == JsonValueKind.Array && list.GetArrayLength() > 0 ? list[0] : default;

    private static string? Text(JsonElement item, string name) => Child(item, name) switch
    {
        { ValueKind: JsonValueKind.String } text => text.GetString(),
        { ValueKind: JsonValueKind.Number } number => number.GetRawText(),
        _ => null,
    };

    private readonly record struct Piece(ReadOnlyMemory<byte> Bytes, long Offset, long Line);
}
