using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using MaritimeWatch.Findings;
using MaritimeWatch.Risk;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Alerts;

/// <summary>
/// Why an alert is one, from a stored line alone: its reasons with their findings, the sum to be added up by hand, the lane,
/// and the smallest change that would move it under the line; in words and as JSON.
/// </summary>
public sealed class AlertExplanation
{
    private readonly byte[] line;

    private AlertExplanation(byte[] line, Alert alert) => (this.line, Alert) = (line, alert);

    /// <summary>The alert.</summary>
    public Alert Alert { get; }

    /// <summary>The findings to explain next, in the order of the reasons.</summary>
    public IReadOnlyList<string> FindingIds => Alert.FindingIds;

    /// <summary>Reads a line of the collection <c>alerts</c>.</summary>
    /// <exception cref="InvalidDataException">It is no such line.</exception>
    public static AlertExplanation FromLine(ReadOnlySpan<byte> line) => new(line.ToArray(), AlertLine.Parse(line));

    /// <summary>True where the sum, made again from its items, is the one that the line states.</summary>
    public bool IsSumRight()
    {
        var assessment = Alert.Assessment;
        return assessment.Groups.All(group => group.Items.Sum(item => item.LogOddsMilli) == group.SumMilli
                && group.CountedMilli == Math.Min(group.SumMilli, group.CapMilli))
            && assessment.PriorMilli + assessment.Groups.Sum(group => group.CountedMilli) == assessment.TotalMilli;
    }

    /// <summary>The explanation in words, one fact a line.</summary>
    public string ToWords()
    {
        var words = new StringBuilder();
        var who = Alert.Name ?? (Alert.Mmsi is { } mmsi ? $"vessel {mmsi}" : "a vessel");
        words.AppendLine(CultureInfo.InvariantCulture, $"{who} at {Alert.Port}: {FindingNames.Of(Alert.Severity)}, {LogOdds.ToPercent(Alert.Assessment.TenThousandths)}.");
        words.AppendLine(CultureInfo.InvariantCulture, $"Alert {Alert.Id}, revision {Alert.Revision}, {AlertNames.Of(Alert.State)}, about {Alert.Subject}.");
        if (Alert.IsSimulated)
        {
            words.AppendLine("SIMULATED: something that it stands on is.");
        }

        words.AppendLine(CultureInfo.InvariantCulture, $"Opened {Instants.ToText(Alert.OpenedAtMs)}, last changed {Instants.ToText(Alert.UpdatedAtMs)}{Berthing()}.");
        if (Alert.Decision is { } decision)
        {
            words.AppendLine(CultureInfo.InvariantCulture, $"Decided {Instants.ToText(decision.AtMs)}: {decision.Outcome}{(decision.Note is null ? string.Empty : $" ({decision.Note})")}.");
        }

        if (Alert.ClosedBecause is { } why)
        {
            words.AppendLine(CultureInfo.InvariantCulture, $"Closed because {why}.");
        }

        for (var i = 0; i < Alert.Reasons.Count; i++)
        {
            words.AppendLine(CultureInfo.InvariantCulture, $"{i + 1}. {Alert.Reasons[i]} ({Alert.FindingIds[i]})");
        }

        words.AppendLine("The sum, in log-odds:");
        words.Append(Alert.Assessment.ToWords());
        words.AppendLine(IsSumRight() ? "Made again from its items, the sum agrees." : "Made again from its items, the sum does NOT agree.");
        return words.ToString();
    }

    /// <summary>The explanation as one JSON object: the properties of the line, then <c>sum_agrees</c> and <c>words</c>.</summary>
    public void WriteJson(IBufferWriter<byte> target)
    {
        using var json = new Utf8JsonWriter(target, new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        using var document = JsonDocument.Parse(line);
        json.WriteStartObject();
        foreach (var property in document.RootElement.GetProperty("properties").EnumerateObject())
        {
            property.WriteTo(json);
        }

        json.WriteBoolean("sum_agrees", IsSumRight());
        json.WriteString("words", ToWords());
        json.WriteEndObject();
    }

    private string Berthing() => Alert.BerthingAtMs is not { } at ? string.Empty
        : $"; {(Alert.IsArrived ? "arrived, berth" : "expected")} {Instants.ToText(at)}{ByWords()}, {LeadWords(at)}";

    private string ByWords() => (Alert.BerthingBy, Alert.BerthingLowAtMs, Alert.BerthingHighAtMs) switch
    {
        (BerthingBy.Estimated, { } low, { } high) => $" (estimated, four of five such ships between {Instants.ToText(low)} and {Instants.ToText(high)})",
        ({ } by, _, _) => $" ({AlertNames.Of(by)})",
        _ => string.Empty,
    };

    private string LeadWords(long berthingAtMs) => berthingAtMs >= Alert.OpenedAtMs
        ? $"{Instants.ToWords(berthingAtMs - Alert.OpenedAtMs)} after the alert opened"
        : "before the alert opened";
}
