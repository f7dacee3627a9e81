using System.Globalization;
using System.Text.Json;

namespace MaritimeWatch.Findings;

/// <summary>A quantised number with its name: a measure or a threshold. The unit is in the name.</summary>
/// <param name="Name">Snake case, unit last: <c>silence_h</c>.</param>
/// <param name="Value">The number times ten to the power of <paramref name="Decimals"/>.</param>
/// <param name="Decimals">0 to 6.</param>
public readonly record struct Figure(string Name, long Value, int Decimals = 0)
{
    private static readonly long[] Powers = [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000];

    /// <summary>Hours with one decimal, from milliseconds, rounded down.</summary>
    public static Figure Hours(string name, long milliseconds) => new(name, milliseconds / 360_000, 1);

    /// <summary>Nautical miles with one decimal, from decimetres, rounded.</summary>
    public static Figure NauticalMiles(string name, long decimetres) => new(name, (decimetres + 926) / 1852, 1);

    /// <summary>The number as text, all its decimals, a point.</summary>
    public override string ToString()
    {
        var (whole, rest) = Math.DivRem(Math.Abs(Value), Powers[Decimals]);
        var text = whole.ToString(CultureInfo.InvariantCulture);
        var sign = Value < 0 ? "-" : string.Empty;
        return Decimals == 0
            ? sign + text
            : $"{sign}{text}.{rest.ToString(CultureInfo.InvariantCulture).PadLeft(Decimals, '0')}";
    }

    internal void WriteTo(Utf8JsonWriter json)
    {
        json.WritePropertyName(Name);
        json.WriteRawValue(ToString(), skipInputValidation: true);
    }
}
