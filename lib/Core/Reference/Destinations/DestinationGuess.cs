using MaritimeWatch.Terms;

namespace MaritimeWatch.Reference.Destinations;

/// <summary>What a ship's destination text means.</summary>
/// <param name="Sort">What sort of text it is.</param>
/// <param name="Ports">Ports that it may mean, the likeliest first; their chances sum to at most 1, the rest is none of them.</param>
public sealed record DestinationGuess(DestinationSort Sort, IReadOnlyList<DestinationPort> Ports)
{
    /// <summary>ISO 3166 code of the country where the text names a country and no port, else null.</summary>
    public string? Country { get; init; }

    /// <summary>The likeliest port, or null.</summary>
    public DestinationPort? First => Ports.Count > 0 ? Ports[0] : null;
}

/// <summary>A port that a text may mean.</summary>
/// <param name="Locode">UN/LOCODE, five characters.</param>
/// <param name="Name">The port's name in the reference.</param>
/// <param name="Where">Where it lies.</param>
/// <param name="Thousandths">How likely, thousandths, 1 to 1,000.</param>
/// <param name="By">By what the text names it: code, name, name but for a letter...</param>
public sealed record DestinationPort(string Locode, string Name, Position Where, int Thousandths, string By);

/// <summary>What sort of destination text it is; the later says more.</summary>
public enum DestinationSort
{
    /// <summary>Nothing was typed.</summary>
    Empty,

    /// <summary>No place: waiting for orders, at sea, fishing, a telephone number.</summary>
    NoPlace,

    /// <summary>A country alone.</summary>
    CountryOnly,

    /// <summary>A place, it seems, but no port that the reference has.</summary>
    UnknownPlace,

    /// <summary>One port or more.</summary>
    Ports,
}

/// <summary>What is known of the ship that typed a destination: all of it may be unknown.</summary>
/// <param name="Where">Where it is, or null.</param>
/// <param name="CourseDeciDegrees">Its course, 0.1 degree true, 0 to 3,599; -1 unknown.</param>
/// <param name="IsUnderWay">It moves: only then its course says anything.</param>
/// <param name="LastPort">UN/LOCODE of the port that it left last, or null.</param>
/// <param name="EarlierPorts">UN/LOCODEs of ports that it called at before, or null.</param>
public readonly record struct DestinationContext(
    Position? Where = null,
    int CourseDeciDegrees = -1,
    bool IsUnderWay = false,
    string? LastPort = null,
    IReadOnlyCollection<string>? EarlierPorts = null);
