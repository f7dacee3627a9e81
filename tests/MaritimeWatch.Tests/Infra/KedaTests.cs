using MaritimeWatch.Functions.Triggers;
using YamlDotNet.RepresentationModel;

namespace MaritimeWatch.Tests.Infra;

/// <summary>The manifests for Kubernetes say the same as apps.json and hold together.</summary>
[TestFixture]
public sealed class KedaTests
{
    private static IReadOnlyList<string> Apps => InfraFiles.AppNames;

    [Test]
    public void The_kustomization_lists_every_file_and_every_file_is_sound()
    {
        var files = Directory.EnumerateFiles(Path.Combine(InfraFiles.Root, "keda"), "*.yaml").Select(Path.GetFileName).Where(name => name != "kustomization.yaml");
        Assert.That(InfraFiles.Yaml("kustomization.yaml").Single().Items("resources").Select(one => one.ToString()), Is.EquivalentTo(files));
        var all = files.SelectMany(file => InfraFiles.Yaml(file!)).ToList();
        Assert.That(all.All(one => one.Value("apiVersion") is not null && one.Value("kind") is not null && one.Value("metadata", "name") is not null));
        Assert.That(all.Select(one => (one.Value("kind"), one.Value("metadata", "name"))), Is.Unique);
    }

    [TestCaseSource(nameof(Apps))]
    public void An_app_opens_its_own_functions_and_doors_under_its_own_identity(string app)
    {
        var deployment = Of(app, "Deployment");
        var container = deployment.At("spec", "template", "spec", "containers", 0);
        var settings = container.Items("env").ToDictionary(one => one.Value("name")!, one => one.Value("value"));
        var closed = TriggerRoutes.FunctionNames.Append("Http").Except(InfraFiles.List(app, "functions"));
        Assert.That(settings.Keys.Where(name => name.EndsWith("_Disabled", StringComparison.Ordinal)), Is.EquivalentTo(closed.Select(name => $"AzureWebJobs_{name}_Disabled")));
        Assert.That(settings["MW_DOORS"], Is.EqualTo(InfraFiles.Apps.GetProperty(app).GetProperty("doors").GetString()));
        var account = deployment.Value("spec", "template", "spec", "serviceAccountName");
        Assert.That(InfraFiles.Yaml("identity.yaml").Select(one => one.Value("metadata", "name")), Does.Contain(account));
        Assert.That(deployment.Value("spec", "template", "metadata", "labels", "azure.workload.identity/use"), Is.EqualTo("true"));
        Assert.That(container.At("resources", "limits", "memory"), Is.Not.Null);
        Assert.That(container.At("livenessProbe"), Is.Not.Null);
        Assert.That(container.Value("readinessProbe", "httpGet", "path"), Is.EqualTo(InfraFiles.List(app, "functions").Contains("Http") ? "/health/ready" : null));
        Assert.That(container.Value("image"), Is.EqualTo(app == "scenes" ? "maritimewatch-scenes" : "maritimewatch"));
    }

    [TestCaseSource(nameof(Apps))]
    public void An_app_grows_with_the_queues_that_it_reads_within_stated_bounds_and_never_to_zero_under_a_timer(string app)
    {
        var hasTimer = InfraFiles.List(app, "functions").Any(name => name.EndsWith("Timer", StringComparison.Ordinal));
        if (InfraFiles.Yaml($"{app}.yaml").All(one => one.Value("kind") != "ScaledObject"))
        {
            Assert.That(Of(app, "Deployment").Value("spec", "replicas"), Is.EqualTo("1"), "what does not scale is one");
            return;
        }

        var scaled = Of(app, "ScaledObject");
        Assert.That(scaled.Value("spec", "scaleTargetRef", "name"), Is.EqualTo(app));
        var triggers = scaled.Items("spec", "triggers");
        Assert.That(
            triggers.Where(one => one.Value("type") == "azure-queue").Select(one => one.Value("metadata", "queueName")),
            Is.EquivalentTo(InfraFiles.List(app, "reads")));
        Assert.That(triggers.Any(one => one.Value("type") == "azure-eventhub"), Is.EqualTo(InfraFiles.Apps.GetProperty(app).GetProperty("hub").GetBoolean()));
        Assert.That(triggers.Where(one => one.Value("type") != "cpu").All(one => one.Value("authenticationRef", "name") == "maritimewatch"));
        var (least, most) = (Number(scaled.Value("spec", "minReplicaCount")), Number(scaled.Value("spec", "maxReplicaCount")));
        Assert.That(most, Is.GreaterThan(least).And.LessThanOrEqualTo(20));
        Assert.That(least, Is.GreaterThanOrEqualTo(hasTimer || app == "doors" ? 1 : 0));
    }

    [Test]
    public void The_manifests_give_the_settings_that_Bicep_gives()
    {
        var given = ((YamlMappingNode)InfraFiles.Yaml("common.yaml").Single(one => one.Value("kind") == "ConfigMap").At("data")!).Children.Keys.Select(key => key.ToString()).ToList();
        var bicep = InfraFiles.Text("main.bicep") + InfraFiles.Text("modules/app.bicep");
        Assert.That(given.Where(name => !bicep.Contains(name + ":", StringComparison.Ordinal)), Is.Empty);
        Assert.That(given, Has.None.EqualTo("MARITIMEWATCH_VAULT_KEY").And.None.EqualTo("MW_API_KEY"), "secrets are no configuration");
    }

    [Test]
    public void Only_the_doors_can_be_reached()
    {
        var policies = InfraFiles.Yaml("network.yaml");
        Assert.That(policies.Single(one => one.Value("metadata", "name") == "nothing-in").Items("spec", "ingress"), Is.Empty);
        Assert.That(policies.Single(one => one.Value("metadata", "name") == "doors-in").Value("spec", "podSelector", "matchLabels", "app.kubernetes.io/component"), Is.EqualTo("doors"));
    }

    private static int Number(string? text) => int.Parse(text!, System.Globalization.CultureInfo.InvariantCulture);

    private static YamlMappingNode Of(string app, string kind) => InfraFiles.Yaml($"{app}.yaml").Single(one => one.Value("kind") == kind);
}
