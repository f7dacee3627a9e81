using System.Buffers;
using System.Text.Json;
using MaritimeWatch.Geodesy;
using MaritimeWatch.GeoJson;
using MaritimeWatch.Intake.Ais;
using MaritimeWatch.Log;
using MaritimeWatch.Terms;
using MaritimeWatch.Tracks;

namespace MaritimeWatch.Findings;

/// <summary>The lines of the collections vessels, tracks and coverage.</summary>
internal sealed class ViewLines : IDisposable
{
    private readonly WatchState _state;
    private readonly ArrayBufferWriter<byte> _buffer = new(1 << 14);
    private readonly GeoJsonWriter _writer;
    private readonly TrackPoint[] _points = new TrackPoint[TrackPieces.PointsMax];
    private readonly Position[] _line = new Position[TrackPieces.PointsMax];

    public ViewLines(WatchState state)
    {
        _state = state;
        _writer = new GeoJsonWriter(_buffer);
    }

    public void Dispose() => _writer.Dispose();

    public void WriteVessel(IFoldOutput output, int slot)
    {
        ref var vessel = ref _state.Table.Vessels[slot];
        ref var card = ref _state.Table.Cards[slot];
        ref readonly var last = ref vessel.Last;
        var json = Start(vessel.Vessel.Subject);
        _writer.WritePoint(last.Position);
        _writer.StartProperties();
        WhoseIs(json, vessel.Vessel);
        Text(json, "name"u8, card.Name);
        Text(json, "call_sign"u8, card.CallSign);
        Number(json, "imo"u8, card.ImoNumber, 1);
        Number(json, "ship_type"u8, card.ShipType, 1);
        Number(json, "length_m"u8, card.LengthM, 1);
        Number(json, "width_m"u8, card.WidthM, 1);
        Tenths(json, "draught_m"u8, card.DraughtDecimetres, 1);
        Text(json, "destination"u8, card.Destination);
        json.WriteString("last_at"u8, Instants.ToText(last.EventAtMs));
        Tenths(json, "speed_knots"u8, last.SpeedDeciKnots, 0);
        Tenths(json, "course_degrees"u8, last.CourseDeciDegrees, 0);
        Number(json, "heading_degrees"u8, last.HeadingDegrees, 0);
        Number(json, "navigation_status"u8, last.NavigationStatus == 15 ? -1 : last.NavigationStatus, 0);
        json.WriteNumber("hull"u8, HullOfLast(in vessel));
        json.WriteString("source"u8, _state.Sources[last.Source]);
        json.WriteBoolean("simulated"u8, last.Has(ReportTraits.Simulated));
        End(output, "vessels");
    }

    public void WriteTrack(IFoldOutput output, int slot, in HullState hull)
    {
        ref readonly var piece = ref hull.Piece;
        var count = _state.Table.Points.Copy(in piece, 0, _points);
        for (var i = 0; i < count; i++)
        {
            _line[i] = new Position(_points[i].LatitudeE7, _points[i].LongitudeE7);
        }

        var vessel = _state.Table.Vessels[slot].Vessel;
        var json = Start($"{vessel.Subject}-{hull.Number}-{piece.StartAtMs}");
        _writer.WriteLineString(_line.AsSpan(0, count));
        _writer.StartProperties();
        WhoseIs(json, vessel);
        json.WriteNumber("hull"u8, hull.Number);
        json.WriteString("start_at"u8, Instants.ToText(piece.StartAtMs));
        json.WriteString("end_at"u8, Instants.ToText(piece.StartAtMs + _points[count - 1].AfterMs));
        json.WriteNumber("points"u8, count);
        json.WriteStartArray("times"u8);
        for (var i = 0; i < count; i++)
        {
            json.WriteNumberValue(piece.StartAtMs + _points[i].AfterMs);
        }

        json.WriteEndArray();
        json.WriteStartArray("speeds_knots"u8);
        for (var i = 0; i < count; i++)
        {
            TenthsValue(json, _points[i].SpeedDeciKnots, 0);
        }

        json.WriteEndArray();
        json.WriteStartArray("courses_degrees"u8);
        for (var i = 0; i < count; i++)
        {
            TenthsValue(json, _points[i].CourseCode - 1, 0);
        }

        json.WriteEndArray();
        json.WriteBoolean("simulated"u8, hull.Last.Has(ReportTraits.Simulated));
        End(output, "tracks");
    }

    public void WriteCoverage(IFoldOutput output, in HeardCell cell)
    {
        if (cell.Source >= HeardCell.AllOfClassB || cell.Cell == HeardCell.WholeSource)
        {
            return;
        }

        var source = _state.Sources[cell.Source];
        Span<Position> ring = stackalloc Position[5];
        GridCells.RingOf(cell.Cell, ring);
        var json = Start($"{source}-{cell.Cell}");
        _writer.WritePolygon(ring);
        _writer.StartProperties();
        json.WriteString("source"u8, source);
        json.WriteNumber("cell"u8, cell.Cell);
        json.WriteString("first_heard_at"u8, Instants.ToText(cell.FirstAtMs));
        json.WriteString("last_heard_at"u8, Instants.ToText(cell.LastAtMs));
        json.WriteNumber("reports"u8, cell.Reports);
        json.WriteBoolean("simulated"u8, source.StartsWith("SIM", StringComparison.Ordinal));
        End(output, "coverage");
    }

    private static void WhoseIs(Utf8JsonWriter json, VesselId vessel)
    {
        Number(json, "mmsi"u8, vessel.Mmsi, 1);
        json.WriteString("subject"u8, vessel.Subject);
    }

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

    private static void Number(Utf8JsonWriter json, ReadOnlySpan<byte> property, int value, int least)
    {
        if (value < least)
        {
            json.WriteNull(property);
        }
        else
        {
            json.WriteNumber(property, value);
        }
    }

    private static void Tenths(Utf8JsonWriter json, ReadOnlySpan<byte> property, int value, int least)
    {
        json.WritePropertyName(property);
        TenthsValue(json, value, least);
    }

    private static void TenthsValue(Utf8JsonWriter json, int value, int least)
    {
        if (value < least)
        {
            json.WriteNullValue();
            return;
        }

        Span<byte> text = stackalloc byte[16];
        System.Buffers.Text.Utf8Formatter.TryFormat(value / 10, text, out var length);
        text[length++] = (byte)'.';
        text[length++] = (byte)('0' + (value % 10));
        json.WriteRawValue(text[..length], skipInputValidation: true);
    }

    // The hull that sent the last report.
    private int HullOfLast(in VesselState vessel)
    {
        for (var i = 0; i < vessel.HullCount; i++)
        {
            ref var hull = ref _state.Table.Hulls[vessel.Hulls[i] - 1];
            if (hull.Last.EventAtMs == vessel.Last.EventAtMs && hull.Last.Position == vessel.Last.Position)
            {
                return hull.Number;
            }
        }

        return 1;
    }

    private Utf8JsonWriter Start(string id)
    {
        _buffer.ResetWrittenCount();
        _writer.Retarget(_buffer);
        _writer.StartFeature(id);
        return _writer.Json;
    }

    private void End(IFoldOutput output, string collection)
    {
        _writer.EndFeature();
        output.WriteLine(collection, _buffer.WrittenSpan);
    }
}
