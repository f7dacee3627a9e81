using System.Buffers;
using System.Text;
using System.Text.Json.Nodes;
using MaritimeWatch.Alerts;
using MaritimeWatch.Log;

namespace MaritimeWatch.Tests.Outlet;

/// <summary>
/// Stands in for the alerts stage: a batch is lines to write as they are, an officer's action makes the next revision.
/// Everything around it is real: inbox, worker, checkpoint, segments.
/// </summary>
internal sealed class AlertScript : IFold
{
    private readonly Dictionary<string, JsonNode> alerts = [];

    public void Reset() => alerts.Clear();

    public void RestoreSnapshot(ReadOnlySpan<byte> snapshot)
    {
        foreach (var line in Encoding.UTF8.GetString(snapshot).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            Keep(line);
        }
    }

    public void RestoreDelta(ReadOnlySpan<byte> delta) => RestoreSnapshot(delta);

    public void SaveSnapshot(IBufferWriter<byte> target) =>
        target.Write(Encoding.UTF8.GetBytes(string.Join('\n', alerts.Values.Select(alert => alert.ToJsonString()))));

    public void SaveDelta(IBufferWriter<byte> target) => SaveSnapshot(target);

    public void Publish(IFoldOutput output)
    {
    }

    public ValueTask<FoldStep> FoldAsync(InboxEntry entry, long fromRecord, int budget, IFoldOutput output, CancellationToken cancel)
    {
        if (entry.Kind == EntryKind.Batch)
        {
            foreach (var line in Encoding.UTF8.GetString(entry.Body.Span).Split('\n', StringSplitOptions.RemoveEmptyEntries))
            {
                Keep(line);
                output.WriteLine("alerts", Encoding.UTF8.GetBytes(line));
            }
        }
        else if (entry.Kind == EntryKind.Action && AlertAction.Parse(entry.Body.Span) is var action && alerts.TryGetValue(action.Alert, out var alert))
        {
            var properties = alert["properties"]!;
            properties["revision"] = (int)properties["revision"]! + 1;
            properties["state"] = action.Kind == AlertActionKind.Decide ? "decided" : "acknowledged";
            properties["acknowledged_at"] ??= "2026-11-20T10:00:00Z";
            properties["decision"] = action.Outcome is null
                ? null
                : new JsonObject { ["outcome"] = action.Outcome, ["note"] = action.Note, ["at"] = "2026-11-20T10:00:00Z" };
            output.WriteLine("alerts", Encoding.UTF8.GetBytes(alert.ToJsonString()));
        }

        return ValueTask.FromResult(FoldStep.EntryDone);
    }

    private void Keep(string line)
    {
        var alert = JsonNode.Parse(line)!;
        alerts[(string)alert["id"]!] = alert;
    }
}
