using System.Globalization;

namespace MaritimeWatch.Terms;

/// <summary>
/// The number that a hull keeps for life: seven digits, the last a check digit (IMO Resolution A.1117(30): the first
/// six digits times 7 to 2, summed; the last digit of the sum is the seventh).
/// </summary>
public readonly record struct ImoNumber
{
    private const int Digits = 7;

    private ImoNumber(int value) => Value = value;

    /// <summary>The number, 1,000,000 to 9,999,999.</summary>
    public int Value { get; }

    /// <summary>Makes a number; false where it has not seven digits or its check digit is wrong.</summary>
    /// <param name="value">The number.</param>
    /// <param name="imo">The IMO number when true.</param>
    public static bool TryCreate(int value, out ImoNumber imo)
    {
        imo = new ImoNumber(value);
        return value is >= 1_000_000 and <= 9_999_999 && CheckDigitOf(value / 10) == value % 10;
    }

    /// <summary>Reads <c>9347346</c>, <c>IMO9347346</c> or <c>IMO 9347346</c>.</summary>
    /// <param name="text">The text.</param>
    /// <param name="imo">The IMO number when true.</param>
    public static bool TryParse(ReadOnlySpan<char> text, out ImoNumber imo)
    {
        imo = default;
        return TryReadDigits(text, out var value) && TryCreate(value, out imo);
    }

    /// <summary>True where the text has the form of an IMO number, whatever its check digit.</summary>
    /// <param name="text">The text.</param>
    public static bool HasForm(ReadOnlySpan<char> text) => TryReadDigits(text, out _);

    /// <summary>The check digit that six digits need.</summary>
    /// <param name="sixDigits">The first six digits, 100,000 to 999,999.</param>
    public static int CheckDigitOf(int sixDigits)
    {
        var sum = 0;
        for (var weight = 2; weight <= Digits; weight++, sixDigits /= 10)
        {
            sum += sixDigits % 10 * weight;
        }

        return sum % 10;
    }

    /// <inheritdoc/>
    public override string ToString() => Value.ToString("D7", CultureInfo.InvariantCulture);

    private static bool TryReadDigits(ReadOnlySpan<char> text, out int value)
    {
        text = text.Trim();
        if (text.StartsWith("IMO", StringComparison.OrdinalIgnoreCase))
        {
            text = text[3..].TrimStart();
        }

        value = 0;
        return text.Length == Digits && text[0] != '0'
            && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);
    }
}
