using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using MaritimeWatch.Stores;

namespace MaritimeWatch.Functions.Watch;

/// <summary><c>replay FILE|DIR... --store DIR</c>: watches recordings in event time and sums up what was found.</summary>
internal static class ReplayVerb
{
    private static readonly JsonSerializerOptions Json =
        new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, WriteIndented = true };

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var inputs = new Argument<string[]>("inputs") { Arity = ArgumentArity.OneOrMore, Description = "recordings, folders of them, or a scenario's folder; .gz .zip .zst as they are" };
        var store = new Option<string>("--store") { Required = true, Description = OpenedStore.Help + "; made if absent" };
        var profile = new Option<string?>("--profile") { Description = "profiles of a new store, separated by commas; default: default" };
        var start = new Option<DateTimeOffset?>("--start") { Description = "UTC time that untimed lines take", CustomParser = ParseStart };
        var findings = new Option<string?>("--findings") { Description = "write the latest revision of each finding as GeoJSON" };
        var alerts = new Option<string?>("--alerts") { Description = "write the latest revision of each alert, one JSON object a line" };
        var cores = new Option<int?>("--cores") { Description = "groups folded at once; default: all cores" };
        var json = new Option<bool>("--json") { Description = "print the summary as JSON" };
        var strict = new Option<bool>("--strict") { Description = "exit 1 when some input was refused" };
        var command = new Command("replay", "Watch recordings in event time.") { inputs, store, profile, start, findings, alerts, cores, json, strict };
        command.SetAction((parsed, cancel) => VerbGuard.RunAsync(async () =>
        {
            var found = RecordingInputs.Find(parsed.GetValue(inputs)!);
            using var progress = new Progress();
            var opened = await WatchStore.OpenOrCreateAsync(
                parsed.GetValue(store)!, parsed.GetValue(profile)?.Split(','), found.Simulated, Durability.Full, TimeProvider.System, cancel);
            var run = new ReplayRun(opened, TimeProvider.System, progress.Say)
            {
                Cores = parsed.GetValue(cores) ?? Environment.ProcessorCount,
            };
            var summary = await run.RunAsync(
                found, parsed.GetValue(start)?.ToUnixTimeMilliseconds(), Path.GetTempPath(), cancel);
            if (parsed.GetValue(findings) is { } path)
            {
                await FindingsFile.WriteAsync(opened.Output, path, cancel);
            }

            if (parsed.GetValue(alerts) is { } alertsPath)
            {
                await AlertsFile.WriteAsync(opened.Output, alertsPath, cancel);
            }

            progress.Dispose();
            await Console.Out.WriteLineAsync(parsed.GetValue(json) ? JsonSerializer.Serialize(summary, Json) : SummaryText.Of(summary, opened.Format.Simulated));
            return summary.Used == 0 ? ExitCodes.NothingUsable
                : parsed.GetValue(strict) && summary.Refused.Count > 0 ? ExitCodes.SomeRefused
                : ExitCodes.Done;
        }));
        return command;
    }

    private static DateTimeOffset? ParseStart(System.CommandLine.Parsing.ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at))
        {
            return at.ToUniversalTime();
        }

        result.AddError($"--start {text} is no time: write 2024-05-01T00:00:00Z");
        return null;
    }
}
