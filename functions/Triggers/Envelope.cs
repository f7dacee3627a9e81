using System.Text;
using System.Text.Json;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Functions.Triggers;

/// <summary>
/// What the Functions host posts for a trigger that is not HTTP: <c>{"Data":{name: value},"Metadata":{...}}</c>. A value is
/// JSON, or JSON inside a JSON string, or (a single binary message) base64 inside a JSON string. Metadata is never looked
/// at: a message's own body can overwrite it.
/// </summary>
public sealed class Envelope : IDisposable
{
    /// <summary>The largest envelope that is read, bytes.</summary>
    public const int BytesMax = 8 << 20;

    /// <summary>The most messages that a batch may have; the host is configured for fewer.</summary>
    public const int MessagesMax = 65_536;

    private const int DepthMax = 32;
    private const int RawDepthMax = 1_000;

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = DepthMax, AllowDuplicateProperties = false };

    private readonly JsonDocument document;
    private readonly List<JsonDocument> inner = [];
    private readonly JsonElement data;

    private Envelope(JsonDocument document, JsonElement data) => (this.document, this.data) = (document, data);

    /// <summary>
    /// The message of an envelope as it is, for dead letters alone: nothing is refused, because what is refused here would
    /// be lost. A text that holds JSON of a text is that text; any other text is itself; any other JSON is its own text; and
    /// of what is no envelope all of it is the message.
    /// </summary>
    /// <param name="body">The request's body.</param>
    /// <param name="name">The binding's name in function.json.</param>
    public static ReadOnlyMemory<byte> RawMessage(ReadOnlyMemory<byte> body, string name)
    {
        try
        {
            using var document = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = RawDepthMax });
            if (document.RootElement.ValueKind != JsonValueKind.Object
                || !document.RootElement.TryGetProperty("Data", out var data) || data.ValueKind != JsonValueKind.Object
                || !data.TryGetProperty(name, out var value))
            {
                return body;
            }

            return Encoding.UTF8.GetBytes(value.ValueKind == JsonValueKind.String ? RawText(value.GetString()!) : value.GetRawText());
        }
        catch (Exception wrong) when (wrong is JsonException or InvalidOperationException)
        {
            return body; // Also a text with half a surrogate pair, which has no UTF-8.
        }
    }

    /// <summary>Reads an envelope.</summary>
    /// <param name="body">The request's body.</param>
    /// <exception cref="EnvelopeException">It is no envelope; the message says why.</exception>
    public static Envelope Parse(ReadOnlyMemory<byte> body)
    {
        if (body.Length > BytesMax)
        {
            throw new EnvelopeException(FormattableString.Invariant($"the envelope has {body.Length} bytes; at most {BytesMax} are read"));
        }

        var document = ParseJson(body, "the envelope is no sound JSON");
        if (document.RootElement.ValueKind != JsonValueKind.Object
            || !document.RootElement.TryGetProperty("Data", out var data) || data.ValueKind != JsonValueKind.Object)
        {
            document.Dispose();
            throw new EnvelopeException("the envelope has no object Data");
        }

        return new Envelope(document, data);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        document.Dispose();
        inner.ForEach(one => one.Dispose());
    }

    /// <summary>A value as JSON, decoded once more where it is a string.</summary>
    /// <param name="name">The binding's name in function.json.</param>
    /// <exception cref="EnvelopeException">It is absent or no JSON.</exception>
    public JsonElement Value(string name)
    {
        var value = Member(name);
        if (value.ValueKind != JsonValueKind.String)
        {
            return value;
        }

        var text = ParseJson(Encoding.UTF8.GetBytes(value.GetString()!), $"Data.{name} is a string that holds no JSON");
        inner.Add(text);
        return text.RootElement;
    }

    /// <summary>The message that a value carries, as bytes: an object's JSON, or a string's text.</summary>
    /// <param name="name">The binding's name in function.json.</param>
    /// <exception cref="EnvelopeException">It is absent or neither an object nor a text.</exception>
    public ReadOnlyMemory<byte> Message(string name) => BytesOf(Value(name), $"Data.{name}");

    /// <summary>The messages of a batch.</summary>
    /// <param name="name">The binding's name in function.json; its cardinality is many.</param>
    /// <exception cref="EnvelopeException">It is absent or no array of texts or objects.</exception>
    public IReadOnlyList<ReadOnlyMemory<byte>> Messages(string name)
    {
        var value = Value(name);
        return value.ValueKind == JsonValueKind.Array && value.GetArrayLength() > MessagesMax
            ? throw new EnvelopeException(FormattableString.Invariant($"Data.{name} has more than {MessagesMax} messages"))
            : value.ValueKind == JsonValueKind.Array
            ? [.. value.EnumerateArray().Select((one, index) => BytesOf(one, FormattableString.Invariant($"Data.{name}[{index}]")))]
            : throw new EnvelopeException($"Data.{name} is no array");
    }

    /// <summary>A single binary message, which the host gives as base64.</summary>
    /// <param name="name">The binding's name in function.json.</param>
    /// <exception cref="EnvelopeException">It is absent or no base64.</exception>
    public ReadOnlyMemory<byte> Binary(string name)
    {
        var value = Member(name);
        return value.ValueKind == JsonValueKind.String && value.TryGetBytesFromBase64(out var bytes)
            ? bytes
            : throw new EnvelopeException($"Data.{name} is no base64");
    }

    private JsonElement Member(string name) => data.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null
        ? value
        : throw new EnvelopeException($"the envelope has no Data.{name}");

    private static string RawText(string text)
    {
        try
        {
            using var inner = JsonDocument.Parse(text, Strict);
            return inner.RootElement.ValueKind == JsonValueKind.String ? inner.RootElement.GetString()! : text;
        }
        catch (JsonException)
        {
            return text;
        }
    }

    private static ReadOnlyMemory<byte> BytesOf(JsonElement value, string name) => value.ValueKind switch
    {
        JsonValueKind.String => Encoding.UTF8.GetBytes(value.GetString()!),
        JsonValueKind.Object => Encoding.UTF8.GetBytes(value.GetRawText()),
        _ => throw new EnvelopeException($"{name} is neither a text nor an object"),
    };

    private static JsonDocument ParseJson(ReadOnlyMemory<byte> json, string otherwise)
    {
        try
        {
            return SoundJson.Parse(json, Strict);
        }
        catch (JsonException e)
        {
            throw new EnvelopeException($"{otherwise} (line {(e.LineNumber ?? 0) + 1})", e);
        }
    }
}

/// <summary>What was posted is not what the Functions host posts for this trigger: sending it again will not help.</summary>
public sealed class EnvelopeException : Exception
{
    /// <summary>With what is wrong.</summary>
    public EnvelopeException(string message)
        : base(message)
    {
    }

    /// <summary>With what is wrong and its cause.</summary>
    public EnvelopeException(string message, Exception cause)
        : base(message, cause)
    {
    }
}
