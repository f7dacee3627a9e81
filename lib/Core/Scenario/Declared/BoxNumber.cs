using System.Globalization;

namespace MaritimeWatch.Scenario;

/// <summary>Container numbers of an owner that does not exist, <c>SIMU</c>, with right check digits (ISO 6346).</summary>
internal static class BoxNumber
{
    /// <summary>A number.</summary>
    /// <param name="serial">0 to 999,999.</param>
    public static string Of(int serial)
    {
        var front = string.Create(CultureInfo.InvariantCulture, $"SIMU{serial:D6}");
        return front + (char)('0' + CheckDigit(front));
    }

    /// <summary>The check digit of four letters and six digits: letters from 10 on without multiples of 11, weights 2^i, modulo 11.</summary>
    public static int CheckDigit(string front)
    {
        var sum = 0;
        for (var index = 0; index < front.Length; index++)
        {
            var letter = front[index] - 'A';
            var value = front[index] <= '9' ? front[index] - '0' : 10 + letter + ((letter + 9) / 10);
            sum += value << index;
        }

        return sum % 11 % 10;
    }
}
