using System.Text.RegularExpressions;

namespace MaritimeWatch.Tests.Architecture;

/// <summary>A folder of Core looks only at folders above it; references between projects go one way.</summary>
[TestFixture]
public sealed partial class RoomTests
{
    private static readonly string[] Rooms =
    [
        "Terms", "Geodesy", "GeoJson", "Log", "Evidence", "Reference", "Intake", "Tracks", "Trajectories", "Recognition", "Findings",
        "Correlation", "Risk", "Forecasts", "Alerts", "Feeds", "Scenario",
    ];

    [Test]
    public void A_room_of_core_looks_only_at_rooms_above_it()
    {
        var core = Path.Combine(Root(), "lib", "Core");
        var wrong = new List<string>();
        foreach (var file in Directory.EnumerateFiles(core, "*.cs", SearchOption.AllDirectories))
        {
            var relative = Path.GetRelativePath(core, file);
            var room = Array.IndexOf(Rooms, relative.Split(Path.DirectorySeparatorChar)[0]);
            if (room < 0)
            {
                if (!relative.StartsWith("obj", StringComparison.Ordinal) && !relative.StartsWith("bin", StringComparison.Ordinal))
                {
                    wrong.Add($"{relative} stands in no known room");
                }

                continue;
            }

            foreach (var seen in RoomsNamedIn(File.ReadAllText(file)))
            {
                if (Array.IndexOf(Rooms, seen) > room)
                {
                    wrong.Add($"{relative} looks at {seen}, which is below it");
                }
            }
        }

        Assert.That(wrong, Is.Empty);
    }

    [Test]
    public void The_simulator_never_looks_at_the_detectors()
    {
        var scenario = Path.Combine(Root(), "lib", "Core", "Scenario");
        foreach (var file in Directory.EnumerateFiles(scenario, "*.cs", SearchOption.AllDirectories))
        {
            Assert.That(RoomsNamedIn(File.ReadAllText(file)), Has.No.Member("Findings"), file);
        }
    }

    [Test]
    public void Projects_reference_each_other_one_way()
    {
        Assert.Multiple(() =>
        {
            Assert.That(ReferencesOf("lib/Core/MaritimeWatch.Core.csproj"), Is.Empty);
            Assert.That(ReferencesOf("lib/Stores/MaritimeWatch.Stores.csproj"), Is.EqualTo((string[])["MaritimeWatch.Core"]));
            Assert.That(ReferencesOf("lib/Rasters/MaritimeWatch.Rasters.csproj"), Is.EqualTo((string[])["MaritimeWatch.Core"]));
            Assert.That(
                ReferencesOf("lib/Models/MaritimeWatch.Models.csproj"),
                Is.EqualTo((string[])["MaritimeWatch.Core", "Microsoft.ML.OnnxRuntime"]));
            Assert.That(ReferencesOf("lib/Models/OnnxRuntime/Microsoft.ML.OnnxRuntime.csproj"), Is.Empty);
        });
    }

    [Test]
    public void Two_rooms_named_the_wrong_way_round_would_be_noticed() =>
        Assert.That(RoomsNamedIn("using MaritimeWatch.Findings.Gap;\nvar x = new Tracks.Hull();"), Is.EquivalentTo((string[])["Findings", "Tracks"]));

    private static IEnumerable<string> RoomsNamedIn(string code)
    {
        var named = new HashSet<string>();
        foreach (Match match in UsingDirective().Matches(code))
        {
            named.Add(match.Groups[1].Value);
        }

        var bare = UsingDirective().Replace(Comments().Replace(code, ""), "");
        foreach (var room in Rooms)
        {
            if (Regex.IsMatch(bare, $@"(?<![\w.""/]){room}\.[A-Z]"))
            {
                named.Add(room);
            }
        }

        return named.Where(Rooms.Contains);
    }

    private static string[] ReferencesOf(string project) =>
        [.. ProjectReference().Matches(File.ReadAllText(Path.Combine(Root(), project))).Select(match => match.Groups[1].Value)];

    private static string Root()
    {
        var at = new DirectoryInfo(TestContext.CurrentContext.TestDirectory);
        while (!File.Exists(Path.Combine(at!.FullName, "MaritimeWatch.sln")))
        {
            at = at.Parent;
        }

        return at.FullName;
    }

    [GeneratedRegex(@"using\s+(?:static\s+)?MaritimeWatch\.(\w+)[\w.]*;")]
    private static partial Regex UsingDirective();

    [GeneratedRegex(@"//[^\n]*")]
    private static partial Regex Comments();

    [GeneratedRegex(@"ProjectReference Include=""[^""]*?([\w.]+)\.csproj""")]
    private static partial Regex ProjectReference();
}
