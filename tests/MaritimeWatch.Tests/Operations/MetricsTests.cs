using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using MaritimeWatch.Functions.Intake;
using MaritimeWatch.Functions.Operations;
using MaritimeWatch.Functions.Outlet;
using MaritimeWatch.Log;
using MaritimeWatch.Tests.Intake.Doors;
using MaritimeWatch.Tests.Watch;
using Microsoft.Extensions.Logging;

namespace MaritimeWatch.Tests.Operations;

[NonParallelizable]
internal sealed class MetricsTests
{
    private const string KeyText = "a-key-of-sufficient-length";

    private readonly HttpClient client = new();

    [OneTimeTearDown]
    public void End() => client.Dispose();

    [Test]
    public async Task What_comes_in_is_refused_and_committed_can_be_read_in_the_format_of_Prometheus()
    {
        var store = new MemoryStore();
        await using var host = await StartAsync(new ServeOptions { Urls = ["http://127.0.0.1:0"] }, store);
        var before = await ReadAsync(host);
        var body = Nmea.Positions(vessels: 10, reports: 3, fromSeconds: 1_777_000_000) + "!AIVDM,1,1,,A,broken*00\r\n";
        using var answer = await client.PostAsync(new Uri(host.Urls[0] + "/ais"), new ByteArrayContent(Encoding.Latin1.GetBytes(body)));
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Accepted));
        await Eventually.TrueAsync(() => host.Pipeline is { Reports: 30, IsQuiet: true }, "all is committed");
        var text = await TextAsync(host);
        var after = PrometheusGrammar.Read(text);
        double Grown(string sample) => after[sample] - before.Samples.GetValueOrDefault(sample);

        Assert.Multiple(() =>
        {
            Assert.That(Grown("maritimewatch_intake_lines_total{door=\"http\"}"), Is.EqualTo(31));
            Assert.That(Grown("maritimewatch_intake_bytes_total{door=\"http\"}"), Is.EqualTo(body.Length));
            Assert.That(Grown("maritimewatch_intake_landed_total{door=\"http\"}"), Is.EqualTo(1));
            Assert.That(Grown("maritimewatch_intake_refused_total{door=\"ais\",fault=\"checksum_wrong\"}"), Is.EqualTo(1));
            Assert.That(Grown("maritimewatch_watch_reports_total"), Is.EqualTo(30));
            Assert.That(Grown("maritimewatch_group_commits_total{stage=\"watch\"}"), Is.GreaterThanOrEqualTo(4));
            Assert.That(Grown("maritimewatch_watch_lag_seconds_count"), Is.EqualTo(4), "one blob, four groups");
            Assert.That(after["maritimewatch_group_next_entry{stage=\"watch\",group=\"003\"}"], Is.GreaterThanOrEqualTo(2));
            Assert.That(after["maritimewatch_group_entries_behind{stage=\"watch\",group=\"003\"}"], Is.Zero);
            Assert.That(after["maritimewatch_queue_messages{queue=\"ais\"}"], Is.Zero);
            Assert.That(after["maritimewatch_queue_dead_letters{queue=\"plates\"}"], Is.Zero);
            Assert.That(after["maritimewatch_load_level"], Is.Zero);
            Assert.That(after["process_cpu_seconds_total"], Is.GreaterThan(0));
            Assert.That(after.Types["maritimewatch_watch_lag_seconds"], Is.EqualTo("histogram"));
        });
        await PromtoolAsync(text);
    }

    [Test]
    public void Label_values_are_escaped_and_their_number_is_bounded()
    {
        using var meter = new Meter(IntakeMeters.Name);
        using var listener = new MetricsListener();
        var counter = meter.CreateCounter<long>("test.bounded", null, "With a \\ and a\nline.");
        counter.Add(2, new KeyValuePair<string, object?>("name", "a\\b\"c\nd"));
        for (var i = 0; i < 10_000; i++)
        {
            counter.Add(1, new KeyValuePair<string, object?>("name", i));
        }

        var text = new PrometheusText();
        listener.Write(text);
        var read = PrometheusGrammar.Read(text.ToString());
        var ours = read.Samples.Where(sample => sample.Key.StartsWith("test_bounded_total", StringComparison.Ordinal)).ToList();
        Assert.Multiple(() =>
        {
            Assert.That(read["test_bounded_total{name=\"a\\\\b\\\"c\\nd\"}"], Is.EqualTo(2));
            Assert.That(ours, Has.Count.EqualTo(301));
            Assert.That(ours.Sum(sample => sample.Value), Is.EqualTo(10_002), "nothing is lost in 'other'");
        });
    }

    [Test]
    public void A_measurement_allocates_nothing()
    {
        using var listener = new MetricsListener();
        var group = new GroupName("watch", 1);
        for (var i = 0; i < 1000; i++)
        {
            IntakeMeters.OnAppended(group, i);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        var watch = Stopwatch.StartNew();
        for (var i = 0; i < 100_000; i++)
        {
            IntakeMeters.OnAppended(group, i);
        }

        var bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        TestContext.Out.WriteLine($"{watch.Elapsed.TotalNanoseconds / 100_000:F0} ns a measurement, {bytes / 100_000.0:F1} bytes");
        Assert.That(bytes / 100_000, Is.LessThan(32), "the number's box at most");
    }

    [TestCase("# HELP a b\n# TYPE a gauge\na 1")]
    [TestCase("# TYPE a gauge\na 1\n")]
    [TestCase("# HELP a b\n# TYPE a gauge\na{x=\"1} 1\n")]
    [TestCase("# HELP a b\n# TYPE a gauge\na{x=\"\\t\"} 1\n")]
    [TestCase("# HELP a b\n# TYPE a counter\na 1\n")]
    [TestCase("# HELP a b\n# TYPE a gauge\na 1,5\n")]
    [TestCase("# HELP a b\n# TYPE a gauge\na 1\na 1\n")]
    [TestCase("# HELP a b\n# TYPE a histogram\na_bucket{le=\"1\"} 2\na_bucket{le=\"+Inf\"} 1\na_sum 1\na_count 1\n")]
    public void The_grammar_of_these_tests_refuses_what_is_wrong(string text) =>
        Assert.That(() => PrometheusGrammar.Read(text), Throws.Exception);

    [Test]
    public async Task Beyond_this_machine_they_are_for_the_key_and_for_an_administrator()
    {
        var store = new MemoryStore();
        var options = new ServeOptions { Urls = ["http://127.0.0.1:0"], Key = ApiKey.Parse(KeyText), IsHosted = true, OpenReads = true };
        await using var host = await StartAsync(options, store);
        var key = await TokenKey.OpenOrCreateAsync(store, Vaults.ForTests, default);
        var tokens = new Tokens(key.Span, TimeProvider.System);
        string Token(string role, string port) => tokens.Issue("somebody", role, [port], TimeSpan.FromHours(1));

        Assert.Multiple(() =>
        {
            Assert.That(StatusAsync(host, null).Result, Is.EqualTo(HttpStatusCode.Forbidden), "reads were opened, metrics were not");
            Assert.That(StatusAsync(host, "wrong-key-of-that-length").Result, Is.EqualTo(HttpStatusCode.Forbidden));
            Assert.That(StatusAsync(host, Token(Roles.Officer, "SEGOT")).Result, Is.EqualTo(HttpStatusCode.Forbidden));
            Assert.That(StatusAsync(host, Token(Roles.Planner, "SEGOT")).Result, Is.EqualTo(HttpStatusCode.Forbidden));
            Assert.That(StatusAsync(host, Token(Roles.Admin, "*")).Result, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(StatusAsync(host, KeyText).Result, Is.EqualTo(HttpStatusCode.OK));
        });
    }

    private static Task<ServeHost> StartAsync(ServeOptions options, IBlobStore store) => ServeHost.StartAsync(
        options, new ServeParts { Store = store, Vault = Vaults.ForTests, NewFold = _ => new CountingFold(), LogLevel = LogLevel.None });

    private async Task<HttpStatusCode> StatusAsync(ServeHost host, string? bearer)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, host.Urls[0] + "/metrics");
        request.Headers.Authorization = bearer is null ? null : new AuthenticationHeaderValue("Bearer", bearer);
        using var answer = await client.SendAsync(request);
        return answer.StatusCode;
    }

    private async Task<PrometheusGrammar> ReadAsync(ServeHost host) => PrometheusGrammar.Read(await TextAsync(host));

    private async Task<string> TextAsync(ServeHost host)
    {
        using var answer = await client.GetAsync(new Uri(host.Urls[0] + "/metrics"));
        Assert.That(answer.Content.Headers.ContentType!.ToString(), Is.EqualTo("text/plain; version=0.0.4; charset=utf-8"));
        return await answer.Content.ReadAsStringAsync();
    }

    // The referee, where Debian's package prometheus is installed.
    private static async Task PromtoolAsync(string text)
    {
        if (!File.Exists("/usr/bin/promtool"))
        {
            await TestContext.Out.WriteLineAsync("promtool is absent: install the package prometheus to let it check too");
            return;
        }

        using var tool = Process.Start(new ProcessStartInfo("/usr/bin/promtool", "check metrics") { RedirectStandardInput = true, RedirectStandardError = true })!;
        await tool.StandardInput.WriteAsync(text);
        tool.StandardInput.Close();
        var said = await tool.StandardError.ReadToEndAsync();
        await tool.WaitForExitAsync();
        Assert.That(tool.ExitCode, Is.Zero, said);
    }
}
