using System.Globalization;
using System.Text.Json;

namespace MaritimeWatch.Intake;

/// <summary>
/// JSON from outside, read strictly (RFC 8259): no comments, no trailing commas, a bounded depth and size, and no name
/// twice in one object. Every value knows where it stands, so that what is wrong with it can be found again.
/// </summary>
public sealed class StrictJson
{
    /// <summary>The deepest nesting.</summary>
    public const int DepthMax = 32;

    /// <summary>The longest text, in characters.</summary>
    public const int TextMax = 16_384;

    /// <summary>The most values in one document.</summary>
    public const int ValuesMax = 2_000_000;

    private readonly ReadOnlyMemory<byte> bytes;
    private List<long>? lineStarts;

    private StrictJson(ReadOnlyMemory<byte> bytes, StrictValue root) => (this.bytes, Root) = (bytes, root);

    /// <summary>The document's value.</summary>
    public StrictValue Root { get; }

    /// <summary>Reads a document.</summary>
    /// <param name="bytes">UTF-8, with or without a byte order mark; bounded by the caller.</param>
    /// <param name="json">The document when true.</param>
    /// <param name="fault">What is wrong and on which line, when false.</param>
    public static bool TryParse(ReadOnlyMemory<byte> bytes, out StrictJson? json, out string? fault)
    {
        if (bytes.Span.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
        {
            bytes = bytes[3..];
        }

        (json, fault) = (null, null);
        var reader = new Utf8JsonReader(bytes.Span, new JsonReaderOptions { MaxDepth = DepthMax });
        try
        {
            var left = ValuesMax;
            reader.Read();
            var root = Read(ref reader, ref left);
            reader.Read(); // Anything but blanks after the value is an error that this throws.
            json = new StrictJson(bytes, root);
            return true;
        }
        catch (StrictJsonException wrong)
        {
            var line = bytes.Span[..(int)wrong.Offset].Count((byte)'\n') + 1;
            fault = string.Create(CultureInfo.InvariantCulture, $"line {line}: {wrong.Message}");
        }
        catch (JsonException wrong)
        {
            // Only the first sentence: the others repeat path and place, and may quote what stands there.
            var text = wrong.Message.Split(". ")[0].Split(" LineNumber")[0].TrimEnd('.');
            fault = string.Create(CultureInfo.InvariantCulture, $"line {(wrong.LineNumber ?? 0) + 1}: no sound JSON: {text}");
        }
        catch (InvalidOperationException)
        {
            fault = "a text in it is no sound UTF-8";
        }

        return false;
    }

    /// <summary>The line of a place, from 1.</summary>
    /// <param name="offset">Bytes from the beginning.</param>
    public int LineAt(long offset)
    {
        if (lineStarts is null)
        {
            lineStarts = [0];
            for (var i = 0; i < bytes.Length; i++)
            {
                if (bytes.Span[i] == (byte)'\n')
                {
                    lineStarts.Add(i + 1);
                }
            }
        }

        var at = lineStarts.BinarySearch(offset);
        return at >= 0 ? at + 1 : ~at;
    }

    private static StrictValue Read(ref Utf8JsonReader reader, ref int left)
    {
        if (--left < 0)
        {
            throw new StrictJsonException("there are more values than are taken", reader.TokenStartIndex);
        }

        var at = reader.TokenStartIndex;
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                var members = new Dictionary<string, StrictValue>(StringComparer.Ordinal);
                while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
                {
                    var nameAt = reader.TokenStartIndex;
                    var name = TextOf(ref reader);
                    reader.Read();
                    if (!members.TryAdd(name, Read(ref reader, ref left)))
                    {
                        throw new StrictJsonException($"the name \"{(name.Length > 40 ? name[..40] : name)}\" stands twice in one object", nameAt);
                    }
                }

                return new StrictValue(JsonValueKind.Object, at) { Members = members, Length = reader.BytesConsumed - at };
            case JsonTokenType.StartArray:
                var items = new List<StrictValue>();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    items.Add(Read(ref reader, ref left));
                }

                return new StrictValue(JsonValueKind.Array, at) { Items = items, Length = reader.BytesConsumed - at };
            case JsonTokenType.String:
                return new StrictValue(JsonValueKind.String, at) { Text = TextOf(ref reader) };
            case JsonTokenType.Number:
                return new StrictValue(JsonValueKind.Number, at) { Number = reader.TryGetDecimal(out var number) ? number : null };
            case JsonTokenType.True:
                return new StrictValue(JsonValueKind.True, at);
            case JsonTokenType.False:
                return new StrictValue(JsonValueKind.False, at);
            default:
                return new StrictValue(JsonValueKind.Null, at);
        }
    }

    private static string TextOf(ref Utf8JsonReader reader)
    {
        if (reader.ValueSpan.Length > TextMax * 4)
        {
            throw new StrictJsonException(string.Create(CultureInfo.InvariantCulture, $"a text is longer than {TextMax} characters"), reader.TokenStartIndex);
        }

        var text = reader.GetString()!;
        return text.Length <= TextMax
            ? text
            : throw new StrictJsonException(string.Create(CultureInfo.InvariantCulture, $"a text is longer than {TextMax} characters"), reader.TokenStartIndex);
    }
}

/// <summary>One value of a <see cref="StrictJson"/> document.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Offset">Where it begins, bytes from 0.</param>
public sealed record StrictValue(JsonValueKind Kind, long Offset)
{
    /// <summary>How many bytes an object or array takes; 0 for the others.</summary>
    public long Length { get; init; }

    /// <summary>Members of an object; empty otherwise.</summary>
    public IReadOnlyDictionary<string, StrictValue> Members { get; init; } = new Dictionary<string, StrictValue>();

    /// <summary>Items of an array; empty otherwise.</summary>
    public IReadOnlyList<StrictValue> Items { get; init; } = [];

    /// <summary>A string's text, or null.</summary>
    public string? Text { get; init; }

    /// <summary>A number that a decimal can hold, or null.</summary>
    public decimal? Number { get; init; }
}

/// <summary>What the strict reader will not take; stays inside <see cref="StrictJson.TryParse"/>.</summary>
#pragma warning disable CA1064 // It never leaves the reader.
internal sealed class StrictJsonException(string message, long offset) : Exception(message)
#pragma warning restore CA1064
{
    public long Offset { get; } = offset;
}
