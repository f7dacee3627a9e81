using System.Buffers.Text;
using System.Text.Json;
using MaritimeWatch.Terms;

namespace MaritimeWatch.GeoJson;

/// <summary>Coordinates as text: at most 7 decimals, no trailing noughts, straight from the integers.</summary>
internal static class CoordinateText
{
    /// <summary>The longest position: brackets, comma and two numbers of at most 12 characters.</summary>
    public const int PositionLengthMax = 27;

    /// <summary>Writes <c>[longitude,latitude]</c> as the next JSON value.</summary>
    public static void Write(Utf8JsonWriter json, int longitudeE7, int latitudeE7)
    {
        Span<byte> text = stackalloc byte[PositionLengthMax];
        json.WriteRawValue(text[..Format(longitudeE7, latitudeE7, text)], skipInputValidation: true);
    }

    /// <summary>Writes a number of 1e-7 degree as the next JSON value.</summary>
    public static void WriteNumber(Utf8JsonWriter json, int valueE7)
    {
        Span<byte> text = stackalloc byte[PositionLengthMax];
        json.WriteRawValue(text[..Number(valueE7, text)], skipInputValidation: true);
    }

    private static int Format(int longitudeE7, int latitudeE7, Span<byte> text)
    {
        text[0] = (byte)'[';
        var length = 1 + Number(longitudeE7, text[1..]);
        text[length++] = (byte)',';
        length += Number(latitudeE7, text[length..]);
        text[length++] = (byte)']';
        return length;
    }

    private static int Number(int valueE7, Span<byte> text)
    {
        var length = 0;
        if (valueE7 < 0)
        {
            text[length++] = (byte)'-';
        }

        var (degrees, fraction) = Math.DivRem((uint)Math.Abs((long)valueE7), (uint)Position.UnitsPerDegree);
        _ = Utf8Formatter.TryFormat(degrees, text[length..], out var written);
        length += written;
        if (fraction == 0)
        {
            return length;
        }

        text[length++] = (byte)'.';
        for (var unit = (uint)Position.UnitsPerDegree / 10; fraction > 0; unit /= 10)
        {
            var (digit, rest) = Math.DivRem(fraction, unit);
            text[length++] = (byte)('0' + digit);
            fraction = rest;
        }

        return length;
    }
}
