using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace MaritimeWatch.Log.Sealing;

/// <summary>
/// The daily purge: erases the keys of days whose personal data is no longer kept, the token keys of epochs that are over,
/// and then the blobs that nobody could read any more. Safe to repeat and to kill.
/// </summary>
/// <param name="store">The store.</param>
/// <param name="keys">Its keys.</param>
public sealed class Purge(IBlobStore store, KeyRing keys)
{
    /// <summary>Purges what is due.</summary>
    /// <param name="now">Now, UTC.</param>
    /// <param name="retention">How long each class is kept.</param>
    /// <param name="cancel">Stops; what is left goes next time.</param>
    /// <exception cref="StoreException">FixInput: the store's epochs are longer than reads are kept. Else trouble in the store.</exception>
    public async ValueTask<PurgeReport> RunAsync(DateTimeOffset now, Retention retention, CancellationToken cancel = default)
    {
        var calendar = await keys.CalendarAsync(cancel);
        _ = calendar.Within(retention.PersonalDataDays);
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        List<string> erased = [];
        await foreach (var part in NamesAsync(KeyRing.DayFolder, cancel))
        {
            if (DateOnly.TryParseExact(part, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
                && day.AddDays(retention.PersonalDataDays) < today)
            {
                var because = $"personal data is kept {retention.PersonalDataDays} days";
                erased.AddRange(await keys.DeleteDayAsync(day, now, because, cancel) ? ["day/" + part] : []);
            }
        }

        await foreach (var part in NamesAsync(KeyRing.EpochFolder, cancel))
        {
            if (int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && calendar.EndsAt(number) <= now)
            {
                var because = $"an epoch is {calendar.EpochDays} days and {calendar.OverlapDays} of overlap";
                erased.AddRange(await keys.DeleteEpochAsync(number, now, because, cancel) ? ["epoch/" + part] : []);
            }
        }

        return new PurgeReport(erased, await retention.PurgeAsync(store, now, cancel)
            + await PurgeHeldAsync(cancel)
            + await PurgeReplayNotesAsync(today.AddDays(-retention.PersonalDataDays), cancel));
    }

    /// <summary>Copies whose hold was released: their key is gone.</summary>
    private async ValueTask<int> PurgeHeldAsync(CancellationToken cancel)
    {
        var deleted = 0;
        await foreach (var entry in store.ListAsync(SealedLanding.HeldFolder, cancel))
        {
            if (await keys.HoldKeyAsync(entry.Name[(entry.Name.LastIndexOf('/') + 1)..], cancel) is null)
            {
                deleted += await store.DeleteAsync(entry.Name, cancel) ? 1 : 0;
            }
        }

        return deleted;
    }

    /// <summary>
    /// Notes of replayed documents of erased days: their names are keyed hashes of the whole document, with which a small
    /// document could be guessed by whoever has the vault.
    /// </summary>
    private async ValueTask<int> PurgeReplayNotesAsync(DateOnly firstKept, CancellationToken cancel)
    {
        var deleted = 0;
        await foreach (var entry in store.ListAsync("replay/", cancel))
        {
            if (await store.GetAsync(entry.Name, cancel) is { } note && LandedDayOf(note.Bytes.Span) is { } day && day < firstKept)
            {
                deleted += await store.DeleteAsync(entry.Name, cancel) ? 1 : 0;
            }
        }

        return deleted;
    }

    private static DateOnly? LandedDayOf(ReadOnlySpan<byte> note)
    {
        try
        {
            var reader = new Utf8JsonReader(note);
            return JsonElement.TryParseValue(ref reader, out var json)
                && json is { ValueKind: JsonValueKind.Object } element
                && element.TryGetProperty("landed", out var name)
                ? DateOnly.FromDateTime(LandedBlob.FromName(name.GetString()!).ReceivedAt.UtcDateTime)
                : null;
        }
        catch (Exception e) when (e is JsonException or StoreException or InvalidOperationException)
        {
            return null; // The key of those names, or something of another room.
        }
    }

    private async IAsyncEnumerable<string> NamesAsync(string folder, [EnumeratorCancellation] CancellationToken cancel)
    {
        await foreach (var entry in store.ListAsync(folder, cancel))
        {
            yield return entry.Name[folder.Length..];
        }
    }
}

/// <summary>What a purge did.</summary>
/// <param name="ErasedKeys">The keys that were erased: <c>day/2026-11-22</c>, <c>epoch/000983</c>.</param>
/// <param name="DeletedBlobs">Landed, refused and held blobs that were deleted.</param>
public sealed record PurgeReport(IReadOnlyList<string> ErasedKeys, int DeletedBlobs);
