using System.Text.Json;
using MaritimeWatch.Log;

namespace MaritimeWatch.Functions.Outlet;

/// <summary>How far the outbox has got, and who is on it: the blob <c>outbox/alerts</c>, changed by conditional writes alone.</summary>
internal sealed record OutboxCursor
{
    public const string BlobName = "outbox/alerts";

    /// <summary>The newest format this build writes and reads.</summary>
    public const int FormatNow = 1;

    public int Format { get; init; } = FormatNow;

    /// <summary>Every delivery of this generation and those before is on the queue.</summary>
    public required long Generation { get; init; }

    /// <summary>Until then somebody is sending what comes after; 0 for nobody. Only saves work: who is late sends the same ids again.</summary>
    public long ClaimedUntilMs { get; init; }

    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, PushJson.Default.OutboxCursor);

    public static OutboxCursor Parse(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return JsonSerializer.Deserialize(bytes, PushJson.Default.OutboxCursor) is { Format: FormatNow, Generation: >= 0 } cursor
                ? cursor
                : throw new StoreException(StoreTrouble.Stop, $"{BlobName} is from a newer version");
        }
        catch (JsonException e)
        {
            throw new StoreException(StoreTrouble.Stop, $"{BlobName} is damaged", e);
        }
    }
}
