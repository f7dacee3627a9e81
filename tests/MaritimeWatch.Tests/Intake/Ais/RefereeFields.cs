using System.Globalization;
using System.Text.Json;
using MaritimeWatch.Intake.Ais;

namespace MaritimeWatch.Tests.Intake.Ais;

/// <summary>One field in which the two decoders differ.</summary>
/// <param name="Message">Ours.</param>
/// <param name="Field">Their name of it.</param>
/// <param name="Ours">What we read.</param>
/// <param name="Theirs">What they read.</param>
internal sealed record RefereeDifference(RefereeMessage Message, string Field, string Ours, string Theirs)
{
    public override string ToString() =>
        $"type {Message.Type} ({Message.Layout.Variant}, {Message.Count} bits) {Field}: ours {Ours}, theirs {Theirs}: {Message.Line}";
}

/// <summary>Which of gpsd's fields is which of ours, compared as numbers on the air (<c>gpsdecode -u</c>).</summary>
internal static class RefereeFields
{
    // Words beside a number, what stands on every line, and contents of applications that M.1371 does not define.
    private static readonly HashSet<string> s_notCompared = ["class", "device", "scaled", "type", "mmsi"];

    private static readonly Dictionary<string, string> s_names = new()
    {
        ["status"] = "navigation_status",
        ["turn"] = "rate_of_turn_degrees_per_minute",
        ["speed"] = "speed_over_ground_knots",
        ["accuracy"] = "position_accuracy_high",
        ["lon"] = "longitude",
        ["lat"] = "latitude",
        ["course"] = "course_over_ground_degrees",
        ["heading"] = "true_heading_degrees",
        ["second"] = "utc_second",
        ["maneuver"] = "special_manoeuvre",
        ["raim"] = "raim",
        ["radio"] = "radio_status",
        ["epfd"] = "position_fix_type",
        ["ais_version"] = "ais_version",
        ["imo"] = "imo",
        ["shiptype"] = "ship_type",
        ["to_bow"] = "to_bow_m",
        ["to_stern"] = "to_stern_m",
        ["to_port"] = "to_port_m",
        ["to_starboard"] = "to_starboard_m",
        ["draught"] = "draught_m",
        ["dte"] = "dte_ready",
        ["seqno"] = "sequence_number",
        ["dest_mmsi"] = "destination_mmsi",
        ["retransmit"] = "retransmit",
        ["dac"] = "designated_area_code",
        ["fid"] = "functional_id",
        ["alt"] = "altitude_m",
        ["assigned"] = "assigned",
        ["cs"] = "carrier_sense_unit",
        ["display"] = "display",
        ["dsc"] = "dsc",
        ["band"] = "whole_band",
        ["msg22"] = "message_22",
        ["aid_type"] = "aid_type",
        ["off_position"] = "off_position",
        ["virtual_aid"] = "virtual",
        ["channel_a"] = "channel_a",
        ["channel_b"] = "channel_b",
        ["txrx"] = "transmit_receive_mode",
        ["power"] = "power_low",
        ["addressed"] = "addressed",
        ["structured"] = "structured",
        ["band_a"] = "channel_a_spare_bandwidth",
        ["band_b"] = "channel_b_spare_bandwidth",
        ["zonesize"] = "transitional_zone_nm",
        ["dest1"] = "destination_mmsi",
        ["dest2"] = "destination_mmsi_2",
        ["ne_lon"] = "north_east_longitude",
        ["ne_lat"] = "north_east_latitude",
        ["sw_lon"] = "south_west_longitude",
        ["sw_lat"] = "south_west_latitude",
        ["stationtype"] = "station_type",
        ["interval"] = "reporting_interval",
        ["quiet"] = "quiet_minutes",
        ["model"] = "unit_model_code",
        ["serial"] = "serial_number",
        ["mothership_mmsi"] = "mothership_mmsi",
        ["gnss"] = "gnss",
        ["mmsi1"] = "destination_mmsi",
        ["mmsi2"] = "destination_mmsi_2",
        ["mmsi3"] = "destination_mmsi_3",
        ["mmsi4"] = "destination_mmsi_4",
        ["type1_1"] = "requested_type_1_1",
        ["type1_2"] = "requested_type_1_2",
        ["type2_1"] = "requested_type_2_1",
        ["offset1_1"] = "slot_offset_1_1",
        ["offset1_2"] = "slot_offset_1_2",
        ["offset2_1"] = "slot_offset_2_1",
        ["offset1"] = "slot_offset",
        ["offset2"] = "slot_offset_2",
        ["offset3"] = "slot_offset_3",
        ["offset4"] = "slot_offset_4",
        ["increment1"] = "slot_increment",
        ["increment2"] = "slot_increment_2",
        ["increment3"] = "slot_increment_3",
        ["increment4"] = "slot_increment_4",
        ["number1"] = "slot_count",
        ["number2"] = "slot_count_2",
        ["number3"] = "slot_count_3",
        ["number4"] = "slot_count_4",
        ["timeout1"] = "slot_timeout_minutes",
        ["timeout2"] = "slot_timeout_minutes_2",
        ["timeout3"] = "slot_timeout_minutes_3",
        ["timeout4"] = "slot_timeout_minutes_4",
        ["repeat"] = "repeat",
    };

