using System.Buffers;
using MaritimeWatch.GeoJson;
using MaritimeWatch.Geodesy;
using MaritimeWatch.Terms;
using MaritimeWatch.Tracks;

namespace MaritimeWatch.Findings.Disturbance;

/// <summary>The lines of the collection <c>jumps</c>: the point is where the ship was before it jumped.</summary>
internal sealed class JumpLine : IDisposable
{
    private const int UnderWayDeciKnots = 20;
    private readonly ArrayBufferWriter<byte> _buffer = new(512);
    private readonly GeoJsonWriter _writer;

    public JumpLine() => _writer = new GeoJsonWriter(_buffer);

    public void Dispose() => _writer.Dispose();

    public void Write(
        WatchState state, int slot, string what, Jumping jumping, in StoredReport last, in StoredReport next, long decimetres,
        long deciKnots)
    {
        var vessel = state.Table.Vessels[slot].Vessel;
        var at = Instants.ToText(next.EventAtMs);
        var id = $"{vessel.Subject}-{at}";
        _buffer.ResetWrittenCount();
        _writer.Retarget(_buffer);
        _writer.StartFeature(id);
        _writer.WritePoint(jumping.Home);
        _writer.StartProperties();
        var json = _writer.Json;
        json.WriteString("id"u8, id);
        json.WriteString("subject"u8, vessel.Subject);
        json.WriteString("what"u8, what);
        json.WriteString("at"u8, at);
        json.WriteString("known_at"u8, Instants.ToText(state.KnownAtMs));
        json.WriteString("since"u8, Instants.ToText(jumping.SinceMs));
        json.WriteStartArray("to"u8);
        json.WriteNumberValue(next.LatitudeE7);
        json.WriteNumberValue(next.LongitudeE7);
        json.WriteEndArray();
        json.WriteNumber("distance_dm"u8, decimetres);
        new Figure("implied_speed_knots", deciKnots, 1).WriteTo(json);
        json.WriteString("source"u8, state.Sources[next.Source]);
        json.WriteString("source_before"u8, state.Sources[last.Source]);
        if (decimetres > 0 && TimeErrorSeconds(in last, in next, decimetres) is { } error)
        {
            json.WriteNumber("time_error_s"u8, error);
        }
        else
        {
            json.WriteNull("time_error_s"u8);
        }

        json.WriteBoolean("simulated"u8, next.Has(Intake.Ais.ReportTraits.Simulated));
        _writer.EndFeature();
        state.Output.WriteLine("jumps", _buffer.WrittenSpan);
    }

    // A ship under way that jumps along its own course may be where it says, and the clock of a receiver wrong: by so much.
    private static int? TimeErrorSeconds(in StoredReport last, in StoredReport next, long decimetres)
    {
        if (last.SpeedDeciKnots < UnderWayDeciKnots || last.CourseDeciDegrees < 0)
        {
            return null;
        }

        var bearing = GreatCircle.InitialBearingDegrees(last.Position, next.Position);
        var off = Math.Abs(((bearing - (last.CourseDeciDegrees / 10.0) + 540) % 360) - 180);
        if (off is > 15 and < 165)
        {
            return null;
        }

        var sailed = decimetres * 36_000L / (last.SpeedDeciKnots * 18_520L);
        var after = (next.EventAtMs - last.EventAtMs) / 1000;
        return (int)(off <= 15 ? sailed - after : -(sailed + after));
    }
}
