using System.Text.Json;
using System.Text.Json.Serialization;

namespace MaritimeWatch.Correlation.Declared;

/// <summary>
/// The body of a Batch entry of the declared stage: what one landed manifest or file of notices declares, without any
/// clear personal data. Written by the decoders, folded by <see cref="DeclaredFold"/>.
/// </summary>
public sealed record DeclaredEntry
{
    /// <summary>The newest format this build writes and reads.</summary>
    public const int FormatNow = 1;

    /// <summary>Format of the entry.</summary>
    public int Format { get; init; } = FormatNow;

    /// <summary>The landed blob.</summary>
    public required string Landing { get; init; }

    /// <summary>Its hash.</summary>
    public required string Hash { get; init; }

    /// <summary>The same for the same clear bytes of one sender: a repeat is skipped by it.</summary>
    public required string Key { get; init; }

    /// <summary>Who sent it.</summary>
    public required string Source { get; init; }

    /// <summary>When it was received, milliseconds since 1970 UTC.</summary>
    public required long ReceivedAtMs { get; init; }

    /// <summary>Calls at ports.</summary>
    public IReadOnlyList<DeclaredCallItem> Calls { get; init; } = [];

    /// <summary>Manifests with their consignments.</summary>
    public IReadOnlyList<DeclaredManifestItem> Manifests { get; init; } = [];

    /// <summary>Pick-ups of boxes.</summary>
    public IReadOnlyList<DeclaredPickupItem> Pickups { get; init; } = [];

    /// <summary>As the inbox carries it.</summary>
    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, DeclaredJson.Default.DeclaredEntry);

    /// <summary>Reads a body.</summary>
    /// <exception cref="InvalidDataException">It is damaged or from a newer version.</exception>
    public static DeclaredEntry Parse(ReadOnlySpan<byte> body)
    {
        try
        {
            return JsonSerializer.Deserialize(body, DeclaredJson.Default.DeclaredEntry) is { Format: FormatNow } entry
                ? entry
                : throw new InvalidDataException("the declared entry is from a newer version");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"the declared entry is damaged: {e.Message}", e);
        }
    }
}

/// <summary>One notice of a call; times in milliseconds since 1970 UTC.</summary>
public sealed record DeclaredCallItem
{
    /// <summary>The port, UN/LOCODE.</summary>
    public required string Port { get; init; }

    /// <summary>Latitude of the port in 1e-7 degree, or null where it is not known.</summary>
    public int? PortLatitudeE7 { get; init; }

    /// <summary>Longitude of the port in 1e-7 degree, or null where it is not known.</summary>
    public int? PortLongitudeE7 { get; init; }

    /// <summary>The port's own id of the call, or null.</summary>
    public string? CallId { get; init; }

    /// <summary>IMO number, or null.</summary>
    public int? Imo { get; init; }

    /// <summary>MMSI, or null.</summary>
    public int? Mmsi { get; init; }

    /// <summary>Call sign, or null.</summary>
    public string? CallSign { get; init; }

    /// <summary>Name, or null.</summary>
    public string? Name { get; init; }

    /// <summary>Voyage, or null.</summary>
    public string? Voyage { get; init; }

    /// <summary>Expected arrival at the port, or null.</summary>
    public long? EtaMs { get; init; }

    /// <summary>Expected arrival at the berth, or null.</summary>
    public long? BerthEtaMs { get; init; }

    /// <summary>Expected departure, or null.</summary>
    public long? EtdMs { get; init; }

    /// <summary>Actual arrival at the port, or null.</summary>
    public long? AtaMs { get; init; }

    /// <summary>Actual arrival at the berth, or null.</summary>
    public long? BerthedAtMs { get; init; }

    /// <summary>Actual departure, or null.</summary>
    public long? AtdMs { get; init; }

    /// <summary>Berth, or null.</summary>
    public string? Berth { get; init; }

    /// <summary>Port of call before, or null.</summary>
    public string? LastPort { get; init; }

    /// <summary>Port of call after, or null.</summary>
    public string? NextPort { get; init; }

    /// <summary>The call was cancelled.</summary>
    public bool IsCancelled { get; init; }

    /// <summary>When it was said: a later word counts more.</summary>
    public required long SentAtMs { get; init; }

    /// <summary>When it could be known here.</summary>
    public required long KnownAtMs { get; init; }

