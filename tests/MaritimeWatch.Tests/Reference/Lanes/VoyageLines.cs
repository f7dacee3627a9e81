using System.Globalization;
using System.Text;
using MaritimeWatch.Reference.Lanes;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Tests.Reference.Lanes;

/// <summary>Lines of the watch's output, as far as lanes and places are learned from them.</summary>
internal static class VoyageLines
{
    public const string Who = "mmsi:211000001";

    public static string Vessel(string who = Who, int type = 71) =>
        $$$"""{"type":"Feature","id":"{{{who}}}","geometry":null,"properties":{"subject":"{{{who}}}","ship_type":{{{type}}}}}""";

    public static string Call(string id, string port, long arrivalMs, long? departureMs, string who = Who) =>
        $$$"""{"type":"Feature","id":"{{{id}}}","geometry":null,"properties":{"id":"{{{id}}}","subject":"{{{who}}}","port":"{{{port}}}","port_name":"{{{port}}}","arrival_at":"{{{Instants.ToText(arrivalMs)}}}","departure_at":{{{(departureMs is { } ms ? $"\"{Instants.ToText(ms)}\"" : "null")}}},"state":"open","simulated":false}}""";

    public static string Stay(string id, Position where, long startMs, long endMs, string who) => string.Create(
        CultureInfo.InvariantCulture,
        $$$"""{"type":"Feature","id":"{{{id}}}","geometry":{"type":"Point","coordinates":[{{{where.LongitudeDegrees}}},{{{where.LatitudeDegrees}}}]},"properties":{"id":"{{{id}}}","subject":"{{{who}}}","start_at":"{{{Instants.ToText(startMs)}}}","end_at":"{{{Instants.ToText(endMs)}}}","radius_m":15,"reports":50,"status":"moored","ship_type":71,"length_m":120,"simulated":false}}""");

    public static string Track(string id, IReadOnlyList<VoyagePoint> points, string who = Who)
    {
        var line = new System.Buffers.ArrayBufferWriter<byte>();
        using var writer = new MaritimeWatch.GeoJson.GeoJsonWriter(line);
        writer.StartFeature(id);
        writer.WriteLineString([.. points.Select(point => point.Where)]);
        writer.StartProperties();
        var json = writer.Json;
        json.WriteString("subject"u8, who);
        json.WriteNumber("hull"u8, 1);
        json.WriteString("start_at"u8, Instants.ToText(points[0].AtMs));
        json.WriteString("end_at"u8, Instants.ToText(points[^1].AtMs));
        json.WritePropertyName("times"u8);
        json.WriteRawValue($"[{string.Join(',', points.Select(point => point.AtMs))}]");
        json.WritePropertyName("speeds_knots"u8);
        json.WriteRawValue($"[{string.Join(',', points.Select(point => (point.SpeedDeciKnots / 10.0).ToString(CultureInfo.InvariantCulture)))}]");
        json.WriteBoolean("simulated"u8, false);
        writer.EndFeature();
        return Encoding.UTF8.GetString(line.WrittenSpan);
    }
}
