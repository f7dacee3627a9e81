using MaritimeWatch.Intake.Ais;

namespace MaritimeWatch.Functions.Intake;

/// <summary>The static part of decoded rows.</summary>
internal static class DecodedParticulars
{
    /// <summary>Writes the fields that a row has.</summary>
    public static void Write(JsonLine line, in AisEnvelope envelope, in AisRow row)
    {
        if (row.StaticHash == 0 || StaticReports.Of(row, envelope, 0, row.Traits, 0) is not { } said)
        {
            return;
        }

        Text(line, ",\"name\":"u8, said.Name);
        Text(line, ",\"call_sign\":"u8, said.CallSign);
        Number(line, ",\"imo\":"u8, said.ImoNumber);
        Number(line, ",\"ship_type\":"u8, said.ShipType);
        Number(line, ",\"to_bow_m\":"u8, said.ToBowM);
        Number(line, ",\"to_stern_m\":"u8, said.ToSternM);
        Number(line, ",\"to_port_m\":"u8, said.ToPortM);
        Number(line, ",\"to_starboard_m\":"u8, said.ToStarboardM);
        if (said.DraughtDecimetres is { } draught)
        {
            line.Scaled(",\"draught_m\":"u8, draught, 1);
        }

        Text(line, ",\"destination\":"u8, said.Destination);
        Number(line, ",\"eta_month\":"u8, said.EtaMonth);
        Number(line, ",\"eta_day\":"u8, said.EtaDay);
        Number(line, ",\"eta_hour\":"u8, said.EtaHour);
        Number(line, ",\"eta_minute\":"u8, said.EtaMinute);
    }

    private static void Text(JsonLine line, ReadOnlySpan<byte> name, string? value)
    {
        if (value is not null)
        {
            line.Field(name, value);
        }
    }

    private static void Number(JsonLine line, ReadOnlySpan<byte> name, long? value)
    {
        if (value is not null)
        {
            line.Field(name, value);
        }
    }
}
