using System.Collections.Concurrent;
using System.Globalization;

namespace MaritimeWatch.Feeds;

/// <summary>
/// Texts of queryables as small numbers, so that a filter compares integers. One writer, many readers. 0 is null.
/// </summary>
internal sealed class Vocabulary
{
    /// <summary>The code of a value that was never met: it matches nothing.</summary>
    public const int Unknown = -1;

    private const int FalseCode = 1;
    private const int TrueCode = 2;

    private readonly ConcurrentDictionary<string, int> _codes = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _bySpan;

    public Vocabulary() => _bySpan = _codes.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The code of a boolean.</summary>
    public static int Of(bool value) => value ? TrueCode : FalseCode;

    /// <summary>The code of a text, which is remembered. Only the one writer may call this.</summary>
    public int Learn(ReadOnlySpan<char> text)
    {
        if (!_bySpan.TryGetValue(text, out var code))
        {
            code = _codes.Count + 1;
            _bySpan[text] = code;
        }

        return code;
    }

    /// <summary>The code of a parameter's value; false where it is not of the queryable's type.</summary>
    public bool TryCode(FeedQueryable queryable, string value, out int code)
    {
        switch (queryable.Type)
        {
            case QueryableType.Boolean:
                code = Of(value == "true");
                return value is "true" or "false";
            case QueryableType.Number:
                return int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out code) && code > 0;
            default:
                code = _codes.TryGetValue(value, out var known) ? known : Unknown;
                return queryable.Type == QueryableType.Text ? value.Length > 0 : queryable.Choices.Contains(value);
        }
    }
}
