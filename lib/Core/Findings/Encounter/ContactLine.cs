using System.Buffers;
using System.Text.Json;
using MaritimeWatch.GeoJson;
using MaritimeWatch.Geodesy;
using MaritimeWatch.Log;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Findings.Encounter;

/// <summary>
/// The lines of the collection <c>contacts</c>: two slow ships at an instant. What a line says depends on the two rows
/// alone, not on the group that says it.
/// </summary>
internal sealed class ContactLine : IDisposable
{
    private readonly ArrayBufferWriter<byte> _buffer = new(1024);
    private readonly GeoJsonWriter _writer;

    public ContactLine() => _writer = new GeoJsonWriter(_buffer);

    public void Dispose() => _writer.Dispose();

    public void Write(IFoldOutput output, SlowRow first, SlowRow second, int decimetres)
    {
        var pair = $"{first.Subject}+{second.Subject}";
        var at = Instants.ToText(first.AtMs);
        _buffer.ResetWrittenCount();
        _writer.Retarget(_buffer);
        _writer.StartFeature($"{pair}-{at}");
        _writer.WritePoint(Between(first.Where, second.Where));
        _writer.StartProperties();
        var json = _writer.Json;
        json.WriteString("id"u8, $"{pair}-{at}");
        json.WriteString("pair"u8, pair);
        json.WriteString("at"u8, at);
        json.WriteString("known_at"u8, Instants.ToText(Math.Max(first.KnownAtMs, second.KnownAtMs)));
        new Figure("distance_m", decimetres, 1).WriteTo(json);
        json.WriteBoolean("far_from_anchorage"u8, first.IsFar && second.IsFar);
        Ship(json, "first"u8, first);
        Ship(json, "second"u8, second);
        json.WriteBoolean("simulated"u8, first.IsSimulated || second.IsSimulated);
        _writer.EndFeature();
        output.WriteLine("contacts", _buffer.WrittenSpan);
    }

    private static void Ship(Utf8JsonWriter json, ReadOnlySpan<byte> property, SlowRow row)
    {
        json.WriteStartObject(property);
        json.WriteString("subject"u8, row.Subject);
        json.WriteNumber("mmsi"u8, row.Mmsi ?? 0);
        json.WriteString("name"u8, row.Name);
        json.WriteNumber("ship_type"u8, row.ShipType);
        new Figure("speed_knots", row.SpeedDeciKnots, 1).WriteTo(json);
        json.WriteEndObject();
    }

    private static Position Between(Position one, Position other) => new(
        (int)(((long)one.LatitudeE7 + other.LatitudeE7) / 2),
        Longitudes.Wrap(one.LongitudeE7 + (Longitudes.Delta(one.LongitudeE7, other.LongitudeE7) / 2)));
}
