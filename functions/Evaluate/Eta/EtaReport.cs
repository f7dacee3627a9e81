using System.Text;
using System.Text.Json;
using MaritimeWatch.Functions.Evaluate.Trajectory;

namespace MaritimeWatch.Functions.Evaluate.Eta;

/// <summary>Writes what was measured of times of arrival as JSON.</summary>
internal static class EtaReport
{
    /// <summary>Writes it.</summary>
    /// <param name="ahead">The times before as they were asked, with the questions and answers of each.</param>
    /// <param name="entries">How many entries into circles there were.</param>
    /// <param name="rows">What became of the rows of the file.</param>
    /// <param name="model">What was measured, or null.</param>
    public static string Write(IEnumerable<(string Ahead, IReadOnlyList<EtaAnswer?> Answers)> ahead, int entries, TrackRows rows, string? model)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteStartArray("ahead");
            foreach (var (text, answers) in ahead)
            {
                Ahead(json, text, answers);
            }

            json.WriteEndArray();
            json.WriteNumber("entries", entries);
            json.WriteString("model", model);
            json.WriteNumber("bootstrap_seed", TrajectoryReport.Seed);
            TrajectoryReport.Rows(json, rows);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    // Errors of both are means over the questions to which both gave a time.
    private static void Ahead(Utf8JsonWriter json, string text, IReadOnlyList<EtaAnswer?> answers)
    {
        List<EtaAnswer> moving = [.. answers.OfType<EtaAnswer>()];
        var hasModel = moving.Exists(static one => one.Chance is not null);
        List<EtaAnswer> both = hasModel ? moving.FindAll(static one => one.Said is not null) : moving;
        List<EtaAnswer> said = moving.FindAll(static one => one.Said is not null);
        var ratio = Bounds(said, static (all, seed) => TrackStatistics.Bootstrap(all.Select(static one => (Vessel(one), one.ModelOff, one.DistanceOff)), seed));
        var held = Bounds(said, static (all, seed) => TrackStatistics.Bootstrap(all.Select(static one => (Vessel(one), one.IsIn)), seed));
        json.WriteStartObject();
        json.WriteString("ahead", text);
        json.WriteNumber("n", both.Count);
        json.WriteNumber("vessels", both.Select(Vessel).Distinct(StringComparer.Ordinal).Count());
        json.WriteNumber("still", answers.Count - moving.Count);
        json.WriteNumber("not_seen_to_come", hasModel ? moving.Count - said.Count : 0);
        TrajectoryReport.Number(json, "model_mean_minutes", Mean(said, static one => one.ModelOff));
        TrajectoryReport.Number(json, "model_median_minutes", Median(said, static one => one.ModelOff));
        TrajectoryReport.Number(json, "distance_mean_minutes", Mean(both, static one => one.DistanceOff));
        TrajectoryReport.Number(json, "distance_median_minutes", Median(both, static one => one.DistanceOff));
        TrajectoryReport.Number(json, "ratio", Mean(said, static one => one.ModelOff) / Mean(both, static one => one.DistanceOff));
        TrajectoryReport.Number(json, "ratio_low", ratio?.Low);
        TrajectoryReport.Number(json, "ratio_high", ratio?.High);
        TrajectoryReport.Number(json, "in80", Mean(said, static one => one.IsIn ? 1 : 0));
        TrajectoryReport.Number(json, "in80_low", held?.Low);
        TrajectoryReport.Number(json, "in80_high", held?.High);
        TrajectoryReport.Number(json, "width80_minutes", Mean(said, static one => one.Said!.HighMinutes - one.Said.LowMinutes));
        TrajectoryReport.Number(json, "chance_within_3h", hasModel ? Mean(moving, static one => one.Chance!.Value) : null);
        json.WriteEndObject();
    }

    private static string Vessel(EtaAnswer one) => one.Question.Track.Vessel;

    private static (double Low, double High)? Bounds(List<EtaAnswer> said, Func<List<EtaAnswer>, int, (double Low, double High)> draw) =>
        said.Count == 0 ? null : draw(said, TrajectoryReport.Seed);

    private static double? Mean(List<EtaAnswer> all, Func<EtaAnswer, double> of) => all.Count == 0 ? null : all.Average(of);

    private static double? Median(List<EtaAnswer> all, Func<EtaAnswer, double> of) => all.Count == 0 ? null : TrackStatistics.Quantile(all.Select(of), 0.5);
}
