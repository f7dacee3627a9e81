namespace MaritimeWatch.Findings.DarkShip;

/// <summary>What the stage remembers, as its snapshot holds it. Bounded.</summary>
internal sealed record SceneState
{
    /// <summary>The newest format.</summary>
    public const int FormatNow = 1;

    /// <summary>Scenes that are remembered, so that one that comes twice is folded once; the oldest goes first.</summary>
    public const int ScenesMax = 512;

    /// <summary>Places of echoes that nobody reports; the one seen longest ago goes first.</summary>
    public const int PlacesMax = 20_000;

    public int Format { get; init; } = FormatNow;

    /// <summary>Reference versions in force.</summary>
    public SortedDictionary<string, int> Reference { get; init; } = new(StringComparer.Ordinal);

    /// <summary>In the order in which they came.</summary>
    public List<SeenScene> Scenes { get; init; } = [];

    /// <summary>In the order in which they were last seen.</summary>
    public List<EchoPlace> Places { get; init; } = [];
}

/// <summary>A scene that has been folded.</summary>
internal sealed record SeenScene
{
    /// <summary>Its hash.</summary>
    public required string Hash { get; init; }

    /// <summary>The latest check that was folded.</summary>
    public int Check { get; set; }

    /// <summary>When it was taken.</summary>
    public long AtMs { get; init; }

    /// <summary>Numbers of the detections that were said to be dark ships and have not been retracted.</summary>
    public List<int> Dark { get; set; } = [];
}

/// <summary>Where an echo that nobody reports has been seen.</summary>
/// <param name="Lat">Latitude, 1e-7 degree.</param>
/// <param name="Lon">Longitude, 1e-7 degree.</param>
/// <param name="FirstAtMs">When first.</param>
/// <param name="LastAtMs">When last.</param>
/// <param name="Scene">The scene that saw it first.</param>
internal sealed record EchoPlace(int Lat, int Lon, long FirstAtMs, long LastAtMs, string Scene);
