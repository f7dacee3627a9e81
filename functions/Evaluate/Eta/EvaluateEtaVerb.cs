using System.CommandLine;
using MaritimeWatch.Functions.Evaluate.Trajectory;
using MaritimeWatch.Trajectories;

namespace MaritimeWatch.Functions.Evaluate.Eta;

/// <summary><c>evaluate eta</c>: when ships came, beside distance over speed.</summary>
internal static class EvaluateEtaVerb
{
    private const int AheadMax = 64;

    /// <summary>The part of <c>evaluate</c>.</summary>
    public static Command Create()
    {
        var csv = new Option<FileInfo>("--csv") { Required = true, Description = "tracks as CSV with a heading: track or segment id, mmsi, time, lat, lon, sog, cog" };
        var place = new Option<string[]>("--place") { Description = "a circle as LAT,LON,RADIUS_NM; may be given again" };
        var places = new Option<FileInfo?>("--places") { Description = "GeoJSON points, each with its radius_nm or the --radius" };
        var radius = new Option<double>("--radius") { Description = "radius of the circle around a track's own end or a point without one, NM", DefaultValueFactory = _ => 3 };
        var anyEnd = new Option<bool>("--any-end") { Description = "without places: the end of every track, not only of those that end slower than 1 knot" };
        var ahead = new Option<string>("--ahead") { Description = "how long before a ship came it is asked, up to 3h, with commas between", DefaultValueFactory = _ => "30m,60m,120m,180m" };
        var history = new Option<string>("--history") { Description = "how much of a track must be known", DefaultValueFactory = _ => "1h" };
        var step = new Option<string>("--step") { Description = "how far reports are apart: it is asked at the report nearest to the time, within half of it", DefaultValueFactory = _ => "10m" };
        var weights = new Option<string?>("--model") { Description = "other weights (.onnx, with their .json beside them)" };
        var strict = new Option<bool>("--strict") { Description = "end with 1 where a row was refused" };
        var verb = new Command(
            "eta",
            "When will it be there? Asked some time before each track first came into a circle: around the places given, else around its own last position where it ends slower than 1 knot. Errors in minutes of the motion model's median and of the great circle to the circle's edge over the present speed, on the questions to which both give a time; in80 is the share within the model's 10 to 90 %. still: slower than 1 knot, not asked; not_seen_to_come: the model gave it less than 5 %. Bounds come from 2,000 draws of vessels, seed 1.")
        {
            csv, place, places, radius, anyEnd, ahead, history, step, weights, strict,
        };
        verb.SetAction((parsed, cancel) => VerbGuard.RunAsync(async () =>
        {
            var texts = parsed.GetRequiredValue(ahead).Split(',', StringSplitOptions.TrimEntries);
            TimeSpan[] before = [.. texts.Select(static text => Spans.Of(text) ?? TimeSpan.Zero)];
            if (before.Length > AheadMax || before.Any(static span => span == TimeSpan.Zero || span > MotionSteps.HorizonMax))
            {
                return await MotionWeights.WrongAsync($"--ahead takes 1 to {AheadMax} lengths of time up to 3h, for example 30m,1h");
            }

            if (Spans.Of(parsed.GetRequiredValue(history)) is not { } known || Spans.Of(parsed.GetRequiredValue(step)) is not { } apart)
            {
                return await MotionWeights.WrongAsync("--history and --step take a length of time, for example 30m or 3h");
            }

            var nm = parsed.GetValue(radius);
            EtaPlace?[] given = [.. (parsed.GetValue(place) ?? []).Select(EtaPlace.Of)];
            if (given.Contains(null) || !EtaPlace.IsRadius(nm))
            {
                return await MotionWeights.WrongAsync($"a circle is LAT,LON,RADIUS_NM, its radius over 0 up to {EtaPlace.RadiusNmMax} NM, for example 48.3,-4.8,3");
            }

            var read = parsed.GetValue(places) is { } file ? EtaPlace.Read(await File.ReadAllBytesAsync(file.FullName, cancel), nm) : [];
            var circles = new EtaCircles([.. given.OfType<EtaPlace>(), .. read], nm, parsed.GetValue(anyEnd));
            return await RunAsync(
                new EtaAsked(parsed.GetRequiredValue(csv).FullName, parsed.GetValue(weights), parsed.GetValue(strict), [.. texts.Zip(before)]),
                circles, new EtaQuestions(known, apart), cancel);
        }));
        return verb;
    }

    private static async Task<int> RunAsync(EtaAsked asked, EtaCircles circles, EtaQuestions ask, CancellationToken cancel)
    {
        var read = await MotionWeights.TracksAsync(asked.Csv, cancel);
        if (read.Fault is { } fault)
        {
            return await MotionWeights.WrongAsync(fault);
        }

        var (model, refused) = MotionWeights.Open(asked.Weights);
        using var opened = model;
        if (refused is not null)
        {
            await Console.Error.WriteLineAsync($"maritimewatch: {refused}");
            if (asked.Weights is not null)
            {
                return ExitCodes.NothingUsable;
            }

            await Console.Error.WriteLineAsync("maritimewatch: only distance over speed is measured");
        }

        TimeSpan[] before = [.. asked.Ahead.Select(static one => one.Before)];
        List<EtaQuestion> questions = [.. read.Tracks.SelectMany(track => circles.Of(track).SelectMany(circle => ask.Of(track, circle, before)))];
        var answers = new EtaMeasure(model).Of(questions);
        Console.WriteLine(EtaReport.Write(
            asked.Ahead.Select((one, which) => (one.Text, (IReadOnlyList<EtaAnswer?>)[.. answers.Where((_, at) => questions[at].Ahead == which)])),
            questions.Select(static question => (question.Track, question.Place)).Distinct().Count(),
            read.Rows,
            model is null ? null : $"{model.Name} {model.Version}"));
        return questions.Count == 0
            ? ExitCodes.NothingUsable
            : asked.IsStrict && read.Rows.Refused > 0 ? ExitCodes.SomeRefused : ExitCodes.Done;
    }

    private sealed record EtaAsked(string Csv, string? Weights, bool IsStrict, IReadOnlyList<(string Text, TimeSpan Before)> Ahead);
}
