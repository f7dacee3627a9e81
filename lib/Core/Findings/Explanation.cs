using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using MaritimeWatch.Log;

namespace MaritimeWatch.Findings;

/// <summary>
/// Why a finding is one, from a stored line alone: rule, thresholds, values, evidence, and the smallest change that
/// would clear it; in words and as JSON.
/// </summary>
public sealed class Explanation
{
    private static readonly string[] Members =
    [
        "id", "revision", "kind", "state", "settled", "severity", "subject", "object", "start_at", "end_at", "reason",
        "rule", "rule_version", "profile", "profile_version", "simulated", "measure", "thresholds", "clears_if",
        "retracted_because", "amended_because", "evidence", "reference", "position",
    ];

    // Lines of earlier builds lack these.
    private static readonly string[] MembersSince = ["known_at"];

    private readonly JsonElement _properties;

    private Explanation(JsonElement properties) => _properties = properties;

    /// <summary>The inbox position that first triggered it; the stage is the watch where the line names none.</summary>
    public Trigger Trigger
    {
        get
        {
            var position = _properties.GetProperty("position");
            return new Trigger(
                position.GetProperty("group").GetInt32(),
                position.GetProperty("entry").GetInt64(),
                position.GetProperty("record").GetInt64(),
                position.TryGetProperty("stage", out var stage) ? stage.GetString() ?? StageNames.Watch : StageNames.Watch);
        }
    }

    /// <summary>The landed blobs that the evidence lies in, name and hash, each once.</summary>
    public IReadOnlyList<Tracks.LandingName> Landings =>
        [.. _properties.GetProperty("evidence").GetProperty("ranges").EnumerateArray()
            .Select(range => new Tracks.LandingName(Text(range, "landing"), Text(range, "hash"))).Distinct()];

    /// <summary>Reads a line of the collection <c>findings</c>.</summary>
    /// <exception cref="InvalidDataException">It is no such line.</exception>
    public static Explanation FromLine(ReadOnlySpan<byte> line)
    {
        try
        {
            var reader = new Utf8JsonReader(line);
            var properties = JsonElement.ParseValue(ref reader).GetProperty("properties");
            return Array.TrueForAll(Members, name => properties.TryGetProperty(name, out _))
                ? new Explanation(properties)
                : throw new InvalidDataException("the line lacks what a finding has");
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new InvalidDataException($"the line is no finding: {e.Message}", e);
        }
    }

    /// <summary>The explanation in words, one fact a line.</summary>
    public string ToWords()
    {
        var words = new StringBuilder();
        words.AppendLine(Text(_properties, "reason"));
        words.Append(CultureInfo.InvariantCulture, $"Kind {Text(_properties, "kind")}, severity {Text(_properties, "severity")}, ");
        words.Append(CultureInfo.InvariantCulture, $"{Text(_properties, "state")}, {(_properties.GetProperty("settled").GetBoolean() ? "settled" : "provisional")}, ");
        words.AppendLine(CultureInfo.InvariantCulture, $"revision {_properties.GetProperty("revision").GetInt32()}, id {Text(_properties, "id")}.");
        if (_properties.GetProperty("simulated").GetBoolean())
        {
            words.AppendLine("SIMULATED: at least one report of the evidence is.");
        }

        Because(words, "retracted_because", "Retracted because");
        Because(words, "amended_because", "Amended because");
        if (_properties.TryGetProperty("known_at", out var knownAt))
        {
            words.AppendLine(CultureInfo.InvariantCulture, $"This revision could be said at {knownAt.GetString()}.");
        }

        words.AppendLine(CultureInfo.InvariantCulture, $"Rule {Text(_properties, "rule")} version {_properties.GetProperty("rule_version").GetInt32()}, profile {Text(_properties, "profile")} version {_properties.GetProperty("profile_version").GetInt32()}.");
        Figures(words, "Measured", _properties.GetProperty("measure"));
        Figures(words, "Thresholds", _properties.GetProperty("thresholds"));
        words.AppendLine(CultureInfo.InvariantCulture, $"What this kind shows and does not show, and how to check it: /kinds/{Text(_properties, "kind")}.");
        words.AppendLine(CultureInfo.InvariantCulture, $"It would clear with: {Text(_properties.GetProperty("clears_if"), "text")}.");
        Evidence(words, _properties.GetProperty("evidence"));
        Figures(words, "Reference versions", _properties.GetProperty("reference"));
        words.AppendLine(CultureInfo.InvariantCulture, $"First triggered by record {Trigger.Record} of entry {Trigger.Entry} in group {Trigger.Group} of the stage {Trigger.Stage}.");
        return words.ToString();
    }

    /// <summary>The explanation as one JSON object.</summary>
    public void WriteJson(IBufferWriter<byte> target)
    {
        using var json = new Utf8JsonWriter(target, new JsonWriterOptions { Indented = true });
        json.WriteStartObject();
        foreach (var name in Members.Concat(MembersSince))
        {
            if (_properties.TryGetProperty(name, out var member))
            {
                json.WritePropertyName(name);
                member.WriteTo(json);
            }
        }

        json.WriteString("words", ToWords());
        json.WriteEndObject();
    }

    private static string Text(JsonElement element, string property) => element.GetProperty(property).GetString() ?? "none";

    private static void Figures(StringBuilder words, string title, JsonElement figures)
    {
        var texts = figures.EnumerateObject()
            .Where(figure => figure.Value.ValueKind == JsonValueKind.Number)
            .Select(figure => $"{figure.Name.Replace('_', ' ')} {figure.Value.GetRawText()}")
            .ToArray();
        words.AppendLine(CultureInfo.InvariantCulture, $"{title}: {(texts.Length == 0 ? "none" : string.Join(", ", texts))}.");
    }

    private static void Evidence(StringBuilder words, JsonElement evidence)
    {
        words.AppendLine(CultureInfo.InvariantCulture, $"Evidence: {evidence.GetProperty("reports").GetInt32()} decisive reports, {Text(evidence, "first_at")} to {Text(evidence, "last_at")}, chain {Text(evidence, "chain")}.");
        foreach (var range in evidence.GetProperty("ranges").EnumerateArray())
        {
            words.AppendLine(CultureInfo.InvariantCulture, $"  {Text(range, "landing")} at {range.GetProperty("offset").GetInt64()}, {range.GetProperty("length").GetInt32()} bytes");
        }

        if (evidence.TryGetProperty("stands_on", out var standsOn) && standsOn.GetArrayLength() > 0)
        {
            var ids = standsOn.EnumerateArray().Select(id => id.GetString());
            words.AppendLine(CultureInfo.InvariantCulture, $"It stands on {string.Join(", ", ids)}.");
        }
    }

    private void Because(StringBuilder words, string property, string title)
    {
        if (_properties.GetProperty(property).GetString() is { } why)
        {
            words.AppendLine(CultureInfo.InvariantCulture, $"{title} {why}.");
        }
    }
}
