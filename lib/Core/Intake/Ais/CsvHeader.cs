using System.Runtime.Intrinsics;

namespace MaritimeWatch.Intake.Ais;

/// <summary>Where a field of a row lies.</summary>
internal record struct FieldAt(int Start, int Length);

/// <summary>What the columns of one CSV file mean, and how its numbers are to be read.</summary>
internal sealed class CsvHeader
{
    /// <summary>More columns than this are no AIS file.</summary>
    public const int ColumnsMax = 256;

    private readonly short[] _index;

    private CsvHeader(byte separator, int columns, short[] index, byte[] line)
    {
        Separator = separator;
        Columns = columns;
        _index = index;
        Line = line;
    }

    /// <summary>Comma, semicolon, tab or bar.</summary>
    public byte Separator { get; }

    /// <summary>How many columns.</summary>
    public int Columns { get; }

    /// <summary>The header itself: files joined end to end repeat it.</summary>
    public byte[] Line { get; }

    /// <summary>Speed and course are in tenths, as on the air: whole numbers, some courses beyond 360.</summary>
    public bool InTenths { get; private set; }

    /// <summary>Turn is ROT_AIS as on the air (whole numbers), not degrees a minute.</summary>
    public bool TurnAsSent { get; private set; }

    /// <summary>Dates are month/day/year: some second number is beyond 12.</summary>
    public bool MonthFirst { get; private set; }

    /// <summary>Every meaning's place, or -1.</summary>
    public ReadOnlySpan<short> Index => _index;

    /// <summary>The column's place, or -1.</summary>
    public int this[CsvColumn column] => _index[(int)column];

    /// <summary>Reads a header and looks at the first rows to see how numbers are written.</summary>
    /// <param name="line">The first line.</param>
    /// <param name="sample">The lines after it, as far as they are at hand.</param>
    /// <returns>Null where the line names no time, vessel and position.</returns>
    public static CsvHeader? TryRead(ReadOnlySpan<byte> line, ReadOnlySpan<byte> sample)
    {
        Span<FieldAt> fields = stackalloc FieldAt[ColumnsMax + 1];
        foreach (var separator in ",;\t|"u8)
        {
            var count = Split(line, separator, fields);
            if (count < 5 || count > ColumnsMax)
            {
                continue;
            }

            var index = Meanings(line, fields[..count]);
            var hasIdentity = index[(int)CsvColumn.Mmsi] >= 0 || index[(int)CsvColumn.LocalId] >= 0;
            if (hasIdentity && index[(int)CsvColumn.Time] >= 0 && index[(int)CsvColumn.Latitude] >= 0
                && index[(int)CsvColumn.Longitude] >= 0)
            {
                var header = new CsvHeader(separator, count, index, line.ToArray());
                header.Study(sample);
                return header;
            }
        }

        return null;
    }

    /// <summary>Cuts a row into fields; quotes around a field are left out.</summary>
    /// <returns>How many, or -1 where quotes do not close or there are more than fit.</returns>
    public static int Split(ReadOnlySpan<byte> line, byte separator, Span<FieldAt> fields)
    {
        if (line.Contains((byte)'"'))
        {
            return SplitQuoted(line, separator, fields);
        }

        int count = 0, start = 0, at = 0;
        if (Vector256.IsHardwareAccelerated)
        {
            var wanted = Vector256.Create(separator);
            for (; at + 32 <= line.Length; at += 32)
            {
                var mask = Vector256.Equals(Vector256.Create(line.Slice(at, 32)), wanted).ExtractMostSignificantBits();
                for (; mask != 0; mask &= mask - 1)
                {
                    var found = at + System.Numerics.BitOperations.TrailingZeroCount(mask);
                    if (count >= fields.Length - 1)
                    {
                        return -1;
                    }

                    fields[count++] = new FieldAt(start, found - start);
                    start = found + 1;
                }
            }
        }

        for (; at < line.Length; at++)
        {
            if (line[at] != separator)
            {
                continue;
            }

            if (count >= fields.Length - 1)
            {
                return -1;
            }

            fields[count++] = new FieldAt(start, at - start);
            start = at + 1;
        }

        fields[count++] = new FieldAt(start, line.Length - start);
        return count;
    }

