using System.Text.Json.Nodes;
using MaritimeWatch.Correlation;
using MaritimeWatch.Findings;

namespace MaritimeWatch.Functions.Outlet;

/// <summary>
/// What each kind of finding means, for people: the texts are data (Console/kinds, one file a kind), the thresholds are
/// read from the profiles themselves, so that a page cannot say other numbers than the rule has.
/// </summary>
internal static class KindCatalogue
{
    private static readonly JsonObject Words = Read("page");
    private static readonly Dictionary<string, JsonObject> Kinds =
        FindingNames.AllKinds.ToDictionary(kind => kind, Read, StringComparer.Ordinal);

    /// <summary>All kinds, in the order of the list.</summary>
    public static IEnumerable<JsonObject> All => FindingNames.AllKinds.Select(kind => Kinds[kind]);

    /// <summary>The texts of a kind, or null where there is no such kind. Not to be changed.</summary>
    public static JsonObject? Find(string kind) => Kinds.GetValueOrDefault(kind);

    /// <summary>A word of the pages.</summary>
    public static string Word(string name) => Words[name]!.GetValue<string>();

    /// <summary>The rules of a kind as the profiles have them now.</summary>
    public static IReadOnlyList<KindRule> RulesOf(string kind)
    {
        var of = (FindingKind)FindingNames.AllKinds.ToList().IndexOf(kind);
        return of == FindingKind.DeclaredMismatch ? MismatchRules.Of(new CorrelationThresholds()) : KindRules.Of(of);
    }

    /// <summary>A threshold as people read it: <c>silence_h</c>, 6.0 becomes "silence" and "6.0 h".</summary>
    public static (string Name, string Value) Read(Figure figure)
    {
        var parts = figure.Name.Split('_').ToList();
        var at = parts.FindLastIndex(part => Unit(part) is not null);
        var unit = at >= Math.Max(1, parts.Count - 2) ? Unit(parts[at]) : null;
        if (unit is not null)
        {
            parts.RemoveAt(at);
        }

        var name = string.Join(' ', parts);
        return ($"{char.ToUpperInvariant(name[0])}{name[1..]}", unit is null ? figure.ToString() : $"{figure}\u00a0{unit}");
    }

    private static string? Unit(string part) => part switch
    {
        "h" or "hours" => "h",
        "minutes" or "min" => "min",
        "s" or "seconds" => "s",
        "ms" => "ms",
        "days" => "d",
        "knots" => "kn",
        "kmh" => "km/h",
        "nm" => "NM",
        "km" => "km",
        "m" or "metres" => "m",
        "dm" => "dm",
        "degrees" => "\u00b0",
        "percent" => "%",
        _ => null,
    };

    private static JsonObject Read(string name)
    {
        using var stream = typeof(KindCatalogue).Assembly.GetManifestResourceStream($"kinds/{name}.json")
            ?? throw new InvalidOperationException($"the texts of the kind '{name}' are not built in");
        return JsonNode.Parse(stream)!.AsObject();
    }
}
