using System.Globalization;
using MaritimeWatch.Intake.Ais;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Scenario;

/// <summary>A base station or an aid to navigation.</summary>
internal sealed class FixedStation
{
    private static readonly string[] Buoys = ["SK", "NE", "K1", "K2", "S1", "VG", "L1", "FDH1"];

    private FixedStation(int mmsi, string name, GeoPoint where, bool isBase)
    {
        About = new StaticReport { EventAtMs = 0, Vessel = VesselId.FromMmsi(mmsi), Name = name };
        Where = where;
        IsBase = isBase;
    }

    public StaticReport About { get; }

    public GeoPoint Where { get; }

    public bool IsBase { get; }

    public long NextAtMs { get; set; }

    /// <summary>A base station at each receiver, and a buoy at some turns of the lanes.</summary>
    public static List<FixedStation> All()
    {
        var all = new List<FixedStation>();
        for (var receiver = 0; receiver < Sky.Coastal.Length; receiver++)
        {
            all.Add(new FixedStation(2_659_001 + receiver, "SIM BASE", Sky.Coastal[receiver].Where, isBase: true));
        }

        for (var buoy = 0; buoy < Buoys.Length; buoy++)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"SIM BUOY {Buoys[buoy]}");
            all.Add(new FixedStation(992_651_001 + buoy, name, Geography.At(Buoys[buoy]), isBase: false));
        }

        return all;
    }
}
