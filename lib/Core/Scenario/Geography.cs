using MaritimeWatch.Reference;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Scenario;

/// <summary>A point where ships stop, as written to anchorages.geojson.</summary>
internal sealed record StoppingPoint(string Id, GeoPoint Where, string Locode, string PortName, StoppingPlace Kind);

/// <summary>A round piece of open water where vessels may wander.</summary>
/// <param name="Node">The lane node in its middle.</param>
/// <param name="RadiusM">Metres.</param>
internal sealed record Water(string Node, double RadiusM);

/// <summary>
/// The northern Kattegat and the eastern Skagerrak: lanes, berths, anchorages and zones drawn by hand on the real coast
/// (checked against Natural Earth by a test). The zones are invented; every name says SIM.
/// </summary>
internal static class Geography
{
    /// <summary>Lane nodes: name, place, and how far to starboard ships may keep, in metres.</summary>
    public static readonly (string Name, double Lat, double Lon, double WidthM)[] Nodes =
    [
        ("W1", 57.55, 7.70, 2500), ("W2", 57.85, 8.90, 2500), ("W3", 57.95, 9.90, 2200), ("SK", 57.92, 10.70, 1500),
        ("NE", 57.82, 10.98, 1400), ("K1", 57.60, 11.20, 1400), ("K2", 57.38, 11.36, 1200), ("K3", 57.05, 11.40, 1500),
        ("SB", 56.40, 11.18, 1000), ("S1", 57.20, 11.52, 1500), ("S2", 56.80, 11.85, 1500), ("SS", 56.42, 12.18, 1000),
        ("F1", 57.47, 11.02, 900), ("VG", 57.60, 11.55, 600), ("GA", 57.62, 11.66, 250), ("GB", 57.66, 11.72, 150),
        ("GC", 57.682, 11.80, 80), ("SKA1", 57.75, 10.80, 400), ("SKA2", 57.718, 10.66, 100), ("KS", 57.58, 10.76, 500),
        ("FDH1", 57.425, 10.80, 400), ("FDH2", 57.432, 10.62, 120), ("HIR1", 57.68, 9.96, 300), ("HIR2", 57.615, 9.962, 80),
        ("L1", 58.05, 11.10, 1000), ("L2", 58.23, 11.20, 500), ("L3", 58.31, 11.33, 120),
        ("N1", 58.30, 10.42, 1800), ("N2", 58.70, 10.55, 1500), ("N3", 58.98, 10.66, 1000), ("LAR1", 58.90, 10.10, 500),
        ("VAG1", 57.08, 12.02, 400), ("VAG2", 57.10, 12.19, 100),
        ("SEGOT-B", 57.686, 11.84, 0), ("SEGOT-A", 57.575, 11.56, 0), ("SEGOT-M", 57.655, 11.71, 0),
        ("DKSKA-B", 57.715, 10.597, 0), ("DKSKA-A", 57.685, 10.73, 0), ("DKFDH-B", 57.434, 10.555, 0),
        ("DKHIR-B", 57.598, 9.963, 0), ("SELYS-B", 58.332, 11.388, 0), ("SELYS-A", 58.21, 11.17, 0),
        ("SEVAG-B", 57.108, 12.222, 0), ("NOLAR-B", 59.015, 10.04, 0),
        ("BANK", 58.05, 10.30, 0), ("DEEP", 58.47, 10.80, 0), ("FLADEN", 57.20, 11.75, 0), ("GROVE", 57.50, 11.28, 0),
        ("FARWEST", 57.92, 8.70, 0), ("RESERVE", 58.12, 10.95, 0), ("RANGE", 57.43, 11.52, 0), ("CABLE", 57.66, 11.03, 0),
    ];

