using System.Buffers.Binary;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Intake.Ais;

/// <summary>Turns the lines of a CSV file into rows.</summary>
internal sealed class CsvReader<THandler>
    where THandler : IAisHandler, allows ref struct
{
    private readonly LineBuffer _lines;
    private readonly AisReadCounts _counts;
    private readonly CsvHeader _header;
    private readonly FieldAt[] _fields = new FieldAt[CsvHeader.ColumnsMax + 2];
    private readonly int[] _staticColumns;
    private readonly byte[] _day = new byte[11];
    private readonly ushort _source;
    private readonly bool _simulated;
    private readonly uint _sourceTag;
    private readonly int _time;
    private readonly int _mmsi;
    private readonly int _latitude;
    private readonly int _longitude;
    private long _dayMs;

    public CsvReader(LineBuffer lines, AisReadCounts counts, AisReadOptions options, CsvHeader header)
    {
        (_lines, _counts, _header) = (lines, counts, header);
        _source = options.Sources.IndexOf(options.SourceName);
        _simulated = options.Simulated;
        _sourceTag = SourceTable.TagOf(options.SourceName);
        _time = header[CsvColumn.Time];
        _mmsi = header[CsvColumn.Mmsi];
        _latitude = header[CsvColumn.Latitude];
        _longitude = header[CsvColumn.Longitude];
        _staticColumns = [.. Enumerable.Range((int)CsvColumn.Name, CsvColumn.Count - CsvColumn.Name)
            .Select(c => header[(CsvColumn)c]).Where(i => i >= 0).Order()];
    }

    public void Run(ref THandler handler)
    {
        while (_lines.TryRead(out var line))
        {
            _counts.Lines++;
            if (line.IsEmpty || line[0] == _header.Line[0] && line.SequenceEqual(_header.Line)
                || line[0] == '#' || line.IndexOfAnyExcept((byte)' ', (byte)'\t') < 0)
            {
                _counts.Ignored++;
                continue;
            }

            var answer = _lines.Length > LineBuffer.LineMax ? IntakeFault.LineTooLong : Row(line, ref handler);
            if (answer is { } fault)
            {
                _counts.Refuse(fault);
                var length = (int)Math.Min(int.MaxValue, _lines.Length);
                handler.OnRefused(new Refusal(fault, _lines.Number, _lines.Offset, length), line);
            }
            else
            {
                _counts.Used++;
            }
        }
    }

    private IntakeFault? Row(ReadOnlySpan<byte> line, ref THandler handler)
    {
        if (line.IndexOfAnyInRange((byte)0, (byte)8) >= 0)
        {
            return IntakeFault.Binary;
        }

        // A row that lost or gained a field has its values under the wrong names: nothing of it can be believed.
        var count = CsvHeader.Split(line, _header.Separator, _fields);
        if (count != _header.Columns && (count != _header.Columns + 1 || _fields[count - 1].Length != 0))
        {
            return Text.IsText(line) ? IntakeFault.Malformed : IntakeFault.Binary;
        }

        AisRow row = default;
        row.RateOfTurn = -128;
        row.NavigationStatus = 15;
        if (!TryTime(At(line, _time), out var atMs, out var timeOfDayMs))
        {
            return IntakeFault.TimeInvalid;
        }

        row.TimeOfDayMs = timeOfDayMs;
        if (Identity(line, ref row) is { } fault)
        {
            return fault;
        }

        if (RowFields.Position(At(line, _latitude), At(line, _longitude), ref row) is { } wrong)
        {
            return wrong;
        }

        if (!TryMovement(line, ref row))
        {
            return IntakeFault.Malformed;
        }

        Particulars(line, ref row);
        var envelope = new AisEnvelope
        {
            LineNumber = _lines.Number,
            Offset = _lines.Offset,
            Length = (ushort)_lines.Length,
            LineCount = 1,
            EventAtMs = atMs,
            SourceIndex = _source,
            Simulated = _simulated,
            Channel = 0,
        };
        var answer = handler.OnRow(envelope, row);
        if (answer is null)
        {
            _counts.SeeType(row.MessageType);
        }

        return answer;
    }

    private ReadOnlySpan<byte> At(ReadOnlySpan<byte> line, int index) =>
        index < 0 ? [] : line.Slice(_fields[index].Start, _fields[index].Length);

    private ReadOnlySpan<byte> At(ReadOnlySpan<byte> line, CsvColumn column) => At(line, _header[column]);

    // Most rows share their day with the row before: only the clock is read then.
    private bool TryTime(ReadOnlySpan<byte> text, out long atMs, out int timeOfDayMs)
    {
        timeOfDayMs = -1;
        var isPlain = (text.Length == 19 || (text.Length == 20 && text[19] == 'Z')) && text[13] == ':' && text[16] == ':';
        if (isPlain && text[..11].SequenceEqual(_day))
        {
            var inDay = CivilTime.TimeOfDayMs(Two(text, 11), Two(text, 14), Two(text, 17));
            atMs = _dayMs + inDay;
            return inDay >= 0;
        }

        if (!FieldText.TryTime(text, _header.MonthFirst, out atMs, out timeOfDayMs))
        {
            return false;
        }

        if (isPlain && timeOfDayMs < 0)
        {
            text[..11].CopyTo(_day);
            _dayMs = atMs - CivilTime.TimeOfDayMs(Two(text, 11), Two(text, 14), Two(text, 17));
        }

        return true;
    }

    private static int Two(ReadOnlySpan<byte> text, int at)
    {
        uint tens = (uint)(text[at] - '0'), ones = (uint)(text[at + 1] - '0');
        return tens <= 9 && ones <= 9 ? (int)((tens * 10) + ones) : -10_000_000;
    }

    private IntakeFault? Identity(ReadOnlySpan<byte> line, ref AisRow row)
    {
        if (_mmsi >= 0)
        {
            var mmsi = RowFields.Mmsi(At(line, _mmsi));
            row.Vessel = new VesselId((ulong)mmsi);
            return mmsi == 0 ? IntakeFault.IdentityInvalid : null;
        }

        // A column that is not called MMSI holds one only where the number has the form of a ship's.
        var text = At(line, CsvColumn.LocalId);
        var number = RowFields.Mmsi(text);
        if (text.IsEmpty || (number == 0 && text.IndexOfAnyExcept((byte)'0') < 0))
        {
            return IntakeFault.IdentityInvalid;
        }

        row.Vessel = Mmsi.KindOf(number) == MmsiKind.Ship
            ? VesselId.FromMmsi(number)
            : VesselId.Local(_sourceTag, number > 0 ? (ulong)number : Mix(1, text) & VesselId.LocalNumberMax);
        return null;
    }

    private bool TryMovement(ReadOnlySpan<byte> line, ref AisRow row)
    {
        var inTenths = _header.InTenths;
        var isFine = RowFields.TrySpeed(At(line, CsvColumn.Speed), inTenths, out var speed)
            & RowFields.TryCourse(At(line, CsvColumn.Course), inTenths, out var course)
            & RowFields.TryHeading(At(line, CsvColumn.Heading), out var heading)
            & RowFields.TryTurn(At(line, CsvColumn.RateOfTurn), _header.TurnAsSent, out var turn);
        (row.SpeedDeciKnots, row.CourseDeciDegrees, row.HeadingDegrees, row.RateOfTurn) = (speed, course, heading, turn);
        row.NavigationStatus = RowWords.NavigationStatus(At(line, CsvColumn.NavigationStatus));
        row.MessageType = RowFields.TrySmall(At(line, CsvColumn.MessageType), 27, out var type) ? (byte)type : (byte)0;
        row.Traits = RowFields.TraitsOf(At(line, CsvColumn.StationClass), type, row.Vessel);
        return isFine;
    }

    private void Particulars(ReadOnlySpan<byte> line, ref AisRow row)
    {
        if (_staticColumns.Length == 0)
        {
            return;
        }

        var hash = 0x9E3779B97F4A7C15UL;
        foreach (var column in _staticColumns)
        {
            hash = Mix(hash, At(line, column));
        }

        row.StaticHash = hash | 1;
        row.Bytes = line;
        row.Fields = _fields;
        row.Index = _header.Index;
    }

    private static ulong Mix(ulong hash, ReadOnlySpan<byte> text)
    {
        hash += (ulong)text.Length;
        for (; text.Length >= 8; text = text[8..])
        {
            hash = Stir(hash ^ BinaryPrimitives.ReadUInt64LittleEndian(text));
        }

        var rest = 0UL;
        for (var i = 0; i < text.Length; i++)
        {
            rest |= (ulong)text[i] << (i * 8);
        }

        return Stir(hash ^ rest);
    }

    private static ulong Stir(ulong value)
    {
        value *= 0xFF51AFD7ED558CCDUL;
        return value ^ (value >> 32);
    }
}
