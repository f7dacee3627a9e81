using System.Text;
using System.Text.Json;

namespace MaritimeWatch.Functions.Evaluate.Trajectory;

/// <summary>Writes what was measured of a motion model as JSON.</summary>
internal static class TrajectoryReport
{
    /// <summary>The seed of the bootstrap.</summary>
    public const int Seed = 1;

    /// <summary>Writes it.</summary>
    /// <param name="horizons">The horizons as they were asked, with the tracks that reach each.</param>
    /// <param name="rows">What became of the rows of the file.</param>
    /// <param name="model">What was measured, or null.</param>
    public static string Write(IEnumerable<(string Horizon, List<TrackError> Tracks)> horizons, TrackRows rows, string? model)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteStartArray("horizons");
            foreach (var (horizon, tracks) in horizons)
            {
                Horizon(json, horizon, tracks);
            }

            json.WriteEndArray();
            json.WriteString("model", model);
            json.WriteNumber("bootstrap_seed", Seed);
            Rows(json, rows);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    /// <summary>Writes what became of the rows.</summary>
    public static void Rows(Utf8JsonWriter json, TrackRows rows)
    {
        json.WriteStartObject("rows");
        json.WriteNumber("used", rows.Used);
        json.WriteNumber("refused", rows.Refused);
        json.WriteNumber("repeated", rows.Repeated);
        json.WriteEndObject();
    }

    /// <summary>Writes a number, or null where it is none.</summary>
    public static void Number(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number && double.IsFinite(number))
        {
            json.WriteNumber(name, Math.Round(number, 6));
        }
        else
        {
            json.WriteNull(name);
        }
    }

    private static void Horizon(Utf8JsonWriter json, string horizon, List<TrackError> tracks)
    {
        List<(string Vessel, double Cv, ModelError Model)> judged =
            [.. tracks.Where(static track => track.Model is not null).Select(static track => (track.Vessel, track.CvNmi, track.Model!))];
        var bounds = judged.Count == 0 ? default((double Low, double High)?) : TrackStatistics.Bootstrap(judged.Select(static one => (one.Vessel, one.Model.In90)), Seed);
        var in90 = Mean(judged.Select(static one => one.Model.In90 ? 1.0 : 0));
        json.WriteStartObject();
        json.WriteString("horizon", horizon);
        json.WriteNumber("n", tracks.Count);
        json.WriteNumber("tracks", tracks.Count);
        json.WriteNumber("vessels", tracks.Select(static track => track.Vessel).Distinct(StringComparer.Ordinal).Count());
        Number(json, "model_mean_nmi", Mean(judged.Select(static one => one.Model.Nmi)));
        Number(json, "model_median_nmi", Median(judged.Select(static one => one.Model.Nmi)));
        Number(json, "cv_mean_nmi", Mean(tracks.Select(static track => track.CvNmi)));
        Number(json, "cv_median_nmi", Median(tracks.Select(static track => track.CvNmi)));
        Number(json, "in50", Mean(judged.Select(static one => one.Model.In50 ? 1.0 : 0)));
        Number(json, "in90", in90);
        Number(json, "in90_low", bounds?.Low);
        Number(json, "in90_high", bounds?.High);
        Number(json, "area90_nmi2", Mean(judged.Select(static one => one.Model.Area90Nmi2)));
        Number(json, "cv_area90_nmi2", in90 is { } share ? TrackStatistics.CircleArea(judged.Select(static one => one.Cv), share) : null);
        json.WriteEndObject();
    }

    private static double? Mean(IEnumerable<double> values) => values.ToArray() is { Length: > 0 } all ? all.Average() : null;

    private static double? Median(IEnumerable<double> values) =>
        values.ToArray() is { Length: > 0 } all ? TrackStatistics.Quantile(all, 0.5) : null;
}
