using System.CommandLine;
using System.Security.Cryptography;
using System.Text;
using MaritimeWatch.Functions.Outlet;
using MaritimeWatch.Scenario;
using MaritimeWatch.Stores;

namespace MaritimeWatch.Functions.Watch;

/// <summary>
/// <c>run</c>: simulates a port's week (or takes recordings), watches it, prints what was found, then serves it.
/// </summary>
internal static class RunVerb
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var inputs = new Argument<string[]>("inputs") { Arity = ArgumentArity.ZeroOrMore, Description = "recordings to watch instead of a simulated week" };
        var once = new Option<bool>("--once") { Description = "stop after the summary" };
        var store = new Option<string?>("--store") { Description = OpenedStore.Help + "; default: a folder under .mw/" };
        var seed = new Option<ulong>("--seed") { Description = "seed of the simulated week", DefaultValueFactory = _ => 7 };
        var urls = new Option<string?>("--urls") { Description = "where to serve; default: the variable URLS, or http://localhost:7071" };
        var command = new Command("run", "Simulate a port's week, watch it, and serve what was found.") { inputs, once, store, seed, urls };
        command.SetAction((parsed, cancel) => VerbGuard.RunAsync(async () =>
        {
            var paths = parsed.GetValue(inputs) ?? [];
            var isSimulated = paths.Length == 0;
            var folder = parsed.GetValue(store) ?? Path.Combine(".mw", isSimulated ? $"week-{parsed.GetValue(seed)}" : StoreOf(paths));
            using (var progress = new Progress())
            {
                if (isSimulated)
                {
                    paths = [Simulate(parsed.GetValue(seed), progress, cancel)];
                }

                var found = RecordingInputs.Find(paths);
                var opened = await WatchStore.OpenOrCreateAsync(folder, null, found.Simulated, Durability.Full, TimeProvider.System, cancel);
                var summary = await new ReplayRun(opened, TimeProvider.System, progress.Say).RunAsync(found, null, Path.GetTempPath(), cancel);
                progress.Dispose();
                await Console.Out.WriteLineAsync(SummaryText.Of(summary, opened.Format.Simulated));
                if (summary.Used == 0)
                {
                    return ExitCodes.NothingUsable;
                }
            }

            if (parsed.GetValue(once))
            {
                return ExitCodes.Done;
            }

            var signIn = isSimulated ? "/sign-in.html lets you in" : $"maritimewatch token --store {folder} lets you in";
            await Console.Out.WriteLineAsync($"\nPages: / (the map), /officer.html (alerts of a port), /planner.html (forecasts); {signIn}.\n");
            return await ServeVerb.RunAsync(folder, parsed.GetValue(urls), cancel);
        }));
        return command;
    }

    // Other recordings, other store: in a store that has watched later days they would come late as a whole.
    private static string StoreOf(IEnumerable<string> paths)
    {
        var names = string.Join('\n', paths.Select(Path.GetFullPath).Order(StringComparer.Ordinal));
        return "recordings-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(names)))[..12];
    }

    private static string Simulate(ulong seed, Progress progress, CancellationToken cancel)
    {
        var folder = Path.Combine(".mw", $"scenario-{seed}");
        if (!File.Exists(Path.Combine(folder, RecordingInputs.ScenarioMark)))
        {
            progress.Say("simulating a port's week");
            ScenarioFolder.Write(folder, new ScenarioOptions { Seed = seed }, done => progress.Say($"simulating a port's week: {done:P0}"), cancel);
        }

        return folder;
    }
}
