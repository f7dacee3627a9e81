using System.Globalization;
using System.Text;
using System.Text.Json;
using MaritimeWatch.Functions;

namespace MaritimeWatch.Tests.Evaluate;

/// <summary><c>evaluate queue</c> through the command line.</summary>
[NonParallelizable]
internal sealed class EvaluateQueueTests
{
    private static readonly string[] Baselines = ["mae_persistence", "mae_seasonal", "mae_mean28", "mae_median28"];
    private string folder = "";

    [SetUp]
    public void Make_a_folder() => folder = Directory.CreateTempSubdirectory("evaluate-").FullName;

    [TearDown]
    public void Remove_it() => Directory.Delete(folder, recursive: true);

    [Test]
    public async Task The_keys_are_those_agreed()
    {
        var (code, answer) = await RunAsync(Hours(200, hour => hour % 7), "--from", "2024-01-04T00:00:00Z", "--horizons", "6,24");
        Assert.That(code, Is.Zero);
        var horizons = answer.GetProperty("horizons");
        Assert.That(horizons.EnumerateArray().Select(one => one.GetProperty("horizon").GetInt32()), Is.EqualTo([6, 24]));
        Assert.That(
            horizons[0].EnumerateObject().Select(member => member.Name),
            Is.EqualTo([
                "horizon", "n", "mae_model", "mae_persistence", "mae_seasonal", "mae_mean28", "mae_median28", "pinball_model", "pinball_mean28",
                "coverage80",
            ]));
        Assert.That(horizons[0].GetProperty("n").GetInt32(), Is.EqualTo(200 - 72 - 6), "one origin an hour from --from on");
    }

    [Test]
    public async Task Rows_of_another_port_are_left_out_and_ragged_rows_are_counted()
    {
        var csv = new StringBuilder("date,port,calls\n");
        for (var day = 0; day < 90; day++)
        {
            var date = new DateOnly(2024, 1, 1).AddDays(day).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            csv.Append(CultureInfo.InvariantCulture, $"{date},A,{day % 5}\n{date},B,1000\n");
        }

        csv.Append("2024-04-01,A\nyesterday,A,4\n2024-04-02,A,many\n");
        var (code, answer) = await RunAsync(
            csv.ToString(), "--where", "port=A", "--from", "2024-02-01", "--horizons", "1,7", "--period", "1d", "--column", "calls", "--strict");
        var rows = answer.GetProperty("rows");
        Assert.Multiple(() =>
        {
            Assert.That(code, Is.EqualTo(1), "with --strict refused rows show");
            Assert.That(rows.GetProperty("used").GetInt32(), Is.EqualTo(90));
            Assert.That(rows.GetProperty("ignored").GetInt32(), Is.EqualTo(90));
            Assert.That(rows.GetProperty("refused").GetInt32(), Is.EqualTo(3));
            Assert.That(answer.GetProperty("horizons")[0].GetProperty("mae_model").GetDouble(), Is.LessThan(10), "B's thousands are not in it");
        });
    }

    [Test]
    public async Task The_order_of_rows_makes_no_difference()
    {
        var lines = Hours(300, hour => (hour * 37 % 11) + 3).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var turned = string.Join('\n', lines.Take(1).Concat(lines.Skip(1).Reverse()));
        var (_, one) = await RunAsync(string.Join('\n', lines), "--from", "2024-01-05", "--horizons", "6");
        var (_, other) = await RunAsync(turned, "--from", "2024-01-05", "--horizons", "6");
        Assert.That(other.GetRawText(), Is.EqualTo(one.GetRawText()));
    }

    [TestCase("", ExpectedResult = 2, TestName = "An_empty_file_has_no_such_column")]
    [TestCase("hour,queue\n", ExpectedResult = 3, TestName = "A_heading_alone_is_nothing_usable")]
    [TestCase("hour,queue\nnever,1\n", ExpectedResult = 3, TestName = "Rows_without_a_time_are_nothing_usable")]
    [TestCase("hour,queue\n2024-01-01 00:00:00,1\n", ExpectedResult = 0, TestName = "One_row_is_scored_as_nothing")]
    [TestCase("hour,queue\n0001-01-01,1\n9999-01-01,1\n", ExpectedResult = 2, TestName = "A_span_of_ages_is_refused")]
    public async Task<int> Files(string csv) => (await RunAsync(csv, "--from", "2024-01-01", "--horizons", "6")).Code;

