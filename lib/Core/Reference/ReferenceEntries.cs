using System.Buffers;
using System.Globalization;
using System.Text.Json;
using MaritimeWatch.Log;

namespace MaritimeWatch.Reference;

/// <summary>
/// Adds reference data and tells every stage that judges by it, as an entry of its inbox: the data is in force for what
/// follows that entry. A note beside the version says that all groups were told, so an addition that was cut off is completed by
/// adding the same file again, or by <see cref="CompleteAsync"/>; a group may then be told twice, which changes nothing for
/// a fold. Of several who add at once the newest version is the last that every group is told of.
/// </summary>
public static class ReferenceEntries
{
    // More than this many in a row that are added by others while we tell: leave the rest to them.
    private const int RacesMax = 8;

    /// <summary>
    /// Adds a file as the newest version of its kind and tells the groups; the same file again does nothing. Once the
    /// version is there, the groups are told even if the caller is cancelled: it is not left half in force.
    /// </summary>
    /// <param name="blobs">The store.</param>
    /// <param name="format">How the store was made: its groups.</param>
    /// <param name="kind">One of <see cref="ReferenceKinds.All"/>.</param>
    /// <param name="utf8">The file.</param>
    /// <param name="time">Only for waiting between tries.</param>
    /// <param name="cancel">Stops.</param>
    /// <exception cref="ReferenceException">Nothing in the file is usable; says which and why.</exception>
    public static async Task<ReferenceAdded> AddAsync(
        IBlobStore blobs, StoreFormat format, string kind, ReadOnlyMemory<byte> utf8, TimeProvider time, CancellationToken cancel)
    {
        var added = await new ReferenceStore(blobs).AddAsync(kind, utf8, cancel).ConfigureAwait(false);
        if (!added.IsNew && await WereToldAsync(blobs, kind, added.Version, cancel).ConfigureAwait(false))
        {
            return added;
        }

        await TellAsync(blobs, format, kind, added.Version, added.Hash, time).ConfigureAwait(false);
        await SettleAsync(blobs, format, kind, time, added.Version, CancellationToken.None).ConfigureAwait(false);
        return added;
    }

    /// <summary>
    /// Tells the groups of the newest version of a kind where whoever added it died before all were told, so that none
    /// judges by another version than the others.
    /// </summary>
    /// <param name="blobs">The store.</param>
    /// <param name="format">How the store was made: its groups.</param>
    /// <param name="kind">One of <see cref="ReferenceKinds.All"/>.</param>
    /// <param name="time">Only for waiting between tries.</param>
    /// <param name="cancel">Stops, but not between two groups.</param>
    /// <returns>True where there was something to complete.</returns>
    public static Task<bool> CompleteAsync(
        IBlobStore blobs, StoreFormat format, string kind, TimeProvider time, CancellationToken cancel) =>
        SettleAsync(blobs, format, kind, time, null, cancel);

    // Who told a version that is no longer the newest may have told it last: then the newest is said once more.
    private static async Task<bool> SettleAsync(
        IBlobStore blobs, StoreFormat format, string kind, TimeProvider time, int? told, CancellationToken cancel)
    {
        var store = new ReferenceStore(blobs);
        for (var race = 0; race < RacesMax; race++)
        {
            var versions = await store.LatestVersionsAsync(cancel).ConfigureAwait(false);
            if (!versions.TryGetValue(kind, out var latest) || latest == told
                || (told is null && await WereToldAsync(blobs, kind, latest, cancel).ConfigureAwait(false))
                || await store.GetAsync(kind, latest, cancel).ConfigureAwait(false) is not { } file)
            {
                return race > 0;
            }

            await TellAsync(blobs, format, kind, latest, ReferenceStore.HashOf(file.Span), time).ConfigureAwait(false);
            told = latest;
        }

        return true;
    }

    private static async Task TellAsync(
        IBlobStore blobs, StoreFormat format, string kind, int version, string hash, TimeProvider time)
    {
        // The ends are looked for first, so that all are told within the time of a request: who dies there leaves groups apart.
        var body = Body(kind, version, hash);
        var inboxes = GroupsThatJudgeBy(kind, format).Select(group => new Inbox(blobs, group, time)).ToList();
        await Task.WhenAll(inboxes.Select(inbox => inbox.LastNumberAsync(CancellationToken.None).AsTask())).ConfigureAwait(false);
        await Task.WhenAll(inboxes.Select(inbox => inbox.AppendAsync(EntryKind.Reference, body, CancellationToken.None).AsTask())).ConfigureAwait(false);
        await blobs.PutAsync(NoteOf(kind, version), body, PutCondition.IfAbsent, CancellationToken.None).ConfigureAwait(false);
    }

    /// <summary>True where every group was told of a version.</summary>
    public static async Task<bool> WereToldAsync(IBlobStore blobs, string kind, int version, CancellationToken cancel) =>
        await blobs.GetAsync(NoteOf(kind, version), cancel).ConfigureAwait(false) is not null;

    private static IEnumerable<GroupName> GroupsThatJudgeBy(string kind, StoreFormat format) => kind switch
    {
        ReferenceKinds.Cameras => [new GroupName(StageNames.Gate, 0)],
        ReferenceKinds.Lanes => StageNames.AllGroups(format.Groups).Where(group => group.Stage == StageNames.Watch),
        _ => StageNames.AllGroups(format.Groups).Where(group => group.Stage is StageNames.Watch or StageNames.Scenes),
    };

    private static string NoteOf(string kind, int version) =>
        string.Create(CultureInfo.InvariantCulture, $"reference/{kind}/{version:D6}.told");

    private static ReadOnlyMemory<byte> Body(string kind, int version, string hash)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("kind"u8, kind);
            json.WriteNumber("version"u8, version);
            json.WriteString("hash"u8, hash);
            json.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }
}
