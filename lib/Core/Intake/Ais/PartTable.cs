using MaritimeWatch.Terms;

namespace MaritimeWatch.Intake.Ais;

/// <summary>
/// Messages whose parts are still coming: at most <see cref="OpenMax"/>, none older than <see cref="LinesMax"/> lines
/// or, where timed, <see cref="AgeMsMax"/>. Whoever uses it refuses what it gives up.
/// </summary>
internal sealed class PartTable
{
    /// <summary>How many messages may be open.</summary>
    public const int OpenMax = 64;

    /// <summary>How many lines a message may stay open.</summary>
    public const int LinesMax = 2000;

    /// <summary>How long a timed message may stay open.</summary>
    public const long AgeMsMax = 60_000;

    private readonly List<OpenMessage> _open = new(OpenMax);
    private readonly Stack<OpenMessage> _spare = new(OpenMax);

    /// <summary>How many are open.</summary>
    public int Count => _open.Count;

    /// <summary>The message open longest; only when <see cref="Count"/> is not 0.</summary>
    public OpenMessage Oldest => _open[0];

    /// <summary>The open message that a part belongs to by its key, or null.</summary>
    public OpenMessage? Find(in NmeaSentence part, int source, long group)
    {
        foreach (var open in _open)
        {
            if (open.IsSameMessage(part, source, group))
            {
                return open;
            }
        }

        return null;
    }

    /// <summary>Opens a message; there must be room.</summary>
    public OpenMessage Open(in NmeaSentence part, int source, long group, long atMs, long lineNumber, bool simulated)
    {
        var open = _spare.TryPop(out var spare) ? spare : new OpenMessage();
        open.Begin(part, source, group, atMs, lineNumber, simulated);
        _open.Add(open);
        return open;
    }

    /// <summary>Takes a message out; its content stays readable until the next is opened.</summary>
    public void Close(OpenMessage open)
    {
        _open.Remove(open);
        _spare.Push(open);
    }
}

/// <summary>The parts of one message that have come.</summary>
internal sealed class OpenMessage
{
    private const int PartsMax = 9;
    private readonly PartLine[] _parts = new PartLine[PartsMax];
    private byte[] _store = new byte[512];
    private int _stored;
    private int _talker;
    private int _sequence;
    private long _group;

    public long AtMs { get; set; }

    public long FirstLine { get; private set; }

    public int Source { get; private set; }

    public bool Simulated { get; private set; }

    public byte Channel { get; private set; }

    public int PartCount { get; private set; }

    public int Come { get; private set; }

    public bool IsComplete => Come == PartCount;

    public bool HasGroup(long group) => group >= 0 && _group == group;

    public bool Has(int partNumber) => _parts[partNumber - 1].LineLength >= 0;

    public void Begin(in NmeaSentence part, int source, long group, long atMs, long lineNumber, bool simulated)
    {
        (_talker, _sequence, _group, _stored) = (part.Talker, part.Sequence, group, 0);
        (PartCount, Channel, Source, AtMs, FirstLine, Come) = (part.PartCount, part.Channel, source, atMs, lineNumber, 0);
        Simulated = simulated;
        Array.Fill(_parts, new PartLine { LineLength = -1 });
    }

    // A later part may leave out the source that the first one named, when both name one TAG group.
    public bool IsSameMessage(in NmeaSentence part, int source, long group) =>
        _sequence == part.Sequence && PartCount == part.PartCount && Channel == part.Channel && _talker == part.Talker
        && (HasGroup(group) || (Source == source && (group < 0 || _group < 0)));

    public bool IsStale(long atMs, long lineNumber) =>
        lineNumber - FirstLine > PartTable.LinesMax
        || (atMs != Instants.None && AtMs != Instants.None && Math.Abs(atMs - AtMs) > PartTable.AgeMsMax);

    public void Add(in NmeaSentence part, ReadOnlySpan<byte> line, long lineNumber, long offset)
    {
        if (_store.Length - _stored < line.Length)
        {
            Array.Resize(ref _store, Math.Max(_store.Length * 2, _stored + line.Length));
        }

        line.CopyTo(_store.AsSpan(_stored));
        line.Overlaps(part.Payload, out var payloadAt);
        _parts[part.PartNumber - 1] = new PartLine
        {
            LineNumber = lineNumber,
            Offset = offset,
            StoredAt = _stored,
            LineLength = line.Length,
            PayloadAt = _stored + payloadAt,
            PayloadLength = part.Payload.Length,
        };
        _stored += line.Length;
        Come++;
    }

    /// <summary>The payloads one after the other; false when they are too long for any message.</summary>
    public bool TryJoin(Span<byte> target, out int length)
    {
        length = 0;
        for (var i = 0; i < PartCount; i++)
        {
            ref readonly var part = ref _parts[i];
            if (length + part.PayloadLength > target.Length)
            {
                return false;
            }

            _store.AsSpan(part.PayloadAt, part.PayloadLength).CopyTo(target[length..]);
            length += part.PayloadLength;
        }

        return true;
    }

    /// <summary>A part by its index; false where it has not come.</summary>
    public bool TryPart(int index, out PartLine part, out ReadOnlySpan<byte> line)
    {
        part = _parts[index];
        line = part.LineLength < 0 ? [] : _store.AsSpan(part.StoredAt, part.LineLength);
        return part.LineLength >= 0;
    }
}

/// <summary>Where the line of one part lies, in the stream and in the store.</summary>
internal record struct PartLine
{
    public long LineNumber;
    public long Offset;
    public int StoredAt;
    public int LineLength;
    public int PayloadAt;
    public int PayloadLength;
}
