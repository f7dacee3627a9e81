using System.Buffers;
using System.Text.Json;
using MaritimeWatch.Findings;
using MaritimeWatch.GeoJson;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Risk;

/// <summary>
/// An assessment as JSON: a line of the collection <c>assessments</c>, or the member of that name in an alert. Log-odds are
/// written with three decimals, the chance with four; always the same bytes.
/// </summary>
public static class AssessmentJson
{
    /// <summary>Writes a line: a feature without a place, its id the call.</summary>
    public static void WriteLine(IBufferWriter<byte> target, Assessment assessment)
    {
        using var writer = new GeoJsonWriter(target);
        writer.StartFeature(assessment.Subject);
        writer.WriteNoGeometry();
        writer.StartProperties();
        writer.Json.WriteString("id"u8, assessment.Subject);
        WriteMembers(writer.Json, assessment);
        writer.EndFeature();
    }

    /// <summary>Writes the members of an object that the caller began.</summary>
    public static void WriteMembers(Utf8JsonWriter json, Assessment assessment)
    {
        json.WriteString("subject"u8, assessment.Subject);
        json.WriteString("port"u8, assessment.Port);
        if (assessment.Mmsi is { } mmsi)
        {
            json.WriteNumber("mmsi"u8, mmsi);
        }
        else
        {
            json.WriteNull("mmsi"u8);
        }

        Milli(json, "prior_log_odds", assessment.PriorMilli);
        json.WriteStartArray("groups"u8);
        foreach (var group in assessment.Groups)
        {
            json.WriteStartObject();
            json.WriteString("group"u8, group.Group);
            Milli(json, "cap", group.CapMilli);
            json.WriteStartArray("items"u8);
            foreach (var item in group.Items)
            {
                json.WriteStartObject();
                json.WriteString("kind"u8, item.Kind);
                json.WriteString("finding_id"u8, item.FindingId);
                Milli(json, "log_odds", item.LogOddsMilli);
                json.WriteString("reason"u8, item.Reason);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            Milli(json, "sum", group.SumMilli);
            Milli(json, "counted", group.CountedMilli);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        Milli(json, "log_odds", assessment.TotalMilli);
        new Figure("probability", assessment.TenThousandths, 4).WriteTo(json);
        Milli(json, "line_log_odds", assessment.LineMilli);
        json.WriteString("lane"u8, RiskNames.Of(assessment.Lane));
        json.WriteNumber("rank"u8, assessment.Rank);
        json.WriteNumber("ranked_calls"u8, assessment.RankedCalls);
        json.WriteString("smallest_change"u8, assessment.SmallestChange);
        json.WriteString("known_at"u8, Instants.ToText(assessment.KnownAtMs));
        json.WriteBoolean("simulated"u8, assessment.IsSimulated);
    }

    /// <summary>Reads the object that <see cref="WriteMembers"/> wrote, or the properties of a line.</summary>
    /// <exception cref="InvalidDataException">It is none.</exception>
    public static Assessment Read(JsonElement element)
    {
        try
        {
            return new Assessment
            {
                Subject = element.GetProperty("subject").GetString()!,
                Port = element.GetProperty("port").GetString()!,
                Mmsi = element.GetProperty("mmsi") is { ValueKind: JsonValueKind.Number } mmsi ? mmsi.GetUInt32() : null,
                PriorMilli = Milli(element, "prior_log_odds"),
                Groups = [.. element.GetProperty("groups").EnumerateArray().Select(Group)],
                TotalMilli = Milli(element, "log_odds"),
                LineMilli = Milli(element, "line_log_odds"),
                Lane = RiskNames.LaneOf(element.GetProperty("lane").GetString()),
                Rank = element.GetProperty("rank").GetInt32(),
                RankedCalls = element.GetProperty("ranked_calls").GetInt32(),
                SmallestChange = element.GetProperty("smallest_change").GetString()!,
                KnownAtMs = element.GetProperty("known_at").GetDateTimeOffset().ToUnixTimeMilliseconds(),
                IsSimulated = element.GetProperty("simulated").GetBoolean(),
            };
        }
        catch (Exception e) when (e is KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new InvalidDataException($"this is no assessment: {e.Message}", e);
        }
    }

    private static AssessmentGroup Group(JsonElement group) => new(
        group.GetProperty("group").GetString()!,
        Milli(group, "cap"),
        [.. group.GetProperty("items").EnumerateArray().Select(item => new AssessmentItem(
            item.GetProperty("kind").GetString()!,
            item.GetProperty("finding_id").GetString()!,
            Milli(item, "log_odds"),
            item.GetProperty("reason").GetString()!))],
        Milli(group, "sum"),
        Milli(group, "counted"));

    private static void Milli(Utf8JsonWriter json, string name, int milli) => new Figure(name, milli, 3).WriteTo(json);

    private static int Milli(JsonElement element, string name) => (int)decimal.Round(element.GetProperty(name).GetDecimal() * 1000);
}
