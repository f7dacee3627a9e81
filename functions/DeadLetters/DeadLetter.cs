using System.Text.Json;
using System.Text.Json.Serialization;
using MaritimeWatch.Functions.Hosted;
using MaritimeWatch.Functions.Intake;
using MaritimeWatch.Functions.Outlet;
using MaritimeWatch.Log;

namespace MaritimeWatch.Functions.Letters;

/// <summary>A message that failed too often, as it is shown: never its bytes.</summary>
public sealed record DeadLetter
{
    /// <summary>Its queue, one of <see cref="DeadLetters.Queues"/>.</summary>
    public required string Queue { get; init; }

    /// <summary>Its id within the queue.</summary>
    public required string Id { get; init; }

    /// <summary>When it was kept; of an embedded queue's: when it was sent.</summary>
    public required DateTimeOffset KeptAt { get; init; }

    /// <summary>How often it was tried, or null where nobody knows.</summary>
    public int? Tries { get; init; }

    /// <summary>Why it died, in words of ours, or null where nobody knows.</summary>
    public string? Why { get; init; }

    /// <summary>Bytes of the message.</summary>
    public required int Length { get; init; }

    /// <summary>What it points to: a landed blob, an entry of a group, a push; null where it cannot be read.</summary>
    public string? About { get; init; }

    /// <summary>When it was last sent again, or null: it waits.</summary>
    public DateTimeOffset? RedrivenAt { get; init; }

    /// <summary>Which role sent it again, or null.</summary>
    public string? RedrivenBy { get; init; }
}

/// <summary>A letter with its bytes, as it is kept.</summary>
internal sealed record KeptLetter
{
    /// <summary>The newest format this build writes and reads.</summary>
    public const int FormatNow = 1;

    private const int AboutLengthMax = 200;

    public int Format { get; init; } = FormatNow;

    public required string Queue { get; init; }

    public required long KeptAtMs { get; init; }

    public int? Tries { get; init; }

    public string? Why { get; init; }

    /// <summary>The message; base64 in JSON.</summary>
    public required byte[] Body { get; init; }

    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, LetterJson.Default.KeptLetter);

    public static KeptLetter Parse(string name, ReadOnlySpan<byte> bytes)
    {
        try
        {
            return JsonSerializer.Deserialize(bytes, LetterJson.Default.KeptLetter) is { Format: FormatNow } letter
                ? letter
                : throw new StoreException(StoreTrouble.Stop, $"{name} is from a newer version");
        }
        catch (JsonException e)
        {
            throw new StoreException(StoreTrouble.Stop, $"{name} is damaged", e);
        }
    }

    /// <summary>What the message points to, from the formats that we write ourselves; anything else stays unsaid.</summary>
    public string? About()
    {
        var about = Queue switch
        {
            DeadLetters.HubQueue => null,
            QueueNames.Ais => Told(() => LandedBlob.FromName(WorkMessage.Parse(Body).Landed).Name),
            QueueNames.Wake => Told(() => WakeMessage.Parse(Body) is var wake ? $"{new GroupName(wake.Stage, wake.Group)} beyond {wake.Number}" : null),
            QueueNames.AlertDelivery => Told(() => AlertMessage.Parse(Body) is var push ? $"push {push.Id}{(push.Target is { } to ? " to " + to : string.Empty)}" : null),
            _ => Told(() => LandedBlob.FromName(LandedNote.Parse(Body).Landed).Name),
        };
        return about is { Length: <= AboutLengthMax } && about.All(c => c is >= ' ' and <= '~') ? about : null;
    }

    private static string? Told(Func<string?> read)
    {
        try
        {
            return read();
        }
        catch (Exception wrong) when (wrong is InvalidDataException or StoreException)
        {
            return null;
        }
    }
}

/// <summary>The note beside a letter that was sent again.</summary>
/// <param name="AtMs">When, milliseconds since 1970 UTC.</param>
/// <param name="By">Which role.</param>
internal sealed record RedriveNote(long AtMs, string By)
{
    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, LetterJson.Default.RedriveNote);

    public static RedriveNote? Parse(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return JsonSerializer.Deserialize(bytes, LetterJson.Default.RedriveNote);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>Without reflection.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(KeptLetter))]
[JsonSerializable(typeof(RedriveNote))]
internal sealed partial class LetterJson : JsonSerializerContext;
