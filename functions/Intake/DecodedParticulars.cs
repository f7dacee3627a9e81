using MaritimeWatch.Intake.Ais;

namespace MaritimeWatch.Functions.Intake;

/// <summary>The static part of decoded messages and rows.</summary>
internal static class DecodedParticulars
{
    /// <summary>Writes the fields that a type has.</summary>
    public static void Write(JsonLine line, int type, AisParticulars said)
    {
        switch (type)
        {
            case 5:
                line.Field(",\"imo\":"u8, said.ImoNumber);
                line.Field(",\"call_sign\":"u8, said.CallSign);
                line.Field(",\"name\":"u8, said.Name);
                ShipAndSize(line, said);
                line.Field(",\"position_fix_type\":"u8, said.PositionFixType);
                line.Field(",\"eta_month\":"u8, said.EtaMonth);
                line.Field(",\"eta_day\":"u8, said.EtaDay);
                line.Field(",\"eta_hour\":"u8, said.EtaHour);
                line.Field(",\"eta_minute\":"u8, said.EtaMinute);
                line.Scaled(",\"draught_m\":"u8, said.DraughtDecimetres, 1);
                line.Field(",\"destination\":"u8, said.Destination);
                line.Field(",\"dte_ready\":"u8, said.DteReady);
                break;
            case 19:
                line.Field(",\"name\":"u8, said.Name);
                ShipAndSize(line, said);
                line.Field(",\"position_fix_type\":"u8, said.PositionFixType);
                line.Field(",\"dte_ready\":"u8, said.DteReady);
                break;
            case 21:
                line.Field(",\"aid_type\":"u8, said.AidType);
                line.Field(",\"name\":"u8, said.Name);
                line.Field(",\"name_extension\":"u8, said.NameExtension);
                Size(line, said);
                line.Field(",\"position_fix_type\":"u8, said.PositionFixType);
                line.Field(",\"off_position\":"u8, said.OffPosition);
                line.Field(",\"virtual\":"u8, said.IsVirtual);
                break;
            default:
                PartOf24(line, said);
                break;
        }
    }

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

    private static void PartOf24(JsonLine line, AisParticulars said)
    {
        line.Field(",\"part\":"u8, said.Part);
        if (said.Part == 0)
        {
            line.Field(",\"name\":"u8, said.Name);
        }
        else if (said.Part == 1)
        {
            line.Field(",\"call_sign\":"u8, said.CallSign);
            line.Field(",\"vendor_id\":"u8, said.VendorId);
            ShipAndSize(line, said);
            line.Field(",\"mothership_mmsi\":"u8, said.MothershipMmsi);
        }
    }

    private static void ShipAndSize(JsonLine line, AisParticulars said)
    {
        line.Field(",\"ship_type\":"u8, said.ShipType);
        Size(line, said);
    }

    private static void Size(JsonLine line, AisParticulars said)
    {
        line.Field(",\"to_bow_m\":"u8, said.ToBowM);
        line.Field(",\"to_stern_m\":"u8, said.ToSternM);
        line.Field(",\"to_port_m\":"u8, said.ToPortM);
        line.Field(",\"to_starboard_m\":"u8, said.ToStarboardM);
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
