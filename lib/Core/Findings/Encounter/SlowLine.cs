using System.Buffers;
using System.Globalization;
using MaritimeWatch.GeoJson;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Findings.Encounter;

/// <summary>The lines of the collection <c>slow</c>.</summary>
internal sealed class SlowLine : IDisposable
{
    private readonly ArrayBufferWriter<byte> _buffer = new(512);
    private readonly GeoJsonWriter _writer;

    public SlowLine() => _writer = new GeoJsonWriter(_buffer);

    public void Dispose() => _writer.Dispose();

    public void Write(WatchState state, int slot, in SlowPlace place)
    {
        var vessel = state.Table.Vessels[slot].Vessel;
        ref var card = ref state.Table.Cards[slot];
        var at = Instants.ToText(place.AtMs);
        var id = string.Create(CultureInfo.InvariantCulture, $"{vessel.Subject}-{at}");
        _buffer.ResetWrittenCount();
        _writer.Retarget(_buffer);
        _writer.StartFeature(id);
        _writer.WritePoint(place.At);
        _writer.StartProperties();
        var json = _writer.Json;
        json.WriteString("id"u8, id);
        if (vessel.IsMmsi)
        {
            json.WriteNumber("mmsi"u8, vessel.Mmsi);
        }
        else
        {
            json.WriteNull("mmsi"u8);
        }

        json.WriteString("subject"u8, vessel.Subject);
        json.WriteString("name"u8, card.Name);
        json.WriteString("at"u8, at);
        json.WriteString("known_at"u8, Instants.ToText(state.KnownAtMs));
        new Figure("speed_knots", place.SpeedDeciKnots, 1).WriteTo(json);
        NumberOrNull("length_m"u8, card.LengthM);
        NumberOrNull("ship_type"u8, card.ShipType);
        json.WriteBoolean("far_from_anchorage"u8, place.IsFarFromAnchorage);
        json.WriteBoolean("simulated"u8, place.IsSimulated);
        _writer.EndFeature();
        state.Output.WriteLine("slow", _buffer.WrittenSpan);
    }

    // 0 is unknown.
    private void NumberOrNull(ReadOnlySpan<byte> property, int value)
    {
        if (value == 0)
        {
            _writer.Json.WriteNull(property);
        }
        else
        {
            _writer.Json.WriteNumber(property, value);
        }
    }
}
