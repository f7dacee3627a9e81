using System.Globalization;
using System.Text.Json;

namespace MaritimeWatch.Functions.Operations;

/// <summary>A finding or an alert as it is compared: what an officer would be told of it.</summary>
internal sealed record ComparedFinding
{
    private static readonly string[] Told = ["state", "severity", "object", "start_at", "end_at", "measure"];

    /// <summary>Times that differ by no more are of the same finding, as when a scorer matches the truth.</summary>
    private static readonly TimeSpan Slack = TimeSpan.FromMinutes(15);

    public required string Id { get; init; }

    public required string Kind { get; init; }

    public required string Subject { get; init; }

    public required string Object { get; init; }

    public required string StartText { get; init; }

    public required DateTimeOffset StartAt { get; init; }

    public required DateTimeOffset EndAt { get; init; }

    public required DateTimeOffset? KnownAt { get; init; }

    public required bool Stands { get; init; }

    public required bool Simulated { get; init; }

    private SortedDictionary<string, string> Values { get; } = new(StringComparer.Ordinal);

    public static ComparedFinding Read(ReadOnlyMemory<byte> line, bool isAlert)
    {
        using var json = JsonDocument.Parse(line);
        var properties = json.RootElement.GetProperty("properties");
        string Text(string name) =>
            properties.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
        DateTimeOffset? At(string name) =>
            DateTimeOffset.TryParse(Text(name), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : null;
        var start = At(isAlert ? "opened_at" : "start_at") ?? DateTimeOffset.MinValue;
        var read = new ComparedFinding
        {
            Id = Text("id"),
            Kind = isAlert ? "alert" : Text("kind"),
            Subject = Text("subject"),
            Object = isAlert ? Text("port") : Text("object"),
            StartText = Text(isAlert ? "opened_at" : "start_at"),
            StartAt = start,

            // An alert is one of its call however long it lasts; a finding that goes on has no end yet.
            EndAt = (isAlert ? null : At("end_at")) ?? DateTimeOffset.MaxValue,
            KnownAt = At(isAlert ? "updated_at" : "known_at"),
            Stands = Text("state") != "retracted",
            Simulated = properties.TryGetProperty("simulated", out var simulated) && simulated.ValueKind == JsonValueKind.True,
        };
        foreach (var name in isAlert ? ["state", "severity", "port"] : Told)
        {
            read.Values[name] = properties.TryGetProperty(name, out var value) ? value.GetRawText() : "null";
        }

        return read;
    }

    /// <summary>True where both tell of the same thing, whatever their ids.</summary>
    public bool IsLike(ComparedFinding other) =>
        Kind == other.Kind && Subject == other.Subject && Object == other.Object
        && StartAt - Slack <= other.EndAt && other.StartAt - Slack <= EndAt;

    /// <summary>What this one tells otherwise than the other; empty where nothing.</summary>
    public IReadOnlyList<string> ChangedFrom(ComparedFinding other) =>
        [.. Values.Where(value => other.Values[value.Key] != value.Value).Select(value => $"{value.Key}: {value.Value}, was {other.Values[value.Key]}")];
}
