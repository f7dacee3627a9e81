namespace MaritimeWatch.Tracks;

/// <summary>Which points of a track are kept, and when a piece ends.</summary>
internal static class TrackPieces
{
    /// <summary>A piece ends with so many kept points: ten hours under way without a turn.</summary>
    public const int PointsMax = 120;

    /// <summary>A silence of more than this ends a piece.</summary>
    public const long SilenceMs = 6 * 3_600_000;

    private const long DayMs = 86_400_000;
    private const long KeepUnderWayMs = 5 * 60_000;
    private const long KeepStoppedMs = 30 * 60_000;
    private const int UnderWayDeciKnots = 5;
    private const int TurnDeciDegrees = 100;
    private const int TurnAtLeastMs = 10_000;

    /// <summary>Does a piece end before this report?</summary>
    public static bool EndsBefore(in TrackPiece piece, in StoredReport last, long atMs) =>
        piece.Points > 0
        && (piece.Points >= PointsMax || atMs - last.EventAtMs > SilenceMs || atMs / DayMs != piece.StartAtMs / DayMs);

    /// <summary>Is this report a point worth keeping?</summary>
    public static bool IsKept(in TrackPiece piece, in StoredReport report)
    {
        if (piece.Points == 0)
        {
            return true;
        }

        var afterMs = report.EventAtMs - piece.KeptAtMs;
        if (afterMs < TurnAtLeastMs)
        {
            return false;
        }

        var speed = report.SpeedDeciKnots;
        var isUnderWay = speed >= UnderWayDeciKnots;
        if (afterMs >= (isUnderWay || speed < 0 ? KeepUnderWayMs : KeepStoppedMs))
        {
            return true;
        }

        if (isUnderWay != piece.KeptSpeedDeciKnots >= UnderWayDeciKnots)
        {
            return true;
        }

        return isUnderWay && (HasTurned(in piece, in report) || HasNewSpeed(piece.KeptSpeedDeciKnots, speed));
    }

    public static void Keep(PointPool points, ref TrackPiece piece, in StoredReport report)
    {
        if (piece.Points == 0)
        {
            piece.StartAtMs = report.EventAtMs;
        }

        points.Append(ref piece, new TrackPoint
        {
            LatitudeE7 = report.LatitudeE7,
            LongitudeE7 = report.LongitudeE7,
            AfterMs = (int)(report.EventAtMs - piece.StartAtMs),
            SpeedDeciKnots = report.SpeedDeciKnots,
            CourseCode = (short)(report.CourseDeciDegrees + 1),
        });
        piece.KeptAtMs = report.EventAtMs;
        piece.KeptCourseDeciDegrees = report.CourseDeciDegrees;
        piece.KeptSpeedDeciKnots = report.SpeedDeciKnots;
    }

    private static bool HasTurned(in TrackPiece piece, in StoredReport report)
    {
        if (report.CourseDeciDegrees < 0 || piece.KeptCourseDeciDegrees < 0)
        {
            return false;
        }

        var turn = Math.Abs(report.CourseDeciDegrees - piece.KeptCourseDeciDegrees);
        return Math.Min(turn, 3600 - turn) > TurnDeciDegrees;
    }

    // A quarter of the speed, at least two knots.
    private static bool HasNewSpeed(int kept, int now) => Math.Abs(now - kept) > Math.Max(20, kept / 4);
}
