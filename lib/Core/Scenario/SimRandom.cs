namespace MaritimeWatch.Scenario;

/// <summary>
/// Chance of our own (xoshiro256**, seeded by SplitMix64), so that a seed gives the same bytes on every framework and
/// every machine. Only +, -, *, / and square roots meet its doubles, which IEEE 754 rounds the same everywhere.
/// </summary>
internal sealed class SimRandom
{
    private ulong s0;
    private ulong s1;
    private ulong s2;
    private ulong s3;

    /// <summary>A stream of its own for a seed and a purpose.</summary>
    /// <param name="seed">The scenario's seed.</param>
    /// <param name="stream">Which stream: a vessel's number, or a purpose.</param>
    public SimRandom(ulong seed, ulong stream)
    {
        var mix = seed * 0x9E3779B97F4A7C15UL ^ (stream + 0x632BE59BD9B4E019UL) * 0xD1B54A32D192ED03UL;
        s0 = SplitMix(ref mix);
        s1 = SplitMix(ref mix);
        s2 = SplitMix(ref mix);
        s3 = SplitMix(ref mix);
    }

    /// <summary>Sixty-four bits.</summary>
    public ulong Next()
    {
        var result = ulong.RotateLeft(s1 * 5, 7) * 9;
        var t = s1 << 17;
        s2 ^= s0;
        s3 ^= s1;
        s1 ^= s2;
        s0 ^= s3;
        s2 ^= t;
        s3 = ulong.RotateLeft(s3, 45);
        return result;
    }

    /// <summary>0 up to but not including 1.</summary>
    public double Unit() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Between two values.</summary>
    public double Between(double from, double to) => from + ((to - from) * Unit());

    /// <summary>0 up to but not including <paramref name="count"/>.</summary>
    public int Below(int count) => (int)(Unit() * count);

    /// <summary>True with this probability.</summary>
    public bool Chance(double probability) => Unit() < probability;

    /// <summary>Roughly normal, mean 0 and deviation 1: six uniforms, so never beyond 4.3.</summary>
    public double Noise() => (Unit() + Unit() + Unit() + Unit() + Unit() + Unit() - 3) * 1.4142135623730951;

    /// <summary>Sizes that are as often small as large on a scale of ratios: a skewed mean of two uniforms.</summary>
    public double Skewed(double from, double to)
    {
        var u = Unit();
        return from + ((to - from) * u * u);
    }

    /// <summary>A length of time in milliseconds, between two numbers of hours.</summary>
    public long Hours(double from, double to) => (long)(Between(from, to) * 3_600_000);

    /// <summary>A length of time in milliseconds, between two numbers of minutes.</summary>
    public long Minutes(double from, double to) => (long)(Between(from, to) * 60_000);

    private static ulong SplitMix(ref ulong state)
    {
        var z = state += 0x9E3779B97F4A7C15UL;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }
}
