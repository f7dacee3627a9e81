using MaritimeWatch.Intake.Ais;

namespace MaritimeWatch.Functions.Intake;

/// <summary>Addressed, binary and text messages (6, 8, 10, 12, 14); the rest have their common fields only.</summary>
internal static class DecodedOther
{
    private static ReadOnlySpan<byte> Digits => "0123456789abcdef"u8;

    /// <summary>Writes the fields that a type has.</summary>
    public static void Write(JsonLine line, int type, AisBits bits)
    {
        switch (type)
        {
            case 6:
                Addressed(line, bits);
                Binary(line, bits, 72);
                break;
            case 8:
                Binary(line, bits, 40);
                break;
            case 10:
                line.Field(",\"destination_mmsi\":"u8, bits.Has(40, 30) ? bits.Field(40, 30) : null);
                break;
            case 12:
                Addressed(line, bits);
                line.Field(",\"text\":"u8, bits.TextOrNull(72, 156));
                break;
            case 14:
                line.Field(",\"text\":"u8, bits.TextOrNull(40, 161));
                break;
            default:
                break;
        }
    }

    private static void Addressed(JsonLine line, AisBits bits)
    {
        line.Field(",\"destination_mmsi\":"u8, bits.Has(40, 30) ? bits.Field(40, 30) : null);
        line.Field(",\"sequence_number\":"u8, bits.Has(38, 2) ? bits.Field(38, 2) : null);
        line.Field(",\"retransmit\":"u8, bits.Has(70, 1) ? bits.Flag(70) : (bool?)null);
    }

    private static void Binary(JsonLine line, AisBits bits, int start)
    {
        line.Field(",\"designated_area_code\":"u8, bits.Has(start, 10) ? bits.Field(start, 10) : null);
        line.Field(",\"functional_id\":"u8, bits.Has(start + 10, 6) ? bits.Field(start + 10, 6) : null);
        line.Raw(",\"payload_hex\":\""u8);
        Span<byte> pair = stackalloc byte[2];
        for (var at = start + 16; at < bits.Count; at += 8)
        {
            // The last byte may be cut short: its missing bits are 0.
            var value = (int)bits.Field(at, 8);
            pair[0] = Digits[value >> 4];
            pair[1] = Digits[value & 15];
            line.Raw(pair);
        }

        line.Raw("\""u8);
    }
}
