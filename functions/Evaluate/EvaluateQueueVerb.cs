using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using MaritimeWatch.Forecasts.Series;

namespace MaritimeWatch.Functions.Evaluate;

/// <summary><c>evaluate queue</c>: the forecast of a count by rolling origin, beside baselines.</summary>
internal static class EvaluateQueueVerb
{
    private const int HorizonsMax = 64;
    private const int HorizonMax = 10_000;

    /// <summary>The part of <c>evaluate</c>.</summary>
    public static Command Create()
    {
        var csv = new Option<FileInfo>("--csv") { Required = true, Description = "a CSV file with a heading; its first column is the time" };
        var column = new Option<string>("--column") { Required = true, Description = "the column to forecast" };
        var where = new Option<string?>("--where") { Description = "COLUMN=VALUE: only these rows (a file of several ports)" };
        var period = new Option<string>("--period") { Required = true, Description = "1h or 1d: how far apart the rows are" };
        period.AcceptOnlyFromAmong("1h", "1d");
        var horizons = new Option<string>("--horizons") { Required = true, Description = "how many periods ahead, for example 6,24,72,168" };
        var from = new Option<string>("--from") { Required = true, Description = "the first origin (UTC): what comes before is only learned from" };
        var strict = new Option<bool>("--strict") { Description = "end with 1 where a row was refused" };
        var verb = new Command("queue", "A count (queue, calls, transits) forecast from its own past, by rolling origin.")
        {
            csv, column, where, period, horizons, from, strict,
        };
        verb.SetAction((parsed, cancel) => VerbGuard.RunAsync(async () =>
        {
            if (Horizons(parsed.GetRequiredValue(horizons)) is not { } wanted)
            {
                return await WrongAsync($"--horizons takes 1 to {HorizonsMax} whole numbers from 1 to {HorizonMax}, with commas between");
            }

            if (!DateTimeOffset.TryParse(
                parsed.GetRequiredValue(from), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var first))
            {
                return await WrongAsync("--from takes a time, for example 2021-10-15T00:00:00Z");
            }

            var span = parsed.GetRequiredValue(period) == "1h" ? TimeSpan.FromHours(1) : TimeSpan.FromDays(1);
            var read = await SeriesFile.ReadAsync(
                parsed.GetRequiredValue(csv).FullName, parsed.GetRequiredValue(column), parsed.GetValue(where), span, cancel);
            if (read.Fault is { } fault)
            {
                return await WrongAsync(fault);
            }

            if (read.Series is null)
            {
                await Console.Error.WriteLineAsync($"maritimewatch: no row could be used ({read.Counts.Refused} refused)");
                return ExitCodes.NothingUsable;
            }

            var report = RollingOrigin.Evaluate(read.Series, first, wanted, cancel);
            Console.WriteLine(Json(report, read.Counts));
            return parsed.GetValue(strict) && read.Counts.Refused > 0 ? ExitCodes.SomeRefused : ExitCodes.Done;
        }));
        return verb;
    }

    private static async Task<int> WrongAsync(string what)
    {
        await Console.Error.WriteLineAsync($"maritimewatch: {what}");
        return ExitCodes.WrongUsage;
    }

    private static int[]? Horizons(string text)
    {
        var parts = text.Split(',', StringSplitOptions.TrimEntries);
        var numbers = parts.Select(part =>
            int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= HorizonMax ? number : 0);
        int[] all = [.. numbers];
        return all.Length <= HorizonsMax && !all.Contains(0) ? all : null;
    }

    private static string Json(IReadOnlyList<HorizonScore> scores, SeriesCounts counts)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteStartArray("horizons");
            foreach (var score in scores)
            {
                json.WriteStartObject();
                json.WriteNumber("horizon", score.Horizon);
                json.WriteNumber("n", score.N);
                Number("mae_model", score.MaeModel);
                Number("mae_persistence", score.MaePersistence);
                Number("mae_seasonal", score.MaeSeasonal);
                Number("mae_mean28", score.MaeMean28);
                Number("mae_median28", score.MaeMedian28);
                Number("pinball_model", score.PinballModel);
                Number("pinball_mean28", score.PinballMean28);
                Number("coverage80", score.Coverage80);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteStartObject("rows");
            json.WriteNumber("used", counts.Used);
            json.WriteNumber("refused", counts.Refused);
            json.WriteNumber("ignored", counts.Ignored);
            json.WriteNumber("repeated", counts.Repeated);
            json.WriteNumber("missing", counts.Missing);
            json.WriteEndObject();
            json.WriteEndObject();

            void Number(string name, double? value)
            {
                if (value is { } number)
                {
                    json.WriteNumber(name, Math.Round(number, 6));
                }
                else
                {
                    json.WriteNull(name);
                }
            }
        }

        return System.Text.Encoding.UTF8.GetString(buffer.ToArray());
    }
}
