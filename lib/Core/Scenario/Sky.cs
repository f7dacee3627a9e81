namespace MaritimeWatch.Scenario;

/// <summary>A coastal receiver.</summary>
/// <param name="Source">TAG source; begins with SIM.</param>
/// <param name="Where">Where its mast stands.</param>
/// <param name="RangeM">Beyond this it hears nothing, metres; it weakens over the last fifth.</param>
/// <param name="ClockErrorMs">How far its clock is off.</param>
internal sealed record Receiver(byte[] Source, GeoPoint Where, double RangeM, long ClockErrorMs);

/// <summary>A stretch of time in which something hears nothing.</summary>
/// <param name="Receiver">A receiver that is down, or -1 for everything within a circle.</param>
/// <param name="Centre">Middle of the circle.</param>
/// <param name="RadiusM">Its radius, metres.</param>
/// <param name="FromAtMs">From when on.</param>
/// <param name="ToAtMs">Until when.</param>
internal sealed record Hole(int Receiver, GeoPoint Centre, double RadiusM, long FromAtMs, long ToAtMs);

/// <summary>
/// Who can hear what: four coastal receivers with ranges, a satellite that passes every few hours, receivers that are
/// down, and places where nobody is heard for hours.
/// </summary>
internal sealed class Sky
{
    /// <summary>A class B transmitter has 2 W against 12.5 W, and a lower aerial.</summary>
    private const double ClassBRange = 0.75;

    private const double AircraftRange = 2.5;

    /// <summary>Part of the range within which reception is good.</summary>
    private const double GoodPart = 0.8;

    public static readonly Receiver[] Coastal =
    [
        new("SIM-VINGA"u8.ToArray(), new(57.63, 11.60), 72_000, 120),
        new("SIM-SKAGEN"u8.ToArray(), new(57.74, 10.62), 72_000, -260),
        new("SIM-LYSEKIL"u8.ToArray(), new(58.27, 11.43), 68_000, 40),
        new("SIM-VARBERG"u8.ToArray(), new(57.11, 12.21), 62_000, 310),
    ];

    /// <summary>
    /// Hears the port of Larvik in a week that tells the story. It is no member of <see cref="Coastal"/>: its chance is its
    /// own, so that what the others deliver stays what it is without it; it is never down.
    /// </summary>
    public static readonly Receiver Larvik = new("SIM-LARVIK"u8.ToArray(), new(58.99, 10.05), 72_000, 90);

    /// <summary>
    /// Hears the players only, from the island of Laeso. It is no member of <see cref="Coastal"/>, as Larvik is none. For
    /// some hours its clock is off, for all ships that it hears.
    /// </summary>
    public static readonly Receiver Laeso = new("SIM-LAESO"u8.ToArray(), new(57.27, 11.00), 40_000, 60);

    /// <summary>TAG source of the satellite.</summary>
    public static readonly byte[] Satellite = "SIM-SAT"u8.ToArray();

    /// <summary>TAG source of the relay that delivers late.</summary>
    public static readonly byte[] Relay = "SIM-RELAY"u8.ToArray();

    private static readonly string[] HolePlaces = ["BANK", "FLADEN", "DEEP"];

    private readonly List<Hole> holes = [];
    private readonly List<(long From, long To, long DeliveredAt)> passes = [];

    private readonly bool hasLarvik;
    private readonly Stretch laesoOff;
    private readonly long laesoOffMs;

    public Sky(ulong seed, long fromAtMs, long toAtMs, bool hasLarvik = false)
    {
        this.hasLarvik = hasLarvik;
        var random = new SimRandom(seed, 0xC0FFEE);
        for (var at = fromAtMs + random.Hours(10, 30); at < toAtMs; at += random.Hours(36, 60))
        {
            var place = Geography.At(HolePlaces[random.Below(HolePlaces.Length)]);
            holes.Add(new Hole(-1, place, 38_000, at, at + random.Hours(7, 10)));
        }

        for (var at = fromAtMs + random.Hours(6, 40); at < toAtMs; at += random.Hours(40, 70))
        {
            holes.Add(new Hole(random.Below(Coastal.Length), default, 0, at, at + random.Hours(2, 8)));
        }

        for (var at = fromAtMs + random.Hours(0.5, 3); at < toAtMs; at += random.Hours(2.5, 5))
        {
            var end = at + random.Minutes(6, 11);
            passes.Add((at, end, end + random.Minutes(15, 45)));
        }

        var laeso = new SimRandom(seed, 0x1AE5_0001);
        var off = fromAtMs + (long)((toAtMs - fromAtMs) * laeso.Between(0.2, 0.7));
        laesoOff = new Stretch(off, off + laeso.Hours(4, 8));
        laesoOffMs = 14_000 + laeso.Below(18_000);
    }

