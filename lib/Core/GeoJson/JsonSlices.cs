using System.Globalization;
using System.Text.Json;
using System.Text.Unicode;

namespace MaritimeWatch.GeoJson;

/// <summary>Walks JSON without building a tree: an object as its members' byte ranges, a list as slices.</summary>
internal static class JsonSlices
{
    private const int ShownMax = 40;

    /// <summary>The bytes without a byte order mark, known to be UTF-8.</summary>
    public static ReadOnlyMemory<byte> Checked(ReadOnlyMemory<byte> utf8) => !Utf8.IsValid(utf8.Span)
        ? throw new GeoJsonException("the file is not text in UTF-8")
        : utf8.Span.StartsWith("\uFEFF"u8) ? utf8[3..] : utf8;

    /// <summary>The members of an object; a key that appears twice is refused.</summary>
    public static Dictionary<string, Range> Members(ReadOnlySpan<byte> bytes, string what, int depthMax, bool checkEnd = false)
    {
        var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { MaxDepth = depthMax });
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            throw new GeoJsonException($"{what} is not a JSON object");
        }

        var members = new Dictionary<string, Range>(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = TextOf(ref reader);
            _ = reader.Read();
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            if (!members.TryAdd(name, start..(int)reader.BytesConsumed))
            {
                throw Twin(name);
            }
        }

        // Reading on past the end makes the reader refuse whatever follows the object.
        while (checkEnd && reader.Read())
        {
        }

        return members;
    }

    /// <summary>The elements of a list.</summary>
    public static IEnumerable<ReadOnlyMemory<byte>> Items(ReadOnlyMemory<byte> list, int depthMax)
    {
        var at = 1;
        while (true)
        {
            var next = NextItem(list.Span, at, depthMax);
            if (next.Length == 0)
            {
                yield break;
            }

            yield return list.Slice(next.Start, next.Length);
            at = next.Start + next.Length;
        }
    }

    /// <summary>Refuses a key that appears twice in one object, at any depth.</summary>
    public static void RefuseTwins(ReadOnlySpan<byte> bytes, int depthMax)
    {
        var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { MaxDepth = depthMax });
        var open = new Stack<HashSet<string>>();
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.StartObject)
            {
                open.Push(new HashSet<string>(StringComparer.Ordinal));
            }
            else if (reader.TokenType == JsonTokenType.EndObject)
            {
                _ = open.Pop();
            }
            else if (reader.TokenType == JsonTokenType.PropertyName && !open.Peek().Add(TextOf(ref reader)))
            {
                throw Twin(TextOf(ref reader));
            }
            else if (reader.TokenType == JsonTokenType.String && reader.ValueIsEscaped)
            {
                _ = TextOf(ref reader);
            }
        }
    }

    /// <summary>A member that is text, or null.</summary>
    public static string? Text(ReadOnlySpan<byte> bytes, Dictionary<string, Range> members, string name)
    {
        if (!members.TryGetValue(name, out var range) || bytes[range][0] != (byte)'"')
        {
            return null;
        }

        var reader = new Utf8JsonReader(bytes[range]);
        _ = reader.Read();
        return TextOf(ref reader);
    }

    /// <summary>The id of a feature: text or a number (RFC 7946, 3.2), else null.</summary>
    public static string? Id(ReadOnlySpan<byte> bytes, Dictionary<string, Range> members)
    {
        if (!members.TryGetValue("id", out var range))
        {
            return null;
        }

        return bytes[range][0] is (byte)'-' or (>= (byte)'0' and <= (byte)'9')
            ? System.Text.Encoding.ASCII.GetString(bytes[range])
            : Text(bytes, members, "id");
    }

    /// <summary>What is wrong with the JSON, in one sentence.</summary>
    public static string Describe(JsonException fault, int depthMax)
    {
        if (fault.Message.Contains("maximum", StringComparison.Ordinal))
        {
            return string.Create(CultureInfo.InvariantCulture, $"it is nested more than {depthMax} deep (line {fault.LineNumber + 1})");
        }

        var reason = fault.Message.Split(" LineNumber", 2)[0].TrimEnd('.');
        return string.Create(
            CultureInfo.InvariantCulture, $"not sound JSON at line {fault.LineNumber + 1}, byte {fault.BytePositionInLine + 1}: {reason}");
    }

    public static string Short(string text) => text.Length <= ShownMax ? text : text[..ShownMax] + "...";

    private static string TextOf(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException fault)
        {
            // An escape such as \ud800 alone is sound JSON and no text.
            throw new GeoJsonException("it holds an escape that is no character", fault);
        }
    }

    private static GeoJsonException Twin(string name) => new($"the key \"{Short(name)}\" appears twice in one object");

    private static (int Start, int Length) NextItem(ReadOnlySpan<byte> list, int at, int depthMax)
    {
        while (at < list.Length && list[at] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n' or (byte)',')
        {
            at++;
        }

        if (at >= list.Length || list[at] == (byte)']')
        {
            return (at, 0);
        }

        var reader = new Utf8JsonReader(list[at..], isFinalBlock: true, new JsonReaderState(new JsonReaderOptions { MaxDepth = depthMax }));
        _ = reader.Read();
        reader.Skip();
        return (at, (int)reader.BytesConsumed);
    }
}
