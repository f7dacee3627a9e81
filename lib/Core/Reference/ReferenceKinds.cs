namespace MaritimeWatch.Reference;

/// <summary>The closed list of kinds of reference data.</summary>
public static class ReferenceKinds
{
    /// <summary>Ports: points with the UN/LOCODE as id.</summary>
    public const string Ports = "ports";

    /// <summary>Anchorages: points where ships swing.</summary>
    public const string Anchorages = "anchorages";

    /// <summary>Berths: points where ships lie moored.</summary>
    public const string Berths = "berths";

    /// <summary>Zones: polygons that somebody drew.</summary>
    public const string Zones = "zones";

    /// <summary>Cameras that read plates, and the roads between them (see <see cref="MaritimeWatch.Reference.Cameras.CameraFile"/>).</summary>
    public const string Cameras = "cameras";

    /// <summary>Lanes of the traffic, learned from voyages (see <see cref="MaritimeWatch.Reference.Lanes.LaneFile"/>).</summary>
    public const string Lanes = "lanes";

    /// <summary>All kinds, in ordinal order; those that have no name here are kept for what will read them.</summary>
    public static IReadOnlyList<string> All { get; } =
        [Anchorages, Berths, Cameras, Lanes, "port-setup", Ports, "trusted-traders", "watch-lists", Zones];

    /// <summary>True for a kind of points where ships stop.</summary>
    public static bool IsStoppingPlaces(string kind) => kind is Ports or Anchorages or Berths;
}
