using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace MaritimeWatch.Log.Sealing;

/// <summary>
/// Lands personal data: as <see cref="Landing"/>, but sealed under the key of the day on which it was received. The hash
/// is over the stored bytes, so it gives nothing away; the same bytes twice are two blobs, and the stage that folds them
/// knows them by what they say.
/// </summary>
/// <param name="store">Where they are kept.</param>
/// <param name="keys">The keys of that store.</param>
public sealed class SealedLanding(IBlobStore store, KeyRing keys)
{
    /// <summary>Where copies lie that are held as evidence.</summary>
    internal const string HeldFolder = "evidence/held/";

    /// <summary>Lands bytes. Nothing may be acknowledged before this has returned.</summary>
    /// <param name="source">Who sent them: one segment of a blob name, best <c>DOOR</c> or <c>DOOR.SENDER</c>.</param>
    /// <param name="receivedAt">When they came.</param>
    /// <param name="clear">The bytes.</param>
    /// <param name="cancel">Stops the writing.</param>
    /// <exception cref="StoreException">The bytes are not (or not surely) kept: do not acknowledge them.</exception>
    public async ValueTask<LandedBlob> LandAsync(
        string source, DateTimeOffset receivedAt, ReadOnlyMemory<byte> clear, CancellationToken cancel = default)
    {
        var key = await keys.DayKeyForSealingAsync(DateOnly.FromDateTime(receivedAt.UtcDateTime), cancel);
        var bytes = Seal.Close(key.Span, keys.RandomBytes, clear.Span, BoundTo("landing", source, receivedAt));
        var hash = Convert.ToHexStringLower(SHA256.HashData(bytes));
        var name = LandedBlob.NameOf(source, receivedAt, hash);
        await store.PutAsync(name, bytes, PutCondition.IfAbsent, cancel);
        return new LandedBlob(name, hash, bytes.Length, source, receivedAt.ToUniversalTime());
    }

    /// <summary>Opens landed bytes.</summary>
    /// <param name="name">The landed name.</param>
    /// <param name="cancel">Stops the reading.</param>
    /// <returns>The clear bytes, or that they were erased and why.</returns>
    /// <exception cref="InvalidDataException">The stored bytes were altered.</exception>
    /// <exception cref="StoreException">FixInput: it is no name of landed bytes. Else trouble in the store.</exception>
    public async ValueTask<SealedContent> OpenAsync(string name, CancellationToken cancel = default)
    {
        var landed = LandedBlob.FromName(name);
        var day = DateOnly.FromDateTime(landed.ReceivedAt.UtcDateTime);
        if (await keys.DayKeyAsync(day, cancel) is { } key && await store.GetAsync(name, cancel) is { } blob)
        {
            CheckHash(name, landed.Hash, blob.Bytes.Span);
            return SealedContent.Of(Seal.Open(key.Span, blob.Bytes.Span, BoundTo("landing", landed.Source, landed.ReceivedAt)));
        }

        if (await OpenHeldAsync(landed.Hash, cancel) is { } held)
        {
            return SealedContent.Of(held);
        }

        var erasure = await keys.ErasureOfDayAsync(day, cancel);
        return SealedContent.Erased(erasure?.ToWords() ?? $"gone: {name} is no longer in the store");
    }

    /// <summary>Why landed bytes can no longer be read, for people; null where they can. Reads none of them.</summary>
    /// <param name="name">The landed name, sealed or not.</param>
    /// <param name="cancel">Stops the reading.</param>
    /// <exception cref="StoreException">FixInput: it is no name of landed bytes. Else trouble in the store.</exception>
    public async ValueTask<string?> ErasureOfAsync(string name, CancellationToken cancel = default)
    {
        var landed = LandedBlob.FromName(name);
        var day = DateOnly.FromDateTime(landed.ReceivedAt.UtcDateTime);
        await using var blob = await store.OpenReadAsync(name, 0, cancel);
        if ((blob is not null && (blob.ReadByte() != Seal.Version || await keys.DayKeyAsync(day, cancel) is not null))
            || await OpenHeldAsync(landed.Hash, cancel) is not null)
        {
            return null;
        }

        return (await keys.ErasureOfDayAsync(day, cancel))?.ToWords() ?? $"gone: {name} is no longer kept";
    }

    /// <summary>
    /// Holds landed bytes as evidence: seals a copy under the hold's own key, which the purge of the day does not touch.
    /// </summary>
    /// <param name="id">The hold: one segment of a blob name (an alert's id, a case number's hash).</param>
    /// <param name="names">The landed blobs.</param>
    /// <param name="cancel">Stops; repeat it then.</param>
    /// <returns>How many are held now; what was erased already cannot be.</returns>
    public async ValueTask<int> HoldAsync(string id, IEnumerable<string> names, CancellationToken cancel = default)
    {
        var key = await keys.HoldKeyForSealingAsync(id, cancel);
        var count = 0;
        foreach (var name in names.Distinct(StringComparer.Ordinal))
        {
            var content = await OpenAsync(name, cancel);
            if (!content.IsErased)
            {
                var hash = LandedBlob.HashOf(name);
                var bytes = Seal.Close(key.Span, keys.RandomBytes, content.Clear.Span, Encoding.ASCII.GetBytes($"held {id} {hash}"));
                await store.PutAsync($"{HeldFolder}{hash}/{id}", bytes, PutCondition.IfAbsent, cancel);
                count++;
            }
        }

        return count;
    }

    /// <summary>Ends a hold: erases its key. What was held then follows the ordinary retention.</summary>
    /// <param name="id">The hold.</param>
    /// <param name="now">Now; it is noted.</param>
    /// <param name="cancel">Stops; repeat it then.</param>
    public ValueTask<bool> ReleaseAsync(string id, DateTimeOffset now, CancellationToken cancel = default) =>
        keys.DeleteHoldAsync(id, now, "the hold was released", cancel);

    internal static byte[] BoundTo(string folder, string source, DateTimeOffset receivedAt) =>
        Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{folder}/{source}/{receivedAt.UtcDateTime:yyyy-MM-dd}"));

    private async ValueTask<ReadOnlyMemory<byte>?> OpenHeldAsync(string hash, CancellationToken cancel)
    {
        await foreach (var entry in store.ListAsync($"{HeldFolder}{hash}/", cancel))
        {
            var id = entry.Name[(entry.Name.LastIndexOf('/') + 1)..];
            if (await keys.HoldKeyAsync(id, cancel) is { } key && await store.GetAsync(entry.Name, cancel) is { } blob)
            {
                return Seal.Open(key.Span, blob.Bytes.Span, Encoding.ASCII.GetBytes($"held {id} {hash}"));
            }
        }

        return null;
    }

    private static void CheckHash(string name, string expected, ReadOnlySpan<byte> bytes)
    {
        if (Convert.ToHexStringLower(SHA256.HashData(bytes)) is var found && found != expected)
        {
            throw new InvalidDataException($"{name} has been altered: its SHA-256 is {found}");
        }
    }
}

/// <summary>What opening sealed bytes came to.</summary>
/// <param name="Clear">The bytes; empty where they were erased.</param>
/// <param name="Erasure">Why there is nothing, for people; null where there is.</param>
public sealed record SealedContent(ReadOnlyMemory<byte> Clear, string? Erasure)
{
    /// <summary>The key is gone, and with it what was sealed.</summary>
    public bool IsErased => Erasure is not null;

    internal static SealedContent Of(ReadOnlyMemory<byte> clear) => new(clear, null);

    internal static SealedContent Erased(string why) => new(default, why);
}