    [TestCase("--horizons", "6,x")]
    [TestCase("--horizons", "0")]
    [TestCase("--from", "soon")]
    [TestCase("--where", "nothing=1")]
    [TestCase("--where", "queue")]
    [TestCase("--column", "none")]
    [TestCase("--period", "2h")]
    public async Task Wrong_usage_is_said_as_such(string option, string value) =>
        Assert.That((await RunAsync(Hours(50, hour => hour), "--from", "2024-01-02", "--horizons", "6", option, value)).Code, Is.EqualTo(2));

    [Test]
    public async Task The_queue_of_Los_Angeles_is_forecast_a_fifth_better_than_by_its_last_value()
    {
        var file = SharedData.Require("congestion/la_lb_2021-10_hourly_queue.csv");
        var (code, answer) = await RunFileAsync(
            file, "--column", "queue_length", "--period", "1h", "--horizons", "6,24,72,168", "--from", "2021-10-15T00:00:00Z");
        Assert.That(code, Is.Zero);
        var (six, day) = (answer.GetProperty("horizons")[0], answer.GetProperty("horizons")[1]);
        Assert.Multiple(() =>
        {
            Assert.That(Of(six, "mae_model"), Is.LessThan(0.8 * Of(six, "mae_persistence")));
            Assert.That(Of(day, "mae_model"), Is.LessThan(0.95 * Of(day, "mae_persistence")));
            Assert.That(Of(six, "coverage80"), Is.InRange(0.72, 0.88));
        });
    }

    [TestCase("daily_port_calls_fujairah_khorfakkan.csv", "portcalls", "portname=Fujairah")]
    [TestCase("daily_port_calls_fujairah_khorfakkan.csv", "portcalls", "portname=Khor Fakkan")]
    [TestCase("hormuz_transits_daily.csv", "n_total", "portname=Strait of Hormuz")]
    public async Task Daily_calls_are_forecast_no_worse_than_by_the_best_baseline(string name, string column, string where)
    {
        var (code, answer) = await RunFileAsync(
            SharedData.Require("congestion/" + name), "--column", column, "--where", where, "--period", "1d", "--horizons", "1,7", "--from", "2021-01-01");
        Assert.That(code, Is.Zero);
        foreach (var horizon in answer.GetProperty("horizons").EnumerateArray())
        {
            var best = Baselines.Min(baseline => Of(horizon, baseline));
            Assert.That(Of(horizon, "mae_model"), Is.LessThan(best), horizon.GetRawText());
            Assert.That(Of(horizon, "pinball_model"), Is.LessThan(0.97 * Of(horizon, "pinball_mean28")), horizon.GetRawText());
        }
    }

    private static double Of(JsonElement horizon, string name) => horizon.GetProperty(name).GetDouble();

    private static string Hours(int count, Func<int, int> value)
    {
        var csv = new StringBuilder("hour,queue\n");
        for (var hour = 0; hour < count; hour++)
        {
            csv.Append(CultureInfo.InvariantCulture, $"{new DateTime(2024, 1, 1).AddHours(hour):yyyy-MM-dd HH:mm:ss},{value(hour)}\n");
        }

        return csv.ToString();
    }

    private async Task<(int Code, JsonElement Answer)> RunAsync(string csv, params string[] args)
    {
        var file = Path.Combine(folder, "series.csv");
        await File.WriteAllTextAsync(file, csv);
        string[] usual = [.. Or("--column", "queue", args), .. Or("--period", "1h", args)];
        return await RunFileAsync(file, [.. usual, .. LastOfEach(args)]);
    }

    private static string[] Or(string option, string value, string[] args) => args.Contains(option) ? [] : [option, value];

    // A test that gives an option twice means the second.
    private static IEnumerable<string> LastOfEach(string[] args)
    {
        for (var index = 0; index < args.Length; index++)
        {
            if (!args[index].StartsWith("--", StringComparison.Ordinal))
            {
                continue;
            }

            if (args.AsSpan(index + 1).Contains(args[index]))
            {
                continue;
            }

            yield return args[index];
            if (index + 1 < args.Length && !args[index + 1].StartsWith("--", StringComparison.Ordinal))
            {
                yield return args[index + 1];
            }
        }
    }

    private static async Task<(int Code, JsonElement Answer)> RunFileAsync(string file, params string[] args)
    {
        var (output, error) = (Console.Out, Console.Error);
        using var said = new StringWriter();
        using var quiet = new StringWriter();
        Console.SetOut(said);
        Console.SetError(quiet);
        try
        {
            var code = await Program.Main(["evaluate", "queue", "--csv", file, .. args]);
            return (code, said.ToString().StartsWith('{') ? JsonSerializer.Deserialize<JsonElement>(said.ToString()) : default);
        }
        finally
        {
            Console.SetOut(output);
            Console.SetError(error);
        }
    }
}
