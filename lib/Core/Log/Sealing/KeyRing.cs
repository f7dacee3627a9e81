using System.Globalization;
using System.Security.Cryptography;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Log.Sealing;

/// <summary>
/// The random keys of a store, each wrapped by the vault and kept as a blob of its own: <c>keys/day/{yyyy-MM-dd}</c> seals
/// what was received that day, <c>keys/epoch/{number}</c> makes tokens, <c>keys/hold/{id}</c> seals what is held as
/// evidence. Deleting the blob is the purge: keep the folder where there is neither versioning nor soft delete. Nothing is
/// cached, so that a purge by another process counts at once.
/// </summary>
public sealed class KeyRing
{
    internal const string DayFolder = "keys/day/";
    internal const string EpochFolder = "keys/epoch/";
    private const string SimulatedEpoch = "epoch/simulated";

    private readonly IBlobStore store;
    private readonly IVault vault;
    private readonly Func<int, byte[]> random;
    private readonly EpochCalendar wanted;

    /// <summary>The keys of a store.</summary>
    /// <param name="store">Where they lie, wrapped.</param>
    /// <param name="vault">What wraps them.</param>
    /// <param name="random">Gives as many cryptographically random bytes as it is asked for.</param>
    /// <param name="calendar">The epochs of a new store; an older store keeps its own. Default 21 and 7 days.</param>
    public KeyRing(IBlobStore store, IVault vault, Func<int, byte[]> random, EpochCalendar? calendar = null) =>
        (this.store, this.vault, this.random, wanted) = (store, vault, random, calendar ?? new EpochCalendar());

    internal Func<int, byte[]> RandomBytes => random;

    /// <summary>The calendar of this store's epochs; written down at the first call.</summary>
    /// <param name="cancel">Stops.</param>
    /// <exception cref="StoreException">Trouble in the store.</exception>
    public async ValueTask<EpochCalendar> CalendarAsync(CancellationToken cancel)
    {
        if (await store.GetAsync(EpochCalendar.BlobNameOf, cancel) is not { } there)
        {
            var put = await store.PutAsync(EpochCalendar.BlobNameOf, wanted.ToBytes(), PutCondition.IfAbsent, cancel);
            return put.Written ? wanted : await CalendarAsync(cancel);
        }

        return EpochCalendar.Parse(there.Bytes.Span);
    }

    /// <summary>
    /// What makes tokens of what was received at an instant: the key of that epoch and, in the overlap, that of the one
    /// before. Invented data gets the scenario's own key where one was imported.
    /// </summary>
    /// <param name="receivedAt">When the bytes were received: the purge counts from there.</param>
    /// <param name="isSimulated">The data is invented.</param>
    /// <param name="cancel">Stops.</param>
    /// <exception cref="StoreException">FixInput: the epoch's key has been erased. Else trouble in the store.</exception>
    public async ValueTask<TokenKeys> TokensAsync(DateTimeOffset receivedAt, bool isSimulated, CancellationToken cancel)
    {
        if (isSimulated && await FindAsync(SimulatedEpoch, cancel) is { } scenario)
        {
            return new TokenKeys(new PlateTokens(scenario.Span), null);
        }

        var calendar = await CalendarAsync(cancel);
        var current = await FindOrMakeAsync(EpochName(calendar.NumberAt(receivedAt)), cancel);
        var before = calendar.PreviousAt(receivedAt) is { } number ? await FindAsync(EpochName(number), cancel) : null;
        return new TokenKeys(new PlateTokens(current.Span), before is { } key ? new PlateTokens(key.Span) : null);
    }

    /// <summary>Takes the token key that a SIMULATED scenario brings, so that its truth names the same tokens.</summary>
    /// <param name="key">32 bytes; see <see cref="SimulatedEpochKey"/>.</param>
    /// <param name="cancel">Stops.</param>
    /// <exception cref="StoreException">FixInput: the store is not simulated, or has another such key already.</exception>
    public async ValueTask ImportEpochAsync(ReadOnlyMemory<byte> key, CancellationToken cancel)
    {
        if (await StoreFormat.ReadAsync(store, cancel) is not { Simulated: true })
        {
            throw new StoreException(StoreTrouble.FixInput, "a token key may be brought only into a store of simulated data");
        }

        if (key.Length != Seal.KeyBytes)
        {
            throw new StoreException(StoreTrouble.FixInput, $"a token key has {Seal.KeyBytes} bytes, not {key.Length}");
        }

        await store.PutAsync("keys/" + SimulatedEpoch, vault.Wrap(key.Span), PutCondition.IfAbsent, cancel);
        var held = await FindAsync(SimulatedEpoch, cancel) ?? throw Lost(SimulatedEpoch);
        if (!CryptographicOperations.FixedTimeEquals(held.Span, key.Span))
        {
            throw new StoreException(StoreTrouble.FixInput, "this store has the token key of another scenario: use a store of its own");
        }
    }

