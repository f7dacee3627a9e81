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

    private static readonly Dictionary<string, string> s_names = new(GpsdNames.Unscaled)
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
        ["imo"] = "imo",
        ["shiptype"] = "ship_type",
        ["to_bow"] = "to_bow_m",
        ["to_stern"] = "to_stern_m",
        ["to_port"] = "to_port_m",
        ["to_starboard"] = "to_starboard_m",
        ["draught"] = "draught_m",
        ["dte"] = "dte_ready",
        ["retransmit"] = "retransmit",
        ["alt"] = "altitude_m",
        ["aid_type"] = "aid_type",
        ["off_position"] = "off_position",
        ["virtual_aid"] = "virtual",
        ["zonesize"] = "transitional_zone_nm",
        ["ne_lon"] = "north_east_longitude",
        ["ne_lat"] = "north_east_latitude",
        ["sw_lon"] = "south_west_longitude",
        ["sw_lat"] = "south_west_latitude",
        ["mothership_mmsi"] = "mothership_mmsi",
        ["gnss"] = "gnss",
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
