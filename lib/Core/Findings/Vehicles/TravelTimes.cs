using System.Numerics;

namespace MaritimeWatch.Findings.Vehicles;

/// <summary>
/// Travel times of one way as a histogram in integers: eight buckets an octave (each at most 12.5 % wide) from 0.26 s to
/// 37 h, for each quarter of the day in UTC. When a quarter holds 4,096 it is halved, so that roads may change. Quantiles
/// are robust: a few who stopped on the way move them little.
/// </summary>
internal sealed class TravelTimes
{
    public const int Quarters = 4;
    public const int Buckets = (OctaveMax - OctaveMin + 1) << SubBits;
    private const int SubBits = 3;
    private const int OctaveMin = 8;
    private const int OctaveMax = 26;
    private const int HalveAt = 4096;
    private const long QuarterMs = 6 * 3_600_000L;

    private readonly int[]?[] counts = new int[Quarters][];
    private readonly int[] totals = new int[Quarters];

    /// <summary>How many are counted.</summary>
    public int Total => totals[0] + totals[1] + totals[2] + totals[3];

    /// <summary>The quarter of the day of an instant.</summary>
    public static int QuarterOf(long atMs) => (int)((atMs / QuarterMs) % Quarters);

    public void Add(long atMs, long travelMs) => Add(QuarterOf(atMs), BucketOf(travelMs), 1);

    public void Add(int quarter, int bucket, int count)
    {
        var row = counts[quarter] ??= new int[Buckets];
        row[bucket] += count;
        totals[quarter] += count;
        if (totals[quarter] >= HalveAt)
        {
            totals[quarter] = 0;
            for (var i = 0; i < Buckets; i++)
            {
                row[i] /= 2;
                totals[quarter] += row[i];
            }
        }
    }

    public int CountOf(int quarter) => totals[quarter];

    public int CountOf(int quarter, int bucket) => counts[quarter]?[bucket] ?? 0;

    /// <summary>A quantile of a quarter, or of the whole day where the quarter is -1; the middle of its bucket, ms.</summary>
    public long QuantileMs(int quarter, int permille)
    {
        var total = quarter < 0 ? Total : totals[quarter];
        var wanted = Math.Max(1, ((total * (long)permille) + 999) / 1000);
        for (var bucket = 0; bucket < Buckets; bucket++)
        {
            for (var i = 0; i < Quarters; i++)
            {
                wanted -= quarter < 0 || quarter == i ? CountOf(i, bucket) : 0;
            }

            if (wanted <= 0)
            {
                return MiddleMs(bucket);
            }
        }

        return MiddleMs(Buckets - 1);
    }

    internal static int BucketOf(long travelMs)
    {
        var clamped = Math.Clamp(travelMs, 1L << OctaveMin, (1L << (OctaveMax + 1)) - 1);
        var octave = BitOperations.Log2((ulong)clamped);
        return ((octave - OctaveMin) << SubBits) | (int)((clamped >> (octave - SubBits)) & ((1 << SubBits) - 1));
    }

    internal static long MiddleMs(int bucket)
    {
        var (octave, sub) = ((bucket >> SubBits) + OctaveMin, bucket & ((1 << SubBits) - 1));
        return (((1L << SubBits) + sub) << (octave - SubBits)) + (1L << (octave - SubBits - 1));
    }
}