    private static readonly Dictionary<string, string> s_texts = new()
    {
        ["callsign"] = "call_sign",
        ["shipname"] = "name",
        ["destination"] = "destination",
        ["vendorid"] = "vendor_id",
        ["text"] = "text",
    };

    /// <summary>Compares all fields of one message; returns how many were compared.</summary>
    public static int Compare(RefereeMessage ours, JsonElement theirs, List<RefereeDifference> differences)
    {
        var compared = 0;
        var isApplication = ours.Type is 6 or 8;
        foreach (var property in theirs.EnumerateObject())
        {
            var (name, value) = (property.Name, property.Value);
            if (s_notCompared.Contains(name) || name.EndsWith("_text", StringComparison.Ordinal)
                || (isApplication && name is not ("repeat" or "seqno" or "dest_mmsi" or "retransmit" or "dac" or "fid" or "data")))
            {
                continue;
            }

            var (said, read) = (Ours(ours, name), Theirs(name, value));
            compared++;
            if (said != read)
            {
                differences.Add(new RefereeDifference(ours, name, said, read));
            }
        }

        return compared;
    }

    /// <summary>The entry of our table that a field of theirs is, or null.</summary>
    public static AisField? FieldOf(RefereeDifference difference) =>
        s_names.TryGetValue(difference.Field, out var name) ? difference.Message.Layout.Find(name) : null;

    /// <summary>What we read in a field of theirs.</summary>
    public static string Ours(RefereeMessage ours, string name) => name switch
    {
        "repeat" => Number(ours.Repeat),
        "part" => ours.Raw("part") == 0 ? "A" : ours.Raw("part") == 1 ? "B" : "none",
        "data" => ours.Data("payload_hex"),
        "name" => Joined(ours),
        "timestamp" => string.Create(
            CultureInfo.InvariantCulture,
            $"{ours.Raw("utc_year"):D4}-{ours.Raw("utc_month"):D2}-{ours.Raw("utc_day"):D2}T{ours.Raw("utc_hour"):D2}:{ours.Raw("utc_minute"):D2}:{ours.Raw("utc_second"):D2}Z"),
        "eta" => string.Create(
            CultureInfo.InvariantCulture,
            $"{ours.Raw("eta_month"):D2}-{ours.Raw("eta_day"):D2}T{ours.Raw("eta_hour"):D2}:{ours.Raw("eta_minute"):D2}Z"),
        "app_id" => Number((ours.Raw("designated_area_code") * 64) + ours.Raw("functional_id")),
        "reserved" => Number(ours.Bits.Field(38, 8)),
        "regional" => Number(ours.Type switch
        {
            9 => ours.Bits.Field(134, 8),
            18 => ours.Bits.Field(139, 2),
            19 => ours.Bits.Field(139, 4),
            _ => ours.Raw("aid_status"),
        }),
        _ when s_texts.TryGetValue(name, out var text) => ours.Text(text),
        _ when s_names.TryGetValue(name, out var field) => Number(ours.Raw(field)),
        _ => "no such field",
    };

    /// <summary>Data without the bits that their last byte may hold behind the last one that they count.</summary>
    public static string Masked(string data)
    {
        var left = int.Parse(data.AsSpan(0, data.IndexOf(':')), CultureInfo.InvariantCulture) & 7;
        return left == 0
            ? data
            : data[..^2] + (Convert.ToInt32(data[^2..], 16) & (0xFF00 >> left) & 0xFF).ToString("x2", CultureInfo.InvariantCulture);
    }

    // Twenty characters without the cut of their trailing blanks, where an extension follows.
    private static string Joined(RefereeMessage ours)
    {
        var extension = ours.Text("name_extension");
        return extension.Length == 0 ? ours.Text("name") : ours.Text("name").PadRight(20) + extension;
    }

    private static string Theirs(string name, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True => "1",
        JsonValueKind.False => "0",
        JsonValueKind.String when name == "data" => Masked(value.GetString()!),
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Number => value.GetRawText(),
        _ => $"{name} is {value.ValueKind}",
    };

    private static string Number(long? value) => value?.ToString(CultureInfo.InvariantCulture) ?? "none";
}
