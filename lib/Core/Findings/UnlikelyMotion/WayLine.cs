using System.Buffers;
using System.Globalization;
using MaritimeWatch.GeoJson;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Findings.UnlikelyMotion;

/// <summary>The lines of the collection <c>ways</c>; they are for the stage alone.</summary>
internal sealed class WayLine : IDisposable
{
    private readonly ArrayBufferWriter<byte> _buffer = new(512);
    private readonly GeoJsonWriter _writer;

    public WayLine() => _writer = new GeoJsonWriter(_buffer);

    public void Dispose() => _writer.Dispose();

    public void Write(WatchState state, int slot, in WayPlace place)
    {
        var vessel = state.Table.Vessels[slot].Vessel;
        var at = Instants.ToText(place.AtMs);
        var id = string.Create(CultureInfo.InvariantCulture, $"{vessel.Subject}-{at}");
        _buffer.ResetWrittenCount();
        _writer.Retarget(_buffer);
        _writer.StartFeature(id);
        _writer.WritePoint(place.At);
        _writer.StartProperties();
        var json = _writer.Json;
        json.WriteString("id"u8, id);
        NumberOrNull("mmsi"u8, vessel.IsMmsi ? vessel.Mmsi : -1);
        json.WriteString("subject"u8, vessel.Subject);
        json.WriteString("name"u8, state.Table.Cards[slot].Name);
        json.WriteString("at"u8, at);
        json.WriteString("known_at"u8, Instants.ToText(state.KnownAtMs));
        FigureOrNull("speed_knots", place.SpeedDeciKnots);
        FigureOrNull("course_degrees", place.CourseDeciDegrees);
        json.WriteNumber("hull"u8, place.Hull);
        json.WriteBoolean("simulated"u8, place.IsSimulated);
        _writer.EndFeature();
        state.Output.WriteLine("ways", _buffer.WrittenSpan);
    }

    private void FigureOrNull(string property, int tenths)
    {
        if (tenths < 0)
        {
            _writer.Json.WriteNull(property);
        }
        else
        {
            new Figure(property, tenths, 1).WriteTo(_writer.Json);
        }
    }

    private void NumberOrNull(ReadOnlySpan<byte> property, long value)
    {
        if (value < 0)
        {
            _writer.Json.WriteNull(property);
        }
        else
        {
            _writer.Json.WriteNumber(property, value);
        }
    }
}
