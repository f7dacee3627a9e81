using System.Text;
using System.Text.Json;
using MaritimeWatch.Functions.Evaluate.Trajectory;

namespace MaritimeWatch.Functions.Evaluate.Deviation;

/// <summary>Writes what was found of what was put in, as JSON.</summary>
internal static class DeviationReport
{
    /// <summary>Writes it.</summary>
    public static string Write(DeviationResult result, TrackRows rows, string model, int seed)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true }))
        {
            FoundInjection[] core = [.. result.Injected.Where(static one => one.What.IsCore)];
            json.WriteStartObject();
            json.WriteNumber("tracks", result.Untouched + result.Injected.Count);
            json.WriteNumber("injected", result.Injected.Count);
            Scores(json, result.Injected, string.Empty);
            TrajectoryReport.Number(json, "false_bound", result.FalseBound);
            TrajectoryReport.Number(json, "median_delay_minutes", MedianDelay(result.Injected));
            Scores(json, core, "_core");
            json.WriteNumber("injected_core", core.Length);
            TrajectoryReport.Number(
                json, "median_delay_minutes_5nm", MedianDelay(result.Injected.Where(static one => one.What is { Kind: "detour", Size: 5 })));
            json.WriteNumber("untouched", result.Untouched);
            json.WriteNumber("untouched_over_threshold_max", result.False);
            json.WriteNumber("left_out", result.LeftOut);
            TrajectoryReport.Number(json, "usual_nmi", result.UsualNm);
            json.WriteNumber("seed", seed);
            json.WriteString("model", model);
            json.WriteStartArray("by_kind");
            foreach (var kind in Injection.All)
            {
                Kind(json, kind, [.. result.Injected.Where(one => one.What == kind)]);
            }

            json.WriteEndArray();
            TrajectoryReport.Rows(json, rows);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    /// <summary>The median over those that left the usual; null where there are none or half of them were never found.</summary>
    internal static double? MedianDelay(IEnumerable<FoundInjection> found)
    {
        double[] delays = [.. found.Select(static one => one.DelayMinutes).OfType<double>()];
        return delays.Length == 0 ? null : TrackStatistics.Quantile(delays, 0.5);
    }

    private static void Kind(Utf8JsonWriter json, Injection kind, FoundInjection[] found)
    {
        json.WriteStartObject();
        json.WriteString("kind", kind.Kind);
        json.WriteNumber("size", kind.Size);
        json.WriteNumber("n", found.Length);
        Scores(json, found, string.Empty);
        TrajectoryReport.Number(json, "median_delay_minutes", MedianDelay(found));
        json.WriteNumber("left_usual", found.Count(static one => one.DelayMinutes is not null));
        json.WriteEndObject();
    }

    private static void Scores(Utf8JsonWriter json, IReadOnlyCollection<FoundInjection> found, string suffix)
    {
        TrajectoryReport.Number(json, "roc_auc" + suffix, found.Count == 0 ? null : found.Average(static one => one.ShareUnder));
        TrajectoryReport.Number(json, "recall_at_1pct" + suffix, found.Count == 0 ? null : found.Average(static one => one.IsFound ? 1.0 : 0));
    }
}
