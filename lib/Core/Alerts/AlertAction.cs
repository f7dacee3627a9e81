using System.Text.Json;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Alerts;

/// <summary>What an officer does with an alert.</summary>
public enum AlertActionKind
{
    /// <summary>Takes it up.</summary>
    Acknowledge,

    /// <summary>Decides.</summary>
    Decide,
}

/// <summary>
/// The body of an <see cref="Log.EntryKind.Action"/> entry of the stage alerts. The same action again changes nothing.
/// </summary>
/// <param name="Alert">Id of the alert.</param>
/// <param name="Kind">Acknowledge or decide.</param>
/// <param name="Outcome">One of <see cref="Outcomes"/> where it decides, else null.</param>
/// <param name="Note">Words of the officer, or null; at most <see cref="NoteMax"/> characters.</param>
/// <param name="Officer">Token of the officer, never a name.</param>
/// <param name="AtMs">When, milliseconds since 1970 UTC.</param>
public sealed record AlertAction(string Alert, AlertActionKind Kind, string? Outcome, string? Note, string Officer, long AtMs)
{
    /// <summary>The longest note, characters.</summary>
    public const int NoteMax = 1000;

    private const int IdMax = 64;
    private static readonly string[] Names = ["acknowledge", "decide"];

    /// <summary>What can be decided.</summary>
    public static IReadOnlyList<string> Outcomes { get; } = ["inspect", "release", "no-finding", "finding"];

    /// <summary>As the inbox carries it.</summary>
    public byte[] ToBytes()
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteString("alert"u8, Alert);
            json.WriteString("action"u8, Names[(int)Kind]);
            json.WriteString("outcome"u8, Outcome);
            json.WriteString("note"u8, Note);
            json.WriteString("officer"u8, Officer);
            json.WriteString("at"u8, Instants.ToText(AtMs));
            json.WriteEndObject();
        }

        return stream.ToArray();
    }

    /// <summary>Reads a body.</summary>
    /// <exception cref="InvalidDataException">It is no action, or one that cannot be: says why.</exception>
    public static AlertAction Parse(ReadOnlySpan<byte> body)
    {
        try
        {
            var reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = 4 });
            var root = JsonElement.ParseValue(ref reader);
            var action = new AlertAction(
                Text(root, "alert") ?? throw new InvalidDataException("the action names no alert"),
                Array.IndexOf(Names, Text(root, "action")) is >= 0 and var at ? (AlertActionKind)at : throw new InvalidDataException("the action is neither acknowledge nor decide"),
                Text(root, "outcome"),
                Text(root, "note"),
                Text(root, "officer") ?? throw new InvalidDataException("the action names no officer"),
                root.GetProperty("at").GetDateTimeOffset().ToUnixTimeMilliseconds());
            return action.Checked();
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new InvalidDataException($"the action cannot be read: {e.Message}", e);
        }
    }

    private static string? Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) ? value.GetString() : null;

    private AlertAction Checked()
    {
        if (Alert.Length is 0 or > IdMax || Officer.Length is 0 or > IdMax)
        {
            throw new InvalidDataException("an id of the action is empty or too long");
        }

        if (Kind == AlertActionKind.Decide && (Outcome is null || !Outcomes.Contains(Outcome)))
        {
            throw new InvalidDataException($"a decision is one of: {string.Join(", ", Outcomes)}");
        }

        return Note?.Length > NoteMax ? throw new InvalidDataException($"a note has at most {NoteMax} characters") : this;
    }
}
