using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace MaritimeWatch.Functions.Outlet;

/// <summary>
/// A push on the queue <c>alert-delivery</c>: one line of <c>deliveries</c>, and where it stands with one target. It names
/// neither ship nor party; who may have the whole alert gets it read from the store.
/// </summary>
public sealed record AlertMessage
{
    /// <summary>The newest format this build writes and reads.</summary>
    public const int FormatNow = 1;

    /// <summary>Format of the message.</summary>
    public int Format { get; init; } = FormatNow;

    /// <summary>The push's id, <c>ALERT-REVISION</c>: the same however often it is sent.</summary>
    public required string Id { get; init; }

    /// <summary>The alert.</summary>
    public required string Alert { get; init; }

    /// <summary>Its revision, from 1.</summary>
    public required int Revision { get; init; }

    /// <summary>The generation of the alerts stage that brought the line: where the whole alert is found.</summary>
    public required long Generation { get; init; }

    /// <summary>LOCODE of the port whose officers get it.</summary>
    public required string Port { get; init; }

    /// <summary>high, normal or low.</summary>
    public required string Urgency { get; init; }

    /// <summary>open, acknowledged, decided or closed.</summary>
    public required string State { get; init; }

    /// <summary>What may stand on a locked screen.</summary>
    public required string Text { get; init; }

    /// <summary>When the revision could be said.</summary>
    public required DateTimeOffset KnownAt { get; init; }

    /// <summary>Something in the evidence is invented.</summary>
    public bool Simulated { get; init; }

    /// <summary>The only target it is for, or null at first: all that fit.</summary>
    public string? Target { get; init; }

    /// <summary>Pushes to that target that failed.</summary>
    public int Failed { get; init; }

    /// <summary>Not to be pushed before, milliseconds since 1970 UTC; an embedded queue forgets delays in a restart. 0: at once.</summary>
    public long NotBeforeMs { get; init; }

    /// <summary>As the queue carries it.</summary>
    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, PushJson.Default.AlertMessage);

    /// <summary>Reads a message.</summary>
    /// <param name="bytes">The message.</param>
    /// <exception cref="InvalidDataException">It is damaged or from a newer version.</exception>
    public static AlertMessage Parse(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            return JsonSerializer.Deserialize(bytes.Span, PushJson.Default.AlertMessage) is { Format: FormatNow, Revision: > 0, Failed: >= 0 } message
                && IsName(message.Id) && IsName(message.Alert) && IsName(message.Port)
                ? message
                : throw new InvalidDataException("the message is no push, or from a newer version");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException("the message is damaged", e);
        }
    }

    /// <summary>The push of a line of <c>deliveries</c>, or null where the line is none.</summary>
    /// <param name="line">A feature.</param>
    /// <param name="generation">Of the commit that brought it.</param>
    internal static AlertMessage? OfLine(ReadOnlySpan<byte> line, long generation)
    {
        try
        {
            var reader = new Utf8JsonReader(line);
            var properties = JsonElement.ParseValue(ref reader).GetProperty("properties");
            var message = new AlertMessage
            {
                Id = properties.GetProperty("id").GetString()!,
                Alert = properties.GetProperty("alert").GetString()!,
                Revision = properties.GetProperty("revision").GetInt32(),
                Generation = generation,
                Port = properties.GetProperty("port").GetString()!,
                Urgency = properties.GetProperty("urgency").GetString()!,
                State = properties.GetProperty("state").GetString()!,
                Text = properties.GetProperty("text").GetString()!,
                KnownAt = DateTimeOffset.Parse(properties.GetProperty("known_at").GetString()!, CultureInfo.InvariantCulture),
                Simulated = properties.GetProperty("simulated").GetBoolean(),
            };
            return Parse(message.ToBytes());
        }
        catch (Exception wrong) when (wrong is JsonException or KeyNotFoundException or InvalidOperationException or FormatException
            or ArgumentNullException or InvalidDataException)
        {
            return null;
        }
    }

    // Ids become parts of blob names and headers.
    private static bool IsName(string? text) =>
        text is { Length: > 0 and <= 128 } && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.') && text[0] != '.';
}

/// <summary>Without reflection.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(AlertMessage))]
[JsonSerializable(typeof(OutboxCursor))]
[JsonSerializable(typeof(WebhookList))]
[JsonSerializable(typeof(PushRecord))]
internal sealed partial class PushJson : JsonSerializerContext;
