using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using MaritimeWatch.Functions.Watch;
using MaritimeWatch.Log;

namespace MaritimeWatch.Functions.Operations;

/// <summary><c>backfill FILE|DIR... --store S --shadow NAME</c>, and <c>compare</c>, <c>list</c>, <c>remove</c>, <c>view</c>.</summary>
internal static class BackfillVerb
{
    private const int WaitingMaxDefault = 50;

    private static readonly JsonSerializerOptions Json =
        new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, WriteIndented = true };

    private static readonly Option<string> Store = new("--store") { Required = true, Description = "the live store: a folder or azure", Recursive = true };

    private static readonly Option<string> Shadow = new("--shadow") { Description = "the shadow's name: a-z 0-9 -", Recursive = true };

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var inputs = new Argument<string[]>("inputs") { Arity = ArgumentArity.ZeroOrMore, Description = "recordings, folders of them, or a scenario's folder" };
        var fromInbox = new Option<bool>("--from-inbox") { Description = "fold again what the store itself has in its inboxes" };
        var profile = new Option<string?>("--profile") { Description = "profiles, separated by commas; default those of the store" };
        var start = new Option<DateTimeOffset?>("--start") { Description = "UTC time that untimed lines take" };
        var cores = new Option<int>("--cores") { Description = "groups folded at once; default 1", DefaultValueFactory = _ => 1 };
        var waiting = new Option<int>("--waiting-max") { Description = $"landed blobs of live traffic that may wait before it pauses; default {WaitingMaxDefault}", DefaultValueFactory = _ => WaitingMaxDefault };
        var command = new Command("backfill", "Watch recordings, or the store's own inboxes again, beside live traffic; nobody is alerted.")
        {
            inputs, Store, Shadow, fromInbox, profile, start, cores, waiting,
        };
        command.SetAction((parsed, cancel) => VerbGuard.RunAsync(async () =>
        {
            var given = parsed.GetValue(inputs) ?? [];
            if (given.Length == 0 != parsed.GetValue(fromInbox))
            {
                throw new StoreException(StoreTrouble.FixInput, "name recordings, or --from-inbox, not both");
            }

            var live = await OpenAsync(parsed, cancel);
            using var progress = new Progress();
            using var self = Process.GetCurrentProcess();
            self.PriorityClass = ProcessPriorityClass.BelowNormal;
            var pace = new BackfillPace(DepthOf(live), parsed.GetValue(waiting), TimeProvider.System);
            var run = new BackfillRun(live.Blobs, live.Vault, NameOf(parsed), TimeProvider.System, progress.Say)
            {
                Cores = Math.Max(1, parsed.GetValue(cores)), Pace = pace.WaitAsync,
            };
            var profiles = parsed.GetValue(profile)?.Split(',');
            if (parsed.GetValue(fromInbox))
            {
                var entries = await run.RunFromInboxAsync(profiles, Path.GetTempPath(), cancel);
                progress.Dispose();
                await Console.Out.WriteLineAsync(JsonSerializer.Serialize(new { shadow = NameOf(parsed), entries, pauses = pace.Pauses }, Json));
                return ExitCodes.Done;
            }

            var summary = await run.RunAsync(
                RecordingInputs.Find(given), profiles, parsed.GetValue(start)?.ToUnixTimeMilliseconds(), Path.GetTempPath(), cancel);
            progress.Dispose();
            await Console.Out.WriteLineAsync(JsonSerializer.Serialize(summary, Json));
            return summary.Used == 0 ? ExitCodes.NothingUsable : ExitCodes.Done;
        }));
        command.Subcommands.Add(Compare());
        command.Subcommands.Add(List());
        command.Subcommands.Add(Remove());
        command.Subcommands.Add(View());
        return command;
    }

    private static Command Compare()
    {
        var command = new Command("compare", "What the shadow found otherwise than the live store: same, amended, new, gone, by kind; JSON.");
        command.SetAction((parsed, cancel) => VerbGuard.RunAsync(async () =>
        {
            var live = await OpenAsync(parsed, cancel);
            var differences = await new BackfillComparison(live.Blobs, NameOf(parsed)).RunAsync(cancel);
            await Console.Out.WriteLineAsync(JsonSerializer.Serialize(differences, BackfillJson.Default.BackfillDifferences));
            return ExitCodes.Done;
        }));
        return command;
    }

    private static Command List()
    {
        var command = new Command("list", "The shadows of the store.");
        command.SetAction((parsed, cancel) => VerbGuard.RunAsync(async () =>
        {
            var live = await OpenAsync(parsed, cancel);
            await foreach (var name in Shadows.NamesAsync(live.Blobs, cancel))
            {
                var state = await BackfillState.ReadAsync(live.Blobs, name, cancel);
                await Console.Out.WriteLineAsync(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{name} {(state is null ? "being removed" : state.IsFromInbox ? "from the inboxes" : "of recordings")} begun {state?.BegunAt:u} {(state?.EndedAt is { } end ? $"done {end:u}" : "not done")}"));
            }

            return ExitCodes.Done;
        }));
        return command;
    }

    private static Command Remove()
    {
        var command = new Command("remove", "Remove a shadow and everything in it.");
        command.SetAction((parsed, cancel) => VerbGuard.RunAsync(async () =>
        {
            var live = await OpenAsync(parsed, cancel);
            var deleted = await Shadows.RemoveAsync(live.Blobs, NameOf(parsed), cancel);
            await Console.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{deleted} blobs of {NameOf(parsed)} removed"));
            return deleted > 0 ? ExitCodes.Done : ExitCodes.NothingUsable;
        }));
        return command;
    }

    private static Command View()
    {
        var urls = new Option<string>("--urls") { Description = "where to listen; this machine only", DefaultValueFactory = _ => "http://localhost:7072" };
        var command = new Command("view", "Serve the shadow's feeds on this machine, read-only, until Ctrl+C.") { urls };
        command.SetAction((parsed, cancel) => VerbGuard.RunAsync(async () =>
        {
            var live = await OpenAsync(parsed, cancel);
            await using var view = await ShadowView.StartAsync(
                live.Blobs, NameOf(parsed), new Uri(parsed.GetValue(urls)!), TimeProvider.System, cancel);
            await Console.Error.WriteLineAsync($"SHADOW {NameOf(parsed)} on {view.Url}, until Ctrl+C");
            await Task.Delay(Timeout.Infinite, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return ExitCodes.Done;
        }));
        return command;
    }

    private static async Task<OpenedStore> OpenAsync(ParseResult parsed, CancellationToken cancel)
    {
        var named = parsed.GetValue(Store)!;
        if (!OpenedStore.IsAzure(named) && !Directory.Exists(named))
        {
            throw new StoreException(StoreTrouble.FixInput, $"there is no store at {named}");
        }

        var live = await OpenedStore.OpenAsync(named, TimeProvider.System, cancel);
        await StoreFormat.OpenAsync(live.Blobs, cancel);
        return live;
    }

    private static string NameOf(ParseResult parsed) =>
        parsed.GetValue(Shadow) ?? throw new StoreException(StoreTrouble.FixInput, "name the shadow: --shadow NAME");

    private static Func<CancellationToken, ValueTask<int>> DepthOf(OpenedStore live)
    {
        IWorkSender queue = live.Azure?.Queue(QueueNames.Ais) ?? new BlobQueue(live.Blobs, QueueNames.Ais, TimeProvider.System);
        return queue.CountAsync;
    }
}
