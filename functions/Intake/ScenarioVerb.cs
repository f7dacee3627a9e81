using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using MaritimeWatch.Scenario;

namespace MaritimeWatch.Functions.Intake;

/// <summary><c>scenario --out DIR --seed N</c>: a labelled SIMULATED port.</summary>
public static class ScenarioVerb
{
    private static readonly JsonWriterOptions Indented = new() { Indented = true };

    /// <summary>The verb with its options.</summary>
    public static Command Create()
    {
        var defaults = new ScenarioOptions();
        var folder = new Option<DirectoryInfo>("--out") { Description = "Folder to make.", Required = true };
        var seed = new Option<ulong>("--seed") { Description = "Seed of all chance.", Required = true };
        var days = new Option<double>("--days") { Description = "Length in days, 0.01 to 366.", DefaultValueFactory = _ => defaults.Days };
        var vessels = new Option<int>("--vessels") { Description = "Ships and aircraft, 1 to 90000.", DefaultValueFactory = _ => defaults.Vessels };
        var start = new Option<DateTimeOffset>("--start")
        {
            Description = "First instant, UTC.",
            CustomParser = result => DateTimeOffset.TryParse(
                result.Tokens[0].Value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at)
                ? at
                : Refuse(result, "--start takes a time such as 2025-11-03T00:00:00Z"),
            DefaultValueFactory = _ => defaults.StartAt,
        };
        var thinning = new Option<int>("--thinning")
        {
            Description = "At most one position of a vessel in so many seconds, 1 to 600.",
            DefaultValueFactory = _ => defaults.ReportThinningSeconds,
        };
        var story = new Option<bool>("--no-story") { Description = "AIS and reference data only." };
        var behaviours = new Option<bool>("--no-behaviours") { Description = "Traffic and story without the ships that show every behaviour." };
        var storm = new Option<bool>("--storm") { Description = "A storm of about a day: ships slow down, drift and shelter, and less is heard." };
        var congested = new Option<bool>("--congested") { Description = "A week in which the berths of one port work at half their pace." };
        var json = new Option<bool>("--json") { Description = "Summary as JSON." };
        var verb = new Command("scenario", "Makes a labelled SIMULATED port: AIS, reference data and what is true; from 6.5 days on also notices, manifests, plates and scenes of one story.")
        {
            folder, seed, days, vessels, start, thinning, story, behaviours, storm, congested, json,
        };
        verb.SetAction((parsed, cancellation) => Task.FromResult(Run(
            parsed.GetRequiredValue(folder).FullName,
            new ScenarioOptions
            {
                Seed = parsed.GetValue(seed),
                Days = parsed.GetValue(days),
                Vessels = parsed.GetValue(vessels),
                StartAt = parsed.GetValue(start),
                ReportThinningSeconds = parsed.GetValue(thinning),
                Story = !parsed.GetValue(story),
                Behaviours = !parsed.GetValue(behaviours),
                Storm = parsed.GetValue(storm),
                Congested = parsed.GetValue(congested),
            },
            parsed.GetValue(json),
            cancellation)));
        return verb;
    }

    private static DateTimeOffset Refuse(System.CommandLine.Parsing.ArgumentResult result, string why)
    {
        result.AddError(why);
        return default;
    }

    private static int Run(string folder, ScenarioOptions options, bool json, CancellationToken cancellation)
    {
        try
        {
            options.Check();
        }
        catch (ArgumentOutOfRangeException wrong)
        {
            Console.Error.WriteLine($"maritimewatch: {wrong.Message}");
            return ExitCodes.WrongUsage;
        }

        var watch = Stopwatch.StartNew();
        SimulationResult result;
        try
        {
            result = ScenarioFolder.Write(folder, options, Progress(watch), cancellation);
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"maritimewatch: {folder} cannot be written: {trouble.Message}");
            return ExitCodes.NothingUsable;
        }

        if (json)
        {
            PrintJson(folder, options, result, watch.Elapsed);
        }
        else
        {
            Print(folder, result, watch.Elapsed);
        }

        return ExitCodes.Done;
    }

    private static Action<double>? Progress(Stopwatch watch) => Console.IsErrorRedirected
        ? null
        : part =>
        {
            var left = part > 0 ? watch.Elapsed * ((1 - part) / part) : TimeSpan.Zero;
            Console.Error.Write(string.Create(
                CultureInfo.InvariantCulture, $"\rsimulating {part:P0}, about {left.TotalSeconds:F0} s left {(part >= 1 ? "\n" : "  ")}"));
        };

    private static void Print(string folder, SimulationResult result, TimeSpan took)
    {
        Console.Out.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"SIMULATED: {result.Reports} position reports of {result.Vessels} vessels in {folder} ({took.TotalSeconds:F1} s)"));
        foreach (var (kind, unlawful, lawful) in Counts(result))
        {
            Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {kind,-20} {unlawful,6}, lawful look-alikes {lawful}"));
        }
    }

    private static void PrintJson(string folder, ScenarioOptions options, SimulationResult result, TimeSpan took)
    {
        using var to = new Utf8JsonWriter(Console.OpenStandardOutput(), Indented);
        to.WriteStartObject();
        to.WriteBoolean("simulated", true);
        to.WriteString("folder", folder);
        to.WriteNumber("seed", options.Seed);
        to.WriteNumber("lines", result.Lines);
        to.WriteNumber("messages", result.Messages);
        to.WriteNumber("reports", result.Reports);
        to.WriteNumber("vessels", result.Vessels);
        to.WriteStartObject("truth");
        foreach (var (kind, unlawful, _) in Counts(result))
        {
            to.WriteNumber(kind, unlawful);
        }

        to.WriteEndObject();
        to.WriteStartObject("lawful");
        foreach (var (kind, _, lawful) in Counts(result))
        {
            to.WriteNumber(kind, lawful);
        }

        to.WriteEndObject();
        to.WriteNumber("seconds", Math.Round(took.TotalSeconds, 3));
        to.WriteEndObject();
    }

    private static IEnumerable<(string Kind, int Unlawful, int Lawful)> Counts(SimulationResult result) =>
        from entry in result.Truth
        group entry by entry.Kind into kind
        orderby kind.Key
        select (kind.Key, kind.Count(entry => !entry.Lawful), kind.Count(entry => entry.Lawful));
}
