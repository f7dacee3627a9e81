using System.Buffers;
using System.Text.Json;
using MaritimeWatch.Alerts;
using MaritimeWatch.Findings;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Functions.Watch;

/// <summary>Writes the latest revision of each alert as one JSON object a line, ordered by when it opened.</summary>
internal static class AlertsFile
{
    /// <summary>The latest revision of each alert, ordered by when it opened.</summary>
    /// <param name="output">The store's output.</param>
    /// <param name="cancel">Stops the reading.</param>
    public static async Task<IReadOnlyList<Alert>> ReadAsync(StoreOutput output, CancellationToken cancel) =>
    [
        .. (await output.LatestAsync("alerts", cancel)).Values.Select(line => AlertLine.Parse(line.Span))
            .OrderBy(alert => alert.OpenedAtMs).ThenBy(alert => alert.Id, StringComparer.Ordinal),
    ];

    /// <summary>Writes the file; an older one is replaced only when the new one is whole.</summary>
    /// <param name="output">The store's output.</param>
    /// <param name="path">Where.</param>
    /// <param name="cancel">Stops the writing.</param>
    public static async Task WriteAsync(StoreOutput output, string path, CancellationToken cancel)
    {
        var partial = path + ".part";
        await using (var file = File.Create(partial))
        {
            foreach (var alert in await ReadAsync(output, cancel))
            {
                await file.WriteAsync(LineOf(alert), cancel);
            }
        }

        File.Move(partial, path, overwrite: true);
    }

    private static ReadOnlyMemory<byte> LineOf(Alert alert)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("id", alert.Id);
            json.WriteNumber("revision", alert.Revision);
            json.WriteString("port", alert.Port);
            json.WriteString("subject", alert.Subject);
            json.WriteString("opened_at", Instants.ToText(alert.OpenedAtMs));
            json.WriteString("berthing_at", alert.BerthingAtMs is { } at ? Instants.ToText(at) : null);
            json.WriteString("berthing_by", alert.BerthingBy is { } by ? AlertNames.Of(by) : null);
            json.WriteString("severity", FindingNames.Of(alert.Severity));
            json.WriteString("state", AlertNames.Of(alert.State));
            WriteTexts(json, "finding_ids", alert.FindingIds);
            WriteTexts(json, "reasons", alert.Reasons);
            json.WriteBoolean("simulated", alert.IsSimulated);
            json.WriteEndObject();
        }

        buffer.Write("\n"u8);
        return buffer.WrittenMemory;
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
}
