using System.Text.Json;
using System.Text.Json.Serialization;
using MaritimeWatch.Log;

namespace MaritimeWatch.Functions.Hosted;

/// <summary>
/// "This group should get beyond entry <see cref="Number"/>", or "this stage's relay should look" (number 0). It is a hint
/// that may come twice or late: the inbox is the truth.
/// </summary>
public sealed record WakeMessage
{
    /// <summary>The newest format this build writes and reads.</summary>
    public const int FormatNow = 1;

    /// <summary>No store has more groups than there are shards of vessels.</summary>
    public const int GroupsMax = 256;

    /// <summary>Format of the message.</summary>
    public int Format { get; init; } = FormatNow;

    /// <summary>One of <see cref="StageNames"/>.</summary>
    public required string Stage { get; init; }

    /// <summary>The group, from 0.</summary>
    public required int Group { get; init; }

    /// <summary>The entry that should be folded, from 1; 0 asks the stage's relay to look.</summary>
    public required long Number { get; init; }

    /// <summary>The group's generation when this was sent: if it has not moved since, whoever folds it is asleep or dead.</summary>
    public required long Generation { get; init; }

    /// <summary>As the queue carries it.</summary>
    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, WakeMessageJson.Default.WakeMessage);

    /// <summary>Reads a message.</summary>
    /// <param name="bytes">The message.</param>
    /// <exception cref="InvalidDataException">It is damaged, from a newer version, or of a group that no store has.</exception>
    public static WakeMessage Parse(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            var wake = JsonSerializer.Deserialize(bytes.Span, WakeMessageJson.Default.WakeMessage) is { Format: FormatNow } read
                ? read
                : throw new InvalidDataException("the message is from a newer version");
            return (wake.Stage == StageNames.Watch || StageNames.AfterWatch.Contains(wake.Stage))
                && wake is { Group: >= 0 and < GroupsMax, Number: >= 0, Generation: >= GroupPump.UnknownGeneration }
                ? wake
                : throw new InvalidDataException("the message is about no group");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException("the message is damaged", e);
        }
    }
}

/// <summary>Without reflection.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(WakeMessage))]
internal sealed partial class WakeMessageJson : JsonSerializerContext;
