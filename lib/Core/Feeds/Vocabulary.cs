using System.Collections.Concurrent;
using System.Collections.Immutable;
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
    private readonly ConcurrentDictionary<int, string> _texts = [];

    // Subjects that name more than one party, by each of them: few beside all texts, so a look-up costs no scan.
    private readonly ConcurrentDictionary<string, ImmutableArray<int>> _byParty = new(StringComparer.Ordinal);

    public Vocabulary() => _bySpan = _codes.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The code of a boolean.</summary>
    public static int Of(bool value) => value ? TrueCode : FalseCode;

    /// <summary>The code of a text, which is remembered. Only the one writer may call this.</summary>
    public int Learn(ReadOnlySpan<char> text)
    {
        if (!_bySpan.TryGetValue(text, out var code))
        {
            code = _codes.Count + 1;
            var word = text.ToString();
            _texts[code] = word;
            _codes[word] = code;
            foreach (var party in Parties.Within(word))
            {
                _byParty[party] = _byParty.GetValueOrDefault(party, []).Add(code);
            }
        }

        return code;
    }

    /// <summary>The text of a code; null for 0 and for a code that there is not.</summary>
    public string? TextOf(int code) => _texts.GetValueOrDefault(code);

    /// <summary>The codes of all subjects in which somebody takes part, the party's own name first.</summary>
    public IReadOnlyList<int> CodesOfParty(string party) =>
        [_codes.GetValueOrDefault(party, Unknown), .. _byParty.GetValueOrDefault(party, [])];

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
