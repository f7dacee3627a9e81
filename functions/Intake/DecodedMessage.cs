using System.Globalization;
using System.Text;
using MaritimeWatch.Intake.Ais;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Functions.Intake;

/// <summary>Writes messages and rows as NDJSON, with the field names that the command line promises.</summary>
internal readonly struct DecodedMessage(JsonLine? line, AisReadCounts counts) : IAisHandler
{
    private static readonly byte[][] s_turns = MakeTurns();
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

        var type = bits.MessageType;
        line.Field("{\"line\":"u8, envelope.LineNumber);
        line.Field(",\"type\":"u8, type);
        line.Field(",\"repeat\":"u8, bits.Repeat);
        line.Field(",\"mmsi\":"u8, bits.Mmsi);
        Channel(envelope.Channel);
        Time(envelope.EventAtMs);
        if (AisDecoder.HasMotion(type))
        {
            Motion(type, bits, AisDecoder.Motion(bits));
        }

        if (AisDecoder.HasParticulars(type))
        {
            DecodedParticulars.Write(line, type, AisDecoder.Particulars(bits));
        }

        DecodedOther.Write(line, type, bits);
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

    private void Motion(int type, AisBits bits, in AisMotion motion)
    {
        if (type is 4 or 11)
        {
            var utc = AisDecoder.BaseTimeMs(bits);
            line!.Field(",\"utc_at\":"u8, utc == Instants.None ? null : Instants.ToText(utc));
            line.Field(",\"position_fix_type\":"u8, AisDecoder.BaseFixType(bits));
        }

        if (type is <= 3 or 27)
        {
            line!.Field(",\"navigation_status\":"u8, motion.NavigationStatus);
        }

        if (type <= 3)
        {
            Turn(motion.RateOfTurn);
        }

        if (type == 9)
        {
            line!.Field(",\"altitude_m\":"u8, motion.AltitudeM);
        }

        var moves = type is not (4 or 11 or 21);
        if (moves)
        {
            line!.Scaled(",\"speed_over_ground_knots\":"u8, motion.SpeedDeciKnots, 1);
        }

        line!.Field(",\"position_accuracy_high\":"u8, motion.PositionAccuracyHigh);
        line.Scaled(",\"longitude\":"u8, motion.LongitudeE7, 7);
        line.Scaled(",\"latitude\":"u8, motion.LatitudeE7, 7);
        if (moves)
        {
            line.Scaled(",\"course_over_ground_degrees\":"u8, motion.CourseDeciDegrees, 1);
        }

        if (type is <= 3 or 18 or 19)
        {
            line.Field(",\"true_heading_degrees\":"u8, motion.HeadingDegrees);
        }

        if (type is not (4 or 11 or 27))
        {
            line.Field(",\"utc_second\":"u8, motion.UtcSecond);
        }

        if (type <= 3)
        {
            line.Field(",\"special_manoeuvre\":"u8, motion.SpecialManoeuvre);
        }

        line.Field(",\"raim\":"u8, motion.Raim);
        if (type is not (19 or 21 or 27))
        {
            line.Field(",\"radio_status\":"u8, motion.RadioStatus);
        }

        if (type == 27)
        {
            line.Field(",\"gnss\":"u8, motion.Gnss);
        }
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
        line.Raw(rateOfTurn is { } rate ? s_turns[rate + 128] : "null"u8);
    }

    // (ROT_AIS / 4.733) squared. 127 either way means "faster than 5 degrees in 30 s, no indicator": it reads 720.
    private static byte[][] MakeTurns()
    {
        var turns = new byte[256][];
        for (var i = 0; i < turns.Length; i++)
        {
            var root = (i - 128) / 4.733;
            var rate = Math.Round(root * root * Math.Sign(i - 128), 4) + 0.0;
            turns[i] = Encoding.ASCII.GetBytes(rate.ToString("0.####", CultureInfo.InvariantCulture));
        }

        return turns;
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
