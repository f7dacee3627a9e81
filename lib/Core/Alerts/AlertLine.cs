using System.Buffers;
using System.Text.Json;
using MaritimeWatch.Findings;
using MaritimeWatch.GeoJson;
using MaritimeWatch.Risk;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Alerts;

/// <summary>A line of the collection <c>alerts</c>: always the same bytes for the same alert.</summary>
public static class AlertLine
{
    private static readonly string[] Severities = ["info", "low", "medium", "high"];

    /// <summary>Writes a line (without the newline).</summary>
    public static void Write(IBufferWriter<byte> target, Alert alert)
    {
        using var writer = new GeoJsonWriter(target);
        writer.StartFeature(alert.Id);
        if (alert.Place is { } place)
        {
            writer.WritePoint(place);
        }
        else
        {
            writer.WriteNoGeometry();
        }

        writer.StartProperties();
        var json = writer.Json;
        WriteHead(json, alert);
        WriteDecision(json, alert);
        WriteTexts(json, "finding_ids", alert.FindingIds);
        WriteTexts(json, "reasons", alert.Reasons);
        json.WriteString("closed_because"u8, alert.ClosedBecause);
        json.WriteStartObject("assessment"u8);
        AssessmentJson.WriteMembers(json, alert.Assessment);
        json.WriteEndObject();
        json.WriteString("known_at"u8, Instants.ToText(alert.UpdatedAtMs));
        json.WriteBoolean("simulated"u8, alert.IsSimulated);
        writer.EndFeature();
    }

    /// <summary>Reads a line.</summary>
    /// <exception cref="InvalidDataException">It is no alert.</exception>
    public static Alert Parse(ReadOnlySpan<byte> line)
    {
        try
        {
            var reader = new Utf8JsonReader(line);
            var feature = JsonElement.ParseValue(ref reader);
            return Read(feature.GetProperty("properties"), feature.GetProperty("geometry"));
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new InvalidDataException($"the line is no alert: {e.Message}", e);
        }
    }

    private static void WriteHead(Utf8JsonWriter json, Alert alert)
    {
        json.WriteString("id"u8, alert.Id);
        json.WriteNumber("revision"u8, alert.Revision);
        json.WriteString("port"u8, alert.Port);
        json.WriteString("subject"u8, alert.Subject);
        if (alert.Mmsi is { } mmsi)
        {
            json.WriteNumber("mmsi"u8, mmsi);
        }
        else
        {
            json.WriteNull("mmsi"u8);
        }

        json.WriteString("name"u8, alert.Name);
        json.WriteString("opened_at"u8, Instants.ToText(alert.OpenedAtMs));
        json.WriteString("updated_at"u8, Instants.ToText(alert.UpdatedAtMs));
        json.WriteString("berthing_at"u8, alert.BerthingAtMs is { } at ? Instants.ToText(at) : null);
        json.WriteString("berthing_by"u8, alert.BerthingBy is { } by ? AlertNames.Of(by) : null);
        json.WriteString("berthing_low_at"u8, alert.BerthingLowAtMs is { } low ? Instants.ToText(low) : null);
        json.WriteString("berthing_high_at"u8, alert.BerthingHighAtMs is { } high ? Instants.ToText(high) : null);
        json.WriteBoolean("arrived"u8, alert.IsArrived);
        json.WriteString("severity"u8, FindingNames.Of(alert.Severity));
        json.WriteString("state"u8, AlertNames.Of(alert.State));
    }

    private static void WriteDecision(Utf8JsonWriter json, Alert alert)
    {
        json.WriteString("acknowledged_at"u8, alert.AcknowledgedAtMs is { } at ? Instants.ToText(at) : null);
        if (alert.Decision is { } decision)
        {
            json.WriteStartObject("decision"u8);
            json.WriteString("outcome"u8, decision.Outcome);
            json.WriteString("note"u8, decision.Note);
            json.WriteString("at"u8, Instants.ToText(decision.AtMs));
            json.WriteEndObject();
        }
        else
        {
            json.WriteNull("decision"u8);
        }
    }

    private static void WriteTexts(Utf8JsonWriter json, string name, IReadOnlyList<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }

    private static Alert Read(JsonElement properties, JsonElement geometry) => new()
    {
        Id = properties.GetProperty("id").GetString()!,
        Revision = properties.GetProperty("revision").GetInt32(),
        Port = properties.GetProperty("port").GetString()!,
        Subject = properties.GetProperty("subject").GetString()!,
        Mmsi = properties.GetProperty("mmsi") is { ValueKind: JsonValueKind.Number } mmsi ? mmsi.GetUInt32() : null,
        Name = properties.GetProperty("name").GetString(),
        OpenedAtMs = AtMs(properties, "opened_at")!.Value,
        UpdatedAtMs = AtMs(properties, "updated_at")!.Value,
        BerthingAtMs = AtMs(properties, "berthing_at"),
        BerthingBy = properties.TryGetProperty("berthing_by", out var by) ? AlertNames.BerthingByOf(by.GetString()) : null,
        BerthingLowAtMs = AtMs(properties, "berthing_low_at"),
        BerthingHighAtMs = AtMs(properties, "berthing_high_at"),
        IsArrived = properties.GetProperty("arrived").GetBoolean(),
        Severity = (Severity)Math.Max(0, Array.IndexOf(Severities, properties.GetProperty("severity").GetString())),
        State = AlertNames.StateOf(properties.GetProperty("state").GetString()),
        AcknowledgedAtMs = AtMs(properties, "acknowledged_at"),
        Decision = properties.GetProperty("decision") is { ValueKind: JsonValueKind.Object } decision
            ? new AlertDecision(decision.GetProperty("outcome").GetString()!, decision.GetProperty("note").GetString(), AtMs(decision, "at")!.Value)
            : null,
        FindingIds = Texts(properties, "finding_ids"),
        Reasons = Texts(properties, "reasons"),
        ClosedBecause = properties.GetProperty("closed_because").GetString(),
        Assessment = AssessmentJson.Read(properties.GetProperty("assessment")),
        Place = PlaceOf(geometry),
        IsSimulated = properties.GetProperty("simulated").GetBoolean(),
    };

    private static Position? PlaceOf(JsonElement geometry)
    {
        if (geometry.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        var coordinates = geometry.GetProperty("coordinates");
        return Position.FromDegrees(coordinates[1].GetDouble(), coordinates[0].GetDouble());
    }

    private static string[] Texts(JsonElement properties, string name) =>
        [.. properties.GetProperty(name).EnumerateArray().Select(text => text.GetString()!)];

    private static long? AtMs(JsonElement properties, string name) =>
        properties.TryGetProperty(name, out var at) && at.ValueKind == JsonValueKind.String ? at.GetDateTimeOffset().ToUnixTimeMilliseconds() : null;
}
