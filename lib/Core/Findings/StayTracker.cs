using System.Buffers;
using MaritimeWatch.Geodesy;
using MaritimeWatch.GeoJson;
using MaritimeWatch.Intake.Ais;
using MaritimeWatch.Terms;
using MaritimeWatch.Tracks;

namespace MaritimeWatch.Findings;

/// <summary>Where and how long ships lie still: one line per stay of at least half an hour, when it ends.</summary>
internal sealed class StayTracker(WatchState state)
{
    private const long StayMs = 30 * 60_000;
    private const long SilenceMs = 6 * 3_600_000;
    private const int StopDeciKnots = 5;
    private const int GoDeciKnots = 10;
    private const int StraysDecimetres = 10_000;

    /// <summary>A report of a hull, before it replaces the hull's last.</summary>
    public void OnReport(int slot, ref HullState hull, in StoredReport report)
    {
        ref var stop = ref hull.Stop;
        if (stop.StartAtMs == 0)
        {
            if (report.SpeedDeciKnots is >= 0 and < StopDeciKnots && WatchState.IsShip(state.Table.Vessels[slot].Vessel))
            {
                stop.StartAtMs = report.EventAtMs;
                stop.OriginLatitudeE7 = report.LatitudeE7;
                stop.OriginLongitudeE7 = report.LongitudeE7;
                Count(ref stop, in report, 0);
            }

            return;
        }

        var origin = new Position(stop.OriginLatitudeE7, stop.OriginLongitudeE7);
        var decimetres = (int)Math.Min(int.MaxValue, Math.Round(FlatDistance.Metres(origin, report.Position) * 10));
        if (report.SpeedDeciKnots > GoDeciKnots || decimetres > StraysDecimetres
            || report.EventAtMs - hull.Last.EventAtMs > SilenceMs)
        {
            End(slot, ref hull);
            return;
        }

        Count(ref stop, in report, decimetres);
    }

    /// <summary>The stay has ended with the hull's last report.</summary>
    public void End(int slot, ref HullState hull)
    {
        ref var stop = ref hull.Stop;
        if (stop.StartAtMs != 0 && hull.Last.EventAtMs - stop.StartAtMs >= StayMs)
        {
            Write(slot, in hull);
        }

        stop = default;
    }

    private static void Count(ref StopState stop, in StoredReport report, int decimetres)
    {
        stop.LatitudeSumE7 += report.LatitudeE7 - (long)stop.OriginLatitudeE7;
        stop.LongitudeSumE7 += Longitudes.Delta(stop.OriginLongitudeE7, report.LongitudeE7);
        stop.Reports++;
        stop.RadiusDecimetres = Math.Max(stop.RadiusDecimetres, decimetres);
        stop.SaidAnchored += report.NavigationStatus == 1 ? 1 : 0;
        stop.SaidMoored += report.NavigationStatus == 5 ? 1 : 0;
    }

    private void Write(int slot, in HullState hull)
    {
        ref readonly var stop = ref hull.Stop;
        ref var card = ref state.Table.Cards[slot];
        var vessel = state.Table.Vessels[slot].Vessel;
        var centroid = new Position(
            (int)(stop.OriginLatitudeE7 + (stop.LatitudeSumE7 / stop.Reports)),
            Longitudes.Wrap(stop.OriginLongitudeE7 + (stop.LongitudeSumE7 / stop.Reports)));
        var buffer = new ArrayBufferWriter<byte>(512);
        using var writer = new GeoJsonWriter(buffer);
        var id = $"{vessel.Subject}-{hull.Number}-{stop.StartAtMs}";
        writer.StartFeature(id);
        writer.WritePoint(centroid);
        writer.StartProperties();
        var json = writer.Json;
        json.WriteString("id"u8, id);
        json.WriteString("subject"u8, vessel.Subject);
        json.WriteString("start_at"u8, Instants.ToText(stop.StartAtMs));
        json.WriteString("end_at"u8, Instants.ToText(hull.Last.EventAtMs));
        json.WriteNumber("radius_m"u8, stop.RadiusDecimetres / 10);
        json.WriteNumber("reports"u8, stop.Reports);
        json.WriteString("status"u8, StatusOf(in stop));
        json.WriteNumber("ship_type"u8, card.ShipType);
        json.WriteNumber("length_m"u8, card.LengthM);
        json.WriteBoolean("simulated"u8, hull.Last.Has(ReportTraits.Simulated));
        writer.EndFeature();
        state.Output.WriteLine("stays", buffer.WrittenSpan);
    }

    private static string StatusOf(in StopState stop) =>
        stop.SaidMoored * 2 > stop.Reports ? "moored" : stop.SaidAnchored * 2 > stop.Reports ? "anchored" : "unknown";
}
