using System.CommandLine;
using MaritimeWatch.Functions.Evaluate;
using MaritimeWatch.Functions.Intake;
using MaritimeWatch.Functions.Outlet;
using MaritimeWatch.Functions.Watch;

namespace MaritimeWatch.Functions;

/// <summary>The only place where everything meets: one verb per file, each with its own options.</summary>
public static class Program
{
    /// <summary>Runs a verb; exit 0 done, 1 done but some input refused (--strict), 2 wrong usage, 3 nothing usable.</summary>
    public static async Task<int> Main(string[] args)
    {
        var root = new RootCommand("MaritimeWatch: what is unusual at sea, explained.");
        foreach (var verb in Verbs())
        {
            root.Subcommands.Add(verb);
        }

        var parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors)
            {
                await Console.Error.WriteLineAsync($"maritimewatch: {error.Message}").ConfigureAwait(false);
            }

            return ExitCodes.WrongUsage;
        }

        // A clean end lands, folds and commits what was acknowledged: longer than the usual 2 seconds.
        var configuration = new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(40) };
        return await parsed.InvokeAsync(configuration).ConfigureAwait(false);
    }

    internal static IEnumerable<Command> Verbs()
    {
        yield return Intake.DecodeVerb.Create();
        yield return RunVerb.Create();
        yield return ReplayVerb.Create();
        yield return ExplainVerb.Create();
        yield return ScenarioVerb.Create();
        yield return ServeVerb.Create();
        yield return ReferenceVerb.Create();
        yield return ManifestVerb.Create();
        yield return Intake.TokenVerb.Create();
        yield return Intake.SceneVerb.Create();
        yield return ForecastVerb.Create();
        yield return EvaluateVerb.Create();
        yield return Intake.ConvertLinksVerb.Create();
        yield return Intake.PurgeVerb.Create();
        yield return Operations.BackfillVerb.Create();
        yield return UpgradeVerb.Create();
        yield return Letters.DeadLettersVerb.Create();
        yield return WebhooksVerb.Create();
    }
}
