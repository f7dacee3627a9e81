using System.Globalization;
using MaritimeWatch.Intake.Ais;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Scenario;

/// <summary>What a simulated ship is.</summary>
internal enum ShipClass
{
    Cargo,
    Tanker,
    Passenger,
    FastFerry,
    Fishing,
    Yacht,
    Aircraft,
}

/// <summary>Who a simulated ship is; every name says SIM.</summary>
internal sealed class Identity
{
    private static readonly int[] Flags = [219, 220, 265, 266, 257, 211, 244, 248, 305, 636, 538, 230];

    private static readonly string[] Words =
    [
        "KATTEGAT", "SKAGERRAK", "VINGA", "SKAW", "ANHOLT", "LAESO", "HALLO", "PATER NOSTER", "TISTLARNA", "NIDINGEN", "FLADEN", "TRINDELEN",
    ];

    private Identity(int mmsi, ShipClass shipClass, bool classB, StaticReport about)
    {
        Mmsi = mmsi;
        Class = shipClass;
        IsClassB = classB;
        About = about;
    }

    public int Mmsi { get; }

    public ShipClass Class { get; }

    public bool IsClassB { get; }

    /// <summary>A ship's compass speaks to its transmitter; small craft, aircraft and beacons have none.</summary>
    public bool HasHeading => !IsClassB && !IsAircraft && !LacksHeading;

    /// <summary>True where no compass is wired to a class A transmitter.</summary>
    public bool LacksHeading { get; init; }

    /// <summary>True for a distress beacon: it tells its position and no more.</summary>
    public bool IsBeacon { get; init; }

    public bool IsAircraft => Class == ShipClass.Aircraft;

    public StaticReport About { get; }

    /// <summary>Makes up a ship.</summary>
    public static Identity Of(int number, ShipClass shipClass, bool classB, SimRandom random)
    {
        var aircraft = shipClass == ShipClass.Aircraft;
        var mmsi = aircraft ? 111_265_000 + (number / 120 % 1000) : (Flags[random.Below(Flags.Length)] * 1_000_000) + 900_000 + number;
        var length = LengthM(shipClass, random);
        var bow = length * 3 / 4;
        var beam = Math.Clamp(length / 7, 3, 50);
        var about = new StaticReport
        {
            EventAtMs = 0,
            Vessel = VesselId.FromMmsi(mmsi),
            Name = string.Create(CultureInfo.InvariantCulture, $"SIM {Words[random.Below(Words.Length)]} {number}"),
            CallSign = string.Create(CultureInfo.InvariantCulture, $"SIM{number % 10_000:D4}"),
            ImoNumber = classB || aircraft ? null : ImoOf(number),
            ShipType = TypeOf(shipClass),
            ToBowM = (short)bow,
            ToSternM = (short)(length - bow),
            ToPortM = (short)(beam / 2),
            ToStarboardM = (short)(beam - (beam / 2)),
            DraughtDecimetres = classB || aircraft ? null : (short)Math.Max(15, length * 10 / 22),
            Destination = classB || aircraft ? null : "SIM KATTEGAT",
        };
        return new Identity(mmsi, shipClass, classB, about);
    }

    /// <summary>A ship of the story; its numbers lie beyond those of the traffic.</summary>
    /// <param name="part">Number in the cast, 0 to 4,999.</param>
    /// <param name="flag">Maritime identification digits.</param>
    /// <param name="shipClass">What it is.</param>
    /// <param name="name">Says SIM.</param>
    /// <param name="lengthM">Metres over all.</param>
    /// <param name="shipType">AIS type.</param>
    public static Identity Named(int part, int flag, ShipClass shipClass, string name, int lengthM, byte shipType)
    {
        var mmsi = (flag * 1_000_000) + 995_000 + part;
        var bow = lengthM * 3 / 4;
        var beam = Math.Clamp(lengthM / 6, 4, 50);
        return new Identity(mmsi, shipClass, false, new StaticReport
        {
            EventAtMs = 0,
            Vessel = VesselId.FromMmsi(mmsi),
            Name = name,
            CallSign = string.Create(CultureInfo.InvariantCulture, $"SIMQ{part:D3}"),
            ImoNumber = shipClass == ShipClass.Fishing ? null : WithCheckDigit(890_000 + part),
            ShipType = shipType,
            ToBowM = (short)bow,
            ToSternM = (short)(lengthM - bow),
            ToPortM = (short)(beam / 2),
            ToStarboardM = (short)(beam - (beam / 2)),
            DraughtDecimetres = (short)Math.Max(15, lengthM * 10 / 18),
            Destination = "SIM KATTEGAT",
        });
    }

