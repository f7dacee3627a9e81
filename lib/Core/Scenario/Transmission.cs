using MaritimeWatch.Intake.Ais;

namespace MaritimeWatch.Scenario;

/// <summary>What a transmission carries.</summary>
internal enum Payload : byte
{
    Position,
    Static,
    Station,
    Aid,
}

/// <summary>One message as it leaves the aerial.</summary>
internal struct Transmission
{
    public long AtMs;

    /// <summary>Place in the fleet, or number of the station or aid.</summary>
    public int Sender;

    public Payload Payload;

    public Motion True;

    /// <summary>Where the transmitter believes it is, before noise.</summary>
    public GeoPoint Believed;

    /// <summary>How it believes to move, and the status that somebody has typed; the true ones where nothing is wrong.</summary>
    public Motion Said;

    /// <summary>True where the transmitter repeats numbers: no noise of a receiver is in them.</summary>
    public bool IsExact;

    /// <summary>How far its clock is off, seconds.</summary>
    public int ClockOffS;

    /// <summary>What is on the air, of a position; set once it is sent.</summary>
    public PositionReport Reported;
}
