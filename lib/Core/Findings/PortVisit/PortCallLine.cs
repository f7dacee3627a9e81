using System.Buffers;
using System.Text.Json;
using MaritimeWatch.GeoJson;
using MaritimeWatch.Reference;
using MaritimeWatch.Terms;
using MaritimeWatch.Tracks;

namespace MaritimeWatch.Findings.PortVisit;

/// <summary>A port call as a feature; later lines of the same id replace earlier ones.</summary>
internal static class PortCallLine
{
    public static void Write(
        WatchState state, int slot, Finding finding, in HullState hull, Place place, long? departureAtMs, bool isSimulated)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using var writer = new GeoJsonWriter(buffer);
        writer.StartFeature(finding.Id);
        writer.WritePoint(finding.Places[0]);
        writer.StartProperties();
        var json = writer.Json;
        json.WriteString("id"u8, finding.Id);
        if (finding.Vessel.IsMmsi)
        {
            json.WriteNumber("mmsi"u8, finding.Vessel.Mmsi);
        }
        else
        {
            json.WriteNull("mmsi"u8);
        }

        json.WriteString("subject"u8, finding.Subject);
        Text(json, "name"u8, state.Table.Cards[slot].Name);
        Text(json, "port"u8, place.Locode);
        json.WriteString("port_name"u8, place.PortName);
        Text(json, "anchorage"u8, place.Kind == StoppingPlace.Port ? null : place.Id);
        json.WriteString("place_kind"u8, KindOf(place.Kind));
        At(json, "arrival_at"u8, hull.Port.EntryAtMs);
        At(json, "stop_at"u8, hull.Port.StopAtMs);
        At(json, "restart_at"u8, hull.Port.RestartAtMs);
        At(json, "departure_at"u8, departureAtMs ?? 0);
        json.WriteString("known_at"u8, Instants.ToText(finding.KnownAtMs));
        json.WriteNumber("confidence"u8, finding.Measure[0].Value);
        json.WriteString("state"u8, FindingNames.Of(finding.Life));
        json.WriteBoolean("simulated"u8, isSimulated);
        writer.EndFeature();
        state.Output.WriteLine("port-calls", buffer.WrittenSpan);
    }

    private static ReadOnlySpan<byte> KindOf(StoppingPlace kind) => kind switch
    {
        StoppingPlace.Anchorage => "anchorage"u8,
        StoppingPlace.Berth => "berth"u8,
        _ => "port"u8,
    };

    private static void Text(Utf8JsonWriter json, ReadOnlySpan<byte> property, string? text)
    {
        if (text is null)
        {
            json.WriteNull(property);
        }
        else
        {
            json.WriteString(property, text);
        }
    }

    private static void At(Utf8JsonWriter json, ReadOnlySpan<byte> property, long atMs) =>
        Text(json, property, atMs == 0 ? null : Instants.ToText(atMs));
}
