using System.Globalization;
using System.Text.Json;
using MaritimeWatch.Functions.Intake;

namespace MaritimeWatch.Tests.Intake.Ais;

/// <summary>
/// Our decodes beside those of two independent decoders, field by field. Theirs keep sentinels, ours are null; one of
/// them writes <c>-</c> for <c>_</c> and a backtick for an apostrophe, and multiplies type 9's whole knots by 0.1.
/// </summary>
public sealed class ReferenceDecodeTests
{
    // Spare bits, words beside a number, what lies around the sentence, and fields that only one of the two makes up.
    private static readonly HashSet<string> s_notCompared =
    [
        "class", "device", "scaled", "type", "mmsi", "spare", "spare2", "spare3", "spare4", "utc_spare", "reserved",
        "tagblock_T", "tagblock_q", "tagblock_station", "tagblock_group", "msg_2", "slot_offset_2", "type2_2", "offset2_2",
    ];

    // The contents of applications (types 6 and 8), which M.1371 does not define.
    private static readonly HashSet<string> s_binary = ["repeat", "seqno", "dest_mmsi", "retransmit", "dac", "fid", "data"];

    [TestCase("typeexamples.nmea", "typeexamples.json", 26)]
    [TestCase("tagblock.nmea", "tagblock.json", 4)]
    [TestCase("sample.aivdm", "sample.aivdm.js.chk", 97)]
    public void Decodes_agree_with_the_reference_decoders(string recording, string answers, int comparedMin)
    {
        var ours = Decode(SharedData.Require("ais/nmea/" + recording));
        var isGpsd = answers.EndsWith(".chk", StringComparison.Ordinal);
        var compared = 0;
        foreach (var text in File.ReadLines(SharedData.Require("ais/nmea/" + answers)))
        {
            using var document = JsonDocument.Parse(text);
            var theirs = document.RootElement;
            var type = theirs.GetProperty("type").GetInt32();
            var mmsi = theirs.GetProperty("mmsi").GetInt32();
            var candidates = ours.Where(o => o.GetProperty("type").GetInt32() == type && o.GetProperty("mmsi").GetInt32() == mmsi).ToList();
            Assert.That(candidates, Is.Not.Empty, text);

            // One reference joins the two parts of a type 24: each of ours must then agree in its own fields.
            var differences = candidates.Select(o => string.Join(", ", Differences(o, theirs, type, isGpsd))).ToList();
            Assert.That(differences, Has.Some.Empty, text + "\n" + string.Join("\n", differences));
            compared++;
        }

        Assert.That(compared, Is.GreaterThanOrEqualTo(comparedMin));
    }