    /// <summary>Which nodes a straight line over water joins.</summary>
    public static readonly string[] Lanes =
    [
        "W1 W2", "W2 W3", "W3 SK", "W3 HIR1", "HIR1 HIR2", "HIR2 DKHIR-B", "SK NE", "NE SKA1", "SKA1 SKA2", "SKA2 DKSKA-B",
        "SKA1 DKSKA-A", "DKSKA-A SKA2", "SKA1 KS", "KS FDH1", "FDH1 FDH2", "FDH2 DKFDH-B", "FDH1 F1", "F1 VG", "F1 K1",
        "NE K1", "K1 VG", "VG GA", "GA GB", "GB GC", "GC SEGOT-B", "GB SEGOT-M", "VG SEGOT-A", "SEGOT-A GA", "K1 K2", "K2 K3",
        "K3 SB", "VG S1", "K2 S1", "S1 S2", "S2 SS", "S1 VAG1", "VAG1 VAG2", "VAG2 SEVAG-B", "NE L1", "L1 L2", "L2 L3",
        "L3 SELYS-B", "L2 SELYS-A", "L1 VG", "SK N1", "N1 N2", "N2 N3", "N1 LAR1", "LAR1 NOLAR-B",
        "W3 BANK", "SK BANK", "N1 DEEP", "S1 FLADEN", "K1 GROVE", "W2 FARWEST", "L1 RESERVE", "VG RANGE", "S1 RANGE", "NE CABLE",
    ];

    /// <summary>Where ships enter and leave; the ends lie beyond every coastal receiver.</summary>
    public static readonly string[] Exits = ["W1", "SB", "SS", "N3"];

    /// <summary>Where ships lie.</summary>
    public static readonly StoppingPoint[] Stops =
    [
        new("SEGOT-B", At("SEGOT-B"), "SEGOT", "Goteborg", StoppingPlace.Berth),
        new("SEGOT-A", At("SEGOT-A"), "SEGOT", "Goteborg", StoppingPlace.Anchorage),
        new("SEGOT-M", At("SEGOT-M"), "SEGOT", "Goteborg", StoppingPlace.Berth),
        new("DKSKA-B", At("DKSKA-B"), "DKSKA", "Skagen", StoppingPlace.Berth),
        new("DKSKA-A", At("DKSKA-A"), "DKSKA", "Skagen", StoppingPlace.Anchorage),
        new("DKFDH-B", At("DKFDH-B"), "DKFDH", "Frederikshavn", StoppingPlace.Berth),
        new("DKHIR-B", At("DKHIR-B"), "DKHIR", "Hirtshals", StoppingPlace.Berth),
        new("SELYS-B", At("SELYS-B"), "SELYS", "Lysekil", StoppingPlace.Berth),
        new("SELYS-A", At("SELYS-A"), "SELYS", "Lysekil", StoppingPlace.Anchorage),
        new("SEVAG-B", At("SEVAG-B"), "SEVAG", "Varberg", StoppingPlace.Berth),
        new("NOLAR-B", At("NOLAR-B"), "NOLAR", "Larvik", StoppingPlace.Berth),
    ];

    /// <summary>Waters by purpose: no zone and no stopping point lies in them.</summary>
    public static readonly Water Bank = new("BANK", 12_000);

    public static readonly Water Deep = new("DEEP", 9_000);

    public static readonly Water Fladen = new("FLADEN", 11_000);

    public static readonly Water Grove = new("GROVE", 8_000);

    /// <summary>Beyond the horizon of every coastal receiver.</summary>
    public static readonly Water FarWest = new("FARWEST", 10_000);

    /// <summary>Zones and the lane node from which each is reached.</summary>
    public static readonly (ConvexZone Zone, string Gate)[] Zones =
    [
        (new("sim-reserve", "SIM Bratten marine reserve", Severity.Medium, new(58.22, 10.85),
            [(-3000, -2000), (2600, -2600), (3400, 400), (1200, 2800), (-2400, 2400)]), "RESERVE"),
        (new("sim-range", "SIM restricted area", Severity.High, new(57.41, 11.67),
            [(-2500, -2500), (2500, -2500), (2500, 2500), (-2500, 2500)]), "RANGE"),
        (new("sim-cable", "SIM prohibited anchoring", Severity.Medium, new(57.60, 10.95),
            [(-2200, -1500), (2400, -1200), (2000, 1700), (-1800, 1500)]), "CABLE"),
    ];

    /// <summary>The place of a node.</summary>
    public static GeoPoint At(string node)
    {
        foreach (var (name, lat, lon, _) in Nodes)
        {
            if (name == node)
            {
                return new GeoPoint(lat, lon);
            }
        }

        throw new KeyNotFoundException(node);
    }
}
