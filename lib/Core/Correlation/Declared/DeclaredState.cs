namespace MaritimeWatch.Correlation.Declared;

/// <summary>What the declared stage remembers, as its snapshot holds it. All of it is bounded.</summary>
internal sealed record DeclaredState
{
    public const int FormatNow = 1;

    public int Format { get; init; } = FormatNow;

    public List<string> Seen { get; init; } = [];

    public List<CallMemory> Calls { get; init; } = [];

    public List<ManifestMemory> Manifests { get; init; } = [];

    public long Repeated { get; set; }

    public long Evicted { get; set; }

    public long Outdated { get; set; }
}

/// <summary>One call as it stands after all that was said of it.</summary>
internal sealed record CallMemory
{
    public required string Id { get; init; }

    public required string Port { get; init; }

    public int? PortLatitudeE7 { get; set; }

    public int? PortLongitudeE7 { get; set; }

    public string? CallId { get; set; }

    public int? Imo { get; set; }

    public int? Mmsi { get; set; }

    public string? CallSign { get; set; }

    public string? Name { get; set; }

    public Told<string> Voyage { get; set; }

    public Told<long> Eta { get; set; }

    public Told<long> BerthEta { get; set; }

    public Told<long> Etd { get; set; }

    public Told<long> Ata { get; set; }

    public Told<long> Berthed { get; set; }

    public Told<long> Atd { get; set; }

    public Told<string> Berth { get; set; }

    public Told<string> LastPort { get; set; }

    public Told<string> NextPort { get; set; }

    /// <summary>When the cancellation was said; 0 where none was.</summary>
    public long CancelledSentAtMs { get; set; }

    public int Revision { get; set; }

    public long FirstKnownAtMs { get; init; }

    public long KnownAtMs { get; set; }

    public bool IsSimulated { get; set; }

    public long? ArrivalMs => Eta.Value is not 0 ? Eta.Value : BerthEta.Value is not 0 ? BerthEta.Value : Ata.Value is not 0 ? Ata.Value
        : Berthed.Value is not 0 ? Berthed.Value : null;

    public long? DepartureMs => Atd.Value is not 0 ? Atd.Value : Etd.Value is not 0 ? Etd.Value : null;

    /// <summary>A later word on the arrival takes a cancellation back.</summary>
    public bool IsCancelled => CancelledSentAtMs > 0 && CancelledSentAtMs >= Math.Max(Eta.SentAtMs, Math.Max(BerthEta.SentAtMs, Ata.SentAtMs));
}

/// <summary>A value and when it was said; the default says nothing.</summary>
internal readonly record struct Told<T>(T? Value, long SentAtMs);

/// <summary>The consignments of a manifest in force, so that a replacement can withdraw those it no longer has.</summary>
internal sealed record ManifestMemory(string Id, long DocumentAtMs, long KnownAtMs, List<string> Consignments);
