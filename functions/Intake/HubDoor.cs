using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using MaritimeWatch.Intake.Ais;
using MaritimeWatch.Log;

namespace MaritimeWatch.Functions.Intake;

/// <summary>
/// Lands what an event hub delivers: one blob for a delivery, or several where it is too large for one. A message is one line
/// of AIS or several, and what belongs together (the parts of one sentence) belongs into one message. Nothing is judged
/// here: what is no AIS is landed too, and the decoder refuses it with its reason.
/// </summary>
/// <remarks>
/// The host delivers a batch again when we fail or are killed. Sequence numbers come as metadata, which is not
/// trusted, so a batch is known by its bytes. Where it holds many different lines, the same bytes can only be the same
/// batch. A batch of a few lines can honestly come twice (a moored ship repeats itself), so the first receipt of such
/// bytes is noted in <c>hub/{source}/{hash}</c>: within <see cref="RedeliveredWithin"/> they are the same batch, and later
/// they are another. A batch that comes again cut otherwise is not known here; the watch drops its reports as duplicates where
/// they carry their own time or come within 30 s.
/// </remarks>
/// <param name="intake">Where the bytes go.</param>
/// <param name="store">Where receipts of short batches are noted.</param>
/// <param name="time">The clock of received_at.</param>
/// <param name="source">What the hub is called as a source.</param>
public sealed class HubDoor(IIntake intake, IBlobStore store, TimeProvider time, SourceName source)
{
    /// <summary>The largest blob, bytes.</summary>
    public const int BlobBytesMax = 4 << 20;

    /// <summary>From so many different lines on, the same bytes are the same batch.</summary>
    public const int TellingLines = 16;

    /// <summary>How long the same few lines count as delivered again.</summary>
    public static readonly TimeSpan RedeliveredWithin = TimeSpan.FromMinutes(10);

    private const string Folder = "hub";
    private const int AttemptsMax = 4;

    /// <summary>The source's name for a hub; <c>eventhub</c> where the hub's own name cannot be one.</summary>
    /// <param name="hub">The hub's name (MW_AIS_HUB), or null.</param>
    public static SourceName SourceOf(string? hub) =>
        SourceName.TryParse(hub, out var name) && !QueuedLanding.IsOfAnotherDoor(name.Value) ? name : SourceName.Parse("eventhub");

    /// <summary>Lands and queues a delivery; when it returns, all of it is durable.</summary>
    /// <param name="messages">The messages, as they came.</param>
    /// <param name="cancel">Gives up; the host delivers the same again.</param>
    /// <exception cref="StoreException">Not all of it is surely landed: the host must deliver it again.</exception>
    public async Task TakeAsync(IReadOnlyList<ReadOnlyMemory<byte>> messages, CancellationToken cancel)
    {
        foreach (var blob in Cut(messages))
        {
            await LandAsync(blob, cancel);
        }
    }

    /// <summary>The blobs of a delivery: the same for the same messages. A message is divided only if it is larger than a blob.</summary>
    internal static IEnumerable<ReadOnlyMemory<byte>> Cut(IReadOnlyList<ReadOnlyMemory<byte>> messages)
    {
        using var blob = new MemoryStream();
        foreach (var message in messages)
        {
            for (var rest = message; !rest.IsEmpty;)
            {
                var piece = rest.Length < BlobBytesMax ? rest : rest[..EndOfPiece(rest.Span)];
                rest = rest[piece.Length..];
                if (blob.Length > 0 && blob.Length + piece.Length + 1 > BlobBytesMax)
                {
                    yield return blob.ToArray();
                    blob.SetLength(0);
                }

                blob.Write(piece.Span);
                if (piece.Span[^1] != '\n')
                {
                    blob.WriteByte((byte)'\n');
                }
            }
        }

        if (blob.Length > 0)
        {
            yield return blob.ToArray();
        }
    }

    // After the last line that fits; a line that never ends is cut where the blob is full.
    private static int EndOfPiece(ReadOnlySpan<byte> bytes)
    {
        const int Room = BlobBytesMax - 1; // The line end that a cut line gets.
        var end = bytes[..Room].LastIndexOf((byte)'\n');
        return end < 0 ? Room : end + 1;
    }

    private async Task LandAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancel)
    {
        var nowMs = time.GetUtcNow().ToUnixTimeMilliseconds();
        var isTelling = IsTelling(bytes.Span);
        var receivedAtMs = isTelling ? nowMs : await FirstReceivedAsync(bytes, nowMs, cancel);
        await intake.AcceptAsync(
            source, isTelling ? DeliveryKind.Batch : DeliveryKind.Stream,
            new LandingCut(bytes, [new ReceivedMark(0, receivedAtMs)]), cancel);
    }

    private static bool IsTelling(ReadOnlySpan<byte> bytes)
    {
        const int HeadBytes = 120; // As long as a sentence may be, with its TAG block.
        var lines = new HashSet<string>(StringComparer.Ordinal);
        foreach (var range in bytes.Split((byte)'\n'))
        {
            var line = bytes[range].TrimEnd((byte)'\r');
            line = line[..Math.Min(line.Length, HeadBytes)];
            if (!line.IsEmpty && lines.Add(Encoding.Latin1.GetString(line)) && lines.Count >= TellingLines)
            {
                return true;
            }
        }

        return false;
    }

    private async ValueTask<long> FirstReceivedAsync(ReadOnlyMemory<byte> bytes, long nowMs, CancellationToken cancel)
    {
        var name = $"{Folder}/{source}/{Convert.ToHexStringLower(SHA256.HashData(bytes.Span))}";
        var now = Encoding.ASCII.GetBytes(nowMs.ToString(CultureInfo.InvariantCulture));
        var condition = PutCondition.IfAbsent;
        for (var attempt = 0; attempt < AttemptsMax; attempt++)
        {
            if ((await store.PutAsync(name, now, condition, cancel)).Written)
            {
                return nowMs;
            }

            if (await store.GetAsync(name, cancel) is { } note)
            {
                if (long.TryParse(note.Bytes.Span, NumberStyles.None, CultureInfo.InvariantCulture, out var firstMs)
                    && Math.Abs(nowMs - firstMs) <= (long)RedeliveredWithin.TotalMilliseconds)
                {
                    return firstMs;
                }

                condition = PutCondition.IfMatch(note.ETag);
            }
            else
            {
                condition = PutCondition.IfAbsent; // Retention has just removed it.
            }
        }

        throw new StoreException(StoreTrouble.Retry, "the receipt of a batch is being noted by others at the same time");
    }
}
