using System.Text.Json;
using System.Text.Json.Serialization;

namespace MaritimeWatch.Functions.Intake;

/// <summary>
/// What a door other than AIS says of something that it has landed: which blob, and what its bytes do not say. It goes
/// over the door's queue, or straight to the decoder in a replay.
/// </summary>
public sealed record LandedNote
{
    /// <summary>The newest format this build writes and reads.</summary>
    public const int FormatNow = 1;

    /// <summary>Facts that a note may have.</summary>
    public const int FactsMax = 32;

    /// <summary>Format of the note.</summary>
    public int Format { get; init; } = FormatNow;

    /// <summary>The door: <c>plates</c>, <c>manifests</c>, <c>notices</c> or <c>scenes</c>.</summary>
    public required string Door { get; init; }

    /// <summary>The landed blob's name.</summary>
    public required string Landed { get; init; }

    /// <summary>Hash of the stored bytes, lower-case hexadecimal.</summary>
    public required string Hash { get; init; }

    /// <summary>Length of the stored bytes.</summary>
    public required long Length { get; init; }

    /// <summary>Who sent it.</summary>
    public required string Source { get; init; }

    /// <summary>When it was received, milliseconds since 1970 UTC.</summary>
    public required long ReceivedAtMs { get; init; }

    /// <summary>What the sender said it is (<c>text/csv</c>), or null.</summary>
    public string? ContentType { get; init; }

    /// <summary>The name of the file, for people, or null.</summary>
    public string? FileName { get; init; }

    /// <summary>
    /// True in a replay: what it says is taken as known at its own time (a read's, a document's, a scene's), not at
    /// <see cref="ReceivedAtMs"/>.
    /// </summary>
    public bool IsRecorded { get; init; }

    /// <summary>It holds invented data.</summary>
    public bool IsSimulated { get; init; }

    /// <summary>What else the sender said: scene time, sensor...</summary>
    public SortedDictionary<string, string> Facts { get; init; } = new(StringComparer.Ordinal);

    /// <summary>The trace that it goes on in, W3C <c>traceparent</c>; null and not written where nobody listens. No entry carries it.</summary>
    [JsonPropertyName("traceparent")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? TraceParent { get; init; }

    /// <summary>When it was received, UTC.</summary>
    [JsonIgnore]
    public DateTimeOffset ReceivedAt => DateTimeOffset.FromUnixTimeMilliseconds(ReceivedAtMs);

    /// <summary>As the queue carries it.</summary>
    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, LandedNoteJson.Default.LandedNote);

    /// <summary>Reads a note.</summary>
    /// <exception cref="InvalidDataException">It is damaged, from a newer version, or says what no door of ours says.</exception>
    public static LandedNote Parse(ReadOnlyMemory<byte> bytes)
    {
        QueuedLanding.CheckSize(bytes);
        try
        {
            var note = JsonSerializer.Deserialize(bytes.Span, LandedNoteJson.Default.LandedNote) is { Format: FormatNow } read
                ? read
                : throw new InvalidDataException("the note is from a newer version");
            QueuedLanding.Check(note);
            return note;
        }
        catch (JsonException e)
        {
            throw new InvalidDataException("the note is damaged", e);
        }
    }
}

/// <summary>Without reflection.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(LandedNote))]
internal sealed partial class LandedNoteJson : JsonSerializerContext;