    /// <summary>Invented data.</summary>
    public bool IsSimulated { get; init; }
}

/// <summary>A manifest; times in milliseconds since 1970 UTC.</summary>
public sealed record DeclaredManifestItem
{
    /// <summary>Sender and document number: the same for every revision.</summary>
    public required string Id { get; init; }

    /// <summary>original, replace, change or cancel.</summary>
    public required string Function { get; init; }

    /// <summary>The document's own date, else when it was received: an older one does not replace a newer one.</summary>
    public required long DocumentAtMs { get; init; }

    /// <summary>When it could be known here.</summary>
    public required long KnownAtMs { get; init; }

    /// <summary>Invented data.</summary>
    public bool IsSimulated { get; init; }

    /// <summary>MMSI of the ship, or null.</summary>
    public int? Mmsi { get; init; }

    /// <summary>IMO number of the ship, or null.</summary>
    public int? Imo { get; init; }

    /// <summary>Call sign of the ship, or null.</summary>
    public string? CallSign { get; init; }

    /// <summary>Name of the ship, or null.</summary>
    public string? VesselName { get; init; }

    /// <summary>Voyage, or null.</summary>
    public string? Voyage { get; init; }

    /// <summary>Where the ship is to arrive (LOC+60), or null.</summary>
    public string? ArrivalPort { get; init; }

    /// <summary>When it is to arrive (DTM+132), or null.</summary>
    public long? ArrivalAtMs { get; init; }

    /// <summary>Where it called last (LOC+125), or null.</summary>
    public string? LastPort { get; init; }

    /// <summary>Its bills.</summary>
    public IReadOnlyList<DeclaredConsignmentItem> Consignments { get; init; } = [];
}

/// <summary>One bill of lading.</summary>
public sealed record DeclaredConsignmentItem
{
    /// <summary>Hash of manifest and bill: the same for every revision.</summary>
    public required string Id { get; init; }

    /// <summary>The bill's number.</summary>
    public required string Bill { get; init; }

    /// <summary>bill, master or house.</summary>
    public required string BillKind { get; init; }

    /// <summary>The master bill, or null.</summary>
    public string? MasterBill { get; init; }

    /// <summary>Loaded on this ship there (LOC+9), or null.</summary>
    public string? PortOfLoading { get; init; }

    /// <summary>Discharged there (LOC+11), or null.</summary>
    public string? PortOfDischarge { get; init; }

    /// <summary>Loaded first there, on whatever ship (LOC+76), or null.</summary>
    public string? PortOfOriginalLoading { get; init; }

    /// <summary>Containers.</summary>
    public IReadOnlyList<string> Containers { get; init; } = [];

    /// <summary>Seals.</summary>
    public IReadOnlyList<string> Seals { get; init; } = [];

    /// <summary>HS codes.</summary>
    public IReadOnlyList<string> HsCodes { get; init; } = [];

    /// <summary>Gross weight, kg, or null.</summary>
    public decimal? WeightKg { get; init; }

    /// <summary>Parties as tokens.</summary>
    public IReadOnlyList<DeclaredParty> Parties { get; init; } = [];

    /// <summary>How many defects it has.</summary>
    public int Defects { get; init; }
}

/// <summary>A party as a token.</summary>
/// <param name="Role">consignor, consignee, notify...</param>
/// <param name="Token">Its token; null where it has neither name nor id, or is "to order".</param>
public sealed record DeclaredParty(string Role, string? Token);

/// <summary>A pick-up; times in milliseconds since 1970 UTC.</summary>
public sealed record DeclaredPickupItem
{
    /// <summary>Hash of box, token and time.</summary>
    public required string Id { get; init; }

    /// <summary>The box.</summary>
    public required string Container { get; init; }

    /// <summary>The plate's token.</summary>
    public required string Token { get; init; }

    /// <summary>The port, UN/LOCODE.</summary>
    public required string Port { get; init; }

    /// <summary>When the box is picked up.</summary>
    public required long AtMs { get; init; }

    /// <summary>When it could be known here.</summary>
    public required long KnownAtMs { get; init; }

    /// <summary>Invented data.</summary>
    public bool IsSimulated { get; init; }
}

/// <summary>Without reflection.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
[JsonSerializable(typeof(DeclaredEntry))]
[JsonSerializable(typeof(DeclaredState))]
internal sealed partial class DeclaredJson : JsonSerializerContext;
