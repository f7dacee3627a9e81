using System.Globalization;

namespace MaritimeWatch.Terms;

/// <summary>
/// Who a report is about: an MMSI, or an id that only its source knows (some published recordings carry a row id
/// instead of an MMSI). Both fit in 64 bits so that the hot path keys on one integer.
/// </summary>
/// <param name="Value">An MMSI below 1,000,000,000; else bit 62 set, 22 bits of source, 40 bits of local id.</param>
public readonly record struct VesselId(ulong Value) : IComparable<VesselId>
{
    private const ulong LocalBit = 1UL << 62;
    private const int SourceShift = 40;

    /// <summary>The largest local number that fits: 2^40 - 1.</summary>
    public const ulong LocalNumberMax = (1UL << SourceShift) - 1;

    /// <summary>True for an MMSI, false for an id local to a source.</summary>
    public bool IsMmsi => (Value & LocalBit) == 0;

    /// <summary>The MMSI, or 0 where the id is local to a source.</summary>
    public int Mmsi => IsMmsi ? (int)Value : 0;

    /// <summary>An id that is an MMSI.</summary>
    /// <param name="mmsi">1 to 999,999,999.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number has more than nine digits or is not positive.</exception>
    public static VesselId FromMmsi(int mmsi) =>
        mmsi is > 0 and <= 999_999_999
            ? new VesselId((ulong)mmsi)
            : throw new ArgumentOutOfRangeException(nameof(mmsi), mmsi, "an MMSI is 1 to 999999999");

    /// <summary>An id that means something only within its source.</summary>
    /// <param name="sourceTag">22 bits that tell sources apart (a hash of the source's name).</param>
    /// <param name="number">The local number, 0 to 2^40 - 1.</param>
    public static VesselId Local(uint sourceTag, ulong number)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(number, LocalNumberMax);
        return new VesselId(LocalBit | ((ulong)(sourceTag & 0x3FFFFF) << SourceShift) | number);
    }

    /// <summary>The subject text of findings: <c>mmsi:N</c> or <c>local:TAG-N</c>.</summary>
    public string Subject => IsMmsi
        ? string.Create(CultureInfo.InvariantCulture, $"mmsi:{Value}")
        : string.Create(CultureInfo.InvariantCulture, $"local:{(Value >> SourceShift) & 0x3FFFFF:x6}-{Value & LocalNumberMax}");

    /// <summary>The fixed virtual shard, 0 to 255: a cheap integer mix, the same for ever.</summary>
    public int Shard => (int)((Value * 0x9E3779B97F4A7C15UL) >> 56);

    /// <inheritdoc/>
    public int CompareTo(VesselId other) => Value.CompareTo(other.Value);

    /// <summary>Order by number.</summary>
    public static bool operator <(VesselId left, VesselId right) => left.Value < right.Value;

    /// <summary>Order by number.</summary>
    public static bool operator >(VesselId left, VesselId right) => left.Value > right.Value;

    /// <summary>Order by number.</summary>
    public static bool operator <=(VesselId left, VesselId right) => left.Value <= right.Value;

    /// <summary>Order by number.</summary>
    public static bool operator >=(VesselId left, VesselId right) => left.Value >= right.Value;

    /// <inheritdoc/>
    public override string ToString() => Subject;
}
