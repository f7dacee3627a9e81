using System.Buffers;
using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using MaritimeWatch.Alerts;
using MaritimeWatch.Findings;
using MaritimeWatch.Log;
using MaritimeWatch.Log.Sealing;

namespace MaritimeWatch.Functions.Watch;

/// <summary><c>explain ID --store DIR [--replay]</c>: why a finding was made, and whether it can be made again.</summary>
internal static class ExplainVerb
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var id = new Argument<string>("id") { Description = "the id of a finding or an alert" };
        var store = new Option<string>("--store") { Required = true, Description = OpenedStore.Help };
        var replay = new Option<bool>("--replay") { Description = "make it again from the inbox and the landed bytes, and compare" };
        var json = new Option<bool>("--json") { Description = "print JSON" };
        var command = new Command("explain", "Why a finding or an alert was made.") { id, store, replay, json };
        command.SetAction((parsed, cancel) => VerbGuard.RunAsync(async () =>
        {
            var opened = await WatchStore.OpenAsync(parsed.GetValue(store)!, cancel);
            return await RunAsync(opened, parsed.GetValue(id)!, parsed.GetValue(replay), parsed.GetValue(json), cancel);
        }));
        return command;
    }

    private static async Task<int> RunAsync(WatchStore store, string id, bool replays, bool asJson, CancellationToken cancel)
    {
        var revisions = new List<ReadOnlyMemory<byte>>();
        await foreach (var line in store.Output.LinesAsync("findings", cancel))
        {
            if (StoreOutput.IdOf(line.Span) == id)
            {
                revisions.Add(line);
            }
        }

        if (revisions.Count == 0 && await AlertAsync(store, id, cancel) is { } alert)
        {
            await Console.Out.WriteLineAsync(asJson ? AsJson(alert) : alert.ToWords().TrimEnd());
            return ExitCodes.Done;
        }

        if (revisions.Count == 0)
        {
            await Console.Error.WriteLineAsync($"maritimewatch: this store has no finding and no alert {id}");
            return ExitCodes.NothingUsable;
        }

        var latest = JsonNode.Parse(revisions[^1].Span)!;
        var result = replays
            ? await new Recomputation(store, TimeProvider.System).RunAsync(
                id, GroupOf(revisions[^1]), revisions, Path.GetTempPath(), cancel)
            : null;
        var erased = await ErasedAsync(store, latest, cancel);
        var judged = (await store.Output.LatestAsync("judgements", cancel)).TryGetValue(id, out var word) ? JsonNode.Parse(word.Span)!["properties"] : null;
        await Console.Out.WriteAsync(asJson ? Json(revisions, latest, result, erased, judged) + "\n" : Text(revisions, result, erased, judged));
        return result is { Agrees: false } ? ExitCodes.NothingUsable : ExitCodes.Done;
    }

    private static async Task<AlertExplanation?> AlertAsync(WatchStore store, string id, CancellationToken cancel) =>
        (await store.Output.LatestAsync("alerts", cancel)).TryGetValue(id, out var line) ? AlertExplanation.FromLine(line.Span) : null;

    private static string AsJson(AlertExplanation alert)
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        alert.WriteJson(buffer);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>What of the evidence can no longer be read, and why.</summary>
    private static async Task<IReadOnlyList<string>> ErasedAsync(WatchStore store, JsonNode latest, CancellationToken cancel)
    {
        var landing = new SealedLanding(store.Blobs, store.Keys);
        List<string> erased = [];
        foreach (var range in latest["properties"]!["evidence"]?["ranges"]?.AsArray() ?? [])
        {
            if (range?["landing"]?.GetValue<string>() is { } name && name.StartsWith("landing/", StringComparison.Ordinal)
                && await landing.ErasureOfAsync(name, cancel) is { } why && !erased.Contains(why))
            {
                erased.Add(why);
            }
        }

        return erased;
    }

    private static GroupName GroupOf(ReadOnlyMemory<byte> line)
    {
        var trigger = Explanation.FromLine(line.Span).Trigger;
        return new GroupName(trigger.Stage, trigger.Group);
    }

    private static string Json(
        List<ReadOnlyMemory<byte>> revisions, JsonNode latest, RecomputationResult? result, IReadOnlyList<string> erased, JsonNode? judged)
    {
        var whole = new JsonObject
        {
            ["finding"] = latest.DeepClone(),
            ["revisions"] = new JsonArray([.. revisions.Select(line => JsonNode.Parse(line.Span)!["properties"]!.DeepClone())]),
        };
        if (judged is not null)
        {
            whole["judgement"] = judged.DeepClone();
        }

        if (erased.Count > 0)
        {
            whole["evidence_erased"] = new JsonArray([.. erased.Select(why => (JsonNode)why)]);
        }

        if (result is not null)
        {
            whole["replay"] = new JsonObject { ["agrees"] = result.Agrees, ["detail"] = result.Detail };
        }

        return whole.ToJsonString(Indented);
    }

    private static string Text(
        List<ReadOnlyMemory<byte>> revisions, RecomputationResult? result, IReadOnlyList<string> erased, JsonNode? judged)
    {
        var text = new StringBuilder(Explanation.FromLine(revisions[^1].Span).ToWords());
        foreach (var word in judged?["history"]?.AsArray() ?? [])
        {
            var said = (string?)word!["verdict"] == "false" ? "Marked false" : "The mark was withdrawn";
            text.AppendLine(
                CultureInfo.InvariantCulture, $"{said} by an {word["by_role"]} on {word["at"]}{(word["reason"] is { } why ? $": {why}" : string.Empty)}");
        }

        text.AppendLine();
        foreach (var line in revisions)
        {
            var revision = JsonNode.Parse(line.Span)!["properties"]!;
            var because = revision["retracted_because"] ?? revision["amended_because"];
            text.AppendLine(
                CultureInfo.InvariantCulture,
                $"Revision {revision["revision"],-2} {revision["state"]}, {(revision["settled"]!.GetValue<bool>() ? "settled" : "provisional")}, {revision["severity"]}, {revision["start_at"]} to {revision["end_at"]?.ToString() ?? "now"}{(because is null ? "" : $": {because}")}");
        }

        foreach (var why in erased)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"Evidence {why}.");
        }

        if (result is not null)
        {
            text.AppendLine();
            text.AppendLine((result.Agrees ? "Made again: yes. " : "Made again: NO. ") + result.Detail);
        }

        return text.ToString();
    }
}
