using System.Text.RegularExpressions;

namespace MaritimeWatch.Tests.Security;

/// <summary>The page of threats promises tests: each must be there.</summary>
public sealed partial class ThreatsPageTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(NodeTools.Root(), "lib", "THREATS.md"));

    [Test]
    public void Every_test_that_the_page_of_threats_names_exists_and_is_run()
    {
        var tests = typeof(ThreatsPageTests).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods())
            .Where(method => method.GetCustomAttributes(true).Any(attribute => attribute is TestAttribute or TestCaseAttribute or TestCaseSourceAttribute or TheoryAttribute)
                && !method.GetCustomAttributes(true).Any(attribute => attribute is ExplicitAttribute or IgnoreAttribute))
            .Select(method => method.Name)
            .ToHashSet(StringComparer.Ordinal);
        var named = Named().Matches(Page).Select(match => match.Groups[1].Value).ToList();
        Assert.That(named, Has.Count.GreaterThan(60));
        Assert.That(named.Where(name => !tests.Contains(name)), Is.Empty, "lib/THREATS.md names tests that do not exist");
    }

    [Test]
    public void Every_threat_of_a_table_has_something_that_stops_it()
    {
        var rows = Page[Page.IndexOf("## From outside", StringComparison.Ordinal)..Page.IndexOf("## Not covered", StringComparison.Ordinal)]
            .Split('\n').Where(line => line.StartsWith('|') && !line.StartsWith("|---", StringComparison.Ordinal) && !line.StartsWith("| threat", StringComparison.Ordinal)).ToList();
        Assert.That(rows, Has.Count.GreaterThan(30));
        foreach (var row in rows)
        {
            Assert.That(row.Split('|')[2].Trim(), Is.Not.Empty, row);
        }

        Assert.That(rows.Count(row => row.Split('|')[3].Trim().Length == 0), Is.EqualTo(1), "one threat is read in the code alone, and said so");
    }

    [GeneratedRegex("`([A-Z][A-Za-z0-9]*(?:_[A-Za-z0-9]+){2,})`")]
    private static partial Regex Named();
}
