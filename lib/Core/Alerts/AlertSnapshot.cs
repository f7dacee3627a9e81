using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization;
using MaritimeWatch.Correlation;
using MaritimeWatch.Findings;
using MaritimeWatch.Log;
using MaritimeWatch.Risk;

namespace MaritimeWatch.Alerts;

/// <summary>The whole state of the stage as one JSON object.</summary>
internal sealed record AlertSnapshot
{
    /// <summary>The newest version that this build reads and the one that it writes.</summary>
    public const int VersionNow = 1;

    public required long Plan { get; init; }

    public required int Part { get; init; }

    public required long WatermarkMs { get; init; }

    public required long AheadAtMs { get; init; }

    public required long DueAtMs { get; init; }

    public required long PruneAtMs { get; init; }

    public required AlertCounts Counts { get; init; }

    public required CaseState Case { get; init; }

    public required List<AlertRecord> Alerts { get; init; }

    public required List<AssessedCall> Assessed { get; init; }

    public required List<RankedCall> Ranked { get; init; }

    public void Write(IBufferWriter<byte> target, StageFindings findings)
    {
        using var json = new Utf8JsonWriter(target);
        json.WriteStartObject();
        json.WriteNumber("version"u8, VersionNow);
        json.WritePropertyName("state"u8);
        JsonSerializer.Serialize(json, this, AlertJson.Default.AlertSnapshot);
        json.WritePropertyName("findings"u8);
        findings.Save(json);
        json.WriteEndObject();
    }

    public static AlertSnapshot Read(ReadOnlySpan<byte> bytes, StageFindings findings)
    {
        try
        {
            var reader = new Utf8JsonReader(bytes);
            var root = JsonElement.ParseValue(ref reader);
            OlderFormatException.Check("the state of alerts", root.GetProperty("version").GetInt32(), VersionNow);

            var snapshot = root.GetProperty("state").Deserialize(AlertJson.Default.AlertSnapshot)
                ?? throw new InvalidDataException("the state of alerts is empty");
            findings.Restore(root.GetProperty("findings"));
            return snapshot;
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new InvalidDataException($"the state of alerts is damaged: {e.Message}", e);
        }
    }
}

/// <summary>Without reflection.</summary>
[JsonSourceGenerationOptions(IgnoreReadOnlyProperties = true, Converters = [typeof(OrdinalSetConverter), typeof(PositionConverter)])]
[JsonSerializable(typeof(AlertSnapshot))]
internal sealed partial class AlertJson : JsonSerializerContext;
