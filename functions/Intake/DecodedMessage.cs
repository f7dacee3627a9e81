using System.Text;
using MaritimeWatch.Intake.Ais;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Functions.Intake;

/// <summary>Writes messages and rows as NDJSON, with the field names that the command line promises.</summary>
internal readonly struct DecodedMessage(JsonLine? line, AisReadCounts counts) : IAisHandler
{
    private readonly TimeText _time = new();

    /// <inheritdoc/>
    public IntakeFault? OnMessage(in AisEnvelope envelope, AisBits bits)
    {
        if (envelope.EventAtMs == Instants.None)
        {
            counts.CountNoTime(envelope.LineCount);
        }

        if (line is null)
        {
            return null;
        }

        line.Field("{\"line\":"u8, envelope.LineNumber);
        line.Field(",\"type\":"u8, bits.MessageType);
        line.Field(",\"repeat\":"u8, bits.Repeat);
        line.Field(",\"mmsi\":"u8, bits.Mmsi);
        Channel(envelope.Channel);
        Time(envelope.EventAtMs);
        DecodedFields.Write(line, bits);
        line.End();
        return null;
    }

    /// <inheritdoc/>
    public IntakeFault? OnRow(in AisEnvelope envelope, in AisRow row)
    {
        if (envelope.EventAtMs == Instants.None)
        {
            counts.CountNoTime(envelope.LineCount);
        }

        if (line is null)
        {
            return null;
        }

        line.Field("{\"line\":"u8, envelope.LineNumber);
        line.Field(",\"type\":"u8, row.MessageType == 0 ? null : row.MessageType);
        line.Field(",\"mmsi\":"u8, row.Vessel.IsMmsi ? row.Vessel.Mmsi : null);
        if (!row.Vessel.IsMmsi)
        {
            line.Field(",\"subject\":"u8, row.Vessel.Subject);
        }

        Time(envelope.EventAtMs);
        line.Field(",\"navigation_status\":"u8, row.NavigationStatus == 15 ? null : row.NavigationStatus);
        Turn(row.RateOfTurn == -128 ? null : row.RateOfTurn);
        line.Scaled(",\"speed_over_ground_knots\":"u8, row.SpeedDeciKnots < 0 ? null : row.SpeedDeciKnots, 1);
        line.Scaled(",\"longitude\":"u8, row.HasPosition ? row.Position.LongitudeE7 : null, 7);
        line.Scaled(",\"latitude\":"u8, row.HasPosition ? row.Position.LatitudeE7 : null, 7);
        line.Scaled(",\"course_over_ground_degrees\":"u8, row.CourseDeciDegrees < 0 ? null : row.CourseDeciDegrees, 1);
        line.Field(",\"true_heading_degrees\":"u8, row.HeadingDegrees < 0 ? null : row.HeadingDegrees);
        DecodedParticulars.Write(line, envelope, row);
        line.End();
        return null;
    }

    /// <inheritdoc/>
    public void OnRefused(in Refusal refusal, ReadOnlySpan<byte> bytes)
    {
    }

    private void Channel(byte channel)
    {
        line!.Raw(",\"channel\":"u8);
        if (!char.IsAsciiLetterOrDigit((char)channel))
        {
            line.Raw("null"u8);
            return;
        }

        line.Raw([(byte)'"', channel, (byte)'"']);
    }

    private void Time(long atMs)
    {
        line!.Raw(",\"received_at\":"u8);
        line.Raw(atMs == Instants.None ? "null"u8 : _time.Of(atMs));
    }

    private void Turn(int? rateOfTurn)
    {
        line!.Raw(",\"rate_of_turn_degrees_per_minute\":"u8);
        DecodedFields.Turn(line, rateOfTurn);
    }

    /// <summary>RFC 3339 in quotes; most messages share their second with the one before.</summary>
    private sealed class TimeText
    {
        private byte[] _text = [];
        private long _atMs = Instants.None;

        public ReadOnlySpan<byte> Of(long atMs)
        {
            if (atMs != _atMs)
            {
                _text = Encoding.ASCII.GetBytes($"\"{Instants.ToText(atMs)}\"");
                _atMs = atMs;
            }

            return _text;
        }
    }
}