    /// <summary>How far the clock of <see cref="Laeso"/> is off, milliseconds.</summary>
    public long LaesoClockErrorMs(long atMs) =>
        Laeso.ClockErrorMs + (laesoOff.FromAtMs <= atMs && atMs < laesoOff.ToAtMs ? laesoOffMs : 0);

    /// <summary>Probability that the receiver of Laeso hears one transmission.</summary>
    public double LaesoReception(GeoPoint at, long atMs, bool classB, bool aircraft) => Reception(Laeso, -1, at, atMs, classB, aircraft);

    /// <summary>The storm that passes; null in fair weather.</summary>
    public Storm? Storm { get; init; }

    /// <summary>Every hole in time order of its kind.</summary>
    public IReadOnlyList<Hole> Holes => holes;

    /// <summary>Probability that a receiver hears one transmission.</summary>
    public double Reception(int receiver, GeoPoint at, long atMs, bool classB, bool aircraft) =>
        Reception(Coastal[receiver], receiver, at, atMs, classB, aircraft);

    /// <summary>Probability that the receiver of Larvik hears one transmission; 0 where there is none.</summary>
    public double LarvikReception(GeoPoint at, long atMs, bool classB, bool aircraft) =>
        hasLarvik ? Reception(Larvik, -1, at, atMs, classB, aircraft) : 0;

    /// <summary>True where some coastal receiver would most likely hear a transmission.</summary>
    public bool Covers(GeoPoint at, long atMs, bool classB)
    {
        for (var receiver = 0; receiver < Coastal.Length; receiver++)
        {
            if (Reception(receiver, at, atMs, classB, false) > 0.5)
            {
                return true;
            }
        }

        return LarvikReception(at, atMs, classB, false) > 0.5;
    }

    /// <summary>True where a circle of water stays well heard for a whole stretch of time.</summary>
    public bool CoversThroughout(GeoPoint centre, double radiusM, long fromAtMs, long toAtMs)
    {
        foreach (var hole in holes)
        {
            if (hole.Receiver < 0 && hole.FromAtMs < toAtMs && hole.ToAtMs > fromAtMs
                && SimMaths.Metres(centre, hole.Centre) < hole.RadiusM + radiusM + 25_000)
            {
                return false;
            }
        }

        for (var receiver = 0; receiver < Coastal.Length; receiver++)
        {
            if (SimMaths.Metres(centre, Coastal[receiver].Where) + radiusM < 0.9 * Coastal[receiver].RangeM
                && !holes.Exists(hole => hole.Receiver == receiver && hole.FromAtMs < toAtMs && hole.ToAtMs > fromAtMs))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>When the satellite's data of this instant reach the ground; 0 where it does not pass.</summary>
    public long SatelliteDeliveryAtMs(GeoPoint at, long atMs)
    {
        while (passes.Count > 1 && passes[0].To < atMs)
        {
            passes.RemoveAt(0); // a few dozen in all, asked for in time order
        }

        return passes.Count > 0 && passes[0].From <= atMs && passes[0].To >= atMs && !InHole(at, atMs) ? passes[0].DeliveredAt : 0;
    }

    private double Reception(Receiver one, int number, GeoPoint at, long atMs, bool classB, bool aircraft)
    {
        var range = one.RangeM * (classB ? ClassBRange : aircraft ? AircraftRange : 1);
        var metres = SimMaths.Metres(at, one.Where);
        if (metres >= range || (number >= 0 && IsDown(number, atMs)) || InHole(at, atMs))
        {
            return 0;
        }

        var fair = metres < GoodPart * range ? 0.97 : 0.97 * (range - metres) / ((1 - GoodPart) * range);
        return Storm is null ? fair : fair * Storm.HearingAt(atMs);
    }

    private bool IsDown(int receiver, long atMs)
    {
        foreach (var hole in holes)
        {
            if (hole.Receiver == receiver && hole.FromAtMs <= atMs && atMs < hole.ToAtMs)
            {
                return true;
            }
        }

        return false;
    }

    private bool InHole(GeoPoint at, long atMs)
    {
        foreach (var hole in holes)
        {
            if (hole.Receiver < 0 && hole.FromAtMs <= atMs && atMs < hole.ToAtMs
                && SimMaths.Metres(at, hole.Centre) < hole.RadiusM)
            {
                return true;
            }
        }

        return false;
    }
}
