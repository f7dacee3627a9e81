using System.Text;
using System.Text.Json;

#pragma warning disable CA5394 // Resampling that must be repeatable from its seed; nothing here is a secret.

namespace MaritimeWatch.Functions.Evaluate;

/// <summary>The JSON of <c>evaluate detector</c>, with bootstrap intervals over pictures (a port is one picture).</summary>
/// <param name="seed">Seed of the bootstrap.</param>
internal sealed class DetectorReport(int seed)
{
    private const int Draws = 2000;

    /// <summary>Writes it.</summary>
    /// <param name="model">The learned detector, or null where there is none.</param>
    /// <param name="about">Name, version and hash of its weights, or null.</param>
    /// <param name="cfar">The CFAR detector.</param>
    public string Write(DetectorMeasure? model, ModelNames? about, DetectorMeasure cfar)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            if (model is null)
            {
                json.WriteNull("model");
            }
            else
            {
                Detector(json, "model", model, about);
            }

            Detector(json, "cfar", cfar, null);
            if (model is not null)
            {
                Difference(json, model, cfar);
            }

            json.WriteNumber("bootstrap_seed", seed);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    private void Detector(Utf8JsonWriter json, string name, DetectorMeasure measure, ModelNames? about)
    {
        var total = measure.Total;
        var (low, high) = Interval(measure.Results.Count, sample => F1(measure, sample));
        json.WriteStartObject(name);
        json.WriteNumber("images", measure.Results.Count);
        json.WriteNumber("ships", measure.Ships);
        Rounded(json, "ap50", measure.AveragePrecision);
        Rounded(json, "precision", total.Precision);
        Rounded(json, "recall", total.Recall);
        Rounded(json, "f1", total.F1);
        Rounded(json, "f1_iou30", measure.TotalThird.F1);
        Rounded(json, "threshold", measure.ThresholdMilli / 1000);
        Rounded(json, "ms_per_image", measure.MillisecondsPerImage);
        Rounded(json, "f1_low95", low);
        Rounded(json, "f1_high95", high);
        if (about is { } names)
        {
            json.WriteString("name", names.Name);
            json.WriteNumber("version", names.Version);
            json.WriteString("sha256", names.Hash);
        }

        json.WriteEndObject();
    }

    private void Difference(Utf8JsonWriter json, DetectorMeasure model, DetectorMeasure cfar)
    {
        var (low, high) = Interval(model.Results.Count, sample => F1(model, sample) - F1(cfar, sample));
        json.WriteStartObject("model_less_cfar");
        Rounded(json, "f1", model.Total.F1 - cfar.Total.F1);
        Rounded(json, "f1_low95", low);
        Rounded(json, "f1_high95", high);
        json.WriteEndObject();
        json.WriteStartArray("by_image");
        const int Most = 50;
        if (model.Results.Count <= Most)
        {
            for (var i = 0; i < model.Results.Count; i++)
            {
                json.WriteStartObject();
                json.WriteString("image", model.Results[i].Image.Name);
                json.WriteNumber("ships", model.Results[i].Counts.Ships);
                Rounded(json, "precision", model.Results[i].Counts.Precision);
                Rounded(json, "recall", model.Results[i].Counts.Recall);
                Rounded(json, "f1", model.Results[i].Counts.F1);
                Rounded(json, "cfar_f1", cfar.Results[i].Counts.F1);
                json.WriteEndObject();
            }
        }

        json.WriteEndArray();
    }

    // Both detectors see the same draws, so that their difference is of pairs.
    private (double Low, double High) Interval(int count, Func<int[], double> measure)
    {
        var random = new Random(seed);
        var sample = new int[count];
        var values = new double[Draws];
        for (var draw = 0; draw < Draws; draw++)
        {
            for (var i = 0; i < count; i++)
            {
                sample[i] = random.Next(count);
            }

            values[draw] = measure(sample);
        }

        Array.Sort(values);
        return (values[(int)(Draws * 0.025)], values[(int)(Draws * 0.975)]);
    }

    private static double F1(DetectorMeasure measure, int[] sample)
    {
        var sum = default(Tally);
        foreach (var at in sample)
        {
            sum += measure.Results[at].Counts;
        }

        return sum.F1;
    }

    private static void Rounded(Utf8JsonWriter json, string name, double value) => json.WriteNumber(name, Math.Round(value, 4));
}

/// <summary>What a model is called.</summary>
/// <param name="Name">Of the sidecar.</param>
/// <param name="Version">Of the sidecar.</param>
/// <param name="Hash">SHA-256 of the weights; of several, those joined by commas.</param>
internal readonly record struct ModelNames(string Name, int Version, string Hash);
