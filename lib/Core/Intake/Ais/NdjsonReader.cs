using System.Text.Json;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Intake.Ais;

/// <summary>Turns lines of one JSON object each into rows; keys are spelt like CSV columns.</summary>
internal sealed class NdjsonReader<THandler>
    where THandler : IAisHandler, allows ref struct
{
    private const int TextMax = 64;
    private static readonly short[] s_index = MakeIndex();

    private readonly LineBuffer _lines;
    private readonly AisReadCounts _counts;
    private readonly ushort _source;
    private readonly bool _simulated;
    private readonly uint _sourceTag;

    // One value per meaning, unescaped, so that rows are read like those of a CSV file.
    private readonly byte[] _values = new byte[(int)CsvColumn.Count * TextMax];
    private readonly int[] _lengths = new int[(int)CsvColumn.Count];
    private readonly FieldAt[] _fields = new FieldAt[(int)CsvColumn.Count];
    private readonly int[] _ranks = new int[(int)CsvColumn.Count];

    public NdjsonReader(LineBuffer lines, AisReadCounts counts, AisReadOptions options)
    {
        (_lines, _counts, _simulated) = (lines, counts, options.Simulated);
        _source = options.Sources.IndexOf(options.SourceName);
        _sourceTag = SourceTable.TagOf(options.SourceName);
    }

    public void Run(ref THandler handler)
    {
        while (_lines.TryRead(out var line))
        {
            _counts.Lines++;
            if (line.IndexOfAnyExcept((byte)' ', (byte)'\t') < 0 || line[0] == '#')
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
        if (!Text.IsText(line))
        {
            return IntakeFault.Binary;
        }

        Array.Clear(_lengths);
        Array.Clear(_fields);
        if (!TryCollect(line))
        {
            return IntakeFault.Malformed;
        }

        var atMs = Instants.None;
        var timeOfDayMs = -1;
        if (!FieldText.TryTime(Value(CsvColumn.Time), monthFirst: false, out atMs, out timeOfDayMs))
        {
            return IntakeFault.TimeInvalid;
        }

        AisRow row = default;
        row.TimeOfDayMs = timeOfDayMs;
        if (Identity(ref row) is { } unknown)
        {
            return unknown;
        }

        if (RowFields.Position(Value(CsvColumn.Latitude), Value(CsvColumn.Longitude), ref row) is { } wrong)
        {
            return wrong;
        }

        if (!TryMovement(ref row))
        {
            return IntakeFault.Malformed;
        }

        Particulars(ref row);
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

    private bool TryCollect(ReadOnlySpan<byte> line)
    {
        try
        {
            var json = new Utf8JsonReader(line);
            if (!json.Read() || json.TokenType != JsonTokenType.StartObject)
            {
                return false;
            }

            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                var (column, rank) = CsvSpelling.Of(json.ValueSpan);
                json.Read();
                if (json.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
                {
                    json.Skip();
                }
                else if (column != CsvColumn.None && json.TokenType is JsonTokenType.String or JsonTokenType.Number)
                {
                    Keep(column, rank, ref json);
                }
            }

            return json.TokenType == JsonTokenType.EndObject && !json.Read();
        }
        catch (JsonException)
        {
            return false;
        }
        catch (InvalidOperationException)
        {
            // A string that is no UTF-8.
            return false;
        }
    }

    private void Keep(CsvColumn column, int rank, ref Utf8JsonReader json)
    {
        if (json.ValueSpan.Length > TextMax || (_lengths[(int)column] > 0 && _ranks[(int)column] <= rank))
        {
            return;
        }

        var target = _values.AsSpan((int)column * TextMax, TextMax);
        var length = json.ValueSpan.Length;
        if (json.TokenType == JsonTokenType.String)
        {
            length = json.CopyString(target);
        }
        else
        {
            json.ValueSpan.CopyTo(target);
        }

        _lengths[(int)column] = length;
        _fields[(int)column] = new FieldAt((int)column * TextMax, length);
        _ranks[(int)column] = rank;
    }

    private ReadOnlySpan<byte> Value(CsvColumn column) =>
        _values.AsSpan((int)column * TextMax, _lengths[(int)column]);

    private IntakeFault? Identity(ref AisRow row)
    {
        var mmsi = RowFields.Mmsi(Value(CsvColumn.Mmsi));
        var local = RowFields.Mmsi(Value(CsvColumn.LocalId));
        if (mmsi == 0 && (local == 0 || _lengths[(int)CsvColumn.Mmsi] > 0))
        {
            return IntakeFault.IdentityInvalid;
        }

        row.Vessel = mmsi > 0 ? VesselId.FromMmsi(mmsi) : VesselId.Local(_sourceTag, (ulong)local);
        return null;
    }

    private bool TryMovement(ref AisRow row)
    {
        var isFine = RowFields.TrySpeed(Value(CsvColumn.Speed), false, out var speed)
            & RowFields.TryCourse(Value(CsvColumn.Course), false, out var course)
            & RowFields.TryHeading(Value(CsvColumn.Heading), out var heading)
            & RowFields.TryTurn(Value(CsvColumn.RateOfTurn), false, out var turn);
        (row.SpeedDeciKnots, row.CourseDeciDegrees, row.HeadingDegrees, row.RateOfTurn) = (speed, course, heading, turn);
        row.NavigationStatus = RowWords.NavigationStatus(Value(CsvColumn.NavigationStatus));
        row.MessageType = RowFields.TrySmall(Value(CsvColumn.MessageType), 27, out var type) ? (byte)type : (byte)0;
        row.Traits = RowFields.TraitsOf(Value(CsvColumn.StationClass), type, row.Vessel);
        return isFine;
    }

    private void Particulars(ref AisRow row)
    {
        var hash = 0UL;
        for (var column = CsvColumn.Name; column < CsvColumn.Count; column++)
        {
            foreach (var b in Value(column))
            {
                hash = (hash ^ b ^ ((ulong)column << 8)) * 0x100000001B3UL;
            }
        }

        row.StaticHash = hash;
        row.Bytes = _values;
        row.Fields = _fields;
        row.Index = s_index;
    }

    private static short[] MakeIndex()
    {
        var index = new short[(int)CsvColumn.Count];
        for (short i = 0; i < index.Length; i++)
        {
            index[i] = i;
        }

        return index;
    }
}
