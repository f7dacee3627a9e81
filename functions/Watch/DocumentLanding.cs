using System.Security.Cryptography;
using MaritimeWatch.Functions.Intake;
using MaritimeWatch.Log;
using MaritimeWatch.Log.Sealing;

namespace MaritimeWatch.Functions.Watch;

/// <summary>
/// Lands the documents of a replay as their doors would: sealed where they hold personal data. A document that the store
/// holds already is not landed again; what tells is a hash under a key of the store, so that it gives nothing away.
/// </summary>
/// <param name="store">The store.</param>
/// <param name="time">The clock: when they were received.</param>
internal sealed class DocumentLanding(WatchStore store, TimeProvider time)
{
    private const string KeyBlob = "replay/key";
    private const int KeyBytes = 32;
    private const int DocumentBytesMax = 1 << 30;

    /// <summary>Lands one document, or finds what an earlier run landed.</summary>
    /// <param name="door">The door that it belongs to.</param>
    /// <param name="path">The file.</param>
    /// <param name="isSimulated">It is of a scenario.</param>
    /// <param name="cancel">Stops; run it again.</param>
    /// <exception cref="InvalidDataException">The file is larger than a document may be.</exception>
    public async Task<LandedNote> LandAsync(string door, string path, bool isSimulated, CancellationToken cancel)
    {
        if (new FileInfo(path).Length > DocumentBytesMax)
        {
            throw new InvalidDataException($"{path} is larger than {DocumentBytesMax >> 20} MiB, which is the most a document may have");
        }

        var bytes = await File.ReadAllBytesAsync(path, cancel);
        var facts = door == SceneDecoder.DoorName ? await FactsAsync(path, cancel) : new SortedDictionary<string, string>(StringComparer.Ordinal);
        var name = $"replay/{door}/{await HashAsync(bytes, cancel)}";
        if (await store.Blobs.GetAsync(name, cancel) is { } held)
        {
            return LandedNote.Parse(held.Bytes);
        }

        var receivedAt = time.GetUtcNow();
        var source = $"{door}.{RecordingInputs.SourceOf(path)}";
        var landed = door == SceneDecoder.DoorName
            ? await new Landing(store.Blobs).LandAsync(source, receivedAt, bytes, cancel)
            : await new SealedLanding(store.Blobs, store.Keys).LandAsync(source, receivedAt, bytes, cancel);
        var note = new LandedNote
        {
            Door = door,
            Landed = landed.Name,
            Hash = landed.Hash,
            Length = landed.Length,
            Source = source,
            ReceivedAtMs = receivedAt.ToUnixTimeMilliseconds(),
            FileName = Path.GetFileName(path),
            IsRecorded = true,
            IsSimulated = isSimulated,
            Facts = facts,
        };
        var put = await store.Blobs.PutAsync(name, note.ToBytes(), PutCondition.IfAbsent, cancel);
        return put.Written ? note : LandedNote.Parse((await store.Blobs.GetAsync(name, cancel))!.Value.Bytes);
    }

    // A scene whose item cannot be read is still a scene: its own tags may say when it was taken, and else the decoder refuses it.
    private static async Task<SortedDictionary<string, string>> FactsAsync(string path, CancellationToken cancel)
    {
        try
        {
            return (await SceneSidecar.ReadAsync(path, cancel)).ToFacts();
        }
        catch (FormatException wrong)
        {
            return new SortedDictionary<string, string>(StringComparer.Ordinal) { ["item_unread"] = wrong.Message };
        }
    }

    private async Task<string> HashAsync(byte[] bytes, CancellationToken cancel)
    {
        var key = await store.Blobs.GetAsync(KeyBlob, cancel);
        if (key is null)
        {
            var made = store.Vault.Wrap(RandomNumberGenerator.GetBytes(KeyBytes));
            await store.Blobs.PutAsync(KeyBlob, made, PutCondition.IfAbsent, cancel);
            key = await store.Blobs.GetAsync(KeyBlob, cancel);
        }

        return Convert.ToHexStringLower(HMACSHA256.HashData(store.Vault.Unwrap(key!.Value.Bytes.Span).Span, bytes))[..32];
    }
}
