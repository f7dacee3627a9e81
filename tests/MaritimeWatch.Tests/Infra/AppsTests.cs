using System.Text.Json;
using System.Text.RegularExpressions;
using MaritimeWatch.Functions.Hosted;
using MaritimeWatch.Functions.Outlet;
using MaritimeWatch.Functions.Triggers;
using MaritimeWatch.Log;

namespace MaritimeWatch.Tests.Infra;

/// <summary>Which function runs in which app: one table, which Bicep reads and which the manifests and the code agree with.</summary>
[TestFixture]
public sealed partial class AppsTests
{
    private static readonly IReadOnlyList<string> Functions = [.. TriggerRoutes.FunctionNames, "Http"];

    [Test]
    public void Every_function_of_the_package_runs_in_exactly_one_app() =>
        Assert.That(InfraFiles.AppNames.SelectMany(app => InfraFiles.List(app, "functions")), Is.EquivalentTo(Functions));

    [Test]
    public void Bicep_switches_off_every_function_that_is_not_the_apps_own()
    {
        var text = InfraFiles.Text("modules/app.bicep");
        var list = Between(text, "var allFunctions = [", "]");
        Assert.That(Quoted().Matches(list).Select(one => one.Groups["text"].Value), Is.EquivalentTo(Functions));
        Assert.That(text, Does.Contain("toObject(closed, one => 'AzureWebJobs.${one}.Disabled', one => 'true')"));
        Assert.That(text, Does.Contain("var closed = filter(allFunctions, one => !contains(app.functions, one))"));
    }

    [Test]
    public void The_doors_that_are_named_exist_and_the_public_app_opens_no_trigger()
    {
        foreach (var app in InfraFiles.AppNames)
        {
            var doors = InfraFiles.Apps.GetProperty(app).GetProperty("doors").GetString()!.Split(',');
            Assert.That(doors, Is.SubsetOf(ServeOptions.AllDoors), app);
            Assert.That(InfraFiles.List(app, "functions"), Is.SubsetOf(DoorFunctions.Of(doors)), $"{app}: a function that is on in the host and closed in the program");
        }

        Assert.That(InfraFiles.List("doors", "functions"), Is.EqualTo(new[] { "Http" }));
    }

    [Test]
    public void An_app_may_take_from_the_queues_of_its_triggers_and_from_no_other()
    {
        foreach (var app in InfraFiles.AppNames)
        {
            var queues = InfraFiles.List(app, "functions").Select(Trigger)
                .Where(trigger => trigger.GetProperty("type").GetString() == "queueTrigger")
                .Select(trigger => trigger.GetProperty("queueName").GetString()!);
            Assert.That(InfraFiles.List(app, "reads"), Is.EquivalentTo(queues), app);
            Assert.That(InfraFiles.List(app, "sends"), Is.SubsetOf(QueueNames.All), app);
            var triggers = InfraFiles.List(app, "functions").Select(name => Trigger(name).GetProperty("type").GetString()).ToList();
            Assert.That(InfraFiles.Apps.GetProperty(app).GetProperty("hub").GetBoolean(), Is.EqualTo(triggers.Contains("eventHubTrigger")), app);
            Assert.That(InfraFiles.Apps.GetProperty(app).GetProperty("scenes").GetBoolean(), Is.EqualTo(triggers.Contains("eventGridTrigger")), app);
        }
    }

    [Test]
    public void Every_queue_is_made_and_every_queue_of_dead_letters()
    {
        var text = InfraFiles.Text("modules/data.bicep");
        Assert.That(
            Quoted().Matches(Between(text, "var queues = [", "]")).Select(one => one.Groups["text"].Value), Is.EquivalentTo(QueueNames.All));
        Assert.That(text, Does.Contain("name: '${queue}-poison'"));
        Assert.That(QueueNames.All.Select(QueueNames.PoisonOf), Is.EqualTo(QueueNames.All.Select(queue => $"{queue}-poison")));
    }

