using MaritimeWatch.Terms;

namespace MaritimeWatch.Intake.Ais;

/// <summary>
/// Field values to payload bits (ITU-R M.1371-5, annex 8), into a caller's buffer and without allocation. It is the
/// other half of the decoder, for the simulator and for round-trip tests. <see cref="AisSentenceWriter"/> makes the
/// sentences. Every method returns the number of bits.
/// </summary>
public static partial class AisEncoder
{
    /// <summary>How many bytes every payload that this class makes fits in (type 5 is the longest: 424 bits).</summary>
    public const int PayloadBytesMax = 64;

    private const int SpeedNotAvailable = 1023;
    private const int CourseNotAvailable = 3600;
    private const int HeadingNotAvailable = 511;

    /// <summary>
    /// A position message of type 1, 2, 3, 9, 18 or 27, as <see cref="PositionReport.MessageType"/> says. Type 9 rounds
    /// the speed to whole knots; type 27 rounds the position to 0.1 minute, speed to knots, course to degrees.
    /// </summary>
    /// <param name="report">What to send; "not available" as the record states it.</param>
    /// <param name="utcSecond">Second of the fix, 0 to 59; 60 not available.</param>
    /// <param name="bits">At least <see cref="PayloadBytesMax"/> bytes.</param>
    /// <param name="altitudeM">Type 9 only: metres, 0 to 4094; 4095 not available.</param>
    /// <exception cref="ArgumentOutOfRangeException">The type is none of these.</exception>
    public static int Position(in PositionReport report, int utcSecond, Span<byte> bits, int altitudeM = 4095)
    {
        var to = new AisBitWriter(bits);
        switch (report.MessageType)
        {
            case 1 or 2 or 3: ClassA(ref to, report, utcSecond); break;
            case 9: Aircraft(ref to, report, utcSecond, altitudeM); break;
            case 18: ClassB(ref to, report, utcSecond); break;
            case 27: LongRange(ref to, report); break;
            default: throw new ArgumentOutOfRangeException(nameof(report), report.MessageType, "type is 1, 2, 3, 9, 18 or 27");
        }

        return to.Count;
    }

    /// <summary>Type 4: a base station says what time it is and where it stands.</summary>
    /// <param name="mmsi">The station.</param>
    /// <param name="atMs">UTC, milliseconds since 1970; cut to whole seconds.</param>
    /// <param name="position">Where it stands.</param>
    /// <param name="bits">At least <see cref="PayloadBytesMax"/> bytes.</param>
    public static int BaseStation(int mmsi, long atMs, Position position, Span<byte> bits)
    {
        var at = DateTimeOffset.FromUnixTimeMilliseconds(atMs);
        var to = new AisBitWriter(bits);
        Head(ref to, 4, mmsi);
        to.Put(at.Year, 14);
        to.Put(at.Month, 4);
        to.Put(at.Day, 5);
        to.Put(at.Hour, 5);
        to.Put(at.Minute, 6);
        to.Put(at.Second, 6);
        to.Put(1, 1); // accurate: a surveyed position
        to.Put(Minutes(position.LongitudeE7), 28);
        to.Put(Minutes(position.LatitudeE7), 27);
        to.Put(7, 4); // surveyed
        to.Put(0, 10); // transmission control, spare
        to.Put(0, 1);
        to.Put(0, 19);
        return to.Count;
    }

    private static void ClassA(ref AisBitWriter to, in PositionReport report, int utcSecond)
    {
        Head(ref to, report.MessageType, report.Vessel.Mmsi);
        to.Put(report.NavigationStatus, 4);
        to.Put(report.RateOfTurn, 8);
        Motion(ref to, report, SpeedOf(report));
        to.Put(report.HeadingDegrees < 0 ? HeadingNotAvailable : report.HeadingDegrees, 9);
        to.Put(utcSecond, 6);
        to.Put(0, 2); // special manoeuvre: not available
        to.Put(0, 3);
        to.Put(0, 1); // no RAIM
        to.Put(0, 19);
    }

    private static void Aircraft(ref AisBitWriter to, in PositionReport report, int utcSecond, int altitudeM)
    {
        Head(ref to, 9, report.Vessel.Mmsi);
        to.Put(altitudeM, 12);
        Motion(ref to, report, report.SpeedDeciKnots < 0 ? SpeedNotAvailable : Math.Min(1022, (report.SpeedDeciKnots + 5) / 10));
        to.Put(utcSecond, 6);
        to.Put(0, 8); // altitude sensor, spare
        to.Put(1, 1); // no data terminal
        to.Put(0, 3);
        to.Put(0, 2); // assigned mode, RAIM
        to.Put(0, 20);
    }

    private static void ClassB(ref AisBitWriter to, in PositionReport report, int utcSecond)
    {
        Head(ref to, 18, report.Vessel.Mmsi);
        to.Put(0, 8);
        Motion(ref to, report, SpeedOf(report));
        to.Put(report.HeadingDegrees < 0 ? HeadingNotAvailable : report.HeadingDegrees, 9);
        to.Put(utcSecond, 6);
        to.Put(0, 2);
        to.Put(1, 1); // a carrier-sense unit
        to.Put(0, 1);
        to.Put(1, 1); // has DSC
        to.Put(1, 1); // can use the whole band
        to.Put(0, 3); // no message 22, autonomous, no RAIM
        to.Put(1, 1); // carrier sense
        to.Put(6, 19); // the fixed communication state of carrier sense is 1100000000000000110
    }

    private static void LongRange(ref AisBitWriter to, in PositionReport report)
    {
        Head(ref to, 27, report.Vessel.Mmsi);
        to.Put(0, 2); // accuracy low, no RAIM
        to.Put(report.NavigationStatus, 4);
        to.Put(TenthMinutes(report.Position.LongitudeE7), 18);
        to.Put(TenthMinutes(report.Position.LatitudeE7), 17);
        to.Put(report.SpeedDeciKnots < 0 ? 63 : Math.Min(62, (report.SpeedDeciKnots + 5) / 10), 6);
        to.Put(report.CourseDeciDegrees < 0 ? 511 : (report.CourseDeciDegrees + 5) / 10 % 360, 9);
        to.Put(0, 2); // a GNSS position, spare
    }

    private static void Head(ref AisBitWriter to, int type, int mmsi)
    {
        to.Put(type, 6);
        to.Put(0, 2);
        to.Put(mmsi, 30);
    }

    private static void Motion(ref AisBitWriter to, in PositionReport report, int speed)
    {
        to.Put(speed, 10);
        to.Put(1, 1); // accurate
        to.Put(Minutes(report.Position.LongitudeE7), 28);
        to.Put(Minutes(report.Position.LatitudeE7), 27);
        to.Put(report.CourseDeciDegrees < 0 ? CourseNotAvailable : report.CourseDeciDegrees, 12);
    }

    private static int SpeedOf(in PositionReport report) =>
        report.SpeedDeciKnots < 0 ? SpeedNotAvailable : report.SpeedDeciKnots;

    // 1e-7 degree to 1/10,000 minute, rounded half away from zero.
    private static int Minutes(int e7) => (int)((((long)e7 * 6) + Math.Sign(e7) * 50) / 100);

    // 1e-7 degree to 1/10 minute, rounded half away from zero.
    private static int TenthMinutes(int e7) => (int)((((long)e7 * 6) + Math.Sign(e7) * 50_000L) / 100_000);
}
