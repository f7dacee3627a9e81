using MaritimeWatch.Terms;

namespace MaritimeWatch.Intake.Ais;

/// <summary>Turns NMEA lines into messages: TAG blocks, wrapper lines, checksums, parts, time and source.</summary>
internal sealed class NmeaReader<THandler>
    where THandler : IAisHandler, allows ref struct
{
    private const int TagBlocksPerLineMax = 4;

    private readonly LineBuffer _lines;
    private readonly AisReadCounts _counts;
    private readonly SourceTable _sources;
    private readonly PartTable _parts = new();
    private readonly byte[] _packed = new byte[Armour.PackedMax];
    private readonly byte[] _joined = new byte[Armour.CharactersMax];
    private readonly byte[] _lastTagSource = new byte[SourceTable.NameLengthMax];
    private readonly int _ownSource;
    private int _lastTagSourceLength = -1;
    private int _lastTagSourceIndex;

    // What a TAG block or wrapper line of its own says of the sentence that follows it.
    private Surroundings _pending = Surroundings.Nothing;
    private long _wrapperAtMs = Instants.None;

    public NmeaReader(LineBuffer lines, AisReadCounts counts, AisReadOptions options)
    {
        _lines = lines;
        _counts = counts;
        _sources = options.Sources;
        _ownSource = options.Sources.IndexOf(options.SourceName);
    }

    public void Run(ref THandler handler)
    {
        while (_lines.TryRead(out var line))
        {
            _counts.Lines++;
            if (_parts.Count > 0 && _lines.Number - _parts.Oldest.FirstLine > PartTable.LinesMax)
            {
                GiveUp(_parts.Oldest, IntakeFault.PartMissing, ref handler);
            }

            if (NmeaSentence.IsAis(line) && _lines.Length <= LineBuffer.LineMax)
            {
                Sentence(line, line, _pending, ref handler);
            }
            else
            {
                OtherLine(line, ref handler);
            }
        }

        while (_parts.Count > 0)
        {
            GiveUp(_parts.Oldest, IntakeFault.PartMissing, ref handler);
        }
    }

    private void OtherLine(ReadOnlySpan<byte> line, ref THandler handler)
    {
        var body = line.Trim(" \t"u8);
        if (_lines.Length > LineBuffer.LineMax)
        {
            Refuse(IntakeFault.LineTooLong, line, ref handler);
        }
        else if (body.IsEmpty || body[0] == '#')
        {
            _counts.Ignored++;
        }
        else
        {
            Body(line, body, _pending, 0, ref handler);
        }
    }

    private void Body(
        ReadOnlySpan<byte> line, ReadOnlySpan<byte> body, Surroundings around, int depth, ref THandler handler)
    {
        if (NmeaSentence.IsAis(body))
        {
            Sentence(line, body, around, ref handler);
        }
        else if (body[0] == '\\' && depth < TagBlocksPerLineMax)
        {
            Tagged(line, body[1..], around, depth, ref handler);
        }
        else if (WrapperLine.Is(body))
        {
            Settle(WrapperLine.Read(body, out _wrapperAtMs), line, ref handler);
        }
        else if (Text.IsPrintable(body) && IsOtherSentence(body))
        {
            _pending = Surroundings.Nothing;
            _wrapperAtMs = Instants.None;
            _counts.Ignored++;
        }
        else
        {
            Prefixed(line, body, around, ref handler);
        }
    }

    private void Tagged(
        ReadOnlySpan<byte> line, ReadOnlySpan<byte> body, Surroundings around, int depth, ref THandler handler)
    {
        var end = body.IndexOf((byte)'\\');
        if (end < 0)
        {
            Refuse(Text.IsPrintable(line) ? IntakeFault.Malformed : IntakeFault.Binary, line, ref handler);
            return;
        }

        if (TagBlock.Read(body[..end], out var tag) is { } fault)
        {
            Refuse(fault, line, ref handler);
            return;
        }

        var joined = new Surroundings(
            tag.AtMs != Instants.None ? tag.AtMs : around.AtMs,
            tag.Group >= 0 ? tag.Group : around.Group,
            tag.Source.IsEmpty ? around.Source : TagSource(tag.Source),
            tag.Source.IsEmpty ? around.Simulated : tag.Source.StartsWith("SIM"u8));
        var rest = body[(end + 1)..].Trim(" \t"u8);
        if (rest.IsEmpty)
        {
            _pending = joined;
            _counts.Used++;
        }
        else
        {
            Body(line, rest, joined, depth + 1, ref handler);
        }
    }

    // Some loggers write something before the sentence; epoch seconds there are a time like any other.
    private void Prefixed(ReadOnlySpan<byte> line, ReadOnlySpan<byte> body, Surroundings around, ref THandler handler)
    {
        var mark = body.IndexOf((byte)'!');
        if (!Text.IsPrintable(body))
        {
            Refuse(IntakeFault.Binary, line, ref handler);
        }
        else if (mark > 0 && NmeaSentence.IsAis(body[mark..]))
        {
            var timed = TagBlock.TryTime(body[..mark].Trim(" \t,;:"u8), out var atMs) && around.AtMs == Instants.None;
            Sentence(line, body[mark..], timed ? around with { AtMs = atMs } : around, ref handler);
        }
        else
        {
            Refuse(IntakeFault.Malformed, line, ref handler);
        }
    }

    private void Sentence(
        ReadOnlySpan<byte> line, ReadOnlySpan<byte> body, in Surroundings around, ref THandler handler)
    {
        var fault = NmeaSentence.Read(body, out var sentence);
        var atMs = around.AtMs;
        if (atMs == Instants.None)
        {
            atMs = _wrapperAtMs != Instants.None || sentence.Trailer.IsEmpty ? _wrapperAtMs : sentence.TrailingTimeMs();
        }

        _wrapperAtMs = Instants.None;
        _pending = Surroundings.Nothing;
        if (fault is { } found)
        {
            Refuse(Text.IsPrintable(line) ? found : IntakeFault.Binary, line, ref handler);
            return;
        }

        var source = around.Source < 0 ? _ownSource : around.Source;
        if (sentence.PartCount > 1)
        {
            Part(line, sentence, around with { Source = source, AtMs = atMs }, ref handler);
            return;
        }

        var envelope = new AisEnvelope
        {
            LineNumber = _lines.Number,
            Offset = _lines.Offset,
            Length = (ushort)_lines.Length,
            LineCount = 1,
            EventAtMs = atMs,
            SourceIndex = (ushort)source,
            Simulated = around.Simulated,
            Channel = sentence.Channel,
        };
        Settle(Message(envelope, sentence.Payload, sentence.FillBits, ref handler), line, ref handler);
    }

    private void Part(
        ReadOnlySpan<byte> line, in NmeaSentence part, in Surroundings around, ref THandler handler)
    {
        var (atMs, group, source, simulated) = around;
        var open = _parts.Find(part, source, group);
        if (open is not null && (open.IsStale(atMs, _lines.Number) || open.Has(part.PartNumber)
            || (part.PartNumber != open.Come + 1 && !open.HasGroup(group))))
        {
            GiveUp(open, IntakeFault.PartMissing, ref handler);
            open = null;
        }

        if (open is null)
        {
            // Without a group number a later part that comes first could belong to any message: it is refused.
            if (part.PartNumber != 1 && group < 0)
            {
                Refuse(IntakeFault.PartMissing, line, ref handler);
                return;
            }

            if (_parts.Count == PartTable.OpenMax)
            {
                GiveUp(_parts.Oldest, IntakeFault.PartMissing, ref handler);
            }

            open = _parts.Open(part, source, group, atMs, _lines.Number, simulated);
        }

        open.Add(part, line, _lines.Number, _lines.Offset);
        open.AtMs = open.AtMs == Instants.None ? atMs : open.AtMs;
        if (open.IsComplete)
        {
            Complete(open, part.FillBits, ref handler);
        }
    }

    private void Complete(OpenMessage open, int fillBits, ref THandler handler)
    {
        long first = long.MaxValue, end = 0, firstLine = long.MaxValue;
        for (var i = 0; i < open.PartCount; i++)
        {
            open.TryPart(i, out var part, out _);
            first = Math.Min(first, part.Offset);
            firstLine = Math.Min(firstLine, part.LineNumber);
            end = Math.Max(end, part.Offset + part.LineLength);
        }

        var envelope = new AisEnvelope
        {
            LineNumber = firstLine,
            Offset = first,
            Length = (ushort)Math.Min(ushort.MaxValue, end - first),
            LineCount = open.PartCount,
            EventAtMs = open.AtMs,
            SourceIndex = (ushort)open.Source,
            Simulated = open.Simulated,
            Channel = open.Channel,
        };
        IntakeFault? fault = open.TryJoin(_joined, out var length)
            ? Message(envelope, _joined.AsSpan(0, length), fillBits, ref handler)
            : IntakeFault.LimitExceeded;
        if (fault is { } found)
        {
            GiveUp(open, found, ref handler);
            return;
        }

        _counts.Used += open.PartCount;
        _parts.Close(open);
    }

    private IntakeFault? Message(
        in AisEnvelope envelope, ReadOnlySpan<byte> payload, int fillBits, ref THandler handler)
    {
        if (!Armour.TryUnpack(payload, fillBits, _packed, out var count))
        {
            return IntakeFault.Malformed;
        }

        var bits = new AisBits(_packed, count);
        if (AisDecoder.Check(bits) is { } fault)
        {
            return fault;
        }

        var answer = handler.OnMessage(envelope, bits);
        if (answer is null)
        {
            _counts.SeeType(bits.MessageType);
        }

        return answer;
    }

    private void GiveUp(OpenMessage open, IntakeFault fault, ref THandler handler)
    {
        for (var i = 0; i < open.PartCount; i++)
        {
            if (open.TryPart(i, out var part, out var line))
            {
                _counts.Refuse(fault);
                handler.OnRefused(new Refusal(fault, part.LineNumber, part.Offset, part.LineLength), line);
            }
        }

        _parts.Close(open);
    }

    private void Settle(IntakeFault? fault, ReadOnlySpan<byte> line, ref THandler handler)
    {
        if (fault is { } found)
        {
            Refuse(found, line, ref handler);
        }
        else
        {
            _counts.Used++;
        }
    }

    private void Refuse(IntakeFault fault, ReadOnlySpan<byte> line, ref THandler handler)
    {
        _counts.Refuse(fault);
        var length = (int)Math.Min(int.MaxValue, _lines.Length);
        handler.OnRefused(new Refusal(fault, _lines.Number, _lines.Offset, length), line);
    }

    private int TagSource(ReadOnlySpan<byte> name)
    {
        name = name.Length > SourceTable.NameLengthMax ? name[..SourceTable.NameLengthMax] : name;
        if (_lastTagSourceLength < 0 || !name.SequenceEqual(_lastTagSource.AsSpan(0, _lastTagSourceLength)))
        {
            name.CopyTo(_lastTagSource);
            _lastTagSourceLength = name.Length;
            _lastTagSourceIndex = _sources.IndexOf(name);
        }

        return _lastTagSourceIndex;
    }

    // A sentence of another kind: $ or !, an address of letters and digits, a comma.
    private static bool IsOtherSentence(ReadOnlySpan<byte> body)
    {
        var comma = body.IndexOf((byte)',');
        if (body[0] is not ((byte)'$' or (byte)'!') || comma is < 3 or > 12)
        {
            return false;
        }

        return body[1..comma].IndexOfAnyExcept(Text.AddressCharacters) < 0;
    }

    private readonly record struct Surroundings(long AtMs, long Group, int Source, bool Simulated)
    {
        public static Surroundings Nothing { get; } = new(Instants.None, -1, -1, false);
    }
}
