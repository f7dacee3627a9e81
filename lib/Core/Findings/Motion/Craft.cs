using MaritimeWatch.Intake.Ais;
using MaritimeWatch.Tracks;

namespace MaritimeWatch.Findings.Motion;

/// <summary>Craft for which slow, odd or sudden movement is the day's work (ship types of ITU-R M.1371-5, table 53).</summary>
internal static class Craft
{
    /// <summary>Fishing, towing, dredging, diving, military, sailing, pleasure, pilots, rescue, tugs, tenders, police, medical.</summary>
    public static bool WorksOddly(byte shipType) => shipType is (>= 30 and <= 37) or (>= 50 and <= 59);

    /// <summary>The same, or a class B craft whose type is unknown (small: boats and yachts carry it).</summary>
    public static bool WorksOddly(in VesselCard card, in StoredReport report) =>
        WorksOddly(card.ShipType) || (card.ShipType == 0 && report.Has(ReportTraits.ClassB));

    /// <summary>High-speed craft may do at speed what other ships cannot.</summary>
    public static bool IsHighSpeed(byte shipType) => shipType is >= 40 and <= 49;

    /// <summary>The smaller angle between course and heading, 0.1 degree; -1 where either is unknown.</summary>
    public static int DeciDegreesOff(in StoredReport report)
    {
        if (report.HeadingDegrees < 0 || report.CourseDeciDegrees < 0)
        {
            return -1;
        }

        var off = Math.Abs(report.CourseDeciDegrees - (report.HeadingDegrees * 10));
        return off > 1800 ? 3600 - off : off;
    }
}
