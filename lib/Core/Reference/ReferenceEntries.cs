using System.Buffers;
using System.Globalization;
using System.Text.Json;
using MaritimeWatch.Log;

namespace MaritimeWatch.Reference;

/// <summary>
/// Adds reference data and tells every stage that judges by it, as an entry of its inbox: the data is in force for what
/// follows that entry. A note beside the version says that all groups were told, so an addition that was cut off is completed by
/// adding the same file again; a group may then be told twice, which changes nothing for a fold.
/// </summary>
public static class ReferenceEntries
{
    /// <summary>Adds a file as the newest version of its kind and tells the groups; the same file again does nothing.</summary>
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
        if (await WereToldAsync(blobs, kind, added.Version, cancel).ConfigureAwait(false))
        {
            return added;
        }

        var body = Body(added);
        foreach (var group in GroupsThatJudgeBy(kind, format))
        {
            var inbox = new Inbox(blobs, group, time);
            await inbox.AppendAsync(EntryKind.Reference, body, cancel).ConfigureAwait(false);
        }

        await blobs.PutAsync(NoteOf(kind, added.Version), body, PutCondition.IfAbsent, cancel).ConfigureAwait(false);
        return added;
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

    private static ReadOnlyMemory<byte> Body(ReferenceAdded added)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("kind"u8, added.Kind);
            json.WriteNumber("version"u8, added.Version);
            json.WriteString("hash"u8, added.Hash);
            json.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }
}