    /// <summary>Erases the key of a day: nothing that was sealed on it can be read again.</summary>
    /// <param name="day">The day, UTC.</param>
    /// <param name="now">Now; it is noted.</param>
    /// <param name="because">The rule that asks for it.</param>
    /// <param name="cancel">Stops; repeat it then.</param>
    /// <returns>False where there was no such key.</returns>
    public ValueTask<bool> DeleteDayAsync(DateOnly day, DateTimeOffset now, string because, CancellationToken cancel) =>
        EraseAsync(DayName(day), now, because, cancel);

    /// <summary>Erases the key of an epoch: its tokens can no longer be tied to a plate.</summary>
    /// <param name="number">The epoch.</param>
    /// <param name="now">Now; it is noted.</param>
    /// <param name="because">The rule that asks for it.</param>
    /// <param name="cancel">Stops; repeat it then.</param>
    /// <returns>False where there was no such key.</returns>
    public ValueTask<bool> DeleteEpochAsync(int number, DateTimeOffset now, string because, CancellationToken cancel) =>
        EraseAsync(EpochName(number), now, because, cancel);

    /// <summary>What became of the key of a day, or null where it was not erased.</summary>
    /// <param name="day">The day, UTC.</param>
    /// <param name="cancel">Stops.</param>
    public ValueTask<Erasure?> ErasureOfDayAsync(DateOnly day, CancellationToken cancel) => ErasureAsync(DayName(day), cancel);

    internal ValueTask<ReadOnlyMemory<byte>> DayKeyForSealingAsync(DateOnly day, CancellationToken cancel) =>
        FindOrMakeAsync(DayName(day), cancel);

    internal ValueTask<ReadOnlyMemory<byte>?> DayKeyAsync(DateOnly day, CancellationToken cancel) => FindAsync(DayName(day), cancel);

    internal ValueTask<ReadOnlyMemory<byte>> HoldKeyForSealingAsync(string id, CancellationToken cancel) =>
        FindOrMakeAsync("hold/" + id, cancel);

    internal ValueTask<ReadOnlyMemory<byte>?> HoldKeyAsync(string id, CancellationToken cancel) => FindAsync("hold/" + id, cancel);

    internal ValueTask<bool> DeleteHoldAsync(string id, DateTimeOffset now, string because, CancellationToken cancel) =>
        EraseAsync("hold/" + id, now, because, cancel);

    private async ValueTask<ReadOnlyMemory<byte>> FindOrMakeAsync(string key, CancellationToken cancel)
    {
        if (await FindAsync(key, cancel) is { } there)
        {
            return there;
        }

        if (await ErasureAsync(key, cancel) is { } erasure)
        {
            // A second key under the same name would make what was sealed under the first look damaged.
            throw new StoreException(StoreTrouble.FixInput, $"nothing can be sealed any more under {key}: {erasure.ToWords()}");
        }

        var fresh = random(Seal.KeyBytes);
        var put = await store.PutAsync("keys/" + key, vault.Wrap(fresh), PutCondition.IfAbsent, cancel);
        return put.Written ? fresh : await FindAsync(key, cancel) ?? throw Lost(key);
    }

    private async ValueTask<ReadOnlyMemory<byte>?> FindAsync(string key, CancellationToken cancel)
    {
        if (await store.GetAsync("keys/" + key, cancel) is not { } there)
        {
            return null;
        }

        try
        {
            return vault.Unwrap(there.Bytes.Span);
        }
        catch (InvalidDataException e)
        {
            throw new StoreException(StoreTrouble.Stop, $"{e.Message} (keys/{key})", e);
        }
    }

    private async ValueTask<bool> EraseAsync(string key, DateTimeOffset now, string because, CancellationToken cancel)
    {
        if (await store.GetAsync("keys/" + key, cancel) is null)
        {
            return false;
        }

        // The note comes first: a process that dies in between leaves a key that the next purge takes.
        var note = new Erasure(key, now.ToUniversalTime(), because).ToBytes();
        await store.PutAsync(Erasure.NameOf(key), note, PutCondition.IfAbsent, cancel);
        return await store.DeleteAsync("keys/" + key, cancel);
    }

    private async ValueTask<Erasure?> ErasureAsync(string key, CancellationToken cancel) =>
        await store.GetAsync(Erasure.NameOf(key), cancel) is { } note ? Erasure.Parse(note.Bytes.Span) : null;

    private static StoreException Lost(string key) => new(StoreTrouble.Retry, $"keys/{key} went away while it was being read");

    private static string DayName(DateOnly day) => string.Create(CultureInfo.InvariantCulture, $"day/{day:yyyy-MM-dd}");

    private static string EpochName(int number) => string.Create(CultureInfo.InvariantCulture, $"epoch/{number:D6}");
}

/// <summary>What makes tokens at an instant.</summary>
/// <param name="Current">The key of the epoch; every token that is shown comes from it.</param>
/// <param name="Previous">In the overlap the key before it, by which a known vehicle is found again; else null.</param>
public sealed record TokenKeys(PlateTokens Current, PlateTokens? Previous);
