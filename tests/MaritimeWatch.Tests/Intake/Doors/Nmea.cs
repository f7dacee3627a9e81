using System.Text;
using MaritimeWatch.Intake.Ais;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Tests.Intake.Doors;

/// <summary>Sentences for tests.</summary>
internal static class Nmea
{
    /// <summary>The two parts of one type 5 message.</summary>
    public const string Part1 =
        "!AIVDM,2,1,1,A,55?MbV02;H;s<HtKR20EHE:0@T4@Dn2222222216L961O5Gf0NSQEp6ClRp8,0*1C\r\n";

    public const string Part2 = "!AIVDM,2,2,1,A,88888888880,2*25\r\n";

    /// <summary>A position report of class A, with a TAG block time where one is given.</summary>
    public static string Position(int mmsi, double latitude, double longitude, long seconds = -1)
    {
        var report = new PositionReport
        {
            EventAtMs = 0,
            Vessel = VesselId.FromMmsi(mmsi),
            Position = MaritimeWatch.Terms.Position.FromDegrees(latitude, longitude),
            MessageType = 1,
            SpeedDeciKnots = 100,
            CourseDeciDegrees = 900,
            HeadingDegrees = 90,
        };
        Span<byte> bits = stackalloc byte[AisEncoder.PayloadBytesMax];
        var count = AisEncoder.Position(report, 0, bits);
        Span<byte> line = stackalloc byte[AisSentenceWriter.BytesMax];
        var length = AisSentenceWriter.Write(bits, count, new AisFrame('A', 0, seconds), default, line);
        return Encoding.ASCII.GetString(line[..length]);
    }

    /// <summary>Many of them: so many vessels, so many reports each, ten seconds apart.</summary>
    public static string Positions(int vessels, int reports, long fromSeconds)
    {
        var text = new StringBuilder();
        for (var report = 0; report < reports; report++)
        {
            for (var vessel = 0; vessel < vessels; vessel++)
            {
                text.Append(Position(
                    219000001 + vessel, 55 + (vessel * 0.01), 10 + (report * 0.0005), fromSeconds + (report * 10)));
            }
        }

        return text.ToString();
    }
}
