using System.Text.Json;
using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace MaritimeWatch.Tests.Infra;

/// <summary>The files of <c>infra/</c> as text, JSON and YAML. No compiler of Bicep can be had here.</summary>
internal static partial class InfraFiles
{
    public static string Root { get; } = Path.Combine(NodeTools.Root(), "infra");

    public static JsonElement Apps { get; } = JsonDocument.Parse(Text("apps.json")).RootElement;

    public static IReadOnlyList<string> AppNames { get; } = [.. Apps.EnumerateObject().Select(app => app.Name)];

    public static string Text(string name) => File.ReadAllText(Path.Combine(Root, name));

    public static IReadOnlyList<string> Bicep { get; } =
        [.. Directory.EnumerateFiles(Root, "*.bicep", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];

    /// <summary>A file of Bicep without its comments and with every string emptied, so that brackets can be counted.</summary>
    public static string Bare(string text) => Strings().Replace(Comments().Replace(text, ""), "''");

    public static string WithoutComments(string text) => Comments().Replace(text, "");

    public static IReadOnlyList<string> List(string app, string member) =>
        [.. Apps.GetProperty(app).GetProperty(member).EnumerateArray().Select(one => one.GetString()!)];

    public static IReadOnlyList<YamlMappingNode> Yaml(string name)
    {
        var stream = new YamlStream();
        using var reader = new StringReader(Text(Path.Combine("keda", name)));
        stream.Load(reader);
        return [.. stream.Documents.Select(document => document.RootNode).OfType<YamlMappingNode>()];
    }

    /// <summary>Follows names and numbers into a document; null where there is nothing.</summary>
    public static YamlNode? At(this YamlNode? node, params object[] path)
    {
        foreach (var step in path)
        {
            node = step switch
            {
                int index => node is YamlSequenceNode list && index < list.Children.Count ? list.Children[index] : null,
                string name => node is YamlMappingNode map && map.Children.TryGetValue(new YamlScalarNode(name), out var found) ? found : null,
                _ => null,
            };
        }

        return node;
    }

    public static string? Value(this YamlNode? node, params object[] path) => (node.At(path) as YamlScalarNode)?.Value;

    public static IReadOnlyList<YamlNode> Items(this YamlNode? node, params object[] path) =>
        node.At(path) is YamlSequenceNode list ? [.. list.Children] : [];

    [GeneratedRegex(@"^\s*//.*$|(?<=[\s{}\[\],)])//.*$", RegexOptions.Multiline)]
    private static partial Regex Comments();

    [GeneratedRegex(@"'(?:[^'\\\n]|\\.)*'")]
    private static partial Regex Strings();
}
