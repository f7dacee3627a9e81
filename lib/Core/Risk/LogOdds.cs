using System.Globalization;

namespace MaritimeWatch.Risk;

/// <summary>
/// Log-odds as integers of 1/1000 (natural logarithm), so that evidence is added exactly and the same everywhere.
/// ln(p / (1 - p)): 0 is even, -4.595 is 1 %, +2.197 is 90 %.
/// </summary>
public static class LogOdds
{
    /// <summary>The chance behind log-odds in tenths of a thousandth, 0 to 10,000, rounded.</summary>
    /// <param name="milli">Log-odds in 1/1000.</param>
    public static int ToTenThousandths(int milli) => (int)Math.Round(10_000 / (1 + Math.Exp(-milli / 1000.0)));

    /// <summary>Log-odds in 1/1000 of a chance in tenths of a thousandth, rounded.</summary>
    /// <param name="tenThousandths">1 to 9,999.</param>
    /// <exception cref="ArgumentOutOfRangeException">A chance of 0 or 1 has no log-odds.</exception>
    public static int FromTenThousandths(int tenThousandths)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(tenThousandths, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(tenThousandths, 9_999);
        return (int)Math.Round(1000 * Math.Log(tenThousandths / (10_000.0 - tenThousandths)));
    }

    /// <summary>With its sign and three decimals: <c>+1.200</c>, <c>-4.595</c>.</summary>
    /// <param name="milli">Log-odds in 1/1000.</param>
    public static string ToText(int milli) =>
        string.Create(CultureInfo.InvariantCulture, $"{(milli < 0 ? '-' : '+')}{Math.Abs(milli) / 1000}.{Math.Abs(milli) % 1000:D3}");

    /// <summary>A chance in per cent with one decimal, never 0 or 100: <c>13.1 %</c>.</summary>
    /// <param name="tenThousandths">0 to 10,000.</param>
    public static string ToPercent(int tenThousandths)
    {
        var tenths = Math.Clamp((tenThousandths + 5) / 10, 1, 999);
        return string.Create(CultureInfo.InvariantCulture, $"{tenths / 10}.{tenths % 10} %");
    }
}
