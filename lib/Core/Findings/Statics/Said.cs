using System.Text;
using MaritimeWatch.Intake.Ais;
using MaritimeWatch.Tracks;

namespace MaritimeWatch.Findings.Statics;

/// <summary>When and where something was said: enough to find its bytes again and to know them by.</summary>
/// <param name="AtMs">Event time; a time ahead of the watermark by more than a jump counts as the watermark.</param>
/// <param name="Content">A hash of what the static report says.</param>
/// <param name="Landing">The landed blob.</param>
/// <param name="Offset">Where its bytes begin.</param>
/// <param name="Length">How many.</param>
/// <param name="IsSimulated">The source says that it is simulated.</param>
internal readonly record struct Said(long AtMs, ulong Content, LandingName Landing, long Offset, int Length, bool IsSimulated)
{
    private const ulong Prime = 0x100000001B3UL;

    /// <summary>The half hour of it, by event time.</summary>
    public int Bucket => StaticMemory.BucketOf(AtMs);

    public static Said Of(StaticReport report, LandingName landing, long watermarkMs)
    {
        var isAhead = watermarkMs != EventClock.None && report.EventAtMs > watermarkMs + EventClock.JumpMs;
        return new Said(
            isAhead ? watermarkMs : report.EventAtMs,
            ContentOf(report),
            landing,
            report.Offset,
            report.Length,
            report.Traits.HasFlag(ReportTraits.Simulated));
    }

    // FNV-1a over every field.
    private static ulong ContentOf(StaticReport report)
    {
        var hash = 0xCBF29CE484222325UL;
        Add(ref hash, report.Name);
        Add(ref hash, report.CallSign);
        Add(ref hash, report.Destination);
        Add(ref hash, report.ImoNumber);
        Add(ref hash, report.ShipType);
        Add(ref hash, report.ToBowM);
        Add(ref hash, report.ToSternM);
        Add(ref hash, report.ToPortM);
        Add(ref hash, report.ToStarboardM);
        Add(ref hash, report.DraughtDecimetres);
        Add(ref hash, report.EtaMonth);
        Add(ref hash, report.EtaDay);
        Add(ref hash, report.EtaHour);
        Add(ref hash, report.EtaMinute);
        Add(ref hash, report.MessageType);
        return hash;
    }

    private static void Add(ref ulong hash, int? number)
    {
        for (var (bits, i) = ((uint)(number ?? -1), 0); i < 4; i++, bits >>= 8)
        {
            hash = (hash ^ (bits & 0xFF)) * Prime;
        }
    }

    private static void Add(ref ulong hash, string? text)
    {
        foreach (var each in Encoding.UTF8.GetBytes(text ?? string.Empty))
        {
            hash = (hash ^ each) * Prime;
        }

        hash = (hash ^ 0xFF) * Prime;
    }
}
