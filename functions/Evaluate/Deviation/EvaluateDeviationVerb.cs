using System.CommandLine;
using MaritimeWatch.Functions.Evaluate.Trajectory;
using MaritimeWatch.Trajectories;

namespace MaritimeWatch.Functions.Evaluate.Deviation;

/// <summary><c>evaluate deviation</c>: unlikely ways that are put into tracks, and how many are found.</summary>
internal static class EvaluateDeviationVerb
{
    /// <summary>The part of <c>evaluate</c>.</summary>
    public static Command Create()
    {
        var csv = new Option<FileInfo>("--csv") { Required = true, Description = "tracks as CSV with a heading: track or segment id, mmsi, time, lat, lon, sog, cog" };
        var seed = new Option<int>("--seed") { Description = "seed of what is put where", DefaultValueFactory = _ => 1 };
        var weights = new Option<string?>("--model") { Description = "other weights (.onnx, with their .json beside them)" };
        var strict = new Option<bool>("--strict") { Description = "end with 1 where a row was refused" };
        var verb = new Command(
            "deviation",
            "Puts detours, stops and changes of speed into 30 % of the tracks and says how many the score of unlikely ways finds. A track's score is its maximum; a track of n judged moments is held to the untouched tracks cut to their first n moments (shorter ones as they are). The usual 99 % is that quantile of how far untouched tracks of the file are from the model's best guess of 30 minutes before; delays run from the moment an injection moved the ship farther. FILE is never learned from.")
        {
            csv, seed, weights, strict,
        };
        verb.SetAction((parsed, cancel) => VerbGuard.RunAsync(async () =>
        {
            var read = await MotionWeights.TracksAsync(parsed.GetRequiredValue(csv).FullName, cancel);
            if (read.Fault is { } fault)
            {
                return await MotionWeights.WrongAsync(fault);
            }

            var (model, refused) = MotionWeights.Open(parsed.GetValue(weights));
            using var opened = model;
            if (model is null)
            {
                await Console.Error.WriteLineAsync($"maritimewatch: {refused}; without it nothing can be judged");
                return ExitCodes.NothingUsable;
            }

            var result = new DeviationMeasure(new WayScore(model)).Of(read.Tracks, parsed.GetValue(seed), cancel);
            if (result.Untouched == 0)
            {
                await Console.Error.WriteLineAsync("maritimewatch: no untouched track is long enough to be judged (an hour and more)");
                return ExitCodes.NothingUsable;
            }

            Console.WriteLine(DeviationReport.Write(result, read.Rows, $"{model.Name} {model.Version}", parsed.GetValue(seed)));
            return parsed.GetValue(strict) && read.Rows.Refused > 0 ? ExitCodes.SomeRefused : ExitCodes.Done;
        }));
        return verb;
    }
}
