#pragma warning disable CA5394 // A measurement that must be repeatable from its seed; nothing here is a secret.

namespace MaritimeWatch.Functions.Evaluate.Matching;

/// <summary>Draws of a seeded run.</summary>
internal sealed class Chance(int seed)
{
    private readonly Random random = new(seed);

    /// <summary>0 to 1.</summary>
    public double Unit() => random.NextDouble();

    /// <summary>Evenly between two.</summary>
    public double Between(double from, double to) => from + ((to - from) * random.NextDouble());

    /// <summary>From 0 to one less than a number.</summary>
    public int Below(int end) => random.Next(end);

    /// <summary>Normal.</summary>
    public double Normal(double sigma) =>
        sigma * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    /// <summary>Log-normal by its median and the value that nine of ten stay under.</summary>
    public double LogNormal(double median, double ninetieth) => median * Math.Exp(Normal(Math.Log(ninetieth / median) / 1.2815515655));

    /// <summary>Laplace: most are small, some are large.</summary>
    public double Laplace(double scale)
    {
        var u = random.NextDouble() - 0.5;
        return -scale * Math.Sign(u) * Math.Log(1 - (2 * Math.Abs(u)) + 1e-12);
    }

    /// <summary>Waiting time with so many seconds on average.</summary>
    public double Waiting(double mean) => -mean * Math.Log(1 - random.NextDouble());
}
