using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using MaritimeWatch.Terms;
using MaritimeWatch.Tracks;

namespace MaritimeWatch.Findings.Motion;

/// <summary>What is remembered of a hull of which something may be odd: a stretch for each rule, and places of a circle.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct Suspect
{
    public Stretch Loitering;
    public Stretch Drift;
    public Stretch BlindDrift;
    public Stretch Stop;
    public Stretch Distress;
    public Stretch Frozen;
    public Stretch Inland;
    public Stretch Clock;
    public Stretch Circle;
    public CirclePlaces Places;
    public CircleState Turning;

    public readonly bool IsIdle => !Loitering.IsOn && !Drift.IsOn && !BlindDrift.IsOn && !Stop.IsOn && !Distress.IsOn
        && !Frozen.IsOn && !Inland.IsOn && !Clock.IsOn && !Circle.IsOn;
}

/// <summary>A stretch of a hull's reports for which a rule holds.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct Stretch
{
    /// <summary>The report that began it.</summary>
    public StoredReport First;

    /// <summary>The latest report for which it held.</summary>
    public long LastAtMs;

    /// <summary>Reports for which it held; 0 while there is no stretch.</summary>
    public int Reports;

    /// <summary>Reports since then for which it did not hold.</summary>
    public int Others;

    /// <summary>Numbers that only its rule understands.</summary>
    public long A;
    public int B;
    public int C;

    public readonly bool IsOn => Reports > 0;

    public readonly long ForMs => LastAtMs - First.EventAtMs;

    public void Begin(in StoredReport report)
    {
        this = default;
        First = report;
        GoOn(in report);
    }

    public void GoOn(in StoredReport report)
    {
        LastAtMs = report.EventAtMs;
        Reports++;
        Others = 0;
    }
}

/// <summary>How far a hull has turned by the way that it made good.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct CircleState
{
    public int Places;

    /// <summary>Sum of the turns between steps, 0.1 degree; to the right is positive.</summary>
    public int TurnDeciDegrees;
    public int Windows;
    public int Misfits;

    /// <summary>Places are kept this far apart in time, milliseconds; doubled when there is no room.</summary>
    public int EveryMs;
    public int RadiusDecimetres;
    public long PlaceAtMs;

    /// <summary>Turns for which the fit was last looked at.</summary>
    public int TurnsLookedAt;
    public int Unused;
}

/// <summary>Places along a circle, oldest first.</summary>
[InlineArray(Count)]
internal struct CirclePlaces
{
    public const int Count = 64;
    private Position _first;
}
