using System.Runtime.InteropServices;

namespace MaritimeWatch.Recognition;

/// <summary>
/// The exact quantile of a view's valid numbers (finite, above 0), by counting the bits of positive floats, which sort like
/// integers: a few passes, no copy. Between two numbers it lies on a line, as NumPy has it. One thread each.
/// </summary>
internal sealed class ViewQuantile
{
    private const uint Infinity = 0x7F80_0000;
    private const int HalfBits = 16;

    private readonly int[] high = new int[1 << HalfBits];
    private readonly int[] low = new int[1 << HalfBits];

    /// <summary>Measures; 0 where no number is valid.</summary>
    /// <param name="view">The numbers.</param>
    /// <param name="milli">Which, thousandths: 500 is the median.</param>
    public float Of(ReadOnlySpan<float> view, int milli)
    {
        var bits = MemoryMarshal.Cast<float, uint>(view);
        Array.Clear(high);
        foreach (var one in bits)
        {
            high[one >> HalfBits]++;
        }

        // Signs, infinities and NaN lie in places of their own; plain zeros beside the smallest numbers.
        var zeros = 0;
        foreach (var one in bits)
        {
            zeros += one == 0 ? 1 : 0;
        }

        high[0] -= zeros;
        var count = 0;
        for (var i = 0; i < Infinity >> HalfBits; i++)
        {
            count += high[i];
        }

        if (count == 0)
        {
            return 0;
        }

        var place = (long)(count - 1) * milli;
        var (below, part) = ((int)(place / 1000), place % 1000 / 1000.0);
        var lower = At(bits, below);
        return part == 0 ? lower : (float)(lower + ((At(bits, below + 1) - (double)lower) * part));
    }

    // The number that is at a place, from 0, when all are in order.
    private float At(ReadOnlySpan<uint> bits, int place)
    {
        var top = 0u;
        while (place >= high[top])
        {
            place -= high[top++];
        }

        Array.Clear(low);
        foreach (var one in bits)
        {
            if (one >> HalfBits == top && one != 0)
            {
                low[one & 0xFFFF]++;
            }
        }

        var rest = 0u;
        while (place >= low[rest])
        {
            place -= low[rest++];
        }

        return BitConverter.UInt32BitsToSingle((top << HalfBits) | rest);
    }
}
