using MaritimeWatch.Log;

namespace MaritimeWatch.Functions.Intake;

/// <summary>
/// What a message about landed bytes may say. Who can write to a queue could name any blob of the store (a key, a state,
/// another door's landing), any length and any text: only what a door of ours would have said goes on to a decoder.
/// </summary>
internal static class QueuedLanding
{
    /// <summary>The largest message, bytes; one of a door of ours has a few hundred, with many marks some thousands.</summary>
    public const int MessageBytesMax = 256 << 10;

    /// <summary>The largest landed thing, bytes: a scene, sealing and a little more.</summary>
    public const long LandedBytesMax = (4L << 30) + (1 << 20);

    /// <summary>A text that people gave along: a file's name, a content type, a fact.</summary>
    public const int TextCharactersMax = 2_048;

    // Each keeps its bytes in folders of its own, plates and papers sealed: no source of AIS may be called so.
    private static readonly string[] OtherDoors = ["plates", "manifests", "notices", "scenes"];

    /// <summary>True for a source that only another door than AIS may have: <c>plates</c>, <c>plates.gate-1</c>.</summary>
    /// <param name="source">A source's name.</param>
    public static bool IsOfAnotherDoor(string source) => OtherDoors.Any(door =>
        source.StartsWith(door, StringComparison.Ordinal) && (source.Length == door.Length || source[door.Length] == '.'));

    /// <summary>Looks at a message of the door for AIS.</summary>
    /// <exception cref="InvalidDataException">No door of ours says such a thing.</exception>
    public static void Check(WorkMessage message)
    {
        var (marks, landed) = (message.Marks, LandedOf(message.Landed, message.Hash, message.Length));
        if (landed.Source != message.Source || !SourceName.TryParse(message.Source, out var source) || source.Value != message.Source
            || IsOfAnotherDoor(message.Source))
        {
            throw Wrong("its source");
        }

        if (!Enum.IsDefined(message.Kind))
        {
            throw Wrong("its kind");
        }

        if (marks is not { Count: > 0 and <= WorkMessage.MarksMax } || marks[0].Offset != 0 || !IsOfDay(landed, marks[0].ReceivedAtMs))
        {
            throw Wrong("its marks");
        }

        for (var i = 1; i < marks.Count; i++)
        {
            if (marks[i].Offset < marks[i - 1].Offset || marks[i].Offset > message.Length || !IsInstant(marks[i].ReceivedAtMs))
            {
                throw Wrong("its marks");
            }
        }
    }

    /// <summary>Looks at a note of another door.</summary>
    /// <exception cref="InvalidDataException">No door of ours says such a thing.</exception>
    public static void Check(LandedNote note)
    {
        var landed = LandedOf(note.Landed, note.Hash, note.Length);
        if (!OtherDoors.Contains(note.Door))
        {
            throw Wrong("its door");
        }

        // A door says who sent it, a replay the whole first part of the landed name.
        if (!BlobName.IsSegment(note.Source)
            || (landed.Source != $"{note.Door}.{note.Source}" && (landed.Source != note.Source || !note.Source.StartsWith(note.Door + ".", StringComparison.Ordinal))))
        {
            throw Wrong("its source");
        }

        if (!IsOfDay(landed, note.ReceivedAtMs))
        {
            throw Wrong("its time");
        }

        if (note.ContentType?.Length > TextCharactersMax || note.FileName?.Length > TextCharactersMax || note.Facts is not { Count: <= LandedNote.FactsMax }
            || note.Facts.Any(fact => fact.Key.Length > TextCharactersMax || fact.Value is not { Length: <= TextCharactersMax }))
        {
            throw Wrong("its words");
        }
    }

    /// <summary>Refuses a message that is larger than any of ours, before it is read.</summary>
    /// <exception cref="InvalidDataException">It is.</exception>
    public static void CheckSize(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Length > MessageBytesMax)
        {
            throw Wrong("its size");
        }
    }

    private static LandedBlob LandedOf(string name, string hash, long length)
    {
        var landed = LandedBlob.TryFromName(name) ?? throw Wrong("what it calls landed");
        return landed.Hash != hash ? throw Wrong("its hash")
            : length is < 0 or > LandedBytesMax ? throw Wrong("its length")
            : landed;
    }

    private static bool IsInstant(long ms) => ms >= 0 && ms <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    private static bool IsOfDay(LandedBlob landed, long ms) =>
        IsInstant(ms) && DateTimeOffset.FromUnixTimeMilliseconds(ms).UtcDateTime.Date == landed.ReceivedAt.UtcDateTime.Date;

    // What is wrong, never what it said: it may be anything.
    private static InvalidDataException Wrong(string what) => new($"no door of ours sent this message: {what}");
}
