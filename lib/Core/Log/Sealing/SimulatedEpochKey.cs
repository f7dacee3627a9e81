using System.Globalization;

namespace MaritimeWatch.Log.Sealing;

/// <summary>
/// The file <c>epoch.key</c> of a SIMULATED scenario: a first line that says so, then the key as 64 hexadecimal digits.
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
        if (lines.Length != 2 || !lines[0].StartsWith("SIMULATED", StringComparison.Ordinal) || lines[1].Length != 2 * Seal.KeyBytes)
        {
            throw new InvalidDataException("this is no key of a simulated scenario: the line SIMULATED and 64 hexadecimal digits are wanted");
        }

        try
        {
            return Convert.FromHexString(lines[1]);
        }
        catch (FormatException e)
        {
            throw new InvalidDataException("the key of the simulated scenario is not hexadecimal", e);
        }
    }
}
