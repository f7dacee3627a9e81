using System.Globalization;

namespace MaritimeWatch.Log.Sealing;

/// <summary>
/// The file <c>epoch.key</c> of a SIMULATED scenario: a first line that says so, then the key as 64 hexadecimal digits;
/// or the key alone as base64.
/// </summary>
public static class SimulatedEpochKey
{
    private const string FirstLine = "SIMULATED token key: invented plates only, never for real ones";
    private const int CharactersMax = 1024;

    /// <summary>The file's text.</summary>
    /// <param name="key">32 bytes.</param>
    public static string ToText(ReadOnlySpan<byte> key) =>
        string.Create(CultureInfo.InvariantCulture, $"{FirstLine}\n{Convert.ToHexStringLower(key)}\n");

    /// <summary>The key of a file.</summary>
    /// <exception cref="InvalidDataException">It is no such file.</exception>
    public static byte[] Parse(string text)
    {
        var lines = text.Length <= CharactersMax ? text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) : [];
        var key = new byte[Seal.KeyBytes + 1];
        return lines switch
        {
            [var mark, var hex] when mark.StartsWith("SIMULATED", StringComparison.Ordinal) && hex.Length == 2 * Seal.KeyBytes
                && hex.All(char.IsAsciiHexDigit) => Convert.FromHexString(hex),
            [var base64] when Convert.TryFromBase64String(base64, key, out var count) && count == Seal.KeyBytes => key[..Seal.KeyBytes],
            _ => throw new InvalidDataException(
                "this is no key of a simulated scenario: the line SIMULATED and 64 hexadecimal digits are wanted, or base64 of 32 bytes alone"),
        };
    }
}