    private static List<JsonElement> Decode(string path)
    {
        using var output = new MemoryStream();
        using var log = new StringWriter(CultureInfo.InvariantCulture);
        Assert.That(DecodeVerb.Run([path], output, false, log), Is.Zero, log.ToString());
        return [.. System.Text.Encoding.UTF8.GetString(output.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(l => JsonDocument.Parse(l).RootElement)];
    }

    private static IEnumerable<string> Differences(JsonElement ours, JsonElement theirs, int type, bool isGpsd)
    {
        var isPartB = type == 24 && ours.GetProperty("part").GetInt32() == 1;
        foreach (var property in theirs.EnumerateObject())
        {
            var (name, value) = (property.Name, property.Value);
            if (s_notCompared.Contains(name) || name.EndsWith("_text", StringComparison.Ordinal)
                || (type is 6 or 8 && !s_binary.Contains(name)))
            {
                continue;
            }

            var isSame = name switch
            {
                "repeat" => Same(Number(ours, name), value.GetDouble(), 0),
                "status" => Same(Number(ours, "navigation_status"), NullIf(value, 15), 0),
                "turn" => Turn(ours, value),
                "lon" or "lat" when type == 17 && isGpsd => Same(Number(ours, name == "lon" ? "longitude" : "latitude"), value.GetDouble(), 0.051),
                "speed" => type == 9 && !isGpsd
                    ? Same(Number(ours, "speed_over_ground_knots"), value.GetDouble() * 10, 1e-4)
                    : Same(Number(ours, "speed_over_ground_knots"), NullIf(value, type == 27 ? 63 : type == 9 ? 1023 : 102.3), 1e-5),
                "lon" => Same(Number(ours, "longitude"), NullIf(value, 181), type == 27 ? 6e-5 : 2e-5),
                "lat" => Same(Number(ours, "latitude"), NullIf(value, 91), type == 27 ? 6e-5 : 2e-5),
                "course" => Same(Number(ours, "course_over_ground_degrees"), NullIf(value, type == 27 ? 511 : 360), 1e-4),
                "heading" => Same(Number(ours, "true_heading_degrees"), NullIf(value, 511), 0),
                "second" => Same(Number(ours, "utc_second"), NullIf(value, 60), 0),
                "maneuver" => Same(Number(ours, "special_manoeuvre"), NullIf(value, 0), 0),
                "accuracy" => ours.GetProperty("position_accuracy_high").GetBoolean() == value.GetBoolean(),
                "raim" => ours.GetProperty("raim").GetBoolean() == value.GetBoolean(),
                "radio" when type == 26 => value.GetDouble() == 0, // gpsd never reads it: 3.24, the last 20 bits
                "radio" => Same(Number(ours, "radio_status"), value.GetDouble(), 0),
                "alt" => Same(Number(ours, "altitude_m"), NullIf(value, 4095), 0),
                "epfd" => Same(Number(ours, "position_fix_type"), NullIf(value, 0), 0),
                "imo" => Same(Number(ours, "imo"), NullIf(value, 0), 0),
                "draught" => Same(Number(ours, "draught_m"), NullIf(value, 0), 1e-5),
                "shiptype" when type == 23 => Same(Number(ours, "ship_type"), value.GetDouble(), 0),
                "shiptype" => (type == 24 && !isPartB) || Same(Number(ours, "ship_type"), NullIf(value, 0), 0),
                "shipname" => (type == 24 && isPartB) || SameText(Text(ours, "name"), value),
                "callsign" => (type == 24 && !isPartB) || SameText(Text(ours, "call_sign"), value),
                "vendorid" => !isPartB || SameText(Text(ours, "vendor_id"), value),
                "destination" => SameText(Text(ours, "destination"), value),
                "name" => SameText(Text(ours, "name") + Text(ours, "name_extension"), value),
                "part_num" => Same(Number(ours, "part"), value.GetDouble(), 0),
                "dte" => ours.GetProperty("dte_ready").GetBoolean() == (value.GetInt32() == 0),
                "off_position" => ours.GetProperty("off_position").GetBoolean() == value.GetBoolean(),
                "virtual_aid" => ours.GetProperty("virtual").GetBoolean() == value.GetBoolean(),
                "aid_type" => Same(Number(ours, "aid_type"), NullIf(value, 0), 0),

                // One reference gives the bit, the other its meaning (0 is a current GNSS position); ours is the meaning.
                "gnss" => ours.GetProperty("gnss").GetBoolean() == (isGpsd ? !value.GetBoolean() : value.GetBoolean()),
                "eta" => Eta(ours, value.GetString()!),
                "timestamp" when type is 4 or 11 => Utc(ours, value.GetString()!),
                "tagblock_timestamp" => Utc(ours, value.GetString()!, "received_at"),
                "to_bow" or "to_stern" or "to_port" or "to_starboard" =>
                    (type == 24 && !isPartB) || Same(Number(ours, name + "_m"), value.GetDouble(), 0)
                    || (Number(ours, name + "_m") is null && value.GetDouble() == 0),
                _ when s_same.TryGetValue(name, out var same) => SameOrAbsent(ours, same, value),
                _ => Special(ours, name, value, type, isGpsd),
            };
            if (!isSame)
            {
                yield return $"{name}: theirs {value}, ours {ours}";
            }
        }
    }

    // Names of theirs whose number or flag is ours under another name; 0 is ours null where the message ends before it.
    private static readonly Dictionary<string, string> s_same = new(GpsdNames.Unscaled)
    {
        ["transmission_ctl"] = "long_range_transmission",
        ["sync_state"] = "sync_state",
        ["slot_timeout"] = "slot_timeout_frames",
        ["slot_number"] = "slot_number",
        ["received_stations"] = "received_stations",
        ["utc_hour"] = "communication_utc_hour",
        ["utc_min"] = "communication_utc_minute",
        ["slot_offset"] = "slot_offset",
        ["slot_increment"] = "slot_increment",
        ["slots_to_allocate"] = "slots_to_allocate",
        ["keep_flag"] = "keep_flag",
        ["alt_sensor"] = "altitude_barometric",
        ["mode"] = "assigned",
        ["unit"] = "carrier_sense_unit",
    };

    private static bool Special(JsonElement ours, string name, JsonElement value, int type, bool isGpsd) => name switch
    {
        "text" => SameText(Text(ours, "text"), value),
        "zonesize" => Number(ours, "transitional_zone_nm") == value.GetDouble() + 1, // 3.20: one is added to what is sent
        "ne_lon" => Same(Number(ours, "north_east_longitude"), Number(value), 2e-5),
        "ne_lat" => Same(Number(ours, "north_east_latitude"), Number(value), 2e-5),
        "sw_lon" => Same(Number(ours, "south_west_longitude"), Number(value), 2e-5),
        "sw_lat" => Same(Number(ours, "south_west_latitude"), Number(value), 2e-5),
        "commstate_cs_fill" => ((int)Number(ours, "radio_status")! & 0x7FFFF) == value.GetInt32(),

        // One reference turns the flag of type 6 round; 3.4 says that 0 is no retransmission, and the other has it so.
        "retransmit" => ours.GetProperty("retransmit").GetBoolean() == (value.GetBoolean() ^ (type == 6 && !isGpsd)),
        "regional" => type != 21 || Same(Number(ours, "aid_status"), value.GetDouble(), 0),
        "app_id" => value.GetDouble() == 0 ? Number(ours, "functional_id") is null or 0
            : (Number(ours, "designated_area_code") * 64) + Number(ours, "functional_id") == value.GetDouble(),
        "data" => SameData(Text(ours, "payload_hex"), value.GetString()!, type),
        "timestamp" => true, // of the TAG block, compared under that name
        _ => false,
    };

    // Of type 26 theirs has four spare bits more at its end (3.24).
    private static bool SameData(string? ours, string theirs, int type)
    {
        var bits = int.Parse(theirs.AsSpan(0, theirs.IndexOf(':')), CultureInfo.InvariantCulture) - (type == 26 ? 4 : 0);
        var digits = theirs[(theirs.IndexOf(':') + 1)..];
        return ours!.Length == (bits + 7) / 8 * 2 && digits.StartsWith(ours[..(bits / 4)], StringComparison.Ordinal);
    }

    private static bool SameOrAbsent(JsonElement ours, string name, JsonElement value)
    {
        var theirs = value.ValueKind is JsonValueKind.True ? 1 : value.ValueKind is JsonValueKind.False ? 0 : Number(value);
        return ours.TryGetProperty(name, out var said) && said.ValueKind switch
        {
            JsonValueKind.True => theirs == 1,
            JsonValueKind.False => theirs == 0,
            JsonValueKind.Null => theirs == 0,
            _ => said.GetDouble() == theirs,
        };
    }

    private static double Number(JsonElement value) => value.ValueKind == JsonValueKind.String
        ? double.Parse(value.GetString()!, CultureInfo.InvariantCulture)
        : value.GetDouble();

    private static bool Turn(JsonElement ours, JsonElement value)
    {
        var text = value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        double? expected = value.ValueKind == JsonValueKind.Null || text is "n/a" ? null
            : text == "fastleft" ? -720.0032
            : text == "fastright" ? 720.0032
            : text is null ? value.GetDouble()
            : double.Parse(text, CultureInfo.InvariantCulture);
        return Same(Number(ours, "rate_of_turn_degrees_per_minute"), expected, 0.01);
    }

    private static bool Eta(JsonElement ours, string eta)
    {
        double? Part(int at, int nothing) => int.Parse(eta.AsSpan(at, 2), CultureInfo.InvariantCulture) is var v && v == nothing ? null : v;
        return Same(Number(ours, "eta_month"), Part(0, 0), 0) && Same(Number(ours, "eta_day"), Part(3, 0), 0)
            && Same(Number(ours, "eta_hour"), Part(6, 24), 0) && Same(Number(ours, "eta_minute"), Part(9, 60), 0);
    }

    private static bool Utc(JsonElement ours, string text, string name = "utc_at")
    {
        var isTime = DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at);
        var said = Text(ours, name);
        return isTime ? said is not null && DateTimeOffset.Parse(said, CultureInfo.InvariantCulture) == at : said is null;
    }

    private static double? NullIf(JsonElement value, double nothing)
    {
        var number = value.ValueKind == JsonValueKind.String
            ? double.TryParse(value.GetString(), CultureInfo.InvariantCulture, out var parsed) ? parsed : nothing
            : value.GetDouble();
        return Math.Abs(number - nothing) < 1e-5 ? null : number;
    }

    private static double? Number(JsonElement ours, string name) =>
        ours.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : null;

    private static string? Text(JsonElement ours, string name) =>
        ours.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static bool Same(double? ours, double? theirs, double tolerance) =>
        ours is { } a && theirs is { } b ? Math.Abs(a - b) <= tolerance : ours is null && theirs is null;

    private static bool SameText(string? ours, JsonElement theirs) =>
        (ours ?? string.Empty).Replace('_', '-').Replace('\'', '`') == theirs.GetString()!.Replace('_', '-').Replace('\'', '`');
}
