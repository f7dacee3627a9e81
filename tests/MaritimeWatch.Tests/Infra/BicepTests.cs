using System.Text.RegularExpressions;

namespace MaritimeWatch.Tests.Infra;

/// <summary>The Bicep files as far as text goes: what is referred to is there, and every type has a source.</summary>
[TestFixture]
public sealed partial class BicepTests
{
    private static IEnumerable<string> Files => InfraFiles.Bicep.Select(file => Path.GetRelativePath(InfraFiles.Root, file));

    [TestCaseSource(nameof(Files))]
    public void Brackets_and_strings_close_and_no_comma_ends_a_line(string file)
    {
        var bare = InfraFiles.Bare(InfraFiles.Text(file));
        var open = new Stack<char>();
        foreach (var c in bare)
        {
            if (c is '{' or '[' or '(')
            {
                open.Push(c);
            }
            else if (c is '}' or ']' or ')')
            {
                Assert.That(open.TryPop(out var first) && (first, c) is ('{', '}') or ('[', ']') or ('(', ')'), $"{c} without its beginning");
            }
        }

        Assert.That(open, Is.Empty);
        Assert.That(bare.Replace("''", "", StringComparison.Ordinal), Does.Not.Contain('\''), "a string does not end on its line");
        foreach (var line in bare.Split('\n').Where(line => line.TrimEnd().EndsWith(',')))
        {
            // Arguments of a function may go on; an object or an array is divided by the line's end itself.
            Assert.That(line.TrimEnd(), Does.EndWith("},").Or.EndsWith("settings,"), line);
        }
    }

    [Test]
    public void Every_module_is_there_and_gets_exactly_the_parameters_that_it_asks_for()
    {
        var main = InfraFiles.WithoutComments(InfraFiles.Text("main.bicep"));
        var modules = Module().Matches(main);
        Assert.That(
            modules.Select(module => Path.GetFileName(module.Groups["file"].Value)),
            Is.EquivalentTo(Directory.EnumerateFiles(Path.Combine(InfraFiles.Root, "modules")).Select(Path.GetFileName)), "each module is used once");
        foreach (Match module in modules)
        {
            var text = InfraFiles.WithoutComments(InfraFiles.Text(module.Groups["file"].Value));
            var given = Keys(Block(main, main.IndexOf("params: {", module.Index, StringComparison.Ordinal) + "params: ".Length));
            var declared = Parameter().Matches(text).ToDictionary(one => one.Groups["name"].Value, one => one.Groups["default"].Success);
            Assert.That(given, Is.SubsetOf(declared.Keys), module.Groups["file"].Value);
            Assert.That(declared.Where(one => !one.Value).Select(one => one.Key), Is.SubsetOf(given), module.Groups["file"].Value);
        }
    }

    [Test]
    public void Every_output_that_is_used_is_given_by_its_module()
    {
        var main = InfraFiles.WithoutComments(InfraFiles.Text("main.bicep"));
        var files = Module().Matches(main).ToDictionary(one => one.Groups["name"].Value, one => one.Groups["file"].Value);
        var uses = OutputUse().Matches(main);
        Assert.That(uses, Has.Count.GreaterThan(10));
        foreach (Match use in uses)
        {
            var outputs = Output().Matches(InfraFiles.Text(files[use.Groups["module"].Value])).Select(one => one.Groups["name"].Value);
            Assert.That(outputs, Does.Contain(use.Groups["name"].Value), use.Value);
        }
    }

    [TestCase("dev.bicepparam")]
    [TestCase("prod.bicepparam")]
    public void A_file_of_parameters_names_parameters_that_exist_and_leaves_none_out(string file)
    {
        var given = GivenParameter().Matches(InfraFiles.Text(file)).Select(one => one.Groups["name"].Value).ToList();
        var declared = Parameter().Matches(InfraFiles.WithoutComments(InfraFiles.Text("main.bicep")))
            .ToDictionary(one => one.Groups["name"].Value, one => one.Groups["default"].Success);
        Assert.That(given, Is.Unique.And.SubsetOf(declared.Keys));
        Assert.That(declared.Where(one => !one.Value).Select(one => one.Key), Is.SubsetOf(given));
    }

    [TestCaseSource(nameof(Files))]
    public void Every_name_that_begins_a_property_path_is_declared(string file)
    {
        var text = InfraFiles.WithoutComments(InfraFiles.Text(file));
        var declared = Declared().Matches(text).Select(one => one.Groups["name"].Value)
            .Concat(LoopName().Matches(text).SelectMany(one => one.Groups["name"].Value.Split(',', StringSplitOptions.TrimEntries)))
            .Concat(LambdaName().Matches(text).Select(one => one.Groups["name"].Value))
            .ToHashSet(StringComparer.Ordinal);

        // Inside ${...} of a string as well as outside of strings.
        var code = InfraFiles.Bare(text) + string.Join('\n', Interpolation().Matches(text).Select(one => one.Groups["code"].Value));
        foreach (Match path in PathStart().Matches(code))
        {
            Assert.That(declared, Does.Contain(path.Groups["name"].Value), path.Value);
        }
    }

    [Test]
    public void Every_type_and_version_stands_in_the_table_of_sources_and_each_type_has_one_version()
    {
        var types = InfraFiles.Bicep.SelectMany(file => ResourceType().Matches(File.ReadAllText(file)).Select(one => one.Groups["type"].Value))
            .Distinct(StringComparer.Ordinal).ToList();
        var readme = InfraFiles.Text("README.md");
        Assert.Multiple(() =>
        {
            Assert.That(types, Has.Count.GreaterThan(20));
            Assert.That(types.Select(type => type.Split('@')[0]), Is.Unique);
            foreach (var type in types)
            {
                Assert.That(readme, Does.Contain($"| `{type}` |"));
            }
        });
    }

