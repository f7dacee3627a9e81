using MaritimeWatch.Geodesy;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Reference.Destinations;

/// <summary>
/// From the free text of a destination to ports with their chances: what the text may name (code, name in several tongues and
/// spellings, part of a name, a letter mistyped), weighed by where the ship is, where it heads, where it came from and where it
/// called before. Chances are integers made of integers: every processor says the same. One resolver belongs to one view of
/// the reference; it remembers texts that it has seen and is not for several threads at once.
/// </summary>
/// <param name="view">The reference whose ports are meant; without ports every answer is empty.</param>
public sealed class DestinationResolver(IReferenceView view)
{
    /// <summary>Most ports that an answer has.</summary>
    public const int PortsMax = 8;

    private const long DecimetresPerNm = 18_520;
    private const int NearNm = 30;
    private const int HereNm = 5;
    private readonly PortNames names = new(view);
    private NameMatch? match;

    /// <summary>How many ports are known.</summary>
    public int PortCount => names.Ports.Count;

    /// <summary>The port of a UN/LOCODE as the reference has it, or null.</summary>
    /// <param name="locode">Five characters.</param>
    public DestinationPort? Port(string locode) => names.OfCode(locode) is >= 0 and var port
        ? new DestinationPort(names.Ports[port].Locode, names.Ports[port].Name, names.Ports[port].Where, 1000, "given")
        : null;

    /// <summary>The ports that a text may mean, the likeliest first.</summary>
    /// <param name="text">As typed; null or blank gives none. Cut after 64 characters.</param>
    /// <param name="ship">What is known of the ship.</param>
    public DestinationGuess Resolve(string? text, in DestinationContext ship)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return new DestinationGuess(DestinationSort.Empty, []);
        }

        var said = (match ??= new NameMatch(names)).Of(text);
        var odds = new List<(Named Named, long Odds)>();
        long sum = 100; // The text means none of them: odds of 1.
        foreach (var named in said.Ports.Where(one => one.Role != SegmentRole.Origin))
        {
            var weighed = Weigh(named, in ship);
            odds.Add((named, weighed));
            sum += weighed;
        }

        var ports = odds.OrderByDescending(one => one.Odds).ThenBy(one => names.Ports[one.Named.Port].Locode, StringComparer.Ordinal)
            .Select(one => (one.Named, Chance: (int)(one.Odds * 1000 / sum))).Where(one => one.Chance > 0).Take(PortsMax)
            .Select(one => new DestinationPort(
                names.Ports[one.Named.Port].Locode, names.Ports[one.Named.Port].Name, names.Ports[one.Named.Port].Where, one.Chance, one.Named.By));
        return new DestinationGuess(said.Sort, [.. ports]) { Country = said.CountryOnly };
    }

    private long Weigh(Named named, in DestinationContext ship)
    {
        var port = names.Ports[named.Port];
        long odds = named.OddsHundredths;
        if (ship.Where is { } where)
        {
            var away = SteadyArc.Decimetres(where, port.Where) / DecimetresPerNm;
            odds = odds * NearnessHundredths(away) / 100;

            // A name that is only nearly right is more likely another one that the reference lacks, the farther it lies.
            odds = named.IsNearly ? odds * NearnessHundredths(away) / 100 : odds;
            odds = named.Role == SegmentRole.OneOf && away < HereNm ? odds / 4 : odds;
            if (ship.IsUnderWay && ship.CourseDeciDegrees is >= 0 and < 3600)
            {
                odds = odds * HeadingHundredths(in ship, where, port.Where) / 100;
            }
        }

        // Of several places on a line the last one typed is meant a little oftener; where it comes from hardly ever.
        odds = named.Role == SegmentRole.OneOf && named.Place > 0 ? odds * 3 / 2 : odds;
        odds = port.Locode == ship.LastPort ? odds / (named.Role == SegmentRole.OneOf ? 50 : 5) : odds;
        return ship.EarlierPorts?.Contains(port.Locode) == true ? odds * 3 : odds;
    }

    // Nobody types a port at the other end of the world by mistake: distance only parts ports of one name.
    private static int NearnessHundredths(long nauticalMiles) => nauticalMiles switch
    {
        < 300 => 100,
        < 1000 => 75,
        < 2500 => 35,
        < 5000 => 10,
        _ => 6,
    };

    // The way round a cape leads away from the port for hours: a wrong heading is a hint and no proof.
    private static int HeadingHundredths(in DestinationContext ship, Position where, Position port)
    {
        if (SteadyArc.Decimetres(where, port) < NearNm * DecimetresPerNm)
        {
            return 100;
        }

        var towards = SteadyArc.Towards(where, ship.CourseDeciDegrees, port);
        return towards >= 50 ? 100 : towards >= -50 ? 60 : 25;
    }
}
