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
            Text("id"), Text("kind"), Text("severity"), Text("state"), name.Length > 0 ? name : Text("subject"), Text("start_at"), Text("reason"));
    }
}
