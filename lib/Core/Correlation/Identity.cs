using System.Globalization;

namespace MaritimeWatch.Correlation;

/// <summary>Names of a vessel as keys: upper case, without what people leave out.</summary>
internal static class Identity
{
    public static string Imo(int number) => string.Create(CultureInfo.InvariantCulture, $"imo:{number}");

    public static string CallSign(string callSign) => "call-sign:" + Plain(callSign);

    /// <summary>Letters and digits only, upper case: <c>M/V Sim Feeder</c> and <c>MV SIM FEEDER</c> are one.</summary>
    public static string Plain(string text) => string.Concat(text.Where(char.IsLetterOrDigit)).ToUpperInvariant();

    public static bool IsSame(string? left, string? right) => left is not null && right is not null && Plain(left) == Plain(right);
}
