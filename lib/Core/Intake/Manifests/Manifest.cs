using MaritimeWatch.Terms;

namespace MaritimeWatch.Intake.Manifests;

/// <summary>What a manifest does to an earlier one of the same id.</summary>
public enum ManifestFunction
{
    /// <summary>The first of its id (EDIFACT 9), or nothing said.</summary>
    Original,

    /// <summary>It replaces the earlier one (5, 20, 21).</summary>
    Replace,

    /// <summary>It changes parts of the earlier one (2, 4, 36).</summary>
    Change,

    /// <summary>It takes the earlier one back (1, 40, 50).</summary>
    Cancel,
}

/// <summary>A cargo manifest as declared: a ship, a voyage and the consignments on board. Holds clear personal data.</summary>
public sealed record Manifest
{
    /// <summary>Sender and document number: the same for every revision.</summary>
    public required string Id { get; init; }

    /// <summary>How it came: <c>cuscar</c> or <c>json</c>.</summary>
    public required string Format { get; init; }

    /// <summary>The release of the directory (<c>D.95B</c>) or of the schema (<c>1</c>); null where not said.</summary>
    public string? Release { get; init; }

    /// <summary>The sender's reference of the message (UNH), or null.</summary>
    public string? MessageReference { get; init; }

    /// <summary>Who sent it (UNB, or NAD+MS), or null. A firm, as a rule.</summary>
    public string? Sender { get; init; }

    /// <summary>The code of the document (BGM): 85, 785, 833, 933; null where not said.</summary>
    public string? DocumentCode { get; init; }

    /// <summary>The number of the document (BGM), or null.</summary>
    public string? DocumentNumber { get; init; }

    /// <summary>What it does to an earlier one.</summary>
    public ManifestFunction Function { get; init; }

    /// <summary>The date of the document (DTM+137), milliseconds since 1970 UTC, or null.</summary>
    public long? DocumentAtMs { get; init; }

    /// <summary>The voyage (TDT), or null.</summary>
    public string? Voyage { get; init; }

    /// <summary>The ship.</summary>
    public ManifestVessel Vessel { get; init; } = new();

    /// <summary>Where the ship arrives (LOC+60), UN/LOCODE or null.</summary>
    public string? ArrivalPort { get; init; }

    /// <summary>Where it called last (LOC+125), UN/LOCODE or null.</summary>
    public string? LastPort { get; init; }

    /// <summary>Where it goes next (LOC+61), UN/LOCODE or null.</summary>
    public string? NextPort { get; init; }

    /// <summary>When it is to arrive (DTM+132, else 232), milliseconds since 1970 UTC, or null.</summary>
    public long? ArrivalAtMs { get; init; }

    /// <summary>When it is to leave (DTM+133), milliseconds since 1970 UTC, or null.</summary>
    public long? DepartureAtMs { get; init; }

    /// <summary>When it did arrive (DTM+178), milliseconds since 1970 UTC, or null.</summary>
    public long? ArrivedAtMs { get; init; }

    /// <summary>The bills of lading, in the order of the file.</summary>
    public IReadOnlyList<ManifestConsignment> Consignments { get; init; } = [];

    /// <summary>Containers and other equipment declared by themselves (EQD).</summary>
    public IReadOnlyList<ManifestEquipment> Equipment { get; init; } = [];

    /// <summary>It says of itself that it is simulated.</summary>
    public bool IsSimulated { get; init; }
}

/// <summary>The ship as declared.</summary>
public sealed record ManifestVessel
{
    /// <summary>IMO number, its check digit right; null otherwise.</summary>
    public ImoNumber? Imo { get; init; }

    /// <summary>MMSI, or null.</summary>
    public int? Mmsi { get; init; }

    /// <summary>Call sign, or null.</summary>
    public string? CallSign { get; init; }

    /// <summary>Name, or null.</summary>
    public string? Name { get; init; }

