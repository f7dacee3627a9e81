using System.Text;
using MaritimeWatch.Intake.Ais;

namespace MaritimeWatch.Tests.Intake.Ais;

/// <summary>
/// An endless supply of lines that are nearly right, made as they are read: bytes changed, taken out, put in and
/// repeated. Half of the sentences get a right checksum again, so that what lies behind it is reached.
/// </summary>
internal sealed class MutatedLines(Random random, byte[][] lines, string head, long count, bool mendsChecksums) : Stream
{
    private readonly byte[] _line = new byte[20_000];
    private byte[] _rest = Encoding.Latin1.GetBytes(head);
    private int _restAt;
    private int _restEnd = head.Length;
    private long _left = count;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override int Read(byte[] buffer, int offset, int count)
    {
        var written = 0;
        while (written < count)
        {
            if (_restAt == _restEnd && !Next())
            {
                break;
            }

            var length = Math.Min(count - written, _restEnd - _restAt);
            _rest.AsSpan(_restAt, length).CopyTo(buffer.AsSpan(offset + written));
            _restAt += length;
            written += length;
        }

        return written;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private bool Next()
    {
        if (_left-- <= 0)
        {
            return false;
        }

        var source = lines[random.Next(lines.Length)];
        source.CopyTo(_line, 0);
        var length = source.Length;
        for (var changes = random.Next(4); changes > 0 && length > 0; changes--)
        {
            length = Change(source, length);
        }

        // A line end within would make two lines of one.
        _line.AsSpan(0, length).Replace((byte)'\n', (byte)' ');
        if (mendsChecksums && random.Next(2) == 0)
        {
            Mend(_line.AsSpan(0, length));
        }

        _line[length] = (byte)'\n';
        (_rest, _restAt, _restEnd) = (_line, 0, length + 1);
        return true;
    }

    private int Change(byte[] source, int length)
    {
        var at = random.Next(length);
        switch (random.Next(6))
        {
            case 0:
                _line[at] = (byte)random.Next(256);
                return length;
            case 1:
                _line.AsSpan(at + 1, length - at - 1).CopyTo(_line.AsSpan(at));
                return length - 1;
            case 2 when length < 10_000:
                _line.AsSpan(at, length - at).CopyTo(_line.AsSpan(at + 1));
                _line[at] = ",\\*!\"0w"u8[random.Next(7)];
                return length + 1;
            case 3:
                return at;
            case 4 when source.Length > 0 && length + source.Length < 10_000:
                source.CopyTo(_line, length);
                return length + source.Length;
            default:
                _line[at] = (byte)('0' + random.Next(72));
                return length;
        }
    }

    private static void Mend(Span<byte> line)
    {
        var mark = line.IndexOf((byte)'!');
        var star = line.LastIndexOf((byte)'*');
        if (mark >= 0 && star > mark && star + 3 <= line.Length)
        {
            var sum = Armour.Checksum(line[(mark + 1)..star]);
            line[star + 1] = "0123456789ABCDEF"u8[sum >> 4];
            line[star + 2] = "0123456789ABCDEF"u8[sum & 15];
        }
    }
}

/// <summary>Counts what it is sent and looks at its bounds; keeps nothing.</summary>
internal struct CountingSink : IAisSink
{
    public long Positions { get; private set; }

    public long Refusals { get; private set; }

    /// <summary>Reports with a number that no report may have.</summary>
    public long Unsound { get; private set; }

    public void OnPosition(in PositionReport report)
    {
        Positions++;
        var isSound = Math.Abs((long)report.Position.LatitudeE7) <= 900_000_000
            && Math.Abs((long)report.Position.LongitudeE7) <= 1_800_000_000
            && report.CourseDeciDegrees is >= -1 and < 3600 && report.HeadingDegrees is >= -1 and < 360
            && report.SpeedDeciKnots >= -1;
        Unsound += isSound ? 0 : 1;
    }

    public readonly void OnStatic(StaticReport report)
    {
    }

    public void OnRefused(in Refusal refusal, ReadOnlySpan<byte> bytes)
    {
        Refusals++;
        Unsound += bytes.Length <= 8192 ? 0 : 1;
    }
}
