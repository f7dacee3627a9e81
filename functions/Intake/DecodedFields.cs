using System.Globalization;
using System.Text;
using MaritimeWatch.Intake.Ais;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Functions.Intake;

/// <summary>Writes what a message says, field by field as the table of layouts has them.</summary>
internal static class DecodedFields
{
    private const int DataBytesMax = 140;
    private static readonly byte[][] s_turns = MakeTurns();

    private static ReadOnlySpan<byte> Digits => "0123456789abcdef"u8;

    /// <summary>Writes all fields of a message; null where one is not available.</summary>
    public static void Write(JsonLine line, AisBits bits)
    {
        var layout = AisLayouts.Of(bits);
        if (layout.MessageType is 4 or 11)
        {
            var utc = AisDecoder.BaseTimeMs(bits);
            line.Field(",\"utc_at\":"u8, utc == Instants.None ? null : Instants.ToText(utc));
        }

        var fields = layout.Fields;
        for (var index = 0; index < fields.Count; index++)
        {
            Write(line, fields[index], bits);
        }

        var elsewhere = layout.Elsewhere;
        for (var index = 0; index < elsewhere.Count; index++)
        {
            line.Name(elsewhere[index].NameUtf8);
            line.Raw("null"u8);
        }

        if (AisCommunication.Of(bits) is { } state)
        {
            Write(line, state);
        }
    }

    /// <summary>Writes a rate of turn that its indicator sent as ROT_AIS.</summary>
    public static void Turn(JsonLine line, int? rateOfTurn) =>
        line.Raw(rateOfTurn is { } rate ? s_turns[rate + 128] : "null"u8);

    private static void Write(JsonLine line, AisField field, AisBits bits)
    {
        line.Name(field.NameUtf8);
        switch (field.Form)
        {
            case AisForm.Text:
                Text(line, field, bits);
                break;
            case AisForm.Data:
                Data(line, field, bits);
                break;
            case AisForm.Flag:
                line.Value(field.Value(bits) is { } flag ? flag != 0 : null);
                break;
            case AisForm.Turn:
                Turn(line, (int?)field.Value(bits));
                break;
            default:
                line.Value(field.Value(bits), field.Decimals);
                break;
        }
    }

    private static void Text(JsonLine line, AisField field, AisBits bits)
    {
        Span<byte> ascii = stackalloc byte[180];
        line.Value(ascii[..field.Text(bits, ascii)]);
    }

    private static void Data(JsonLine line, AisField field, AisBits bits)
    {
        Span<byte> data = stackalloc byte[DataBytesMax];
        Span<byte> pair = stackalloc byte[2];
        var length = field.Data(bits, data);
        line.Raw("\""u8);
        foreach (var one in data[..length])
        {
            pair[0] = Digits[one >> 4];
            pair[1] = Digits[one & 15];
            line.Raw(pair);
        }

        line.Raw("\""u8);
    }

    // Which of these there are depends on the kind and the time-out; those that a state does not have are left out.
    private static void Write(JsonLine line, in AisCommunication state)
    {
        line.Raw(state.Access switch
        {
            AisAccess.Sotdma => ",\"communication_state\":\"sotdma\""u8,
            AisAccess.Itdma => ",\"communication_state\":\"itdma\""u8,
            _ => ",\"communication_state\":\"carrier_sense\""u8,
        });
        Part(line, ",\"sync_state\":"u8, state.SyncState);
        Part(line, ",\"slot_timeout_frames\":"u8, state.SlotTimeout);
        Part(line, ",\"received_stations\":"u8, state.ReceivedStations);
        Part(line, ",\"slot_number\":"u8, state.SlotNumber);
        Part(line, ",\"communication_utc_hour\":"u8, state.UtcHour);
        Part(line, ",\"communication_utc_minute\":"u8, state.UtcMinute);
        Part(line, ",\"slot_offset\":"u8, state.SlotOffset);
        Part(line, ",\"slot_increment\":"u8, state.SlotIncrement);
        Part(line, ",\"slots_to_allocate\":"u8, state.SlotsToAllocate);
        if (state.Keep >= 0)
        {
            line.Field(",\"keep_flag\":"u8, state.Keep == 1);
        }
    }

    private static void Part(JsonLine line, ReadOnlySpan<byte> name, int value)
    {
        if (value >= 0)
        {
            line.Field(name, value);
        }
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
}
