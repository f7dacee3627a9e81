using MaritimeWatch.Geodesy;
using MaritimeWatch.Intake.Ais;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Tests.Findings.Motion;

/// <summary>A ship report by report, for tests of movement: what it says and where it is need not agree.</summary>
internal sealed class Course(Traffic traffic, int mmsi, Position at, long atMs)
{
    private readonly Random _noise = new(mmsi);

    public Position At { get; private set; } = at;

    public long AtMs { get; private set; } = atMs;

    public short Heading { get; set; } = -1;

    public byte Status { get; set; }

    public ReportTraits Traits { get; set; }

    public sbyte Second { get; set; } = -1;

    /// <summary>Seconds that its clock is ahead; null where it says no second.</summary>
    public int? ClockAheadSeconds { get; set; }

    /// <summary>Position noise, metres.</summary>
    public double NoiseMetres { get; set; } = 4;

    public ushort Source { get; set; }

    /// <summary>It says its course to the last digit the same; else it wanders by a tenth of a degree, as ships do.</summary>
    public bool IsExact { get; set; }

    /// <summary>Goes on for a time by a true course and speed, and says a course and speed.</summary>
    public Course Go(double course, double knots, long forMs, long everyMs, double? saysKnots = null, double? saysCourse = null)
    {
        for (long t = everyMs; t <= forMs; t += everyMs)
        {
            AtMs += everyMs;
            At = GreatCircle.Destination(At, course, knots * 1852 * everyMs / 3_600_000);
            Say(saysKnots ?? knots, saysCourse ?? course);
        }

        return this;
    }

    /// <summary>Goes round.</summary>
    public Course Circle(double radiusMetres, double knots, double turns, long everyMs, Func<double, (double Knots, double Course)> says)
    {
        var centre = At;
        var metres = knots * 1852 / 3600.0 * (everyMs / 1000.0);
        var step = metres / radiusMetres * 180 / Math.PI;
        for (double bearing = 0; bearing <= turns * 360; bearing += step)
        {
            AtMs += everyMs;
            At = GreatCircle.Destination(centre, bearing, radiusMetres);
            var (saysKnots, saysCourse) = says((bearing + 90) % 360);
            Say(saysKnots, saysCourse);
        }

        At = centre;
        return this;
    }

    /// <summary>Waits without a word.</summary>
    public Course Wait(long forMs)
    {
        AtMs += forMs;
        return this;
    }

    public void Say(double knots, double course) =>
        traffic.Reports.Add(New(knots, !IsExact && knots > 5.4 && traffic.Reports.Count % 2 == 1 ? course + 0.1 : course));

    private PositionReport New(double knots, double course) => new()
    {
        EventAtMs = AtMs,
        Vessel = VesselId.FromMmsi(mmsi),
        Position = NoiseMetres == 0 ? At : GreatCircle.Destination(At, _noise.Next(360), _noise.NextDouble() * NoiseMetres),
        SpeedDeciKnots = (short)Math.Round(knots * 10),
        CourseDeciDegrees = (short)(Math.Round(course * 10) % 3600),
        HeadingDegrees = Heading,
        RateOfTurn = -128,
        NavigationStatus = Status,
        MessageType = 1,
        Traits = Traits,
        UtcSecond = ClockAheadSeconds is { } ahead ? (sbyte)((((AtMs / 1000) + ahead) % 60 + 60) % 60) : Second,
        SourceIndex = Source,
        Offset = traffic.Reports.Count * 48,
        Length = 47,
    };
}
