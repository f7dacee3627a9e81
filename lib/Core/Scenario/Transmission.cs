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
}
