using MaritimeWatch.Geodesy;
using MaritimeWatch.Intake.Ais;
using MaritimeWatch.Reference;
using MaritimeWatch.Terms;
using static MaritimeWatch.Tests.Findings.Traffic;

namespace MaritimeWatch.Tests.Findings.RouteDeviation;

/// <summary>A ship that goes to and fro between two ports over a straight lane of 84 miles, as tests want it.</summary>
internal sealed class Voyages
{
    public const double Knots = 15;
    private const double StepMinutes = 2;

    public static readonly Position Larvik = Position.FromDegrees(59.04, 10.05);
    public static readonly Position Gothenburg = Position.FromDegrees(57.7, 11.0);
    public static readonly Position Skagen = Position.FromDegrees(57.72, 10.0);

    public static readonly TestReference Ports = new()
    {
        ZoneCentre = Position.FromDegrees(10, 10),
        Port = new AnchoragePoint("SEGOT", Gothenburg, "SEGOT", "Gothenburg", StoppingPlace.Port),
        MorePorts =
        [
            new AnchoragePoint("NOLAR", Larvik, "NOLAR", "Larvik", StoppingPlace.Port),
            new AnchoragePoint("DKSKA", Skagen, "DKSKA", "Skagen", StoppingPlace.Port),
        ],
    };

    private readonly int _mmsi;

    public Voyages(int mmsi = Ship) => _mmsi = mmsi;

    public Traffic Traffic { get; init; } = new();

    // A file that was landed on the first of March holds nothing later.
    public long NowMs { get; private set; } = Start - Hours(24 * 20);

    /// <summary>So many voyages to Gothenburg, and back in between; the ship ends in Larvik.</summary>
    public Voyages Usually(int voyages, int seed = 1)
    {
        var random = new Random(seed);
        LieIn(Larvik);
        for (var i = 0; i < voyages; i++)
        {
            var stray = (random.NextDouble() - 0.5) * 1.2;
            Sail(Larvik, Gothenburg, along => stray * Math.Sin(along * Math.PI));
            LieIn(Gothenburg);
            Sail(Gothenburg, Larvik, along => stray * Math.Sin(along * Math.PI));
            LieIn(Larvik);
        }

        return this;
    }

    /// <summary>Sails from one place to another, so many miles right of the straight way at each part of it.</summary>
    public Voyages Sail(Position from, Position to, Func<double, double> milesOff, double untilPart = 1, double knots = Knots)
    {
        var metres = GreatCircle.DistanceMetres(from, to);
        var bearing = GreatCircle.InitialBearingDegrees(from, to);
        var steps = (int)(metres / (knots * 1852 / 60 * StepMinutes));
        var off = 0.0;
        for (var i = 0; i <= steps * untilPart; i++)
        {
            // The speed that a ship needs for the way off its line too.
            var part = (double)i / steps;
            var next = milesOff(part);
            NowMs += Minutes(StepMinutes * (1 + (Math.Abs(next - off) / (knots / 60 * StepMinutes) * 0.5)));
            off = next;
            var on = GreatCircle.Destination(from, bearing, metres * part);
            Traffic.Report(_mmsi, GreatCircle.Destination(on, bearing + 90, off * 1852), NowMs, knots, bearing);
        }

        return this;
    }

    public Voyages LieIn(Position port, double hours = 1)
    {
        for (var minutes = 0.0; minutes < hours * 60; minutes += 6)
        {
            NowMs += Minutes(6);
            Traffic.Report(_mmsi, port, NowMs, 0, 0, status: 5);
        }

        return this;
    }

    /// <summary>Says where it goes and what it is.</summary>
    public Voyages Says(string? destination, int shipType = 70)
    {
        Traffic.Statics.Add(new StaticReport
        {
            EventAtMs = NowMs, Vessel = VesselId.FromMmsi(_mmsi), MessageType = 5, Destination = destination, ShipType = (byte)shipType,
            Offset = 900_000, Length = 80,
        });
        return this;
    }

    public Voyages Wait(double hours)
    {
        NowMs += Hours(hours);
        return this;
    }

    public FoldRun Replay()
    {
        var run = new FoldRun(Ports);
        run.Set(Traffic);
        return run;
    }

    /// <summary>Half a wave to one side between two parts of the way.</summary>
    public static Func<double, double> Detour(double miles, double from = 0.35, double to = 0.75) =>
        along => along <= from || along >= to ? 0 : miles * Math.Sin((along - from) / (to - from) * Math.PI);
}
