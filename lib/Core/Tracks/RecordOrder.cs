using System.Runtime.InteropServices;

namespace MaritimeWatch.Tracks;

/// <summary>
/// The order of records of one time and vessel: what they say, then source name, landed blob and place in it. Names are
/// compared, not their numbers, because numbers depend on the order of files.
/// </summary>
internal sealed class RecordOrder(IReadOnlyList<LandingName> landings, IReadOnlyList<string> sources)
{
    public int Compare(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        var content = CompareContent(left, right);
        return content != 0 ? content : CompareEvidence(left, right);
    }

    public static bool IsSameContent(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right) => CompareContent(left, right) == 0;

    private static int CompareContent(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        var fixedPart = left[..PackedEvidence.Offset].SequenceCompareTo(right[..PackedEvidence.Offset]);
        return fixedPart != 0 ? fixedPart : left[PackedPosition.Bytes..].SequenceCompareTo(right[PackedPosition.Bytes..]);
    }

    private int CompareEvidence(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        ref readonly var a = ref MemoryMarshal.AsRef<PackedEvidence>(left[PackedEvidence.Offset..]);
        ref readonly var b = ref MemoryMarshal.AsRef<PackedEvidence>(right[PackedEvidence.Offset..]);
        var source = a.SourceIndex == b.SourceIndex
            ? 0
            : string.CompareOrdinal(sources[a.SourceIndex], sources[b.SourceIndex]);
        if (source != 0)
        {
            return source;
        }

        var landing = a.LandingIndex == b.LandingIndex
            ? 0
            : string.CompareOrdinal(landings[a.LandingIndex].Hash, landings[b.LandingIndex].Hash);
        return landing != 0 ? landing : a.At.CompareTo(b.At);
    }
}
