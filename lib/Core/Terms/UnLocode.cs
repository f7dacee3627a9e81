using System.Buffers;

namespace MaritimeWatch.Terms;

/// <summary>
/// A UN/LOCODE: two letters of a country (ISO 3166-1) and three of a place, where digits 2 to 9 may stand too (UNECE
/// Recommendation 16). Only the form is checked here; whether the place exists is reference data's word.
/// </summary>
public readonly record struct UnLocode
{
    private const int Length = 5;
    private static readonly SearchValues<char> PlaceLetters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ23456789");

    private readonly string? value;

    private UnLocode(string value) => this.value = value;

    /// <summary>The code, five upper-case characters: <c>SEGOT</c>.</summary>
    public string Value => value ?? string.Empty;

    /// <summary>The country's two letters.</summary>
    public string Country => Value.Length == Length ? Value[..2] : string.Empty;

    /// <summary>Reads <c>SEGOT</c>, <c>SE GOT</c> or <c>segot</c>.</summary>
    /// <param name="text">The text.</param>
    /// <param name="locode">The code when true.</param>
    public static bool TryParse(string? text, out UnLocode locode)
    {
        locode = default;
        var bare = (text ?? string.Empty).Trim().ToUpperInvariant();
        if (bare.Length == Length + 1 && bare[2] == ' ')
        {
            bare = bare.Remove(2, 1);
        }

        if (bare.Length != Length
            || bare.AsSpan(0, 2).IndexOfAnyExceptInRange('A', 'Z') >= 0
            || bare.AsSpan(2).IndexOfAnyExcept(PlaceLetters) >= 0)
        {
            return false;
        }

        locode = new UnLocode(bare);
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() => Value;
}
