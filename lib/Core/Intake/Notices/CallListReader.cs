using System.Text;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Intake.Notices;

/// <summary>
/// A list of port calls as CSV with a header, as the Finnish port-call service (Digitraffic) gives them: one row for each
/// call and port area, with what was last said of it and when (<c>portCallTimestamp</c>).
/// </summary>
internal static class CallListReader
{
    private const int FieldsMax = 256;
    private static readonly TimeSpan FarOff = TimeSpan.FromDays(400);

    public static bool TryRead(ReadOnlyMemory<byte> content, out NoticeReading? reading)
    {
        reading = null;
        Dictionary<string, int>? columns = null;
        var notices = new NoticeList();
        var number = 0;
        var fields = new List<string>();
        for (var at = 0; at < content.Length;)
        {
            var length = content.Span[at..].IndexOf((byte)'\n');
            length = length < 0 ? content.Length - at : length;
            number++;
            var line = content.Span.Slice(at, length);
            if (line.Trim(" \t\r"u8).IsEmpty)
            {
                notices.Blank++;
            }
            else if (!Split(line, fields))
            {
                if (columns is null)
                {
                    return false;
                }

                notices.Refuse(NoticeFault.BadLine, "the row is too long or its quotes do not close", number, at, length);
            }
            else if (columns is null)
            {
                columns = Columns(fields);
                if (!columns.ContainsKey("portToVisit") || !columns.ContainsKey("portCallTimestamp"))
                {
                    return false;
                }

                notices.Blank++;
            }
            else
            {
                TakeRow(columns, fields, number, at, length, notices);
            }

            at += length + 1;
        }

        reading = notices.Finish();
        return columns is not null;
    }

    private static Dictionary<string, int> Columns(List<string> names)
    {
        var columns = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < names.Count; i++)
        {
            columns.TryAdd(names[i], i);
        }

        return columns;
    }

    private static void TakeRow(
        Dictionary<string, int> columns, List<string> fields, int line, long offset, int length, NoticeList notices)
    {
        string? Of(string name) => columns.TryGetValue(name, out var index) && index < fields.Count && fields[index] is { Length: > 0 } text ? text : null;
        if (fields.Count != columns.Count)
        {
            notices.Refuse(NoticeFault.BadLine, FormattableString.Invariant($"{fields.Count} fields, {columns.Count} in the header"), line, offset, length);
            return;
        }

        if (!UnLocode.TryParse(Of("portToVisit"), out var port))
        {
            notices.Refuse(NoticeFault.Port, "portToVisit is no UN/LOCODE", line, offset, length);
            return;
        }

        if (!Rfc3339Text.TryRead(Of("portCallTimestamp"), out var sentAtMs))
        {
            notices.Refuse(NoticeFault.Time, "portCallTimestamp is no time by RFC 3339", line, offset, length);
            return;
        }

        var imo = ShipNumbers.Imo(Of("imoLloyds"), line, notices);
        var mmsi = ShipNumbers.Mmsi(Of("mmsi"), line, notices);
        if (imo is null && mmsi is null)
        {
            notices.Refuse(NoticeFault.Ship, "the ship has neither IMO number nor MMSI that can be used", line, offset, length);
            return;
        }

        long? Time(string name)
        {
            var text = Of(name);
            if (text is null)
            {
                return null;
            }

            if (Rfc3339Text.TryRead(text, out var atMs) && Math.Abs(atMs - sentAtMs) <= FarOff.TotalMilliseconds)
            {
                return atMs;
            }

            notices.Defect(line, $"{name} is no time by RFC 3339 within 400 days; left out");
            return null;
        }

        var notice = new CallNotice
        {
            Port = port.Value,
            SentAtMs = sentAtMs,
            CallId = Of("portCallId"),
            Imo = imo,
            Mmsi = mmsi,
            Name = Of("vesselName"),
            EtaMs = Time("eta"),
            EtdMs = Time("etd"),
            AtaMs = Time("ata"),
            AtdMs = Time("atd"),
            Berth = Of("berthName") ?? Of("portAreaName"),
            LastPort = UnLocode.TryParse(Of("prevPort"), out var last) ? last.Value : null,
            NextPort = UnLocode.TryParse(Of("nextPort"), out var next) ? next.Value : null,
            Line = line,
        };
        if (notice is { EtaMs: null, EtdMs: null, AtaMs: null, AtdMs: null })
        {
            notices.Refuse(NoticeFault.Time, "the row has neither eta, etd, ata nor atd", line, offset, length);
            return;
        }

        notices.Add(notice, offset, length);
    }

    // RFC 4180 without line ends inside quotes; false where the line is too long or a quote stays open.
    private static bool Split(ReadOnlySpan<byte> line, List<string> fields)
    {
        fields.Clear();
        line = line.TrimEnd((byte)'\r');
        if (line.Length > NoticeReader.LineBytesMax)
        {
            return false;
        }

        var text = Encoding.UTF8.GetString(line);
        var field = new StringBuilder();
        var isQuoted = false;
        for (var i = 0; i <= text.Length; i++)
        {
            var isEnd = i == text.Length;
            if (!isEnd && text[i] == '"')
            {
                var isDouble = isQuoted && i + 1 < text.Length && text[i + 1] == '"';
                field.Append(isDouble ? "\"" : string.Empty);
                (isQuoted, i) = isDouble ? (true, i + 1) : (!isQuoted, i);
            }
            else if (isEnd && isQuoted)
            {
                return false;
            }
            else if (isEnd || (text[i] == ',' && !isQuoted))
            {
                fields.Add(field.ToString().Trim());
                field.Clear();
                if (fields.Count > FieldsMax)
                {
                    return false;
                }
            }
            else
            {
                field.Append(text[i]);
            }
        }

        return true;
    }
}
