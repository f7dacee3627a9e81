namespace MaritimeWatch.Forecasts.Methods;

/// <summary>
/// Chance from a seed, the same on every machine and in every release of the framework: SplitMix64 (G. Steele, D. Lea,
/// C. Flood, OOPSLA 2014). For simulation only, never for secrets.
/// </summary>
internal sealed class Chance(int seed)
{
    private ulong state = (ulong)seed;

    /// <summary>A number from 0 to 1, 1 excluded.</summary>
    public double Next()
    {
        state += 0x9E3779B97F4A7C15;
        var mixed = state;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        mixed ^= mixed >> 31;
        return (mixed >> 11) * (1.0 / (1UL << 53));
    }

    /// <summary>A whole number from 0 to a bound, the bound excluded.</summary>
    public int Below(int bound) => (int)(Next() * bound);
}
