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
    private static readonly int[] s_types = [1, 2, 3, 4, 5, 9, 11, 18, 19, 21, 24, 27];

    [TestCase("typeexamples.nmea", "typeexamples.json", 11)]
    [TestCase("tagblock.nmea", "tagblock.json", 4)]
    [TestCase("sample.aivdm", "sample.aivdm.js.chk", 22)]
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
            if (!s_types.Contains(type))
            {
                continue;
            }

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

    [Test]
    public void Raw_numbers_agree_with_the_unscaled_dump()
    {
        var ours = Decode(SharedData.Require("ais/nmea/sample.aivdm"));
        var compared = 0;
        foreach (var line in File.ReadLines(SharedData.Require("ais/nmea/sample.aivdm.chk")))
        {
            var f = line.Split('|');
            var type = int.Parse(f[0], CultureInfo.InvariantCulture);
            if (type is not (1 or 2 or 3 or 18))
            {
                continue;
            }

            var offset = type == 18 ? 4 : 5;
            var expected = new[]
            {
                Sentinel(f[offset], 1023, 10), Sentinel(f[offset + 2], 181 * 600_000, 600_000),
                Sentinel(f[offset + 3], 91 * 600_000, 600_000), Sentinel(f[offset + 4], 3600, 10), Sentinel(f[offset + 5], 511, 1),
                Sentinel(f[offset + 6], 60, 1),
            };
            string[] names =
            [
                "speed_over_ground_knots", "longitude", "latitude", "course_over_ground_degrees", "true_heading_degrees", "utc_second",
            ];
            Assert.That(
                ours.Where(o => o.GetProperty("mmsi").GetInt32() == int.Parse(f[2], CultureInfo.InvariantCulture))
                    .Any(o => names.Select((n, i) => Same(Number(o, n), expected[i], 6e-8)).All(b => b)),
                line);
            compared++;
        }

        Assert.That(compared, Is.GreaterThanOrEqualTo(9));
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
            var isSame = name switch
            {
                "repeat" => Same(Number(ours, name), value.GetDouble(), 0),
                "status" => Same(Number(ours, "navigation_status"), NullIf(value, 15), 0),
                "turn" => Turn(ours, value),
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
                "radio" => Same(Number(ours, "radio_status"), value.GetDouble(), 0),
                "alt" => Same(Number(ours, "altitude_m"), NullIf(value, 4095), 0),
                "epfd" => Same(Number(ours, "position_fix_type"), NullIf(value, 0), 0),
                "imo" => Same(Number(ours, "imo"), NullIf(value, 0), 0),
                "draught" => Same(Number(ours, "draught_m"), NullIf(value, 0), 1e-5),
                "shiptype" => (type == 24 && !isPartB) || Same(Number(ours, "ship_type"), NullIf(value, 0), 0),
                "shipname" => (type == 24 && isPartB) || SameText(Text(ours, "name"), value),
                "callsign" => (type == 24 && !isPartB) || SameText(Text(ours, "call_sign"), value),
                "vendorid" => !isPartB || SameText(Text(ours, "vendor_id"), value),
                "destination" => SameText(Text(ours, "destination"), value),
                "name" => SameText(Text(ours, "name") + Text(ours, "name_extension"), value),
                "part_num" => Same(Number(ours, "part"), value.GetDouble(), 0),
                "dte" => type is not (5 or 19) || ours.GetProperty("dte_ready").GetBoolean() == (value.GetInt32() == 0),
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
                _ => true,
            };
            if (!isSame)
            {
                yield return $"{name}: theirs {value}, ours {ours}";
            }
        }
    }

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

    private static double? Sentinel(string text, double nothing, double scale) =>
        double.Parse(text, CultureInfo.InvariantCulture) is var value && value == nothing ? null : value / scale;

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