    /// <summary>The id as it was given, whatever it is; null where nothing was.</summary>
    public string? IdAsGiven { get; init; }

    /// <summary>The carrier, or null.</summary>
    public string? Carrier { get; init; }
}

/// <summary>What a bill of lading is.</summary>
public enum BillKind
{
    /// <summary>A bill, not said to be master or house (BM).</summary>
    Bill,

    /// <summary>The carrier's bill to a forwarder (MB).</summary>
    Master,

    /// <summary>A forwarder's bill under a master bill (BH, or BM beside MB).</summary>
    House,
}

/// <summary>One bill of lading on a manifest.</summary>
public sealed record ManifestConsignment
{
    /// <summary>Its number on the manifest (CNI), from 1; null where not said.</summary>
    public string? Number { get; init; }

    /// <summary>The bill's number.</summary>
    public required string Bill { get; init; }

    /// <summary>What sort of bill.</summary>
    public BillKind BillKind { get; init; }

    /// <summary>The master bill that a house bill hangs on, or null.</summary>
    public string? MasterBill { get; init; }

    /// <summary>Loaded on this ship there (LOC+9), UN/LOCODE or null.</summary>
    public string? PortOfLoading { get; init; }

    /// <summary>Discharged from this ship there (LOC+11), UN/LOCODE or null.</summary>
    public string? PortOfDischarge { get; init; }

    /// <summary>Loaded first there, on whatever ship (LOC+76), UN/LOCODE or null.</summary>
    public string? PortOfOriginalLoading { get; init; }

    /// <summary>Container numbers as given; those of right form without spaces.</summary>
    public IReadOnlyList<string> Containers { get; init; } = [];

    /// <summary>Seals of its containers.</summary>
    public IReadOnlyList<string> Seals { get; init; } = [];

    /// <summary>The goods.</summary>
    public IReadOnlyList<ManifestGoods> Goods { get; init; } = [];

    /// <summary>Gross weight in kg: the items' sum, else the control total; null where none could be read.</summary>
    public decimal? WeightKg { get; init; }

    /// <summary>The parties, in clear: personal data.</summary>
    public IReadOnlyList<ManifestParty> Parties { get; init; } = [];

    /// <summary>How many defects it has.</summary>
    public int Defects { get; init; }

    /// <summary>Where it begins.</summary>
    public SegmentPlace Place { get; init; }
}

/// <summary>One item of goods.</summary>
public sealed record ManifestGoods
{
    /// <summary>Packages, or null.</summary>
    public long? Packages { get; init; }

    /// <summary>What packages (<c>BG</c>), or null.</summary>
    public string? PackageKind { get; init; }

    /// <summary>What the goods are said to be, or null.</summary>
    public string? Description { get; init; }

    /// <summary>HS code, 4 to 10 digits, or null.</summary>
    public string? HsCode { get; init; }

    /// <summary>Gross weight in kg, or null.</summary>
    public decimal? WeightKg { get; init; }

    /// <summary>The weight as it was given, with its unit (<c>2.000 TON</c>), or null.</summary>
    public string? WeightAsGiven { get; init; }

    /// <summary>The containers that it is in.</summary>
    public IReadOnlyList<string> Containers { get; init; } = [];
}

/// <summary>Equipment as declared.</summary>
/// <param name="Kind">CN container, CH chassis...</param>
/// <param name="Number">Its number as given.</param>
/// <param name="Seals">Its seals.</param>
public sealed record ManifestEquipment(string Kind, string Number, IReadOnlyList<string> Seals);

/// <summary>A party, in clear: personal data.</summary>
/// <param name="Role">consignor, consignee, notify, carrier, supplier, sender or other.</param>
/// <param name="Code">The role's code as given (CZ), or null.</param>
/// <param name="Id">An identifier of the party, or null.</param>
/// <param name="Name">Its name, or null.</param>
/// <param name="Address">Its address, or null.</param>
public sealed record ManifestParty(string Role, string? Code, string? Id, string? Name, string? Address);
