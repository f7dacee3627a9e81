using System.Security.Cryptography;
using System.Text;

namespace MaritimeWatch.Terms;

/// <summary>
/// Makes tokens that stand for plates and people: HMAC-SHA-256 under the key of an epoch, so that without that key a token
/// can neither be made from a plate nor tried against all plates. The same plate has the same token only within an epoch.
/// </summary>
/// <remarks>
/// A plate's own token and those of its one-deletion texts are in one space, so two reads that differ by one character
/// share a token (see <see cref="TokenSet.IsNear"/>): that is a candidate to be weighed by time and place, never an
/// identity.
/// </remarks>
public sealed class PlateTokens
{
    /// <summary>Bytes of the HMAC that a token keeps.</summary>
    public const int TokenBytes = 16;

    private readonly byte[] key;

    /// <summary>Tokens under a key.</summary>
    /// <param name="key">The epoch's key, 32 bytes.</param>
    public PlateTokens(ReadOnlySpan<byte> key)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(key.Length, TokenBytes);
        this.key = key.ToArray();
    }

    /// <summary>The tokens of a plate.</summary>
    public TokenSet Of(Plate plate) => new(
        Token("plate", plate.Folded),
        [.. plate.Deletions().Select(text => Token("plate", text)).Order(StringComparer.Ordinal)],
        Token("written", plate.Text));

    /// <summary>
    /// The token of a party (a consignor, consignee or notify party) by its name or identifier; upper case, letters and
    /// digits alone count.
    /// </summary>
    /// <param name="text">Its name or identifier.</param>
    public string PartyToken(string text) => Token("party", Plain(text));

    /// <summary>The token of an officer by the name of the account.</summary>
    /// <param name="account">As signed in.</param>
    public string OfficerToken(string account) => Token("officer", account.Trim().ToUpperInvariant());

    /// <summary>
    /// A token of a whole content: tells that the same bytes came again, without saying which.
    /// </summary>
    /// <param name="content">The clear bytes.</param>
    public string ContentToken(ReadOnlySpan<byte> content) => Token("content", Convert.ToHexStringLower(SHA256.HashData(content)));

    private string Token(string space, string text) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{space}\n{text}")).AsSpan(0, TokenBytes));

    private static string Plain(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(rune))
            {
                plain.Append(Rune.ToUpperInvariant(rune).ToString());
            }
        }

        return plain.ToString();
    }
}

/// <summary>The tokens of one plate.</summary>
/// <param name="Exact">Of the folded plate, 32 lower-case hexadecimal digits.</param>
/// <param name="Deletions">Of each of its one-deletion texts, in ordinal order.</param>
/// <param name="Written">
/// Of the plate before look-alikes are folded, in a space of its own: two plates of one <paramref name="Exact"/> token may
/// differ here, and then one of them may be another vehicle's.
/// </param>
public sealed record TokenSet(string Exact, IReadOnlyList<string> Deletions, string Written)
{
    /// <summary>True where the plates differ by one character that is missing, added or another. A candidate, no more.</summary>
    public bool IsNear(TokenSet other) =>
        Exact != other.Exact
        && (Deletions.Contains(other.Exact) || other.Deletions.Contains(Exact) || Deletions.Any(other.Deletions.Contains));
}
