namespace MaritimeWatch.Intake.Manifests;

/// <summary>What reading on came to.</summary>
public enum EdifactStep
{
    /// <summary>There is a segment.</summary>
    Segment,

    /// <summary>A segment was longer than its bound, or had too many components; it was skipped to its end.</summary>
    TooLong,

    /// <summary>What stood there has no tag of three letters; it was skipped to the next terminator.</summary>
    NoTag,

    /// <summary>UNA named separators that cannot be told apart; the usual ones are in force.</summary>
    BadUna,

    /// <summary>The file broke off before a terminator.</summary>
    Truncated,

    /// <summary>There were more segments than the bound; the rest was not read.</summary>
    TooMany,

    /// <summary>The file ended.</summary>
    End,
}

/// <summary>
/// Reads UN/EDIFACT segments from a stream in bounded memory (ISO 9735 versions 1 to 4): UNA, release character, line
/// ends between segments, and several interchanges one after the other. It knows nothing of messages.
/// </summary>
public sealed class EdifactReader
{
    private const int TagLength = 3;
    private const int UnaLength = 9;

    private readonly Stream stream;
    private readonly EdifactLimits limits;
    private readonly byte[] buffer;
    private readonly EdifactPart[] parts;
    private EdifactSyntax syntax = EdifactSyntax.Usual;
    private int start;
    private int end;
    private long offsetOfStart;
    private int line = 1;
    private bool isAtEnd;
    private int segmentLength;
    private int segmentStart;
    private int partCount;
    private int segments;

    /// <summary>A reader.</summary>
    /// <param name="stream">The file; read once, from where it stands to its end.</param>
    /// <param name="limits">Bounds; null takes the defaults.</param>
    public EdifactReader(Stream stream, EdifactLimits? limits = null)
    {
        this.stream = stream;
        this.limits = limits ?? new EdifactLimits();
        buffer = new byte[Math.Max(64, this.limits.SegmentBytesMax * 4)];
        parts = new EdifactPart[this.limits.ComponentsMax];
        Fill();
        if (end >= 3 && buffer[0] == 0xEF && buffer[1] == 0xBB && buffer[2] == 0xBF)
        {
            Skip(3);
        }
    }

    /// <summary>The separators in force.</summary>
    public EdifactSyntax Syntax => syntax;

    /// <summary>Where the last step stood.</summary>
    public SegmentPlace Place { get; private set; }

    /// <summary>The segment, after <see cref="EdifactStep.Segment"/>; good until the next <see cref="Read"/>.</summary>
    public EdifactSegment Current =>
        new(buffer.AsSpan(segmentStart, segmentLength), parts.AsSpan(0, partCount), syntax, Place);

    /// <summary>Reads on.</summary>
    public EdifactStep Read()
    {
        SkipBlanks();
        if (Available(UnaLength) && buffer.AsSpan(start, TagLength).SequenceEqual("UNA"u8))
        {
            return ReadUna();
        }

        if (start == end)
        {
            return EdifactStep.End;
        }

        segments++;
        Place = new SegmentPlace(segments, 0, string.Empty, line, offsetOfStart);
        if (segments > limits.SegmentsMax)
        {
            (start, end, isAtEnd) = (0, 0, true);
            return EdifactStep.TooMany;
        }

        return ReadSegment();
    }

    private EdifactStep ReadUna()
    {
        var read = EdifactSyntax.FromUna(buffer.AsSpan(start + TagLength, UnaLength - TagLength));
        Place = new SegmentPlace(segments, 0, "UNA", line, offsetOfStart);
        syntax = read ?? EdifactSyntax.Usual;
        Skip(UnaLength);
        return read is null ? EdifactStep.BadUna : Read();
    }

