using System.Buffers;
using System.Globalization;
using MaritimeWatch.GeoJson;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Findings.RouteDeviation;

/// <summary>The lines of the collection <c>lanes</c>: a lane as it stands after a voyage; later lines of an id replace earlier.</summary>
internal static class LaneLine
{
    public static void Write(WatchState state, int slot, RoutePair pair, Lane lane)
    {
        var vessel = state.Table.Vessels[slot].Vessel;
        var whose = vessel.IsMmsi ? vessel.Mmsi.ToString(CultureInfo.InvariantCulture) : vessel.Subject;
        var id = $"lane:{whose}:{pair.From.Id}-{pair.To.Id}";
        var buffer = new ArrayBufferWriter<byte>(1024);
        using var writer = new GeoJsonWriter(buffer);
        writer.StartFeature(id);
        writer.WriteLineString(lane.Middle);
        writer.StartProperties();
        var json = writer.Json;
        json.WriteString("id"u8, id);
        json.WriteString("lane"u8, pair.Object);
        if (vessel.IsMmsi)
        {
            json.WriteNumber("mmsi"u8, vessel.Mmsi);
        }
        else
        {
            json.WriteNull("mmsi"u8);
        }

        json.WriteString("subject"u8, vessel.Subject);
        json.WriteString("name"u8, state.Table.Cards[slot].Name);
        json.WriteString("from"u8, pair.From.Id);
        json.WriteString("from_name"u8, pair.From.Name);
        json.WriteString("to"u8, pair.To.Id);
        json.WriteString("to_name"u8, pair.To.Name);
        json.WriteNumber("voyages"u8, lane.Strayed.Count);
        json.WriteNumber("voyages_within"u8, lane.VoyagesKept);
        Figure.NauticalMiles("half_width_nm", lane.HalfWidthDecimetres).WriteTo(json);
        json.WriteString("known_at"u8, Instants.ToText(state.KnownAtMs));
        json.WriteBoolean("simulated"u8, lane.IsSimulated);
        writer.EndFeature();
        state.Output.WriteLine("lanes", buffer.WrittenSpan);
    }
}
