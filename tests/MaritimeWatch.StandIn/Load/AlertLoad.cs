using System.Globalization;
using System.Text;
using MaritimeWatch.Intake.Ais;
using MaritimeWatch.Terms;

namespace MaritimeWatch.StandIn.Load;

/// <summary>
/// SIMULATED load in which alerts are planted: ships on steady courses, and some that have declared a call and have jumped
/// about before (suspicious, not enough). When one of these enters the zone that is watched, that makes it an alert.
/// </summary>
/// <param name="vessels">All ships, at least <paramref name="planted"/>.</param>
/// <param name="planted">Those that will raise an alert; the first of them.</param>
public sealed class AlertLoad(int vessels, int planted)
{
    private const int FirstMmsi = 219_000_000;
    private const double ZoneWest = 6.0;
    private const double ZoneEast = 7.0;

    /// <summary>The zone, as reference data of kind <c>zones</c>.</summary>
    public static byte[] Zones => Encoding.UTF8.GetBytes(string.Create(
        CultureInfo.InvariantCulture,
        $$$"""{"type":"FeatureCollection","features":[{"type":"Feature","id":"sim-bench","geometry":{"type":"Polygon","coordinates":[[[{{{ZoneWest:F1}}},56.2],[{{{ZoneEast:F1}}},56.2],[{{{ZoneEast:F1}}},57.2],[{{{ZoneWest:F1}}},57.2],[{{{ZoneWest:F1}}},56.2]]]},"properties":{"id":"sim-bench","name":"SIM BENCH ZONE","severity":"high","simulated":true}}]}"""));

    /// <summary>The ships' number.</summary>
    public int Vessels => vessels;

    /// <summary>The MMSI of a ship, from 0.</summary>
    public static int MmsiOf(int vessel) => FirstMmsi + vessel;

    /// <summary>What the planted ships have declared: a call in a day.</summary>
    /// <param name="at">Now.</param>
    public byte[] Notices(DateTimeOffset at)
    {
        var lines = new StringBuilder();
        for (var vessel = 0; vessel < planted; vessel++)
        {
            lines.Append(string.Create(
                CultureInfo.InvariantCulture,
                $$$"""{"uuid":"{{{vessel:x8}}}-426f-4037-ad2b-1250c5a59bf3","eventType":"port.eta.agent","eventTime":"{{{at.AddDays(1).UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}}}","recordTime":"{{{at.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}}}","sent_at":"{{{at.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}}}","port":"SEGOT","portcallId":"SEGOTBENCH-{{{vessel:D5}}}","ship":{"mmsi":"{{{MmsiOf(vessel)}}}","name":"SIM BENCH {{{vessel}}}"},"location":{"type":"port"},"context":{"voyage":"B{{{vessel:D5}}}","lastPort":"DEHAM"},"source":"SIMULATED","version":"3.2.1","simulated":true}""")).Append('\n');
        }

        return Encoding.UTF8.GetBytes(lines.ToString());
    }

    /// <summary>The planted ships jump about, for two minutes before <paramref name="at"/>; times are in the lines.</summary>
    /// <param name="at">Now.</param>
    public byte[] Preparation(DateTimeOffset at)
    {
        using var lines = new MemoryStream();
        var seconds = at.ToUnixTimeSeconds();
        for (var step = 0; step < 12; step++)
        {
            for (var vessel = 0; vessel < planted; vessel++)
            {
                // Away and back, four times; then it stays.
                Write(lines, vessel, WaitsAt(vessel), step is 2 or 4 or 6 or 8 ? 0.15 : 0, seconds - 130 + (step * 10));
            }
        }

        return lines.ToArray();
    }

    /// <summary>Writes the so-many-th report of the load, without a time: it is that of receipt.</summary>
    /// <param name="target">Takes the line.</param>
    /// <param name="vessel">The ship, from 0.</param>
    /// <param name="round">Its so-many-th report, from 0.</param>
    /// <param name="isInside">A planted ship is in the zone.</param>
    /// <param name="tagSeconds">Its time, where it is not that of receipt; negative for that.</param>
    public void Report(Stream target, int vessel, int round, bool isInside, long tagSeconds = -1)
    {
        if (vessel < planted)
        {
            var (latitude, longitude) = WaitsAt(vessel);
            Write(target, vessel, (latitude, longitude + (isInside ? 0.02 : 0)), 0, tagSeconds);
        }
        else
        {
            Write(target, vessel, (54 + (vessel % 100 * 0.02), 8 + (vessel / 100 * 0.05) + (round * 5e-5)), 0, tagSeconds);
        }
    }

    private static (double Latitude, double Longitude) WaitsAt(int vessel) => (56.25 + (vessel * 0.0025), ZoneWest - 0.01);

    private static void Write(Stream target, int vessel, (double Latitude, double Longitude) at, double off, long tagSeconds)
    {
        Span<byte> bits = stackalloc byte[AisEncoder.PayloadBytesMax];
        Span<byte> line = stackalloc byte[AisSentenceWriter.BytesMax];
        var report = new PositionReport
        {
            EventAtMs = 0,
            Vessel = VesselId.FromMmsi(MmsiOf(vessel)),
            Position = Position.FromDegrees(at.Latitude + off, at.Longitude),
            MessageType = 1,
            SpeedDeciKnots = 100,
            CourseDeciDegrees = 900,
            HeadingDegrees = 90,
        };
        var bitCount = AisEncoder.Position(report, 0, bits);
        target.Write(line[..AisSentenceWriter.Write(bits, bitCount, new AisFrame('A', 0, tagSeconds), default, line)]);
    }
}
