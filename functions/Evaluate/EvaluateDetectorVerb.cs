using System.CommandLine;
using System.Globalization;
using MaritimeWatch.Models;
using MaritimeWatch.Rasters;
using MaritimeWatch.Recognition;

namespace MaritimeWatch.Functions.Evaluate;

/// <summary>The verb <c>evaluate detector</c>: ships found in labelled pictures, as JSON.</summary>
internal static class EvaluateDetectorVerb
{
    /// <summary>The verb with its options.</summary>
    public static Command Create()
    {
        var voc = new Option<string?>("--voc") { Description = "Radar chips: a folder with JPEGImages and Annotations" };
        var coco = new Option<string?>("--coco") { Description = "Ports: folders of Sentinel-2 bands with ships_coco.json" };
        var model = new Option<string?>("--model")
        {
            Description = "Other weights (.onnx, with their .json beside them); a folder takes PORT.onnx for each port or picture: the one that was trained without it",
        };
        var chips = new Option<string?>("--chips") { Description = "Write what the model is sure of and no label has into this folder, as PNG with a list" };
        var split = new Option<string>("--split")
        {
            Description = "all (default), or only the train or test part of the chips, by file hash",
            DefaultValueFactory = _ => "all",
        };
        split.AcceptOnlyFromAmong("all", "train", "test");
        var screen = new Option<double?>("--screen")
        {
            Description = "Of radar chips: say what the screen before the network loses at so many standard deviations (scenes have 6)",
        };
        var tune = new Option<int>("--tune") { Description = "Search for better numbers for CFAR on the training part: how many to try" };
        var seed = new Option<int>("--seed") { Description = "Seed of that search and of the bootstrap", DefaultValueFactory = _ => 1 };
        var verb = new Command("detector", "Ships found in labelled pictures: precision, recall, F1, average precision")
        {
            voc, coco, model, chips, split, screen, tune, seed,
        };
        verb.SetAction(parsed => VerbGuard.RunAsync(() => Task.FromResult(Run(new DetectorRequest(
            parsed.GetValue(voc), parsed.GetValue(coco), parsed.GetValue(model), parsed.GetValue(chips), parsed.GetValue(split)!,
            parsed.GetValue(tune), parsed.GetValue(seed))
        {
            ScreenSigmas = parsed.GetValue(screen),
        }))));
        return verb;
    }

    private static int Run(DetectorRequest request)
    {
        if ((request.Voc is null) == (request.Coco is null))
        {
            Console.Error.WriteLine("maritimewatch: give either --voc DIR or --coco DIR");
            return ExitCodes.WrongUsage;
        }

        IReadOnlyList<LabelledImage> images;
        try
        {
            images = request.Voc is not null ? VocChips.Read(request.Voc) : CocoPorts.Read(request.Coco!);
        }
        catch (RasterException trouble)
        {
            Console.Error.WriteLine($"maritimewatch: {trouble.Message}");
            return ExitCodes.NothingUsable;
        }

        var settings = request.Voc is not null ? CfarSettings.SarChips : CfarSettings.Optical;
        if (request.Tries > 0)
        {
            new DetectorTuning(Console.Error, request.Seed).Run(images, settings, request.Tries);
            return ExitCodes.Done;
        }

        images = request.Split == "all" ? images : [.. images.Where(image => image.IsTraining == (request.Split == "train"))];
        if (images.Count == 0)
        {
            Console.Error.WriteLine("maritimewatch: there are no pictures in that part");
            return ExitCodes.NothingUsable;
        }

        try
        {
            var path = request.Model ?? ShipNet.PathOf(request.Voc is not null ? "ship-sar" : "ship-optical");
            if (request is { ScreenSigmas: { } sigmas, Voc: not null })
            {
                Console.Out.WriteLine(ScreenMeasure.Of(images, path, sigmas).ToJson(sigmas));
                return ExitCodes.Done;
            }

            using var weights = MeasuredWeights.Open(path, images);
            Console.Out.WriteLine(Measure(images, settings, weights, request));
            return ExitCodes.Done;
        }
        catch (ModelException trouble) when (request.Model is null)
        {
            Console.Error.WriteLine($"maritimewatch: \"model\" is null, the CFAR detector takes its place: {trouble.Message}");
            Console.Out.WriteLine(Measure(images, settings, null, request));
            return ExitCodes.Done;
        }
        catch (ModelException trouble)
        {
            Console.Error.WriteLine($"maritimewatch: {trouble.Message}");
            return ExitCodes.NothingUsable;
        }
    }

    /// <summary>Measures the detectors.</summary>
    /// <param name="images">The pictures.</param>
    /// <param name="settings">Numbers of CFAR.</param>
    /// <param name="weights">The learned detector, or null.</param>
    /// <param name="request">Where chips go, and the seed.</param>
    /// <returns>The JSON of the verb.</returns>
    internal static string Measure(
        IReadOnlyList<LabelledImage> images, CfarSettings settings, MeasuredWeights? weights, DetectorRequest request)
    {
        var threads = Environment.ProcessorCount;
        var baseline = new CfarDetector(settings);
        var cfar = DetectorMeasure.Of(images, _ => baseline, threads);
        var model = weights is null ? null : DetectorMeasure.Of(images, weights.For, threads);
        if (request.Chips is { } folder)
        {
            var (all, unlabelled) = FalseChips.Write(model ?? cfar, folder);
            Console.Error.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"maritimewatch: {all} false detections above the threshold; {unlabelled} of them touch no label: {folder}/false.csv, at most {FalseChips.ChipsMax}"));
        }

        return new DetectorReport(request.Seed).Write(model, weights?.Names, cfar);
    }
}

/// <summary>What was asked on the command line.</summary>
internal sealed record DetectorRequest(string? Voc, string? Coco, string? Model, string? Chips, string Split, int Tries, int Seed)
{
    /// <summary>Measure the screen at so many standard deviations instead of the detectors; null does not.</summary>
    public double? ScreenSigmas { get; init; }
}
