using System.Text.Json;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Alerts;

/// <summary>
/// A person's word on a finding, as the body of an <see cref="Log.EntryKind.Action"/> entry of the stage alerts: it is
/// false, or it stands after all. The inbox keeps it for ever. The same judgement again changes nothing.
/// </summary>
/// <param name="Finding">Id of the finding.</param>
/// <param name="IsFalse">True: it is false. False: the mark is withdrawn.</param>
/// <param name="Reason">Words of the analyst, 1 to <see cref="ReasonMax"/> characters; null only where a mark is withdrawn.</param>
/// <param name="Analyst">Token of the person, never a name; no line shows it.</param>
/// <param name="ByRole">The role that they had: the only thing that lines say of them.</param>
/// <param name="AtMs">When, milliseconds since 1970 UTC.</param>
/// <param name="About">What the finding was when it was judged.</param>
public sealed record FindingJudgement(
    string Finding, bool IsFalse, string? Reason, string Analyst, string ByRole, long AtMs, JudgedFinding About)
{
    /// <summary>The longest reason, characters.</summary>
    public const int ReasonMax = 1000;

    private const int IdMax = 64;
    private const int TextMax = 300;
    private const string Action = "judge";

    /// <summary>What can be said.</summary>
    public static IReadOnlyList<string> Verdicts { get; } = ["false", "stands"];

    /// <summary>The verdict as it is written.</summary>
    public string Verdict => Verdicts[IsFalse ? 0 : 1];

    /// <summary>As the inbox carries it.</summary>
    public byte[] ToBytes()
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteString("action"u8, Action);
            json.WriteString("finding"u8, Finding);
            json.WriteString("verdict"u8, Verdict);
            json.WriteString("reason"u8, Reason);
            json.WriteString("analyst"u8, Analyst);
            json.WriteString("by_role"u8, ByRole);
            json.WriteString("at"u8, Instants.ToText(AtMs));
            json.WriteString("kind"u8, About.Kind);
            json.WriteString("rule"u8, About.Rule);
            json.WriteString("profile"u8, About.Profile);
            json.WriteString("subject"u8, About.Subject);
            json.WriteNumber("revision"u8, About.Revision);
            json.WriteBoolean("simulated"u8, About.IsSimulated);
            json.WriteEndObject();
        }

        return stream.ToArray();
    }

    /// <summary>Reads a body; null where it is another action.</summary>
    /// <exception cref="InvalidDataException">It is a judgement that cannot be, or nothing that can be read: says why.</exception>
    public static FindingJudgement? Parse(ReadOnlySpan<byte> body)
    {
        try
        {
            var reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = 4 });
            var root = JsonElement.ParseValue(ref reader);
            return Text(root, "action", TextMax) == Action ? Read(root) : null;
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new InvalidDataException($"the judgement cannot be read: {e.Message}", e);
        }
    }

    private static FindingJudgement Read(JsonElement root)
    {
        var verdict = Text(root, "verdict", TextMax);
        var reason = Text(root, "reason", ReasonMax);
        if (verdict is null || !Verdicts.Contains(verdict) || (verdict == Verdicts[0] && reason is null))
        {
            throw new InvalidDataException("a judgement is false, with a reason, or stands");
        }

        return new FindingJudgement(
            Needed(root, "finding", IdMax), verdict == Verdicts[0], reason, Needed(root, "analyst", IdMax),
            Needed(root, "by_role", IdMax), root.GetProperty("at").GetDateTimeOffset().ToUnixTimeMilliseconds(),
            new JudgedFinding(
                Needed(root, "kind", IdMax), Text(root, "rule", TextMax), Text(root, "profile", TextMax),
                Needed(root, "subject", TextMax), root.GetProperty("revision").GetInt32(), root.GetProperty("simulated").GetBoolean()));
    }

    private static string Needed(JsonElement root, string name, int lengthMax) =>
        Text(root, name, lengthMax) ?? throw new InvalidDataException($"the judgement has no {name}");

    private static string? Text(JsonElement root, string name, int lengthMax)
    {
        var text = root.TryGetProperty(name, out var value) ? value.GetString() : null;
        return text?.Length > lengthMax
            ? throw new InvalidDataException($"{name} has more than {lengthMax} characters")
            : string.IsNullOrEmpty(text) ? null : text;
    }
}

/// <summary>A finding as somebody judged it.</summary>
/// <param name="Kind">Its kind, kebab-case.</param>
/// <param name="Rule">The rule that made it.</param>
/// <param name="Profile">The profile that judged it.</param>
/// <param name="Subject">Who it is about.</param>
/// <param name="Revision">The revision that was looked at.</param>
/// <param name="IsSimulated">It stands on simulated reports.</param>
public sealed record JudgedFinding(string Kind, string? Rule, string? Profile, string Subject, int Revision, bool IsSimulated);
