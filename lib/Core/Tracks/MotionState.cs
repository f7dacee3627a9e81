using System.Runtime.InteropServices;

namespace MaritimeWatch.Tracks;

/// <summary>What the detectors of movement remember of a hull.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct MotionState
{
    public long Flags;
}
