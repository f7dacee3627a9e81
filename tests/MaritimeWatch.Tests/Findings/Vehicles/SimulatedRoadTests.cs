using System.Text.Json;
using MaritimeWatch.Intake.Anpr;
using MaritimeWatch.Reference.Cameras;
using MaritimeWatch.Scenario;

namespace MaritimeWatch.Tests.Findings.Vehicles;

/// <summary>The lorries of the simulated week against the truth that the pipeline never reads.</summary>
[TestFixture]
public sealed class SimulatedRoadTests
{
    private static readonly ScenarioOptions Options = new() { Seed = 31, Vessels = 4, ReportThinningSeconds = 600 };

    private string folder = "";
    private GateRun run = null!;
    private List<JsonElement> truth = [];

    [OneTimeSetUp]
    public void Simulate()
    {
        folder = Environment.GetEnvironmentVariable("MW_TEST_WEEK") ?? Directory.CreateTempSubdirectory("roads-").FullName;
        if (Environment.GetEnvironmentVariable("MW_TEST_WEEK") is null)
        {
            ScenarioFolder.Write(folder, Options);
        }

        truth = [.. JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "truth.json"))).RootElement.EnumerateArray()];
        run = new GateRun(CameraFile.Parse(File.ReadAllBytes(Path.Combine(folder, "reference", "cameras.json"))));
        var document = PlateReader.Read(
            File.ReadAllBytes(Path.Combine(folder, "plates.ndjson")), new PlateReadOptions { ReceivedAtMs = 4_000_000_000_000 });
        Assert.That(document.Rejects.Faults, Is.Empty);
        foreach (var reads in document.Reads.Chunk(500))
        {
            run.Add([.. reads.Select(read => GateRun.Read(read.AtMs, read.Camera, read.Plate.Text, read.ConfidencePermille, read.IsSimulated))]);
        }

        run.Tick(document.Reads[^1].AtMs + 86_400_000);
        foreach (var finding in run.Standing("vehicle-deviation").Concat(run.Standing("cloned-plate")))
        {
            TestContext.Progress.WriteLine($"{finding["kind"]} {finding["severity"]} {finding["start_at"]} {finding["reason"]}");
        }

        TestContext.Progress.WriteLine(run.Counts().ToJsonString());
    }

    [OneTimeTearDown]
    public void Remove()
    {
        if (Environment.GetEnvironmentVariable("MW_TEST_WEEK") is null)
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Test]
    public void The_lorry_of_the_story_is_an_alarm() => Assert.That(Alarms("vehicle-deviation"), Does.Contain(SubjectOf(Unlawful("vehicle-deviation"))));

    [Test]
    public void The_cloned_plate_is_found() => Assert.That(Alarms("cloned-plate"), Does.Contain(SubjectOf(Unlawful("cloned-plate"))));

    [Test]
    public void Nothing_lawful_is_an_alarm()
    {
        string[] wanted = [SubjectOf(Unlawful("vehicle-deviation")), SubjectOf(Unlawful("cloned-plate"))];
        Assert.That(truth.Where(entry => entry.GetProperty("lawful").GetBoolean() && KindOf(entry) is "vehicle-deviation" or "cloned-plate"), Is.Not.Empty);
        Assert.That(Alarms("vehicle-deviation").Concat(Alarms("cloned-plate")).Except(wanted), Is.Empty);
    }

    private List<string> Alarms(string kind) =>
        [.. run.Standing(kind).Where(finding => (string)finding["severity"]! is "medium" or "high").Select(finding => (string)finding["subject"]!)];

    private JsonElement Unlawful(string kind) => truth.Single(entry => KindOf(entry) == kind && !entry.GetProperty("lawful").GetBoolean());

    private static string? KindOf(JsonElement entry) => entry.GetProperty("kind").GetString();

    private static string SubjectOf(JsonElement entry) => "plate:" + GateRun.TokenOf(entry.GetProperty("subject").GetString()!["plate:".Length..]);
}
