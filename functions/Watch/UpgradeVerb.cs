using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using MaritimeWatch.Log;

namespace MaritimeWatch.Functions.Watch;

/// <summary><c>upgrade --store STORE [--check] [--json]</c>: brings what an older build stored up to this one's formats.</summary>
internal static class UpgradeVerb
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>The verb.</summary>
    public static Command Create()
    {
        var store = new Option<string>("--store") { Description = "folder of the store, or azure", Required = true };
        var check = new Option<bool>("--check") { Description = "only say what is of an older format; exit 1 where something is" };
        var asJson = new Option<bool>("--json") { Description = "print JSON" };
        var command = new Command("upgrade", "Brings what an older build stored up to this one's formats.") { store, check, asJson };
        command.SetAction((parsed, cancel) => VerbGuard.RunAsync(
            () => RunAsync(parsed.GetRequiredValue(store), parsed.GetValue(check), parsed.GetValue(asJson), cancel)));
        return command;
    }

    private static async Task<int> RunAsync(string name, bool isCheck, bool asJson, CancellationToken cancel)
    {
        var store = await WatchStore.OpenAsync(name, cancel);
        var upgrade = new StoreUpgrade(store, TimeProvider.System, static what => Console.Error.WriteLine($"maritimewatch: {what}"));
        var groups = await upgrade.RunAsync(isCheck, Path.GetTempPath(), cancel);
        await Console.Out.WriteLineAsync(asJson ? JsonSerializer.Serialize(groups, Json) : Text(groups, isCheck));
        return isCheck && groups.Any(group => group.IsDue) ? ExitCodes.SomeRefused : ExitCodes.Done;
    }

    private static string Text(IReadOnlyList<GroupUpgrade> groups, bool isCheck)
    {
        var due = groups.Where(group => group.IsDue).ToList();
        return string.Join('\n', due.Select(group => Line(group, isCheck)).Append(
            due.Count == 0
                ? $"{groups.Count} groups are of this build's formats (checkpoints {Checkpoint.FormatNow}): nothing to do"
                : $"{due.Count} of {groups.Count} groups {(isCheck ? "are of an older format" : "were brought up to date")}"));
    }

    private static string Line(GroupUpgrade group, bool isCheck)
    {
        var state = group.OlderStateFormat is { } format
            ? string.Create(CultureInfo.InvariantCulture, $"state of format {format} {(isCheck ? "is to be made anew" : "made anew from the inbox")}")
            : "state is read as it is";
        return $"{group.Group}: checkpoint of format {group.CheckpointFormat}, {state}";
    }
}