    /// <summary>A player of movement: MMSI 990,000 to 992,499 of its flag.</summary>
    /// <param name="part">Number among them, 0 to 2,499.</param>
    /// <param name="shipClass">What it is.</param>
    /// <param name="shipType">AIS type.</param>
    /// <param name="random">Its chance.</param>
    /// <param name="lacksHeading">True where no compass is wired to its transmitter.</param>
    public static Identity Player(int part, ShipClass shipClass, byte shipType, SimRandom random, bool lacksHeading = false)
    {
        var classB = shipClass == ShipClass.Yacht;
        var like = Of(part, shipClass, classB, random);
        var mmsi = (Flags[random.Below(Flags.Length)] * 1_000_000) + 990_000 + part;
        var name = string.Create(CultureInfo.InvariantCulture, $"SIM {Words[random.Below(Words.Length)]} M{part}");
        return new Identity(mmsi, shipClass, classB, like.About with
        {
            Vessel = VesselId.FromMmsi(mmsi),
            Name = name,
            CallSign = string.Create(CultureInfo.InvariantCulture, $"SIMM{part % 1000:D3}"),
            ImoNumber = classB || shipClass == ShipClass.Fishing ? null : WithCheckDigit(900_000 + part),
            ShipType = shipType,
        })
        {
            LacksHeading = lacksHeading,
        };
    }

    /// <summary>A search and rescue transmitter (970), a man overboard (972) or an EPIRB (974): no ship, and it says no name.</summary>
    /// <param name="prefix">970, 972 or 974.</param>
    /// <param name="number">Maker and serial number, 0 to 999,999.</param>
    public static Identity Beacon(int prefix, int number)
    {
        var mmsi = (prefix * 1_000_000) + number;
        return new Identity(mmsi, ShipClass.Yacht, false, new StaticReport { EventAtMs = 0, Vessel = VesselId.FromMmsi(mmsi) })
        {
            LacksHeading = true,
            IsBeacon = true,
        };
    }

    /// <summary>A ship of which all that it says is given; its name says SIM.</summary>
    public static Identity Saying(StaticReport about, ShipClass shipClass, bool classB) =>
        new(about.Vessel.Mmsi, shipClass, classB, about);

    /// <summary>An IMO number: six digits and their check digit.</summary>
    public static int ImoWith(int firstSix) => WithCheckDigit(firstSix);

    /// <summary>Another hull under the same MMSI, of another size.</summary>
    public Identity Double() => new(Mmsi, Class, IsClassB, About with
    {
        Name = About.Name + " II",
        ToBowM = (short)(About.ToBowM! + 35),
        DraughtDecimetres = (short)(About.DraughtDecimetres! + 12),
    });

    private static byte TypeOf(ShipClass shipClass) => shipClass switch
    {
        ShipClass.Cargo => 70,
        ShipClass.Tanker => 80,
        ShipClass.Passenger => 60,
        ShipClass.FastFerry => 40,
        ShipClass.Fishing => 30,
        ShipClass.Yacht => 36,
        _ => 51,
    };

    private static int LengthM(ShipClass shipClass, SimRandom random) => shipClass switch
    {
        ShipClass.Cargo => 70 + random.Below(180),
        ShipClass.Tanker => 90 + random.Below(180),
        ShipClass.Passenger => 120 + random.Below(90),
        ShipClass.FastFerry => 80 + random.Below(30),
        ShipClass.Fishing => 16 + random.Below(30),
        ShipClass.Yacht => 8 + random.Below(10),
        _ => 15,
    };

    private static int ImoOf(int number) => WithCheckDigit(910_000 + (number % 90_000));

    private static int WithCheckDigit(int first)
    {
        var sum = 0;
        var rest = first;
        for (var weight = 2; weight <= 7; weight++)
        {
            sum += rest % 10 * weight;
            rest /= 10;
        }

        return (first * 10) + (sum % 10);
    }
}
