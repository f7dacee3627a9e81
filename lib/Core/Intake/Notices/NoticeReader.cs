using System.Text.Json;

namespace MaritimeWatch.Intake.Notices;

/// <summary>
/// Reads notices: events of the open port-call schema and our own pick-ups, as one JSON object, an array or NDJSON, or a
/// list of port calls as CSV. Never throws for what is in the file.
/// </summary>
public static class NoticeReader
{
    /// <summary>The largest file by default, unpacked: 16 MiB.</summary>
    public const int BytesMax = 16 << 20;

    /// <summary>The longest line of NDJSON or CSV, bytes.</summary>
    public const int LineBytesMax = 64 * 1024;

    /// <summary>Reads a file.</summary>
    /// <param name="content">Its bytes, unpacked.</param>
    /// <param name="bytesMax">The largest that is taken.</param>
    public static NoticeReading Read(ReadOnlyMemory<byte> content, int bytesMax = BytesMax)
    {
        if (content.Length > bytesMax)
        {
            return Refused(NoticeFault.TooLarge, FormattableString.Invariant($"it has {content.Length:N0} bytes; at most {bytesMax:N0} are taken"));
        }

        if (content.Span.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
        {
            content = content[3..];
        }

        var head = content.Span.TrimStart(" \t\r\n"u8);
        if (head.IsEmpty)
        {
            return Refused(NoticeFault.Empty, "it is empty");
        }

        return head[0] switch
        {
            (byte)'{' or (byte)'[' => ReadJson(content),
            (byte)'<' => Refused(NoticeFault.Xml, "it is XML; this door takes JSON, NDJSON and CSV"),
            _ when head[..Math.Min(head.Length, 4096)].Contains((byte)0) => Refused(NoticeFault.Binary, "it is binary"),
            _ => CallListReader.TryRead(content, out var reading)
                ? reading!
                : Refused(NoticeFault.FormatUnknown, "it is neither JSON ({ or [) nor a CSV list of calls with portToVisit in its header"),
        };
    }

    private static NoticeReading ReadJson(ReadOnlyMemory<byte> content)
    {
        var notices = new NoticeList();
        if (StrictJson.TryParse(content, out var whole, out var fault))
        {
            var root = whole!.Root;
            foreach (var item in root.Kind == JsonValueKind.Array ? root.Items : [root])
            {
                PortCallEvent.Take(item, whole.LineAt(item.Offset), item.Offset, (int)item.Length, notices);
            }

            return notices.Finish();
        }

        var first = content.Span.IndexOf((byte)'\n');
        if (first < 0 || !StrictJson.TryParse(content[..first], out _, out _))
        {
            var line = content.Span.TrimStart(" \t\r\n"u8)[0] == (byte)'{' && first > 0 && first < LineBytesMax && IsLineOfJson(content.Span[..first]);
            if (!line)
            {
                return Refused(NoticeFault.BadJson, fault!);
            }
        }

        return ReadLines(content, notices);
    }

    // A damaged first line of NDJSON must not take the others with it: a line that ends as an object does is one.
    private static bool IsLineOfJson(ReadOnlySpan<byte> line) => line.TrimEnd(" \t\r"u8).EndsWith("}"u8);

    private static NoticeReading ReadLines(ReadOnlyMemory<byte> content, NoticeList notices)
    {
        var number = 0;
        for (var at = 0; at < content.Length;)
        {
            var length = content.Span[at..].IndexOf((byte)'\n');
            length = length < 0 ? content.Length - at : length;
            number++;
            var line = content.Slice(at, length);
            if (line.Span.Trim(" \t\r"u8).IsEmpty)
            {
                notices.Blank++;
            }
            else if (length > LineBytesMax)
            {
                notices.Refuse(NoticeFault.BadLine, FormattableString.Invariant($"the line has {length:N0} bytes"), number, at, length);
            }
            else if (StrictJson.TryParse(line, out var json, out var fault))
            {
                PortCallEvent.Take(json!.Root, number, at, length, notices);
            }
            else
            {
                notices.Refuse(NoticeFault.BadJson, fault!.Replace("line 1: ", "", StringComparison.Ordinal), number, at, length);
            }

            at += length + 1;
        }

        return notices.Finish();
    }

    private static NoticeReading Refused(NoticeFault fault, string text) => new() { Fault = fault, FaultText = text };
}
