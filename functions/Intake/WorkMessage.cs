using System.Text.Json;
using System.Text.Json.Serialization;
using MaritimeWatch.Intake.Ais;
using MaritimeWatch.Log;

namespace MaritimeWatch.Functions.Intake;

/// <summary>What the doors put on the queue: which landed blob to decode, and what its bytes do not say.</summary>
public sealed record WorkMessage
{
    /// <summary>The newest format this build writes and reads.</summary>
    public const int FormatNow = 1;

    /// <summary>Marks that a message may have; a door makes one for each step of time in a blob, some hundreds at most.</summary>
    public const int MarksMax = 4_096;

    /// <summary>Format of the message.</summary>
    public int Format { get; init; } = FormatNow;

    /// <summary>The landed blob's name.</summary>
    public required string Landed { get; init; }

    /// <summary>Its hash.</summary>
    public required string Hash { get; init; }

    /// <summary>Its length in bytes.</summary>
    public required long Length { get; init; }

    /// <summary>Who sent it.</summary>
    public required string Source { get; init; }

    /// <summary>Document, stream or batch: whether the same bytes again are a repeat.</summary>
    public required DeliveryKind Kind { get; init; }

    /// <summary>When which part was received; at least one.</summary>
    public required IReadOnlyList<ReceivedMark> Marks { get; init; }

    /// <summary>The trace that it goes on in, W3C <c>traceparent</c>; null and not written where nobody listens. No entry carries it.</summary>
    [JsonPropertyName("traceparent")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? TraceParent { get; init; }

    /// <summary>When the first byte was received.</summary>
    [JsonIgnore]
    public DateTimeOffset ReceivedAt => DateTimeOffset.FromUnixTimeMilliseconds(Marks[0].ReceivedAtMs);

    /// <summary>
    /// Names the batch beside its landing hash. A document or a batch is the same whenever it comes. A stretch of a stream is
    /// itself only at its time: a moored ship may send the same bytes every three minutes, and all of them count.
    /// </summary>
    [JsonIgnore]
    public int Part => Kind != DeliveryKind.Stream ? 0 : 1 + (int)(Marks[0].ReceivedAtMs % (int.MaxValue - 1));

    /// <summary>The landed blob that it names.</summary>
    public LandedBlob ToLandedBlob() => new(Landed, Hash, Length, Source, ReceivedAt);

    /// <summary>As the queue carries it.</summary>
    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, WorkMessageJson.Default.WorkMessage);

    /// <summary>Reads a message.</summary>
    /// <exception cref="InvalidDataException">It is damaged, from a newer version, or says what no door of ours says.</exception>
    public static WorkMessage Parse(ReadOnlyMemory<byte> bytes)
    {
        QueuedLanding.CheckSize(bytes);
        try
        {
            var message = JsonSerializer.Deserialize(bytes.Span, WorkMessageJson.Default.WorkMessage) is { Format: FormatNow } read
                ? read
                : throw new InvalidDataException("the message is from a newer version");
            QueuedLanding.Check(message);
            return message;
        }
        catch (JsonException e)
        {
            throw new InvalidDataException("the message is damaged", e);
        }
    }
}

/// <summary>Without reflection.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, UseStringEnumConverter = true)]
[JsonSerializable(typeof(WorkMessage))]
internal sealed partial class WorkMessageJson : JsonSerializerContext;