    [Test]
    public void A_setting_that_is_given_is_read_by_somebody_and_one_that_the_store_needs_is_given()
    {
        var root = NodeTools.Root();
        var read = new[] { "lib", "functions" }
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(root, folder), "*.*", SearchOption.AllDirectories))
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal)
                && (file.EndsWith(".cs", StringComparison.Ordinal) || Path.GetFileName(file) == "function.json"))
            .SelectMany(file => Setting().Matches(File.ReadAllText(file)).Select(one => one.Value))
            .ToHashSet(StringComparer.Ordinal);
        var bicep = InfraFiles.Text("main.bicep") + InfraFiles.Text("modules/app.bicep");
        var given = GivenSetting().Matches(bicep).Select(one => one.Groups["name"].Value).ToHashSet(StringComparer.Ordinal);

        // CONNECTION__credential and its kin are the host's: it is enough that the connection is somebody's.
        bool IsRead(string name) => read.Contains(name) || read.Contains(name.Split("__")[0]);
        Assert.Multiple(() =>
        {
            Assert.That(given.Where(name => !IsRead(name)), Is.Empty, "given, and nobody reads it");
            Assert.That(given, Is.SupersetOf(new[]
            {
                "MW_STORE", "MW_DOORS", "MW_MODE", "MW_CONTAINER", "MW_BLOBS__blobServiceUri", "MW_BLOBS__clientId", "MW_QUEUES__queueServiceUri",
                "MW_QUEUES__clientId", "MW_KEYS__blobServiceUri", "MW_CLOCK_SCHEDULE", "MW_LEARN_SCHEDULE", "MW_AIS_HUB", "MW_AIS_HUB_GROUP",
                "MW_AIS_HUB_CONNECTION__fullyQualifiedNamespace", "MARITIMEWATCH_VAULT_KEY", "MW_API_KEY",
            }));
            Assert.That(bicep, Does.Contain("AzureWebJobsDisableHomepage: 'true'"));
            Assert.That(bicep, Does.Contain("MARITIMEWATCH_VAULT_KEY: '@Microsoft.KeyVault(SecretUri="));
        });
    }

    [Test]
    public void Instances_are_kept_ready_only_for_the_apps_own_functions()
    {
        foreach (var app in InfraFiles.AppNames)
        {
            foreach (var warm in InfraFiles.Apps.GetProperty(app).GetProperty("alwaysReady").EnumerateArray())
            {
                var name = warm.GetProperty("name").GetString()!;
                Assert.That(InfraFiles.List(app, "functions"), Does.Contain(name == "http" ? "Http" : name.Replace("function:", "", StringComparison.Ordinal)), app);
            }
        }
    }

    [Test]
    public void A_batch_from_the_hub_is_tried_until_it_is_landed_and_the_queues_carry_plain_json()
    {
        var hub = JsonDocument.Parse(File.ReadAllText(Path.Combine(NodeTools.Root(), "functions", "AisEventHub", "function.json"))).RootElement;
        Assert.That(hub.GetProperty("retry").GetProperty("maxRetryCount").GetInt32(), Is.EqualTo(-1), "the host goes past a batch when its retries end");
        var queues = JsonDocument.Parse(File.ReadAllText(Path.Combine(NodeTools.Root(), "host.json"))).RootElement.GetProperty("extensions").GetProperty("queues");
        Assert.That(queues.GetProperty("messageEncoding").GetString(), Is.EqualTo("none"));
        Assert.That(queues.GetProperty("maxDequeueCount").GetInt32(), Is.EqualTo(5));
    }

    private static JsonElement Trigger(string function) =>
        JsonDocument.Parse(File.ReadAllText(Path.Combine(NodeTools.Root(), "functions", function, "function.json"))).RootElement.GetProperty("bindings")[0];

    private static string Between(string text, string start, string end)
    {
        var from = text.IndexOf(start, StringComparison.Ordinal) + start.Length;
        return text[from..text.IndexOf(end, from, StringComparison.Ordinal)];
    }

    [GeneratedRegex("'(?<text>[^']+)'")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"\b(?:MW_[A-Z_]+(?:__[a-zA-Z]+)?|MARITIMEWATCH_VAULT_KEY)")]
    private static partial Regex Setting();

    [GeneratedRegex(@"^\s+(?<name>MW_\w+|MARITIMEWATCH_\w+):", RegexOptions.Multiline)]
    private static partial Regex GivenSetting();
}
