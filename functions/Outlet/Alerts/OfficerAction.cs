using System.Globalization;
using System.Text.Json;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Functions.Outlet;

/// <summary>What an officer does with an alert: the body of an entry of kind Action in the inbox of the alerts.</summary>
/// <param name="Alert">Id of the alert.</param>
/// <param name="Action">acknowledge or decide.</param>
/// <param name="Outcome">One of <see cref="Outcomes"/> where it decides, else null.</param>
/// <param name="Note">The officer's words, or null.</param>
/// <param name="Officer">Token of the officer, never a name.</param>
/// <param name="At">When.</param>
internal sealed record OfficerAction(string Alert, string Action, string? Outcome, string? Note, string Officer, DateTimeOffset At)
{
    /// <summary>Takes an alert up.</summary>
    public const string Acknowledge = "acknowledge";

    /// <summary>Decides an alert.</summary>
    public const string Decide = "decide";

    /// <summary>The longest note in characters.</summary>
    public const int NoteMax = 2000;

    /// <summary>What can be decided.</summary>
    public static IReadOnlyList<string> Outcomes { get; } = ["inspect", "release", "no-finding", "finding"];

    /// <summary>What was decided, or null where it only acknowledges.</summary>
    public AlertVerdict? Verdict => Outcome is null ? null : new AlertVerdict(Outcome, Note);

    /// <summary>As the inbox carries it.</summary>
    public byte[] ToBytes()
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteString("alert", Alert);
            json.WriteString("action", Action);
            json.WriteString("outcome", Outcome);
            json.WriteString("note", Note);
            json.WriteString("officer", Officer);
            json.WriteString("at", Instants.ToText(At.ToUnixTimeMilliseconds()));
            json.WriteEndObject();
        }

        return stream.ToArray();
    }

    /// <summary>Reads a body; null where it is none of ours.</summary>
    public static OfficerAction? Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            var root = json.RootElement;
            string? Text(string name) => root.TryGetProperty(name, out var value) ? value.GetString() : null;
            return Text("alert") is { } alert && Text("action") is { } action && Text("officer") is { } officer
                ? new OfficerAction(alert, action, Text("outcome"), Text("note"), officer, root.GetProperty("at").GetDateTimeOffset())
                : null;
        }
        catch (Exception wrong) when (wrong is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Action} {Alert}");
}
