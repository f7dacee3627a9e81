namespace MaritimeWatch.Trajectories;

/// <summary>
/// Points that fill a normal distribution on the plane evenly: Halton's sequence in the bases 3 and 5 through the inverse of
/// the normal distribution, and in base 2 for the choice among several. They are always the same.
/// </summary>
/// <param name="First">First normal number.</param>
/// <param name="Second">Second normal number.</param>
/// <param name="Choice">0 to less than 1.</param>
/// <remarks>
/// J. H. Halton, Numerische Mathematik 2, 1960. The points are made once, so Newton's steps on a series serve for the inverse.
/// </remarks>
public readonly record struct QuasiNormal(double First, double Second, double Choice)
{
    /// <summary>How many points there are.</summary>
    public const int Count = 512;

    private static readonly QuasiNormal[] Made = [.. Enumerable.Range(1, Count).Select(static number =>
        new QuasiNormal(Inverse(Halton(number, 3)), Inverse(Halton(number, 5)), Halton(number, 2)))];

    /// <summary>The points, from the first of the sequence on.</summary>
    public static ReadOnlySpan<QuasiNormal> Points => Made;

    /// <summary>One number of Halton's sequence: the digits of a number mirrored at the point.</summary>
    internal static double Halton(int number, int numberBase)
    {
        var (sum, digit) = (0.0, 1.0);
        for (; number > 0; number /= numberBase)
        {
            digit /= numberBase;
            sum += digit * (number % numberBase);
        }

        return sum;
    }

    /// <summary>The value that a normal number stays under with a chance.</summary>
    /// <param name="chance">The chance, over 0 and under 1; exact to 1e-9 between 1e-4 and 1 - 1e-4.</param>
    internal static double Inverse(double chance)
    {
        var x = 0.0;
        for (var round = 0; round < 60; round++)
        {
            // A step is held to 1 so that the flat tails cannot throw it far.
            var step = Math.Clamp((Below(x) - chance) * Math.Sqrt(2 * Math.PI) * Math.Exp(x * x / 2), -1, 1);
            x -= step;
            if (Math.Abs(step) < 1e-12)
            {
                break;
            }
        }

        return x;
    }

    // Phi(x) = 1/2 + phi(x) (x + x^3/3 + x^5/(3*5) + ...), Abramowitz and Stegun 26.2.11.
    private static double Below(double x)
    {
        var (term, sum) = (x, x);
        for (var odd = 3; odd < 400 && Math.Abs(term) > 1e-17; odd += 2)
        {
            term *= x * x / odd;
            sum += term;
        }

        return 0.5 + (sum * Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI));
    }
}
