using System.Text.Json;

namespace MaritimeWatch.Functions.Watch;

/// <summary>One finding as lists and summaries show it, read from its line.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Severity">Its severity.</param>
/// <param name="State">open, closed or retracted.</param>
/// <param name="Name">The vessel's name, or its subject.</param>
/// <param name="StartAt">When it began.</param>
/// <param name="Reason">The sentence.</param>
internal sealed record FindingTally(
    string Id, string Kind, string Severity, string State, string Name, string StartAt, string Reason)
{
    /// <summary>Who it is about.</summary>
    public string Subject { get; init; } = "";

    /// <summary>The zone, port or other party that it concerns; empty for none.</summary>
    public string Concerns { get; init; } = "";

    /// <summary>When it ended; empty while it goes on.</summary>
    public string EndAt { get; init; } = "";

    /// <summary>The profile that judged it.</summary>
    public string Profile { get; init; } = "";

    /// <summary>The thresholds that it met, by name, as they are written.</summary>
    public IReadOnlyDictionary<string, string> Thresholds { get; init; } = new Dictionary<string, string>();

    /// <summary>It is not retracted.</summary>
    public bool Stands => State != "retracted";

    /// <summary>It stands and is of medium or high severity.</summary>
    public bool IsAlarm => Stands && Severity is ("medium" or "high");

    /// <summary>Reads a finding's line.</summary>
    /// <param name="line">One feature of the collection <c>findings</c>.</param>
    public static FindingTally Read(ReadOnlyMemory<byte> line)
    {
        using var json = JsonDocument.Parse(line);
        var properties = json.RootElement.GetProperty("properties");
        string Text(string name) =>
            properties.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
        var name = Text("name");
        return new FindingTally(
            Text("id"), Text("kind"), Text("severity"), Text("state"), name.Length > 0 ? name : Text("subject"), Text("start_at"), Text("reason"))
        {
            Subject = Text("subject"),
            Concerns = Text("object"),
            EndAt = Text("end_at"),
            Profile = Text("profile"),
            Thresholds = properties.TryGetProperty("thresholds", out var thresholds) && thresholds.ValueKind == JsonValueKind.Object
                ? thresholds.EnumerateObject().ToDictionary(one => one.Name, one => one.Value.GetRawText(), StringComparer.Ordinal)
                : new Dictionary<string, string>(),
        };
    }
}
