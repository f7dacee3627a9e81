using System.Buffers;
using System.Text.Json;
using System.Text.Unicode;

namespace MaritimeWatch.Terms;

/// <summary>
/// Reads JSON of which every text can be read. The class library parses a text with half a surrogate pair, or with bytes that
/// are no UTF-8, and throws an exception that is none of JSON when somebody reads it or when it looks for keys that stand
/// twice: whoever sends such a text could make a fault of ours of it.
/// </summary>
public static class SoundJson
{
    /// <summary>Reads a document. The caller disposes of it.</summary>
    /// <param name="json">UTF-8.</param>
    /// <param name="options">Its bounds; comments and trailing commas are not read.</param>
    /// <exception cref="JsonException">It is no JSON, breaks a bound, or holds a text that cannot be read.</exception>
    public static JsonDocument Parse(ReadOnlyMemory<byte> json, JsonDocumentOptions options)
    {
        CheckTexts(json.Span, options.MaxDepth);
        return JsonDocument.Parse(json, options);
    }

    private static void CheckTexts(ReadOnlySpan<byte> json, int depthMax)
    {
        if (!Utf8.IsValid(json))
        {
            throw new JsonException("not UTF-8");
        }

        char[]? unescaped = null;
        try
        {
            var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = depthMax });
            while (reader.Read())
            {
                if (reader.TokenType is not (JsonTokenType.String or JsonTokenType.PropertyName) || !reader.ValueIsEscaped)
                {
                    continue;
                }

                if (unescaped is null || unescaped.Length < reader.ValueSpan.Length)
                {
                    Return(unescaped);
                    unescaped = ArrayPool<char>.Shared.Rent(reader.ValueSpan.Length);
                }

                reader.CopyString(unescaped);
            }
        }
        catch (InvalidOperationException half)
        {
            throw new JsonException("a text holds half a character", half);
        }
        finally
        {
            Return(unescaped);
        }
    }

    private static void Return(char[]? rented)
    {
        if (rented is not null)
        {
            ArrayPool<char>.Shared.Return(rented);
        }
    }
}
