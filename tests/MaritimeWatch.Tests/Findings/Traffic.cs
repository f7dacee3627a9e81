using MaritimeWatch.Geodesy;
using MaritimeWatch.Intake.Ais;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Tests.Findings;

/// <summary>Writes down what ships send, for tests: straight legs, stops, silences.</summary>
internal sealed class Traffic
{
    public const int Ship = 211_000_001;
    public const int Other = 211_000_002;

    public static readonly long Start = DateTimeOffset.Parse("2026-03-01T20:00:00Z").ToUnixTimeMilliseconds();

    public List<PositionReport> Reports { get; } = [];

    public List<StaticReport> Statics { get; } = [];

    public static long Hours(double hours) => (long)(hours * 3_600_000);

    public static long Minutes(double minutes) => (long)(minutes * 60_000);

    /// <summary>A straight leg; returns where it ends.</summary>
    public Position Sail(
        int mmsi,
        Position from,
        double course,
        double knots,
        long atMs,
        long forMs,
        long everyMs = 60_000,
        ReportTraits traits = ReportTraits.None,
        byte status = 0)
    {
        var at = from;
        for (long t = 0; t <= forMs; t += everyMs)
        {
            at = GreatCircle.Destination(from, course, knots * 1852 * t / 3_600_000);
            Report(mmsi, at, atMs + t, knots, course, traits, status);
        }

        return at;
    }

    /// <summary>Ships that are always heard near a place, so that reception is known to work.</summary>
    public void Neighbours(
        Position near, long atMs, long forMs, int count = 4, int firstMmsi = 219_000_001, ReportTraits traits = ReportTraits.None)
    {
        for (var i = 0; i < count; i++)
        {
            Sail(firstMmsi + i, GreatCircle.Destination(near, i * 90, 6000), (i * 70) + 10, 0.8, atMs, forMs, 180_000, traits);
        }

        // Ferries, thirty miles north and south of it and back.
        for (var i = 0; i < 3; i++)
        {
            Ferry(firstMmsi + 10 + i, GreatCircle.Destination(near, 90, (i - 1) * 9000), atMs, forMs, traits);
        }
    }

    private void Ferry(int mmsi, Position middle, long atMs, long forMs, ReportTraits traits)
    {
        var from = GreatCircle.Destination(middle, 180, 30 * 1852);
        for (long t = 0; t <= forMs; t += 180_000)
        {
            var metres = t * 12 * 1852 / 3_600_000.0 % (120 * 1852);
            var isBack = metres > 60 * 1852;
            var along = isBack ? (120 * 1852) - metres : metres;
            Report(mmsi, GreatCircle.Destination(from, 0, along), atMs + t, 12, isBack ? 180 : 0, traits);
        }
    }

    public void Report(
        int mmsi,
        Position at,
        long atMs,
        double knots,
        double course,
        ReportTraits traits = ReportTraits.None,
        byte status = 0) => Reports.Add(new PositionReport
        {
            EventAtMs = atMs,
            Vessel = VesselId.FromMmsi(mmsi),
            Position = at,
            SpeedDeciKnots = (short)Math.Round(knots * 10),

            // No ship keeps its course to the last digit: one that does is a finding of its own.
            CourseDeciDegrees = (short)((Math.Round(course * 10) + (knots > 5.4 ? atMs / 60_000 % 2 : 0)) % 3600),
            HeadingDegrees = -1,
            RateOfTurn = -128,
            NavigationStatus = status,
            MessageType = 1,
            Traits = traits,
            Offset = Reports.Count * 48,
            Length = 47,
        });
}
