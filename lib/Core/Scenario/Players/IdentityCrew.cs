using System.Globalization;
using MaritimeWatch.Intake.Ais;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Scenario;

/// <summary>Puts players of identity and company into a fleet: numbers, names, chance and times.</summary>
internal sealed class IdentityCrew
{
    public const long MinuteMs = 60_000;
    public const long HourMs = 3_600_000;

    /// <summary>Every act is played once in a stretch of so many hours.</summary>
    public const double RoundHours = 72;

    private const int FirstNumber = 992_500;
    private const int NumbersMax = 2_500;
    private const ulong Stream = 0x1DE7_0000_0000;

    private static readonly int[] Flags = [219, 220, 265, 266, 257, 211, 244, 248, 305, 636, 538, 230];

    private static readonly string[] Words =
        ["MORUP", "KULLEN", "ONSALA", "RORO", "MARSTRAND", "HAMNSKAR", "HALLANDS", "LILLE", "GRONA", "SYDOST", "NORDRE", "TYLO"];

    private readonly List<SimVessel> fleet;

    public IdentityCrew(List<SimVessel> fleet, World world, ScenarioOptions options)
    {
        this.fleet = fleet;
        World = world;
        Options = options;
        var hours = options.Days * 24;
        Hours = Math.Min(RoundHours, hours);
        Rounds = Math.Max(1, (int)(hours / RoundHours));
    }

    /// <summary>Number of the next player.</summary>
    public int Number { get; private set; }

    public World World { get; }

    public ScenarioOptions Options { get; }

    /// <summary>Length of a round, hours.</summary>
    public double Hours { get; }

    /// <summary>Rounds in the recording.</summary>
    public int Rounds { get; }

    /// <summary>Milliseconds between two static reports of a ship, at most.</summary>
    public long StaticEveryMs => Math.Max(360, 36L * Options.ReportThinningSeconds) * 1000;

    /// <summary>True while there are numbers for as many more ships.</summary>
    public bool HasRoomFor(int ships) => Number + ships <= NumbersMax;

    /// <summary>An instant of a round.</summary>
    /// <param name="round">Number of the round.</param>
    /// <param name="part">Part of the round, 0 to 1.</param>
    public long At(int round, double part) => World.StartAtMs + (long)(((round * RoundHours) + (part * Hours)) * HourMs);

    /// <summary>Chance of the next player.</summary>
    public SimRandom Chance() => new(Options.Seed, Stream + (ulong)Number);

    /// <summary>What the next player says of itself: a class A ship of a length.</summary>
    /// <param name="lengthM">Metres over all.</param>
    /// <param name="shipType">AIS type.</param>
    /// <param name="random">Its chance.</param>
    /// <param name="mid">Maritime identification digits; 0 for one of the usual flags.</param>
    public StaticReport Ship(int lengthM, byte shipType, SimRandom random, int mid = 0)
    {
        var flag = mid == 0 ? Flags[random.Below(Flags.Length)] : mid;
        var bow = lengthM * 3 / 4;
        var beam = Math.Clamp(lengthM / 6, 4, 50);
        return new StaticReport
        {
            EventAtMs = 0,
            Vessel = VesselId.FromMmsi((flag * 1_000_000) + FirstNumber + Number),
            Name = string.Create(CultureInfo.InvariantCulture, $"SIM {Words[random.Below(Words.Length)]} C{Number}"),
            CallSign = string.Create(CultureInfo.InvariantCulture, $"SIC{Number:D4}"),
            ImoNumber = shipType == 30 ? null : Identity.ImoWith(880_000 + Number),
            ShipType = shipType,
            ToBowM = (short)bow,
            ToSternM = (short)(lengthM - bow),
            ToPortM = (short)(beam / 2),
            ToStarboardM = (short)(beam - (beam / 2)),
            DraughtDecimetres = (short)Math.Max(25, lengthM * 10 / 20),
            Destination = "SIM FOR ORDERS",
        };
    }

    /// <summary>Adds a player.</summary>
    /// <param name="said">What it says.</param>
    /// <param name="shipClass">What it is.</param>
    /// <param name="plan">What it does.</param>
    /// <param name="faults">What is wrong with its transmitter.</param>
    /// <param name="relay">A relay that delivers its positions again.</param>
    /// <param name="classB">True for a class B transmitter.</param>
    public void Add(
        Script said, ShipClass shipClass, Plan plan, Faults faults, LateRelay? relay = null, bool classB = false)
    {
        Put(said, shipClass, plan, faults, relay, classB, isTwin: false);
        Number++;
    }

    /// <summary>Adds the other hull of the player that was added last: the same MMSI.</summary>
    public void AddTwin(Script said, ShipClass shipClass, Plan plan, Faults faults) =>
        Put(said, shipClass, plan, faults, null, false, isTwin: true);

    private void Put(Script said, ShipClass shipClass, Plan plan, Faults faults, LateRelay? relay, bool classB, bool isTwin)
    {
        var noise = new SimRandom(Options.Seed, Stream + 0x5000_0000UL + (ulong)(Number * 2) + (isTwin ? 1UL : 0));
        fleet.Add(new SimVessel(fleet.Count, Identity.Saying(said.First, shipClass, classB), plan, faults, noise, isTwin)
        {
            Troop = Troop.Identity,
            SaysAt = said.At,
            Relay = relay,
        });
    }
}
