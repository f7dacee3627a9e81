using System.Text;

namespace MaritimeWatch.Intake.Anpr;

/// <summary>
/// Reads in CSV with a header (RFC 4180, no line breaks inside quotes): our own
/// <c>at,camera,plate,confidence,region,vehicle,direction,simulated</c> in any order, and the CSV of Plate Recognizer's
/// Stream (<c>timestamp,plate,score,...</c>), whose camera is the first folder of its <c>file</c>.
/// </summary>
internal static class CsvReads
{
    private const int FieldsMax = 64;

    private static readonly Dictionary<string, Field> Names = new(StringComparer.OrdinalIgnoreCase)
    {
        ["at"] = Field.At, ["time"] = Field.At, ["timestamp"] = Field.At,
        ["camera"] = Field.Camera, ["camera_id"] = Field.Camera,
        ["plate"] = Field.Plate,
        ["confidence"] = Field.Confidence, ["score"] = Field.Confidence,
        ["region"] = Field.Region, ["vehicle"] = Field.Vehicle, ["direction"] = Field.Direction,
        ["simulated"] = Field.Simulated, ["file"] = Field.File,
    };

    private enum Field
    {
        Other,
        At,
        Camera,
        Plate,
        Confidence,
        Region,
        Vehicle,
        Direction,
        Simulated,
        File,
    }

    public static void Read(ReadOnlyMemory<byte> text, int offset, PlateReadOptions options, PlateDocument document)
    {
        List<Field>? header = null;
        var (cells, number) = (new List<string>(), 0L);
        for (var at = 0; at < text.Length;)
        {
            number++;
            var end = text.Span[at..].IndexOf((byte)'\n');
            var length = end < 0 ? text.Length - at : end;
            var line = text.Span.Slice(at, length).TrimEnd((byte)'\r');
            if (line.IsEmpty || line[0] == (byte)'#')
            {
                document.Ignored++;
            }
            else if (line.Length > options.LineBytesMax)
            {
                document.Refuse(PlateFault.LineTooLong, offset + at, line, number);
            }
            else if (header is null)
            {
                header = HeaderOf(line, cells);
                if (header is null)
                {
                    document.Refuse(PlateFault.UnknownForm, offset, text.Span);
                    return;
                }

                document.Ignored++;
            }
            else
            {
                TakeRow(line, offset + at, number, header, cells, options, document);
            }

            at += length + 1;
        }
    }

    private static List<Field>? HeaderOf(ReadOnlySpan<byte> line, List<string> cells)
    {
        if (!Split(line, cells))
        {
            return null;
        }

        var header = cells.ConvertAll(cell => Names.GetValueOrDefault(cell.Trim()));
        return header.Contains(Field.Plate) && header.Contains(Field.At) ? header : null;
    }

    private static void TakeRow(
        ReadOnlySpan<byte> line, long offset, long number, List<Field> header, List<string> cells, PlateReadOptions options, PlateDocument document)
    {
        if (!Split(line, cells) || cells.Count < header.Count)
        {
            document.Refuse(PlateFault.BadRow, offset, line, number);
        }
        else if (document.Reads.Count >= options.ReadsMax)
        {
            document.Refuse(PlateFault.TooMany, offset, line, number);
        }
        else if (FieldsOf(header, cells).Make(options, offset, line.Length, out var fault) is { } read)
        {
            document.Add(read);
        }
        else
        {
            document.Refuse(fault, offset, line, number);
        }
    }

    private static ReadFields FieldsOf(List<Field> header, List<string> cells)
    {
        var fields = new ReadFields();
        for (var i = 0; i < header.Count; i++)
        {
            var cell = cells[i];
            _ = header[i] switch
            {
                Field.At => fields.At = cell,
                Field.Camera => fields.Camera = cell,
                Field.Plate => fields.Plate = cell,
                Field.Confidence => fields.Confidence = cell,
                Field.Region => fields.Region = Plain(cell, "code"),
                Field.Vehicle => fields.Vehicle = Plain(cell, "type"),
                Field.Direction => fields.Direction = cell,
                Field.File => fields.Camera ??= FolderOf(cell),
                _ => cell,
            };
            fields.IsSimulated |= header[i] == Field.Simulated && cell.Trim().ToUpperInvariant() is "TRUE" or "1";
        }

        return fields;
    }

    /// <summary>One value of a Python dictionary such as <c>{'code': 'gb', 'score': 0.4}</c>; plain text as it is.</summary>
    private static string Plain(string cell, string key)
    {
        var at = cell.StartsWith('{') ? cell.IndexOf($"'{key}': '", StringComparison.Ordinal) : -1;
        if (at < 0)
        {
            return cell.StartsWith('{') ? "" : cell;
        }

        var value = cell[(at + key.Length + 5)..];
        var end = value.IndexOf('\'', StringComparison.Ordinal);
        return end < 0 ? "" : value[..end];
    }

    /// <summary><c>/camera-1_screenshots/21-10-27/...jpg</c> is of camera-1.</summary>
    private static string? FolderOf(string path)
    {
        var folder = path.TrimStart('/').Split('/')[0];
        var end = folder.IndexOf("_screenshots", StringComparison.Ordinal);
        return end > 0 ? folder[..end] : null;
    }

    private static bool Split(ReadOnlySpan<byte> line, List<string> cells)
    {
        cells.Clear();
        var cell = new StringBuilder();
        var text = Encoding.UTF8.GetString(line);
        var isQuoted = false;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (isQuoted && c == '"' && i + 1 < text.Length && text[i + 1] == '"')
            {
                cell.Append(c);
                i++;
            }
            else if (c == '"' && (isQuoted || cell.Length == 0))
            {
                isQuoted = !isQuoted;
            }
            else if (c == ',' && !isQuoted)
            {
                if (cells.Count + 1 >= FieldsMax)
                {
                    return false;
                }

                cells.Add(cell.ToString());
                cell.Clear();
            }
            else
            {
                cell.Append(c);
            }
        }

        cells.Add(cell.ToString());
        return !isQuoted;
    }
}