    [Test]
    public void Age_alone_deletes_nothing_that_a_checkpoint_may_name_and_nothing_before_the_programs_own_retention()
    {
        var text = InfraFiles.WithoutComments(InfraFiles.Text("modules/data.bicep"));
        var rules = Prefixes().Matches(text);
        Assert.That(rules, Has.Count.EqualTo(5));
        var usual = new MaritimeWatch.Log.Retention();
        foreach (Match rule in rules)
        {
            var deletes = rule.Groups["actions"].Value.Contains("delete:", StringComparison.Ordinal);
            foreach (var kept in new[] { "groups/", "inbox/", "reference/", "manifests/", "alerts/", "forecasts/", "evidence/", "held/", "keys/", "store.json" })
            {
                Assert.That(deletes && rule.Groups["prefixes"].Value.Contains(kept, StringComparison.Ordinal), Is.False, rule.Value);
            }
        }

        Assert.That(text, Does.Contain("delete: { daysAfterModificationGreaterThan: landingDays + 2 }"));
        Assert.That(InfraFiles.Text("main.bicep"), Does.Contain($"param landingDays int = {usual.LandingDays}"));
        Assert.That(text, Does.Contain($"delete: {{ daysAfterModificationGreaterThan: {usual.RejectsDays + 2} }}"));
    }

    [Test]
    public void A_deleted_key_does_not_come_back_and_no_account_takes_a_shared_key()
    {
        var keys = InfraFiles.WithoutComments(InfraFiles.Text("modules/keys.bicep"));
        Assert.That(keys, Does.Contain("deleteRetentionPolicy: { enabled: false }").And.Contain("containerDeleteRetentionPolicy: { enabled: false }")
            .And.Contain("isVersioningEnabled: false").And.Contain("changeFeed: { enabled: false }"));
        foreach (var file in new[] { "data", "keys", "host" })
        {
            var text = InfraFiles.WithoutComments(InfraFiles.Text($"modules/{file}.bicep"));
            Assert.That(text, Does.Contain("allowSharedKeyAccess: false").And.Contain("minimumTlsVersion: 'TLS1_2'").And.Contain("allowBlobPublicAccess: false"), file);
        }

        Assert.That(InfraFiles.Text("modules/vault.bicep"), Does.Contain("enablePurgeProtection: true").And.Contain("enableRbacAuthorization: true"));
    }

    [Test]
    public void No_secret_is_a_parameter_or_a_literal()
    {
        foreach (var file in InfraFiles.Bicep)
        {
            Assert.That(File.ReadAllText(file), Does.Not.Match("(?i)AccountKey=|SharedAccessKey=|listKeys\\(|@secure|password"), file);
        }
    }

    /// <summary>The text of a block from its opening brace to its end.</summary>
    private static string Block(string text, int start)
    {
        var depth = 0;
        for (var i = start; i < text.Length; i++)
        {
            depth += text[i] is '{' ? 1 : text[i] is '}' ? -1 : 0;
            if (depth == 0)
            {
                return text[start..(i + 1)];
            }
        }

        throw new InvalidDataException("a block does not end");
    }

    /// <summary>Names of a block's own members, not of those within them.</summary>
    private static List<string> Keys(string block)
    {
        var flat = InfraFiles.Bare(block)[1..^1];
        string before;
        do
        {
            before = flat;
            flat = Inner().Replace(flat, "");
        }
        while (flat != before);

        return [.. Member().Matches(flat).Select(one => one.Groups["name"].Value)];
    }

    [GeneratedRegex(@"^module (?<name>\w+) '(?<file>[^']+)'", RegexOptions.Multiline)]
    private static partial Regex Module();

    [GeneratedRegex(@"^param (?<name>\w+) \w+(?<default> =)?", RegexOptions.Multiline)]
    private static partial Regex Parameter();

    [GeneratedRegex(@"^param (?<name>\w+) =", RegexOptions.Multiline)]
    private static partial Regex GivenParameter();

    [GeneratedRegex(@"^output (?<name>\w+) ", RegexOptions.Multiline)]
    private static partial Regex Output();

    [GeneratedRegex(@"\b(?<module>\w+)\.outputs\.(?<name>\w+)")]
    private static partial Regex OutputUse();

    [GeneratedRegex(@"^(?:param|var|resource|module) (?<name>\w+)", RegexOptions.Multiline)]
    private static partial Regex Declared();

    [GeneratedRegex(@"\[for \(?(?<name>[\w, ]+?)\)? in ")]
    private static partial Regex LoopName();

    [GeneratedRegex(@"\b(?<name>\w+) =>")]
    private static partial Regex LambdaName();

    [GeneratedRegex(@"\$\{(?<code>[^}]*)\}")]
    private static partial Regex Interpolation();

    [GeneratedRegex(@"(?<![\w.'])(?<name>[a-z]\w*)\.[a-z]")]
    private static partial Regex PathStart();

    [GeneratedRegex(@"'(?<type>Microsoft\.[\w/.]+@[\w-]+)'")]
    private static partial Regex ResourceType();

    [GeneratedRegex(@"prefixMatch: \[(?<prefixes>[^\]]*)\] \}\s*actions: (?<actions>\{[\s\S]*?\n          \})")]
    private static partial Regex Prefixes();

    [GeneratedRegex(@"\{[^{}]*\}|\[[^\[\]]*\]|\([^()]*\)")]
    private static partial Regex Inner();

    [GeneratedRegex(@"(?<=^\s*|[\n,]\s*)(?<name>\w+):")]
    private static partial Regex Member();
}
