using System.Buffers;
using System.Globalization;
using System.Text;

namespace MaritimeWatch.Log;

/// <summary>
/// The body of a <see cref="EntryKind.News"/> entry: lines of stages before this one. The first row is
/// <c>plan TAB part</c>; every other row is <c>collection TAB line</c>. Plans count from 1 and parts from 0, so that a
/// fold that remembers the last pair knows a repeated entry.
/// </summary>
/// <param name="Plan">Which round of the relay brought it, from 1.</param>
/// <param name="Part">Which part of that round, from 0.</param>
/// <param name="Rows">The lines, in the order in which they became known.</param>
public sealed record NewsEntry(long Plan, int Part, IReadOnlyList<NewsRow> Rows)
{
    /// <summary>Where a fold stands after this entry: compare with the place of the entry before.</summary>
    public NewsPlace Place => new(Plan, Part);

    /// <summary>As the inbox carries it.</summary>
    public byte[] ToBytes()
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        Write(buffer, string.Create(CultureInfo.InvariantCulture, $"{Plan}\t{Part}\n"));
        foreach (var row in Rows)
        {
            Write(buffer, row.Collection);
            buffer.Write("\t"u8);
            buffer.Write(row.Line.Span);
            buffer.Write("\n"u8);
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Reads a body.</summary>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public static NewsEntry Parse(ReadOnlyMemory<byte> body)
    {
        List<NewsRow> rows = [];
        var (plan, part) = (0L, 0);
        for (var isFirst = true; !body.IsEmpty; isFirst = false)
        {
            var end = body.Span.IndexOf((byte)'\n');
            var tab = body.Span.IndexOf((byte)'\t');
            if (end < 0 || tab < 0 || tab > end)
            {
                throw new InvalidDataException("an entry of news is damaged");
            }

            var (head, tail) = (Encoding.UTF8.GetString(body.Span[..tab]), body[(tab + 1)..end]);
            if (!isFirst)
            {
                rows.Add(new NewsRow(head, tail));
            }
            else if (!long.TryParse(head, NumberStyles.None, CultureInfo.InvariantCulture, out plan)
                || !int.TryParse(tail.Span, NumberStyles.None, CultureInfo.InvariantCulture, out part))
            {
                throw new InvalidDataException("an entry of news has no plan and part");
            }

            body = body[(end + 1)..];
        }

        return new NewsEntry(plan, part, rows);
    }

    private static void Write(ArrayBufferWriter<byte> buffer, string text) => Encoding.UTF8.GetBytes(text, buffer);
}

/// <summary>One line of a stage.</summary>
/// <param name="Collection">Its collection.</param>
/// <param name="Line">The feature, no newline in it.</param>
public readonly record struct NewsRow(string Collection, ReadOnlyMemory<byte> Line);

/// <summary>How far a fold has heard the news; what is not later has been heard.</summary>
/// <param name="Plan">The round; 0 before any.</param>
/// <param name="Part">The part of the round.</param>
public readonly record struct NewsPlace(long Plan, int Part)
{
    /// <summary>True where this comes after the other.</summary>
    public bool IsAfter(NewsPlace other) => Plan > other.Plan || (Plan == other.Plan && Part > other.Part);

    /// <summary>Before any news: round 0.</summary>
    public static NewsPlace None { get; }
}