    private EdifactStep ReadSegment()
    {
        int length;
        while ((length = FindTerminator()) < 0 && end - start <= limits.SegmentBytesMax && Fill())
        {
            // Until the terminator is in the buffer, or the segment is too long, or the file ends.
        }

        if (length >= 0 && length <= limits.SegmentBytesMax)
        {
            return Take(length);
        }

        Place = Place with { Tag = TagAt(Math.Min(TagLength, end - start)) };
        if (length < 0 && end - start <= limits.SegmentBytesMax)
        {
            SkipCountingLines(end - start);
            return EdifactStep.Truncated;
        }

        while ((length = FindTerminator()) < 0)
        {
            if (!SkipInside())
            {
                return EdifactStep.TooLong;
            }
        }

        SkipCountingLines(length + 1);
        return EdifactStep.TooLong;
    }

    private EdifactStep Take(int length)
    {
        (segmentStart, segmentLength) = (start, length);
        var hasRoom = Split();
        var tag = parts[0].Length == TagLength ? TagAt(TagLength) : string.Empty;
        Place = Place with { Tag = tag };
        SkipCountingLines(length + 1);
        return tag.Length == 0 ? EdifactStep.NoTag : hasRoom ? EdifactStep.Segment : EdifactStep.TooLong;
    }

    // Skips what the buffer holds of a segment that is too long, but never half a release pair; false at the end.
    private bool SkipInside()
    {
        if (isAtEnd)
        {
            SkipCountingLines(end - start);
            return false;
        }

        var keep = syntax.HasRelease && end > start && buffer[end - 1] == syntax.Release ? 1 : 0;
        SkipCountingLines(end - start - keep);
        Fill();
        return true;
    }

    private string TagAt(int length)
    {
        Span<char> tag = stackalloc char[TagLength];
        for (var i = 0; i < length; i++)
        {
            var c = (char)buffer[start + i];
            if (!char.IsAsciiLetterUpper(c) && !char.IsAsciiDigit(c))
            {
                return string.Empty;
            }

            tag[i] = c;
        }

        return string.Intern(new string(tag[..length]));
    }

    private int FindTerminator()
    {
        for (var i = start; i < end; i++)
        {
            if (buffer[i] == syntax.Release && syntax.HasRelease)
            {
                i++;
            }
            else if (buffer[i] == syntax.Terminator)
            {
                return i - start;
            }
        }

        return -1;
    }

    // Splits the segment into its components; false where it has too many.
    private bool Split()
    {
        var (element, component, from) = (0, 0, 0);
        partCount = 0;
        for (var i = 0; i <= segmentLength; i++)
        {
            var c = i < segmentLength ? buffer[segmentStart + i] : syntax.Terminator;
            if (i < segmentLength && syntax.HasRelease && c == syntax.Release)
            {
                i++;
                continue;
            }

            var isElement = i >= segmentLength || c == syntax.Element;
            if (!isElement && c != syntax.Component)
            {
                continue;
            }

            if (partCount == parts.Length)
            {
                return false;
            }

            parts[partCount++] = new EdifactPart(element, component, from, i - from);
            (element, component) = isElement ? (element + 1, 0) : (element, component + 1);
            from = i + 1;
        }

        return true;
    }

    private void SkipBlanks()
    {
        while (start < end || Fill())
        {
            if (buffer[start] is not ((byte)' ' or (byte)'\r' or (byte)'\n' or (byte)'\t' or 0x1A))
            {
                return;
            }

            SkipCountingLines(1);
        }
    }

    private bool Available(int count)
    {
        while (end - start < count && Fill())
        {
            // Until there is enough, or the file ends.
        }

        return end - start >= count;
    }

    private bool Fill()
    {
        if (isAtEnd)
        {
            return false;
        }

        if (start > 0)
        {
            buffer.AsSpan(start, end - start).CopyTo(buffer);
            (start, end) = (0, end - start);
        }

        var read = end < buffer.Length ? stream.Read(buffer, end, buffer.Length - end) : 0;
        isAtEnd = read == 0 && end < buffer.Length;
        end += read;
        return read > 0;
    }

    private void SkipCountingLines(int count)
    {
        line += buffer.AsSpan(start, count).Count((byte)'\n');
        Skip(count);
    }

    private void Skip(int count)
    {
        start += count;
        offsetOfStart += count;
    }
}
