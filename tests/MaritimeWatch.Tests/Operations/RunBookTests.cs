using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using MaritimeWatch.Functions;
using MaritimeWatch.Functions.Operations;
using MaritimeWatch.Functions.Outlet;
using MaritimeWatch.Log;
using MaritimeWatch.Tests.Watch;
using Microsoft.Extensions.Logging;

namespace MaritimeWatch.Tests.Operations;

/// <summary>What the run book tells people to do and to look at is there.</summary>
internal sealed partial class RunBookTests
{
    private readonly string book = File.ReadAllText(Path.Combine(Root(), "lib", "RUNBOOK.md"));

    [Test]
    public void Every_verb_and_option_that_it_names_exists()
    {
        var verbs = Program.Verbs().ToDictionary(verb => verb.Name, StringComparer.Ordinal);
        var lines = CommandLine().Matches(book).Select(match => match.Groups[1].Value).ToList();
        Assert.That(lines, Has.Count.GreaterThan(8));
        foreach (var line in lines)
        {
            var words = line.Split(' ');
            Assert.That(verbs, Contains.Key(words[0]), line);
            var verb = verbs[words[0]];
            var command = verb.Subcommands.FirstOrDefault(sub => words.Length > 1 && sub.Name == words[1]) ?? verb;
            var options = command.Options.Concat(verb.Options).Select(option => option.Name).ToList();
            Assert.That(words.Where(word => word.StartsWith("--", StringComparison.Ordinal)), Is.SubsetOf(options), line);
        }
    }

    [Test]
    public async Task Every_path_and_metric_that_it_names_exists_and_every_metric_is_in_it()
    {
        await using var host = await ServeHost.StartAsync(
            new ServeOptions { Urls = ["http://127.0.0.1:0"] },
            new ServeParts { Store = new MemoryStore(), Vault = Vaults.ForTests, NewFold = _ => new CountingFold(), LogLevel = LogLevel.None });
        var routes = host.Routes.Select(route => "/" + route.RoutePattern.RawText!.TrimStart('/')).Concat([Probes.LivePath, Probes.ReadyPath]).ToList();
        Assert.That(RoutePath().Matches(book).Select(match => match.Groups[1].Value).Distinct(), Is.Not.Empty.And.SubsetOf(routes));

        using var client = new HttpClient();
        RuntimeHelpers.RunClassConstructor(typeof(Functions.Intake.IntakeMeters).TypeHandle);
        RuntimeHelpers.RunClassConstructor(typeof(PushMeters).TypeHandle);
        RuntimeHelpers.RunClassConstructor(typeof(Functions.Letters.DeadLetters).TypeHandle);
        RuntimeHelpers.RunClassConstructor(typeof(Functions.Learning.LearningMeters).TypeHandle);
        using var listener = new MetricsListener();
        var read = PrometheusGrammar.Read(await client.GetStringAsync(new Uri(host.Urls[0] + "/metrics")));
        string[] derived = ["maritimewatch_group_entries_behind", "maritimewatch_storage_operations_total"];
        var there = read.Types.Keys.Concat(listener.Names).Concat(derived).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        var named = MetricName().Matches(book).Select(match => match.Value).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
        Assert.That(named, Is.EqualTo(there.Where(name => !name.StartsWith("test_", StringComparison.Ordinal))));
    }

    [Test]
    public void Every_reason_event_and_turned_away_door_is_in_it()
    {
        foreach (var word in Readiness.Reasons.Concat(LogEvents.All.Select(one => one.Name!)).Concat(Functions.Intake.ShedReasons.All))
        {
            Assert.That(book, Does.Contain($"`{word}`"));
        }

        foreach (var one in LogEvents.All)
        {
            Assert.That(book, Does.Contain($"| {one.Id} | `{one.Name}` |"));
        }

        var limits = new LoadLimits();
        for (var level = 0; level < limits.BeginPercent.Count; level++)
        {
            Assert.That(book, Does.Match($@"\| {level + 1} \| {limits.BeginPercent[level]} %.*\| {limits.EndPercent[level]} %"));
        }
    }

    [Test]
    public void Every_situation_says_how_to_know_that_it_is_over()
    {
        var situations = book.Split("\n## ").Skip(3).Where(part => part.Contains("**Seen**", StringComparison.Ordinal)).ToList();
        Assert.That(situations, Has.Count.GreaterThanOrEqualTo(9));
        Assert.That(situations, Has.All.Contain("**Do**").And.All.Contain("**Over when**"));
    }

    private static string Root([CallerFilePath] string path = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(path)!, "..", "..", ".."));

    [GeneratedRegex(@"`maritimewatch ([a-z][^`]*)`")]
    private static partial Regex CommandLine();

    [GeneratedRegex(@"`(?:GET|POST) (/[^`]*)`")]
    private static partial Regex RoutePath();

    [GeneratedRegex(@"(?:maritimewatch|process|dotnet)_[a-z_]*[a-z]")]
    private static partial Regex MetricName();
}