    private static int SplitQuoted(ReadOnlySpan<byte> line, byte separator, Span<FieldAt> fields)
    {
        int count = 0, at = 0;
        while (count < fields.Length)
        {
            int start = at, end;
            if (at < line.Length && line[at] == '"')
            {
                start = ++at;
                end = ClosingQuote(line, at);
                if (end < 0)
                {
                    return -1;
                }

                at = end + 1;
                if (at < line.Length && line[at] != separator)
                {
                    return -1;
                }
            }
            else
            {
                var found = line[at..].IndexOf(separator);
                at = found < 0 ? line.Length : at + found;
                end = at;
            }

            fields[count++] = new FieldAt(start, end - start);
            if (at >= line.Length)
            {
                return count;
            }

            at++;
        }

        return -1;
    }

    private static int ClosingQuote(ReadOnlySpan<byte> line, int at)
    {
        while (at < line.Length)
        {
            var found = line[at..].IndexOf((byte)'"');
            if (found < 0)
            {
                return -1;
            }

            at += found;
            if (at + 1 >= line.Length || line[at + 1] != '"')
            {
                return at;
            }

            at += 2;
        }

        return -1;
    }

    private static short[] Meanings(ReadOnlySpan<byte> line, ReadOnlySpan<FieldAt> fields)
    {
        var index = new short[(int)CsvColumn.Count];
        var ranks = new int[(int)CsvColumn.Count];
        Array.Fill(index, (short)-1);
        for (var i = 0; i < fields.Length; i++)
        {
            var (column, rank) = CsvSpelling.Of(line.Slice(fields[i].Start, fields[i].Length));
            if (column != CsvColumn.None && (index[(int)column] < 0 || rank < ranks[(int)column]))
            {
                index[(int)column] = (short)i;
                ranks[(int)column] = rank;
            }
        }

        return index;
    }

    private void Study(ReadOnlySpan<byte> sample)
    {
        Span<FieldAt> fields = stackalloc FieldAt[ColumnsMax + 1];
        bool anyPoint = false, anyWide = false, turnPoint = false, anyTurn = false;
        while (true)
        {
            var end = sample.IndexOf((byte)'\n');
            if (end < 0)
            {
                break;
            }

            var row = sample[..end].TrimEnd((byte)'\r');
            sample = sample[(end + 1)..];
            if (Split(row, Separator, fields) != Columns)
            {
                continue;
            }

            ReadOnlySpan<byte> speed = Field(row, fields, CsvColumn.Speed), course = Field(row, fields, CsvColumn.Course);
            anyPoint |= speed.Contains((byte)'.') || course.Contains((byte)'.');
            anyWide |= FieldText.TryScaled(course, 0, out var degrees) && degrees is > 360 and <= 3600 and not 511;
            var turn = Field(row, fields, CsvColumn.RateOfTurn);
            anyTurn |= !turn.IsEmpty;
            turnPoint |= turn.Contains((byte)'.');
            var time = Field(row, fields, CsvColumn.Time);
            MonthFirst |= time.Length >= 10 && time[2] == '/' && time[3] is >= (byte)'1' and <= (byte)'3'
                && FieldText.TryScaled(time[3..5], 0, out var second) && second > 12;
        }

        InTenths = anyWide && !anyPoint;
        TurnAsSent = anyTurn && !turnPoint;
    }

    private ReadOnlySpan<byte> Field(ReadOnlySpan<byte> row, ReadOnlySpan<FieldAt> fields, CsvColumn column)
    {
        var at = this[column];
        return at < 0 ? [] : row.Slice(fields[at].Start, fields[at].Length);
    }
}
