using MaritimeWatch.Intake.Ais;
using MaritimeWatch.Terms;
using static MaritimeWatch.Tests.Findings.Traffic;

namespace MaritimeWatch.Tests.Findings.Statics;

/// <summary>What a ship of the tests says of itself.</summary>
internal static class Saying
{
    public static StaticReport Anna(int mmsi = Ship) => new()
    {
        EventAtMs = 0,
        Vessel = VesselId.FromMmsi(mmsi),
        Name = "ANNA MAERSK",
        CallSign = "OWKX2",
        ImoNumber = 9_074_729,
        ShipType = 70,
        ToBowM = 150,
        ToSternM = 50,
        ToPortM = 15,
        ToStarboardM = 15,
        DraughtDecimetres = 80,
        Destination = "SEGOT",
        EtaMonth = 3,
        EtaDay = 2,
        EtaHour = 18,
        EtaMinute = 0,
        MessageType = 5,
        Length = 120,
    };

    /// <summary>Every six minutes, as a ship of class A does, from one time up to before another.</summary>
    public static void Says(this Traffic traffic, StaticReport what, long fromMs, long untilMs, long everyMs = 6 * 60_000)
    {
        for (var at = fromMs; at < untilMs; at += everyMs)
        {
            traffic.Statics.Add(what with { EventAtMs = at, Offset = 1_000_000 + (traffic.Statics.Count * 120L) });
        }
    }
}
