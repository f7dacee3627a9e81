namespace MaritimeWatch.Intake.Ais;

/// <summary>From a line of a blob on, everything was received at this time, until the next mark.</summary>
/// <param name="Offset">Where that line begins in the blob, bytes.</param>
/// <param name="ReceivedAtMs">When its last byte was received, milliseconds since 1970 UTC.</param>
public readonly record struct ReceivedMark(long Offset, long ReceivedAtMs);

/// <summary>Bytes of one source, ready to be landed as one blob.</summary>
/// <param name="Bytes">As received, whole lines unless a line was over-long or the source ended within one.</param>
/// <param name="Marks">When they were received: the first mark has offset 0; offsets ascend.</param>
public sealed record LandingCut(ReadOnlyMemory<byte> Bytes, IReadOnlyList<ReceivedMark> Marks)
{
    /// <summary>When the first line was received, milliseconds since 1970 UTC.</summary>
    public long ReceivedAtMs => Marks[0].ReceivedAtMs;
}
