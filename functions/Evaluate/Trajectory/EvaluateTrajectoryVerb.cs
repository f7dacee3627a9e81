using System.CommandLine;
using MaritimeWatch.Trajectories;

namespace MaritimeWatch.Functions.Evaluate.Trajectory;

/// <summary><c>evaluate trajectory</c>: where ships went next, beside dead reckoning.</summary>
internal static class EvaluateTrajectoryVerb
{
    private const int HorizonsMax = 64;

    /// <summary>The part of <c>evaluate</c>.</summary>
    public static Command Create()
    {
        var csv = new Option<FileInfo>("--csv") { Required = true, Description = "tracks as CSV with a heading: track or segment id, mmsi, time, lat, lon, sog, cog" };
        var history = new Option<string>("--history") { Description = "how much of a track is known, from its start", DefaultValueFactory = _ => "3h" };
        var step = new Option<string>("--step")
        {
            Description = "how far reports are apart: origin and truth are the reports nearest to their times within half of it",
            DefaultValueFactory = _ => "10m",
        };
        var horizons = new Option<string>("--horizons") { Description = "how far ahead, up to 3h, with commas between", DefaultValueFactory = _ => "1h,2h,3h" };
        var weights = new Option<string?>("--model") { Description = "other weights (.onnx, with their .json beside them)" };
        var strict = new Option<bool>("--strict") { Description = "end with 1 where a row was refused" };
        var verb = new Command(
            "trajectory",
            "Forecasts of a motion model held to what ships did, one origin for each track right after its history. CV is dead reckoning with the way of the last 30 minutes; cv_area90_nmi2 is the circle around it that holds as many as the model's 90 % region did. The bounds of in90 come from 2,000 draws of vessels, seed 1.")
        {
            csv, history, step, horizons, weights, strict,
        };
        verb.SetAction((parsed, cancel) => VerbGuard.RunAsync(async () =>
        {
            var texts = parsed.GetRequiredValue(horizons).Split(',', StringSplitOptions.TrimEntries);
            TimeSpan[] ahead = [.. texts.Select(static text => Spans.Of(text) ?? TimeSpan.Zero)];
            if (ahead.Length > HorizonsMax || ahead.Any(static span => span == TimeSpan.Zero || span > MotionSteps.HorizonMax))
            {
                return await MotionWeights.WrongAsync($"--horizons takes 1 to {HorizonsMax} lengths of time up to 3h, for example 30m,1h");
            }

            if (Spans.Of(parsed.GetRequiredValue(history)) is not { } known || Spans.Of(parsed.GetRequiredValue(step)) is not { } apart)
            {
                return await MotionWeights.WrongAsync("--history and --step take a length of time, for example 30m or 3h");
            }

            var read = await MotionWeights.TracksAsync(parsed.GetRequiredValue(csv).FullName, cancel);
            if (read.Fault is { } fault)
            {
                return await MotionWeights.WrongAsync(fault);
            }

            var (model, refused) = MotionWeights.Open(parsed.GetValue(weights));
            using var opened = model;
            if (refused is not null)
            {
                await Console.Error.WriteLineAsync($"maritimewatch: {refused}");
                if (parsed.GetValue(weights) is not null)
                {
                    return ExitCodes.NothingUsable;
                }

                await Console.Error.WriteLineAsync("maritimewatch: only dead reckoning is measured");
            }

            var errors = new TrajectoryMeasure(model, known, apart).Of(read.Tracks, ahead);
            Console.WriteLine(TrajectoryReport.Write(texts.Zip(errors), read.Rows, model is null ? null : $"{model.Name} {model.Version}"));
            return read.Rows.Used == 0
                ? ExitCodes.NothingUsable
                : parsed.GetValue(strict) && read.Rows.Refused > 0 ? ExitCodes.SomeRefused : ExitCodes.Done;
        }));
        return verb;
    }
}
