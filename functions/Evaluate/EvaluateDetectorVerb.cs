using System.CommandLine;
using System.Diagnostics;
using System.Text.Json;
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
        var split = new Option<string>("--split")
        {
            Description = "all (default), or only the train or test part of the chips, by file hash",
            DefaultValueFactory = _ => "all",
        };
        split.AcceptOnlyFromAmong("all", "train", "test");
        var tune = new Option<int>("--tune") { Description = "Search for better numbers on the training part: how many to try" };
        var seed = new Option<int>("--seed") { Description = "Seed of that search", DefaultValueFactory = _ => 1 };
        var verb = new Command("detector", "Ships found in labelled pictures: precision, recall, F1, average precision")
        {
            voc, coco, split, tune, seed,
        };
        verb.SetAction(parsed => VerbGuard.RunAsync(() => Task.FromResult(Run(
            parsed.GetValue(voc), parsed.GetValue(coco), parsed.GetValue(split)!, parsed.GetValue(tune), parsed.GetValue(seed)))));
        return verb;
    }

    private static int Run(string? voc, string? coco, string split, int tries, int seed)
    {
        if ((voc is null) == (coco is null))
        {
            Console.Error.WriteLine("maritimewatch: give either --voc DIR or --coco DIR");
            return ExitCodes.WrongUsage;
        }

        IReadOnlyList<LabelledImage> images;
        try
        {
            images = voc is not null ? VocChips.Read(voc) : CocoPorts.Read(coco!);
        }
        catch (RasterException trouble)
        {
            Console.Error.WriteLine($"maritimewatch: {trouble.Message}");
            return ExitCodes.NothingUsable;
        }

        var settings = voc is not null ? CfarSettings.SarChips : CfarSettings.Optical;
        if (tries > 0)
        {
            new DetectorTuning(Console.Error, seed).Run(images, settings, tries);
            return ExitCodes.Done;
        }

        images = split == "all" ? images : [.. images.Where(image => image.IsTraining == (split == "train"))];
        if (images.Count == 0)
        {
            Console.Error.WriteLine("maritimewatch: there are no pictures in that part");
            return ExitCodes.NothingUsable;
        }

        Console.Error.WriteLine("maritimewatch: \"model\" is null: no learned detector is in this build, the CFAR detector takes its place");
        Console.Out.WriteLine(Measure(images, settings));
        return ExitCodes.Done;
    }

    /// <summary>Measures the CFAR detector.</summary>
    /// <param name="images">The pictures.</param>
    /// <param name="settings">Its numbers.</param>
    /// <returns>The JSON of the verb.</returns>
    internal static string Measure(IReadOnlyList<LabelledImage> images, CfarSettings settings)
    {
        var detector = new CfarDetector(settings);
        var half = new DetectionScores();
        var third = new DetectionScores();
        var watch = Stopwatch.StartNew();
        var found = images.Select(image => detector.Detect(image.Image, null, Environment.ProcessorCount, CancellationToken.None)).ToArray();
        watch.Stop();
        for (var i = 0; i < images.Count; i++)
        {
            half.Add(images[i], found[i], 0.5);
            third.Add(images[i], found[i], 0.3, isByOverlap: true);
        }

        var (precision, recall, f1) = half.At(settings.ConfidenceMilliMin);
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteNull("model");
            json.WriteStartObject("cfar");
            json.WriteNumber("images", images.Count);
            json.WriteNumber("ships", half.Ships);
            Rounded(json, "ap50", half.AveragePrecision());
            Rounded(json, "precision", precision);
            Rounded(json, "recall", recall);
            Rounded(json, "f1", f1);
            Rounded(json, "f1_iou30", third.At(settings.ConfidenceMilliMin).F1);
            Rounded(json, "threshold", settings.ConfidenceMilliMin / 1000.0);
            Rounded(json, "ms_per_image", watch.Elapsed.TotalMilliseconds / images.Count);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return System.Text.Encoding.UTF8.GetString(buffer.ToArray());
    }

    private static void Rounded(Utf8JsonWriter json, string name, double value) => json.WriteNumber(name, Math.Round(value, 4));
}
